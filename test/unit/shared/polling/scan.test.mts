/** One scan of a list: which pages are read, where it stops, and what it needs to continue. */
import { describe, expect, test } from '@jest/globals';

import { CallError } from '../../../../nodes/shared/errors.ts';
import { MAX_REPEATS, type Page } from '../../../../nodes/shared/http/pages.ts';
import {
	scanPages,
	type ScanOptions,
	type ScanResult,
} from '../../../../nodes/shared/polling/scan.ts';
import type { Scan } from '../../../../nodes/shared/polling/state.ts';

interface Row {
	id: string;
	at?: number;
}

const ids = (records: readonly Row[]): string => records.map(({ id }) => id).join();

/** A list whose pages have numbers as tokens. */
class List {
	requested: Array<string | undefined> = [];

	accepted: string[] = [];

	/** What the next request throws, by page token. */
	errors = new Map<string | undefined, Error>();

	constructor(readonly pages: ReadonlyArray<Partial<Page<Row>>>) {}

	async scan(start?: Scan, options: Partial<ScanOptions<Row>> = {}): Promise<ScanResult> {
		return await scanPages<Row>({
			read: async (pageToken) => {
				this.requested.push(pageToken);
				const error = this.errors.get(pageToken);
				if (error !== undefined) throw error;
				const index = Number(pageToken ?? 0);
				const next = index + 1 < this.pages.length ? String(index + 1) : undefined;
				return { records: [], next, ...this.pages[index] };
			},
			start,
			changedAtMs: ({ at }) => at,
			signatureOf: ids,
			recordName: 'guest',
			throwsRateLimit: true,
			isExhausted: () => false,
			acceptPage: (records) => {
				this.accepted.push(ids(records));
				return true;
			},
			...options,
		});
	}
}

const page = (id: string, own: Partial<Page<Row>> = {}): Partial<Page<Row>> => ({
	records: [{ id }],
	...own,
});

const failed = (status: number): CallError =>
	new CallError({ message: `status ${status}`, status });
const rateLimited = new CallError({
	message: 'slow down',
	status: 429,
	failure: { cause: 'rate-limited' },
});

describe('a complete scan', () => {
	test('reads every page from the first to the last', async () => {
		const list = new List([page('a'), page('b'), page('c')]);
		const { scan, stoppedBy } = await list.scan();
		expect(stoppedBy).toBe('lastPage');
		expect(list.requested).toEqual([undefined, '1', '2']);
		expect(list.accepted).toEqual(['a', 'b', 'c']);
		expect(scan).not.toHaveProperty('pageToken');
	});

	test('keeps the first known server time and the newest change', async () => {
		const list = new List([
			{ records: [{ id: 'a', at: 5 }, { id: 'b' }] },
			{ records: [{ id: 'c', at: 9 }], serverTimeMs: 20 },
			{ records: [{ id: 'd', at: 7 }], serverTimeMs: 30 },
		]);
		expect((await list.scan()).scan).toMatchObject({ startedMs: 20, newestMs: 9 });
	});

	test('gives each page the times known by then', async () => {
		const list = new List([page('a', { serverTimeMs: 20 }), page('b', { serverTimeMs: 30 })]);
		const started: unknown[] = [];
		await list.scan(undefined, {
			acceptPage: (_, { startedMs }) => {
				started.push(startedMs);
				return true;
			},
		});
		expect(started).toEqual([20, 20]);
	});

	test('has no times where neither server nor records have them', async () => {
		expect((await new List([page('a')]).scan()).scan).toEqual({});
	});
});

