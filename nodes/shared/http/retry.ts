/**
 * Whether a call that did not succeed is sent again, and when. A pure table: no clock, no chance,
 * no network of its own.
 */
import type { ConnectionFailure } from './connection';
import { requestedWaitMs, retryAfterMs } from './rateLimit';
import type { Headers, Safety } from './types';

/** Statuses after which another try can help (design §4.3). */
const TOO_MANY_REQUESTS = 429;
const SERVICE_UNAVAILABLE = 503;
const GATEWAY_STATUSES = [502, SERVICE_UNAVAILABLE, 504];

/** Tries of one call when connections break or gateways fail; a 429 is limited by time instead. */
const MAX_TRIES = 6;
/** Tries of a read whose answer is no JSON: a proxy's hiccup passes, a wrong address does not. */
const MAX_TRIES_UNREADABLE = 3;
const BASE_DELAY_MS = 500;
const DELAY_FACTOR = 2;
const MAX_DELAY_MS = 30_000;
/** Back-off is spread over this part of the delay above it, so that parallel items part ways. */
const JITTER = 0.5;
/** A small spread on top of a wait the vendor asked for, for the same reason. */
const REQUESTED_JITTER_MS = 250;

/** How a try ended, other than well. */
export type Mishap =
	| { kind: 'status'; status: number; headers: Headers }
	| { kind: 'connection'; failure: ConnectionFailure }
	/** A 2xx answer that is cut off or not JSON where JSON was due. */
	| { kind: 'unreadable' };

/** What has been done for this call so far. */
export interface Progress {
	/** Tries made, including the one that just failed. */
	tries: number;
	waitedMs: number;
	/** A try before the last one may have reached the vendor. */
	ambiguous: boolean;
}

export type Verdict =
	/** `holdAll`: the vendor is speaking to the account, so other calls wait as well. */
	| { next: 'retry'; afterMs: number; holdAll: boolean; ambiguous: boolean }
	/** `waitTooLong`: `afterMs` is how long the vendor asked to wait. */
	| { next: 'stop'; because: 'waitTooLong'; afterMs: number; ambiguous: boolean }
	| { next: 'stop'; because: 'final' | 'unsafe' | 'triesSpent' | 'cancelled'; ambiguous: boolean };

/**
 * @param safety how safe the call is to repeat
 * @param mishap how the last try ended
 * @param progress what was done before
 * @param maxWaitMs the most that one call may wait in all
 * @param nowMs our clock, Unix ms
 * @param chance a random number from 0 to 1
 */
export function decide(
	safety: Safety,
	mishap: Mishap,
	progress: Progress,
	maxWaitMs: number,
	nowMs: number,
	chance: number,
): Verdict {
	const ambiguous = progress.ambiguous || mayHaveHappened(safety, mishap, nowMs);
	if (mishap.kind === 'connection' && mishap.failure.fate === 'cancelled') {
		return { next: 'stop', because: 'cancelled', ambiguous };
	}
	if (!isTransient(mishap)) return { next: 'stop', because: 'final', ambiguous };
	if (!isAllowed(safety, mishap, nowMs)) return { next: 'stop', because: 'unsafe', ambiguous };

	const asked = mishap.kind === 'status' ? requestedWaitMs(mishap.headers, nowMs) : undefined;
	const isRateLimit = mishap.kind === 'status' && mishap.status === TOO_MANY_REQUESTS;
	const maxTries = mishap.kind === 'unreadable' ? MAX_TRIES_UNREADABLE : MAX_TRIES;
	if (!isRateLimit && progress.tries >= maxTries) {
		return { next: 'stop', because: 'triesSpent', ambiguous };
	}
	const afterMs =
		asked === undefined || asked === 0
			? backOffMs(progress.tries, chance)
			: asked + chance * REQUESTED_JITTER_MS;
	if (progress.waitedMs + afterMs > maxWaitMs) {
		// Nobody asked to come back at a certain moment: the vendor's own words say more.
		if (asked === undefined && !isRateLimit) {
			return { next: 'stop', because: 'triesSpent', ambiguous };
		}
		return { next: 'stop', because: 'waitTooLong', afterMs: asked ?? afterMs, ambiguous };
	}
	return { next: 'retry', afterMs, holdAll: isRateLimit || asked !== undefined, ambiguous };
}

/**
 * Capped exponential back-off, never below its base.
 *
 * @param tries tries made so far, 1 or more
 * @param chance a random number from 0 to 1
 * @returns ms to wait
 */
export function backOffMs(tries: number, chance: number): number {
	const delay = Math.min(BASE_DELAY_MS * DELAY_FACTOR ** (tries - 1), MAX_DELAY_MS);
	return delay * (1 + JITTER * chance);
}

function isTransient(mishap: Mishap): boolean {
	switch (mishap.kind) {
		case 'unreadable':
			return true;
		case 'connection':
			return mishap.failure.fate === 'notSent' || mishap.failure.fate === 'maybeSent';
		case 'status':
			return mishap.status === TOO_MANY_REQUESTS || GATEWAY_STATUSES.includes(mishap.status);
	}
}

function isAllowed(safety: Safety, mishap: Mishap, nowMs: number): boolean {
	switch (safety) {
		case 'read':
			return true;
		case 'repeatable':
			return mishap.kind !== 'unreadable';
		case 'once':
			return certainlyDidNotHappen(mishap, nowMs);
		case 'never':
			return false;
	}
}

/** Design §4.3: 429, 503 with `Retry-After`, or a connection that was never made. */
function certainlyDidNotHappen(mishap: Mishap, nowMs: number): boolean {
	switch (mishap.kind) {
		case 'unreadable':
			return false;
		case 'connection':
			return mishap.failure.fate === 'notSent' || mishap.failure.fate === 'hopeless';
		case 'status':
			if (mishap.status === TOO_MANY_REQUESTS) return true;
			return (
				mishap.status === SERVICE_UNAVAILABLE && retryAfterMs(mishap.headers, nowMs) !== undefined
			);
	}
}

const FIRST_SERVER_ERROR = 500;

/** Whether a write may have taken effect although this is how it ended. */
function mayHaveHappened(safety: Safety, mishap: Mishap, nowMs: number): boolean {
	if (safety === 'read') return false;
	switch (mishap.kind) {
		case 'unreadable':
			return true;
		case 'connection':
			return mishap.failure.fate === 'maybeSent' || mishap.failure.fate === 'cancelled';
		case 'status':
			return mishap.status >= FIRST_SERVER_ERROR && !certainlyDidNotHappen(mishap, nowMs);
	}
}
