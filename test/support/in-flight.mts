/** Watches how many requests a sandbox vendor has in hand at the same time. */
import { setInterval, clearInterval } from 'node:timers';

import type { RecordedRequest } from '../../sandbox/start.mts';

/** Much shorter than the latency that a test gives the vendor. */
const LOOK_EVERY_MS = 2;

/**
 * @param requests the vendor's journal, in which an unanswered request has the status 0; cut connections may
 * therefore not be among them
 * @returns the most that were unanswered at the same time while the work went on
 */
export async function mostInFlight(
	requests: readonly RecordedRequest[],
	work: () => Promise<unknown>,
): Promise<number> {
	let most = 0;
	const look = () => {
		most = Math.max(most, requests.filter(({ status }) => status === 0).length);
	};
	const timer = setInterval(look, LOOK_EVERY_MS);
	try {
		await work();
		return most;
	} finally {
		clearInterval(timer);
	}
}
