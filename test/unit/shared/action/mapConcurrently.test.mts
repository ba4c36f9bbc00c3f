/** Bounded concurrency, order per key, stop and rejection. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { mapConcurrently } from '../../../../nodes/shared/action/mapConcurrently.ts';

/** After this many event-loop ticks without an event, no job will start or end by itself. */
const QUIET_TICKS = 8;

/** Jobs that run until the test ends them, and a log of starts (`+`) and ends (`-`). */
function controlledJobs(keys: ReadonlyArray<string | undefined>, concurrency: number) {
	const events: string[] = [];
	const ending = new Map<number, (error?: Error) => void>();
	const flags = { stopped: false };
	const run = mapConcurrently<string>({
		stagger: true,
		count: keys.length,
		concurrency,
		orderingKey: (index) => keys[index],
		stopped: () => flags.stopped,
		work: async (index) => {
			events.push(`+${index}`);
			await new Promise<void>((resolve, reject) => {
				ending.set(index, (error) => (error === undefined ? resolve() : reject(error)));
			});
			events.push(`-${index}`);
			return `result ${index}`;
		},
	});
	// Jobs start one tick apart, so ticks are counted, not time.
	const settle = async () => {
		for (let quiet = 0, seen = events.length; quiet < QUIET_TICKS; quiet += 1) {
			await new Promise((resolve) => setTimeout(resolve, 1));
			if (events.length !== seen) quiet = 0;
			seen = events.length;
		}
	};
	return {
		run,
		events,
		flags,
		settle,
		end: async (index: number, error?: Error) => {
			const finish = ending.get(index);
			if (finish === undefined) throw new Error(`Job ${index} is not running`);
			finish(error);
			await settle();
		},
	};
}

const withoutKeys = (count: number) => new Array<undefined>(count).fill(undefined);

describe('without ordering keys', () => {
	test('runs as many jobs as allowed, lowest first, and starts the next when one ends', async () => {
		const { run, events, end, settle } = controlledJobs(withoutKeys(4), 2);
		await settle();
		expect(events).toEqual(['+0', '+1']);
		await end(1);
		expect(events).toEqual(['+0', '+1', '-1', '+2']);
		await end(2);
		await end(3);
		await end(0);
		expect(await run).toEqual(['result 0', 'result 1', 'result 2', 'result 3']);
	});

	test('uses the whole concurrency when it is high', async () => {
		const { run, events, end, settle } = controlledJobs(withoutKeys(13), 12);
		await settle();
		expect(events).toHaveLength(12);
		for (let index = 0; index < 13; index++) await end(index);
		await run;
	});

	test('starts jobs one tick apart, so that a job can end before the next one starts', async () => {
		const events: string[] = [];
		const run = mapConcurrently({
			stagger: true,
			count: 3,
			concurrency: 3,
			orderingKey: () => undefined,
			stopped: () => false,
			work: async (index) => {
				events.push(`+${index}`);
				await new Promise((resolve) => setImmediate(resolve));
				events.push(`-${index}`);
			},
		});
		await run;
		expect(events).toEqual(['+0', '-0', '+1', '-1', '+2', '-2']);
	});

	test('with a concurrency of 1, jobs run strictly in order', async () => {
		const { run, events, end } = controlledJobs(withoutKeys(3), 1);
		for (const index of [0, 1, 2]) await end(index);
		await run;
		expect(events).toEqual(['+0', '-0', '+1', '-1', '+2', '-2']);
	});

	test('no jobs give no results', async () => {
		expect(await controlledJobs([], 10).run).toEqual([]);
	});
});

describe('ordering keys', () => {
	test('jobs with the same key wait for each other and do not block other jobs', async () => {
		const { run, events, end, settle } = controlledJobs(['a', 'a', 'a', 'b', undefined], 2);
		await settle();
		// The second worker skips the jobs that wait for key a.
		expect(events).toEqual(['+0', '+3']);
		await end(0);
		expect(events).toEqual(['+0', '+3', '-0', '+1']);
		await end(3);
		expect(events.slice(4)).toEqual(['-3', '+4']);
		for (const index of [1, 2, 4]) await end(index);
		expect(await run).toHaveLength(5);
	});

	test('a key can be used again after its jobs have ended', async () => {
		const { run, events, end } = controlledJobs(['a', 'b', 'a', 'b'], 1);
		for (const index of [0, 1, 2, 3]) await end(index);
		await run;
		expect(events.filter((event) => event.startsWith('+'))).toEqual(['+0', '+1', '+2', '+3']);
	});
});

describe('stop', () => {
	test('no further job starts, running jobs end, and the others have no result', async () => {
		const { run, flags, end, settle } = controlledJobs(['a', 'a', undefined, undefined], 2);
		await settle();
		flags.stopped = true;
		await end(2);
		await end(0);
		expect(await run).toEqual(['result 0', undefined, 'result 2', undefined]);
	});

	test('before the first job, no job starts', async () => {
		const results = await mapConcurrently({
			stagger: true,
			count: 2,
			concurrency: 5,
			orderingKey: () => undefined,
			stopped: () => true,
			work: async () => 'never',
		});
		expect(results).toEqual([undefined, undefined]);
	});
});

describe('rejection', () => {
	test('rejects the run after the running jobs have ended, and no further job starts', async () => {
		const { run, events, end, settle } = controlledJobs(['a', 'b', 'a', 'c', 'd'], 2);
		await settle();
		let over = false;
		const rejected = expect(run.finally(() => (over = true))).rejects.toThrow('broken');
		await end(0, new Error('broken'));
		expect(over).toBe(false);
		await end(1);
		await rejected;
		expect(events).toEqual(['+0', '+1', '-1']);
	});

	test('rejects the run if reading an ordering key throws', async () => {
		const run = mapConcurrently({
			stagger: true,
			count: 1,
			concurrency: 1,
			orderingKey: () => {
				throw new Error('no key');
			},
			stopped: () => false,
			work: async () => 'never',
		});
		await expect(run).rejects.toThrow('no key');
	});
});

test('random jobs run once each, within the concurrency, and in order within their key', async () => {
	const job = fc.record({
		key: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
		ticks: fc.nat({ max: 12 }),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.array(job, { maxLength: 40 }),
			fc.integer({ min: 1, max: 12 }),
			async (jobs, concurrency) => {
				const started: number[] = [];
				const busy = new Set<string>();
				let running = 0;
				let maxRunning = 0;
				const results = await mapConcurrently<number>({
					stagger: true,
					count: jobs.length,
					concurrency,
					orderingKey: (index) => jobs[index]?.key,
					stopped: () => false,
					work: async (index) => {
						const { key, ticks = 0 } = jobs[index] ?? {};
						started.push(index);
						maxRunning = Math.max(maxRunning, ++running);
						if (key !== undefined) {
							expect(busy.has(key)).toBe(false);
							busy.add(key);
						}
						for (let tick = 0; tick < ticks; tick++) {
							await new Promise((resolve) => setImmediate(resolve));
						}
						if (key !== undefined) busy.delete(key);
						running -= 1;
						return index;
					},
				});
				const all = jobs.map((_, index) => index);
				expect(results).toEqual(all);
				expect([...started].sort((a, b) => a - b)).toEqual(all);
				expect(maxRunning).toBeLessThanOrEqual(concurrency);
				for (const key of ['a', 'b', 'c']) {
					const order = started.filter((index) => jobs[index]?.key === key);
					expect(order).toEqual([...order].sort((a, b) => a - b));
				}
			},
		),
		{ numRuns: 100 },
	);
});
