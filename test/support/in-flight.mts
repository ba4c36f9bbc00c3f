/** Which requests a sandbox vendor is processing, determined without a clock. */
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { FaultOrder, VendorServer } from '../../sandbox/start.mts';

/** Another request arrives while the expected ones are still unanswered. */
const LATENCY_MS = 40;

/** Waits until a vendor has received this many requests since the start or `reset`. */
export async function untilArrived(
	{ requests }: Pick<VendorServer<never>, 'requests'>,
	count: number,
): Promise<void> {
	while (requests.length < count) await nextTurn();
}

type Watched = Pick<VendorServer<never>, 'faults' | 'latencyMs' | 'maxInFlight'>;

/**
 * Runs work while requests are answered only in groups of `expected`, so that these are in flight together however
 * slow the machine is. The work sends a multiple of `expected` such requests; with fewer it never ends.
 * @param when which requests are held; default: all of them
 * @returns the highest number of requests that were unanswered at the same time
 */
export async function maxInFlight(
	server: Watched,
	expected: number,
	work: () => Promise<unknown>,
	when: FaultOrder['when'] = { every: 1 },
): Promise<number> {
	server.latencyMs = LATENCY_MS;
	server.faults.add({ when, do: { kind: 'hold', until: expected } });
	server.maxInFlight = 0;
	await work();
	return server.maxInFlight;
}
