/**
 * Bounded concurrency that keeps the order of jobs on the same record. Knows nothing of n8n.
 */
import { sleep } from 'n8n-workflow';

export interface ConcurrentMap<T> {
	/** How many jobs there are. */
	count: number;
	/** How many jobs run at a time, 1 or more. 1 runs them strictly in order. */
	concurrency: number;
	/** Jobs with the same key run one after the other, in order; a job without a key waits for none. */
	orderingKey(index: number): string | undefined;
	work(index: number): Promise<T>;
	/** Start only one job per event-loop tick: for jobs that each send a request. */
	stagger?: boolean;
	/** Called before each job. Once it returns true, no further job starts. */
	stopped(): boolean;
}

/**
 * Runs jobs 0 to count-1, lowest first. If a job rejects, no further job starts, and the whole run
 * rejects with that error once the running jobs have ended.
 *
 * @returns each job's result at its index; undefined if the job never started
 */
export async function mapConcurrently<T>(options: ConcurrentMap<T>): Promise<Array<T | undefined>> {
	const results = new Array<T | undefined>(options.count);
	/** Jobs that wait for a running job with the same key, by key. The worker of that job runs them next. */
	const waiting = new Map<string, number[]>();
	let next = 0;
	let failed = false;
	let lastTick = Promise.resolve();

	/**
	 * Staggers starts by one tick, so that one request is sent while the next is prepared. Otherwise
	 * all jobs run in lockstep.
	 */
	async function nextTick(): Promise<void> {
		const previousTick = lastTick;
		lastTick = previousTick.then(async () => await sleep(0));
		await previousTick;
	}

	async function runKey(first: number, key: string | undefined): Promise<void> {
		if (key === undefined) {
			results[first] = await options.work(first);
			return;
		}
		const queue: number[] = [];
		waiting.set(key, queue);
		try {
			results[first] = await options.work(first);
			for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
				if (failed || options.stopped()) return;
				results[index] = await options.work(index);
			}
		} finally {
			waiting.delete(key);
		}
	}

	async function worker(): Promise<void> {
		while (next < options.count && !failed && !options.stopped()) {
			if (options.stagger === true && options.concurrency > 1) await nextTick();
			if (next >= options.count || failed || options.stopped()) return;
			const index = next++;
			const key = options.orderingKey(index);
			const queue = key === undefined ? undefined : waiting.get(key);
			if (queue === undefined) await runKey(index, key);
			else queue.push(index);
		}
	}

	const workers = Array.from({ length: Math.min(options.concurrency, options.count) }, async () => {
		await worker().catch((error: unknown) => {
			failed = true;
			throw error;
		});
	});
	const outcomes = await Promise.allSettled(workers);
	const rejected = outcomes.find((end) => end.status === 'rejected');
	if (rejected?.status === 'rejected') throw rejected.reason;
	return results;
}
