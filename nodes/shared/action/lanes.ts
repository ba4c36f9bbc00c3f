/**
 * Bounded concurrency that keeps the order of jobs on the same record. Knows nothing of n8n.
 */
import { sleep } from 'n8n-workflow';

export interface Lanes<T> {
	count: number;
	/** Jobs at a time, 1 or more. 1 is strictly in order. */
	concurrency: number;
	/** Jobs with the same lane run one after the other, in order; undefined is a lane of its own. */
	laneOf(index: number): string | undefined;
	work(index: number): Promise<T>;
	/** Start only one job per turn of the event loop: for jobs that each send a request. */
	spread?: boolean;
	/** Asked before each job; once true, no further job starts. */
	stopped(): boolean;
}

/**
 * Runs jobs 0 … count-1, lowest first. A job that rejects rejects the whole run, after the jobs
 * under way have ended; no further job starts.
 *
 * @returns each job's result at its index; undefined where a stop kept it from starting
 */
export async function runInLanes<T>(lanes: Lanes<T>): Promise<Array<T | undefined>> {
	const results = new Array<T | undefined>(lanes.count);
	/** Jobs that wait behind a job of their lane, by lane; the worker of that job takes them on. */
	const waiting = new Map<string, number[]>();
	let next = 0;
	let broken = false;
	let turn = Promise.resolve();

	/**
	 * The request of one job leaves while the next job is prepared. Otherwise answers that come
	 * together make jobs that start, wait and end together.
	 */
	async function ownTurn(): Promise<void> {
		const mine = turn;
		turn = mine.then(async () => await sleep(0));
		await mine;
	}

	async function runLane(first: number, lane: string | undefined): Promise<void> {
		if (lane === undefined) {
			results[first] = await lanes.work(first);
			return;
		}
		const queue: number[] = [];
		waiting.set(lane, queue);
		try {
			results[first] = await lanes.work(first);
			for (let index = queue.shift(); index !== undefined; index = queue.shift()) {
				if (broken || lanes.stopped()) return;
				results[index] = await lanes.work(index);
			}
		} finally {
			waiting.delete(lane);
		}
	}

	async function worker(): Promise<void> {
		while (next < lanes.count && !broken && !lanes.stopped()) {
			if (lanes.spread === true && lanes.concurrency > 1) await ownTurn();
			if (next >= lanes.count || broken || lanes.stopped()) return;
			const index = next++;
			const lane = lanes.laneOf(index);
			const queue = lane === undefined ? undefined : waiting.get(lane);
			if (queue === undefined) await runLane(index, lane);
			else queue.push(index);
		}
	}

	const workers = Array.from({ length: Math.min(lanes.concurrency, lanes.count) }, async () => {
		await worker().catch((error: unknown) => {
			broken = true;
			throw error;
		});
	});
	const ends = await Promise.allSettled(workers);
	const rejected = ends.find((end) => end.status === 'rejected');
	if (rejected?.status === 'rejected') throw rejected.reason;
	return results;
}
