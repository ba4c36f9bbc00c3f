/** Work and sessions that many items share: done once, repeated after a failure, renewed once. */
import { describe, expect, test } from '@jest/globals';

import { PromiseCache } from '../../../../nodes/shared/http/promiseCache.ts';
import { SharedSession } from '../../../../nodes/shared/http/session.ts';

const WAITERS = 50;
const many = <T,>(work: (index: number) => Promise<T>): Promise<T[]> =>
	Promise.all(Array.from({ length: WAITERS }, (_, index) => work(index)));
const tick = async (): Promise<void> => await new Promise((resolve) => setImmediate(resolve));

describe('PromiseCache', () => {
	test('50 concurrent callers load once, and later ones do not load again', async () => {
		const cache = new PromiseCache<string[]>();
		let loads = 0;
		const load = async () => {
			loads += 1;
			await tick();
			return ['list'];
		};
		const lists = await many(async () => await cache.get('a', load));
		expect(new Set(lists).size).toBe(1);
		expect(await cache.get('a', load)).toBe(lists[0]);
		expect(loads).toBe(1);
	});

	test('keys do not share', async () => {
		const cache = new PromiseCache<string>();
		expect(await cache.get('a', async () => 'of a')).toBe('of a');
		expect(await cache.get('b', async () => 'of b')).toBe('of b');
	});

	test('a failure reaches all who wait, and the next caller loads again', async () => {
		const cache = new PromiseCache<string>();
		let loads = 0;
		const load = async () => {
			loads += 1;
			await tick();
			if (loads === 1) throw new Error('down');
			return 'up';
		};
		const ends = await Promise.allSettled([cache.get('a', load), cache.get('a', load)]);
		expect(ends.map((end) => end.status)).toEqual(['rejected', 'rejected']);
		expect(loads).toBe(1);
		expect(await cache.get('a', load)).toBe('up');
		expect(loads).toBe(2);
	});

	test('a caller that retries immediately, inside the failure, gets a new load', async () => {
		const cache = new PromiseCache<string>();
		const failing = cache.get('a', async () => {
			throw new Error('down');
		});
		const retried = failing.catch(async () => await cache.get('a', async () => 'up'));
		expect(await retried).toBe('up');
	});
});

/** A vendor whose tokens are numbers; `valid` is the one it accepts. */
function vendor() {
	const state = { logIns: 0, valid: 0, works: 0 };
	const session = new SharedSession<number>(async () => {
		state.logIns += 1;
		const token = state.logIns;
		await tick();
		state.valid = token;
		return token;
	});
	const ask = async () =>
		await session.use(
			async (token) => {
				state.works += 1;
				await tick();
				return token === state.valid ? 'good' : 'expired';
			},
			(result) => result === 'expired',
		);
	return { state, session, ask };
}

describe('SharedSession', () => {
	test('50 waiters: one log-in, one attempt each', async () => {
		const { state, ask } = vendor();
		expect(new Set(await many(ask))).toEqual(new Set(['good']));
		expect(state).toMatchObject({ logIns: 1, works: WAITERS });
	});

	test('the session ends with 50 requests in flight: one new log-in, each request once more', async () => {
		const { state, ask } = vendor();
		await ask();
		state.valid = -1;
		expect(new Set(await many(ask))).toEqual(new Set(['good']));
		expect(state).toMatchObject({ logIns: 2, works: 1 + 2 * WAITERS });
	});

	test('a late response that finds the old session expired does not drop the new one', async () => {
		const { state, session, ask } = vendor();
		await ask();
		let respondLate: (result: string) => void = () => undefined;
		const tokens: number[] = [];
		const late = session.use(
			async (token) => {
				tokens.push(token);
				if (tokens.length > 1) return 'good';
				return await new Promise<string>((resolve) => {
					respondLate = resolve;
				});
			},
			(result) => result === 'expired',
		);
		await tick();
		state.valid = -1;
		expect(await ask()).toBe('good');
		respondLate('expired');
		expect(await late).toBe('good');
		expect(tokens).toEqual([1, 2]);
		expect(state.logIns).toBe(2);
	});

	test('a fresh session that is rejected too is returned, not renewed forever', async () => {
		const { state, session } = vendor();
		const result = await session.use(
			async () => 'expired',
			() => true,
		);
		expect(result).toBe('expired');
		expect(state.logIns).toBe(2);
	});

	test('a failed log-in reaches all who wait, and the next request tries again', async () => {
		let logIns = 0;
		const session = new SharedSession<string>(async () => {
			logIns += 1;
			await tick();
			if (logIns === 1) throw new Error('refused');
			return 'token';
		});
		const use = async () =>
			await session.use(
				async (token) => token,
				() => false,
			);
		const ends = await Promise.allSettled(Array.from({ length: WAITERS }, use));
		expect(ends.every((end) => end.status === 'rejected')).toBe(true);
		expect(logIns).toBe(1);
		expect(await session.currentToken()).toBeUndefined();
		expect(await use()).toBe('token');
		expect(logIns).toBe(2);
	});

	test('a log-in that would fail again is not repeated; everyone gets its error', async () => {
		let logIns = 0;
		const session = new SharedSession<string>(
			async () => {
				logIns += 1;
				throw new Error('wrong key');
			},
			(error) => error instanceof Error && error.message === 'wrong key',
		);
		const use = async () =>
			await session.use(
				async (token) => token,
				() => false,
			);
		await expect(use()).rejects.toThrow('wrong key');
		await tick();
		await expect(use()).rejects.toThrow('wrong key');
		expect(logIns).toBe(1);
		expect(await session.currentToken()).toBeUndefined();
	});

	test('work that throws ends neither the session nor other work', async () => {
		const { state, session, ask } = vendor();
		const broken = session.use(
			async () => await Promise.reject(new Error('broken')),
			() => false,
		);
		await expect(broken).rejects.toThrow('broken');
		expect(await ask()).toBe('good');
		expect(state.logIns).toBe(1);
	});

	test('currentToken(): the token for logging out, nothing before the first use', async () => {
		const { session, ask } = vendor();
		expect(await session.currentToken()).toBeUndefined();
		await ask();
		expect(await session.currentToken()).toBe(1);
	});
});
