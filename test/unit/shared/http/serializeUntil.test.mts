/** The first of many jobs runs alone until one has opened the way. */
import { describe, expect, test } from '@jest/globals';

import { serializeUntil } from '../../../../nodes/shared/http/serializeUntil.ts';

/** Jobs that a test ends by hand. */
function jobs() {
	const started: string[] = [];
	const ends = new Map<string, { good(): void; bad(): void }>();
	const job = (name: string, result: string) => async () =>
		await new Promise<string>((resolve, reject) => {
			started.push(name);
			ends.set(name, { good: () => resolve(result), bad: () => reject(new Error(name)) });
		});
	const settled = async () => await new Promise((resolve) => setTimeout(resolve));
	return {
		started,
		job,
		async end(name: string, how: 'good' | 'bad' = 'good') {
			ends.get(name)?.[how]();
			await settled();
		},
	};
}

describe('the first', () => {
	test('runs alone; once it has opened the way, all others run at once', async () => {
		const { started, job, end } = jobs();
		const run = serializeUntil<string>((result) => result === 'open');
		const all = ['a', 'b', 'c'].map((name) => run(job(name, 'open')));
		await end('none');

		expect(started).toEqual(['a']);
		await end('a');
		expect(started).toEqual(['a', 'b', 'c']);
		await end('b');
		await end('c');
		expect(await Promise.all(all)).toEqual(['open', 'open', 'open']);
	});

	test.each(['good', 'bad'] as const)(
		'that does not open it lets the next try alone (%s)',
		async (how) => {
			const { started, job, end } = jobs();
			const run = serializeUntil<string>((result) => result === 'open');
			const failing = run(job('a', 'closed')).catch((error: unknown) => String(error));
			const others = ['b', 'c', 'd'].map((name) => run(job(name, 'open')));
			await end('a', how);

			expect(await failing).toBe(how === 'good' ? 'closed' : 'Error: a');
			expect(started).toEqual(['a', 'b']);
			await end('b');
			expect(started).toEqual(['a', 'b', 'c', 'd']);
			await end('c');
			await end('d');
			expect(await Promise.all(others)).toHaveLength(3);
		},
	);
});