describe('a scan that continues', () => {
	test('starts at its page and keeps what it knew', async () => {
		const list = new List([page('a'), page('b', { serverTimeMs: 30 })]);
		const start = {
			pageToken: '1',
			sinceMs: 3,
			startedMs: 20,
			newestMs: 9,
			truncated: true,
		} as const;
		const { scan, stoppedBy } = await list.scan(start);
		expect(list.requested).toEqual(['1']);
		expect(stoppedBy).toBe('lastPage');
		expect(scan).toEqual({ sinceMs: 3, startedMs: 20, newestMs: 9, truncated: true });
	});

	test('does not change the scan that it was given', async () => {
		const start = Object.freeze({ pageToken: '1' });
		await new List([page('a'), page('b'), page('c', { serverTimeMs: 30 })]).scan(start);
		expect(start).toEqual({ pageToken: '1' });
	});

	test.each([400, 404, 410, 422])(
		'starts over, once, if its token is rejected with %i',
		async (status) => {
			const list = new List([page('a'), page('b'), page('c')]);
			list.errors.set('2', failed(status));
			await expect(list.scan({ pageToken: '2' })).rejects.toThrow(`status ${status}`);
			expect(list.requested).toEqual(['2', undefined, '1', '2']);
		},
	);

	test.each([401, 403, 500, 503])('does not start over after %i', async (status) => {
		const list = new List([page('a'), page('b')]);
		list.errors.set('1', failed(status));
		await expect(list.scan({ pageToken: '1' })).rejects.toThrow(`status ${status}`);
		expect(list.requested).toEqual(['1']);
	});

	test('throws if the first page is rejected', async () => {
		const list = new List([page('a')]);
		list.errors.set(undefined, failed(404));
		await expect(list.scan()).rejects.toThrow('status 404');
		expect(list.requested).toEqual([undefined]);
	});
});

describe('a scan that stops early', () => {
	test('continues with the next page when the time is used up', async () => {
		const list = new List([page('a'), page('b', { serverTimeMs: 5 }), page('c')]);
		const isExhausted = () => list.requested.length >= 2;
		const { scan, stoppedBy } = await list.scan(undefined, { isExhausted });
		expect(stoppedBy).toBe('budget');
		expect(scan).toEqual({ pageToken: '2', signature: 'b', startedMs: 5 });
	});

	test('is complete after the last page, even if the time is used up', async () => {
		const result = await new List([page('a')]).scan(undefined, { isExhausted: () => true });
		expect(result.stoppedBy).toBe('lastPage');
	});

	test('reads a page again that was not accepted', async () => {
		const list = new List([page('a'), page('b', { serverTimeMs: 5 }), page('c')]);
		const { scan, stoppedBy } = await list.scan(undefined, {
			acceptPage: (records) => ids(records) !== 'b',
		});
		expect(stoppedBy).toBe('page');
		expect(scan).toEqual({ pageToken: '1', signature: 'a', startedMs: 5 });
	});

	test('continues with the same page after a rate limit', async () => {
		const list = new List([page('a'), page('b')]);
		list.errors.set('1', rateLimited);
		const { scan, stoppedBy } = await list.scan();
		expect(stoppedBy).toBe('rateLimited');
		expect(scan).toEqual({ pageToken: '1', signature: 'a' });
	});

	test('throws a rate limit on its first page if the poll has read nothing else', async () => {
		const list = new List([page('a')]);
		list.errors.set(undefined, rateLimited);
		await expect(list.scan()).rejects.toThrow('slow down');
		expect(await list.scan(undefined, { throwsRateLimit: false })).toEqual({
			scan: undefined,
			stoppedBy: 'rateLimited',
		});
	});
});

describe('a page that repeats', () => {
	const endless = { next: '0' };

	test('ends a list that does not say whether there is a next page', async () => {
		const list = new List([page('a', { ...endless, mayRepeat: true })]);
		expect((await list.scan()).stoppedBy).toBe('lastPage');
		expect(list.requested).toHaveLength(2);
	});

	test('is noticed across polls', async () => {
		const list = new List([page('a', { ...endless, mayRepeat: true })]);
		await list.scan({ pageToken: '0', signature: 'a' });
		expect(list.requested).toHaveLength(1);
	});

	test('throws if it never ends', async () => {
		const list = new List([page('a', endless)]);
		const error: unknown = await list.scan().catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(CallError);
		expect(error).toMatchObject({
			message: `The list of guests does not move on: the same page came ${MAX_REPEATS} times`,
			problem: {
				hint: 'Nothing is lost, but the list could not be read to its end. If it stays, tell the vendor.',
			},
		});
		expect(list.requested).toHaveLength(MAX_REPEATS + 1);
	});
});
