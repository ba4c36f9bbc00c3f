/** Bounded concurrency, order per lane, stop and rejection. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { mapConcurrently } from '../../../../nodes/shared/action/mapConcurrently.ts';

/** Turns of the event loop without news after which nothing more will happen. */
const QUIET_TURNS = 8;

/** Jobs that end only when told to, and a record of what ran when. */
function workshop(lanesOfJobs: ReadonlyArray<string | undefined>, concurrency: number) {
	const events: string[] = [];
	const ending = new Map<number, (error?: Error) => void>();
	const flags = { stopped: false };
	const run = mapConcurrently<string>({
		stagger: true,
		count: lanesOfJobs.length,
		concurrency,
		orderingKey: (index) => lanesOfJobs[index],
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
	// Jobs start one after the other, a turn of the event loop apart: turns count, however long they take.
	const settle = async () => {
		for (let quiet = 0, seen = events.length; quiet < QUIET_TURNS; quiet += 1) {
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

const alone = (count: number) => new Array<undefined>(count).fill(undefined);

describe('without lanes', () => {
	test('as many at a time as allowed, lowest first, the next as soon as one ends', async () => {
		const { run, events, end, settle } = workshop(alone(4), 2);
		await settle();
		expect(events).toEqual(['+0', '+1']);
		await end(1);
		expect(events).toEqual(['+0', '+1', '-1', '+2']);
		await end(2);
		await end(3);
		await end(0);
		expect(await run).toEqual(['result 0', 'result 1', 'result 2', 'result 3']);
	});

	test('many at a time are used up, too', async () => {
		const { run, events, end, settle } = workshop(alone(13), 12);
		await settle();
		expect(events).toHaveLength(12);
		for (let index = 0; index < 13; index++) await end(index);
		await run;
	});

	test('a job starts while the answer to the one before may already come in', async () => {
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

	test('one at a time is strictly in order', async () => {
		const { run, events, end } = workshop(alone(3), 1);
		for (const index of [0, 1, 2]) await end(index);
		await run;
		expect(events).toEqual(['+0', '-0', '+1', '-1', '+2', '-2']);
	});

	test('nothing to do', async () => {
		expect(await workshop([], 10).run).toEqual([]);
	});
});

describe('lanes', () => {
	test('jobs of a lane wait for one another without keeping others from running', async () => {
		const { run, events, end, settle } = workshop(['a', 'a', 'a', 'b', undefined], 2);
		await settle();
		// The second worker passes by the waiting jobs of lane a.
		expect(events).toEqual(['+0', '+3']);
		await end(0);
		expect(events).toEqual(['+0', '+3', '-0', '+1']);
		await end(3);
		expect(events.slice(4)).toEqual(['-3', '+4']);
		for (const index of [1, 2, 4]) await end(index);
		expect(await run).toHaveLength(5);
	});

	test('a lane that ran empty can be used again', async () => {
		const { run, events, end } = workshop(['a', 'b', 'a', 'b'], 1);
		for (const index of [0, 1, 2, 3]) await end(index);
		await run;
		expect(events.filter((event) => event.startsWith('+'))).toEqual(['+0', '+1', '+2', '+3']);
	});
});

describe('stop', () => {
	test('no job starts any more, those under way end, the others are undefined', async () => {
		const { run, flags, end, settle } = workshop(['a', 'a', undefined, undefined], 2);
		await settle();
		flags.stopped = true;
		await end(2);
		await end(0);
		expect(await run).toEqual(['result 0', undefined, 'result 2', undefined]);
	});

	test('before the first job', async () => {
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
	test('is that of the run, after what is under way has ended; nothing else starts', async () => {
		const { run, events, end, settle } = workshop(['a', 'b', 'a', 'c', 'd'], 2);
		await settle();
		let over = false;
		const rejected = expect(run.finally(() => (over = true))).rejects.toThrow('broken');
		await end(0, new Error('broken'));
		expect(over).toBe(false);
		await end(1);
		await rejected;
		expect(events).toEqual(['+0', '+1', '-1']);
	});

	test('a lane that cannot be told is one, too', async () => {
		const run = mapConcurrently({
			stagger: true,
			count: 1,
			concurrency: 1,
			orderingKey: () => {
				throw new Error('no lane');
			},
			stopped: () => false,
			work: async () => 'never',
		});
		await expect(run).rejects.toThrow('no lane');
	});
});

test('for random jobs: each runs once, within the bound, in order within its lane', async () => {
	const job = fc.record({
		lane: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
		turns: fc.nat({ max: 12 }),
	});
	await fc.assert(
		fc.asyncProperty(
			fc.array(job, { maxLength: 40 }),
			fc.integer({ min: 1, max: 12 }),
			async (jobs, concurrency) => {
				const started: number[] = [];
				const busy = new Set<string>();
				let running = 0;
				let most = 0;
				const results = await mapConcurrently<number>({
					stagger: true,
					count: jobs.length,
					concurrency,
					orderingKey: (index) => jobs[index]?.lane,
					stopped: () => false,
					work: async (index) => {
						const { lane, turns = 0 } = jobs[index] ?? {};
						started.push(index);
						most = Math.max(most, ++running);
						if (lane !== undefined) {
							expect(busy.has(lane)).toBe(false);
							busy.add(lane);
						}
						for (let turn = 0; turn < turns; turn++) {
							await new Promise((resolve) => setImmediate(resolve));
						}
						if (lane !== undefined) busy.delete(lane);
						running -= 1;
						return index;
					},
				});
				const all = jobs.map((_, index) => index);
				expect(results).toEqual(all);
				expect([...started].sort((a, b) => a - b)).toEqual(all);
				expect(most).toBeLessThanOrEqual(concurrency);
				for (const lane of ['a', 'b', 'c']) {
					const order = started.filter((index) => jobs[index]?.lane === lane);
					expect(order).toEqual([...order].sort((a, b) => a - b));
				}
			},
		),
		{ numRuns: 100 },
	);
});
