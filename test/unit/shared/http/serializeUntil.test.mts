/** Requests run one at a time until one succeeds, then all in parallel. */
import { describe, expect, test } from '@jest/globals';

import { serializeUntil } from '../../../../nodes/shared/http/serializeUntil.ts';

/** Requests that the test completes. */
function requests() {
	const started: string[] = [];
	const ends = new Map<string, { good(): void; bad(): void }>();
	const request = (name: string, result: string) => async () =>
		await new Promise<string>((resolve, reject) => {
			started.push(name);
			ends.set(name, { good: () => resolve(result), bad: () => reject(new Error(name)) });
		});
	const settled = async () => await new Promise((resolve) => setTimeout(resolve));
	return {
		started,
		request,
		async end(name: string, how: 'good' | 'bad' = 'good') {
			ends.get(name)?.[how]();
			await settled();
		},
	};
}

describe('the first request', () => {
	test('runs alone; after its success all others run at once', async () => {
		const { started, request, end } = requests();
		const run = serializeUntil<string>((result) => result === 'ready');
		const all = ['a', 'b', 'c'].map((name) => run(request(name, 'ready')));
		await end('none');

		expect(started).toEqual(['a']);
		await end('a');
		expect(started).toEqual(['a', 'b', 'c']);
		await end('b');
		await end('c');
		expect(await Promise.all(all)).toEqual(['ready', 'ready', 'ready']);
	});

	test.each(['good', 'bad'] as const)(
		'that does not succeed lets the next one run alone (%s)',
		async (how) => {
			const { started, request, end } = requests();
			const run = serializeUntil<string>((result) => result === 'ready');
			const failing = run(request('a', 'not ready')).catch((error: unknown) => String(error));
			const others = ['b', 'c', 'd'].map((name) => run(request(name, 'ready')));
			await end('a', how);

			expect(await failing).toBe(how === 'good' ? 'not ready' : 'Error: a');
			expect(started).toEqual(['a', 'b']);
			await end('b');
			expect(started).toEqual(['a', 'b', 'c', 'd']);
			await end('c');
			await end('d');
			expect(await Promise.all(others)).toHaveLength(3);
		},
	);
});
