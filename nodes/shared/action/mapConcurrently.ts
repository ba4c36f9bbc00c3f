/**
 * Bounded concurrency that keeps the order of jobs on the same record. Knows nothing of n8n.
 */
import { sleep } from 'n8n-workflow';

export interface ConcurrentMap<T> {
	count: number;
	/** Jobs at a time, 1 or more. 1 is strictly in order. */
	concurrency: number;
	/** Jobs with the same lane run one after the other, in order; undefined is a lane of its own. */
	orderingKey(index: number): string | undefined;
	work(index: number): Promise<T>;
	/** Start only one job per turn of the event loop: for jobs that each send a request. */
	stagger?: boolean;
	/** Asked before each job; once true, no further job starts. */
	stopped(): boolean;
}

/**
 * Runs jobs 0 … count-1, lowest first. A job that rejects rejects the whole run, after the jobs
 * under way have ended; no further job starts.
 *
 * @returns each job's result at its index; undefined where a stop kept it from starting
 */
export async function mapConcurrently<T>(options: ConcurrentMap<T>): Promise<Array<T | undefined>> {
	const results = new Array<T | undefined>(options.count);
	/** Jobs that wait behind a job of their lane, by lane; the worker of that job takes them on. */
	const waiting = new Map<string, number[]>();
	let next = 0;
	let failed = false;
	let lastTick = Promise.resolve();

	/**
	 * The request of one job leaves while the next job is prepared. Otherwise answers that come
	 * together make jobs that start, wait and end together.
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
