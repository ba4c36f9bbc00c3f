/**
 * Whether a call that did not succeed is sent again, and when. A pure table: no clock, no chance,
 * no network of its own.
 */
import type { ConnectionFailure } from './connection';
import { requestedDelayMs, retryAfterMs } from './rateLimitHeaders';
import type { Headers, Safety } from './types';

/** Statuses after which another try can help (design §4.3). */
const TOO_MANY_REQUESTS = 429;
const SERVICE_UNAVAILABLE = 503;
const GATEWAY_STATUSES = [502, SERVICE_UNAVAILABLE, 504];

/** Tries of one call when connections break or gateways fail; a 429 is limited by time instead. */
const MAX_ATTEMPTS = 6;
/** Tries of a read whose answer is no JSON: a proxy's hiccup passes, a wrong address does not. */
const MAX_ATTEMPTS_UNREADABLE = 3;
const BASE_DELAY_MS = 500;
const DELAY_FACTOR = 2;
const MAX_DELAY_MS = 30_000;
/** Back-off is spread over this part of the delay above it, so that parallel items part ways. */
const JITTER = 0.5;
/** A small spread on top of a wait the vendor asked for, for the same reason. */
const REQUESTED_JITTER_MS = 250;

/** How a try ended, other than well. */
export type AttemptFailure =
	| { kind: 'status'; status: number; headers: Headers }
	| { kind: 'connection'; failure: ConnectionFailure }
	/** A 2xx answer that is cut off or not JSON where JSON was due. */
	| { kind: 'unreadable' };

/** What has been done for this call so far. */
export interface RetryState {
	/** Tries made, including the one that just failed. */
	attempts: number;
	waitedMs: number;
	/** A try before the last one may have reached the vendor. */
	ambiguous: boolean;
}

export type RetryDecision =
	/** `holdAll`: the vendor is speaking to the account, so other calls wait as well. */
	| { next: 'retry'; delayMs: number; pauseAll: boolean; ambiguous: boolean }
	/** `waitTooLong`: `afterMs` is how long the vendor asked to wait. */
	| { next: 'stop'; reason: 'waitTooLong'; delayMs: number; ambiguous: boolean }
	| {
			next: 'stop';
			reason: 'permanent' | 'unsafe' | 'attemptsExhausted' | 'cancelled';
			ambiguous: boolean;
	  };

/**
 * @param safety how safe the call is to repeat
 * @param failure how the last try ended
 * @param state what was done before
 * @param maxWaitMs the most that one call may wait in all
 * @param nowMs our clock, Unix ms
 * @param random a random number from 0 to 1
 */
export function decideRetry(
	safety: Safety,
	failure: AttemptFailure,
	state: RetryState,
	maxWaitMs: number,
	nowMs: number,
	random: number,
): RetryDecision {
	const ambiguous = state.ambiguous || mayHaveHappened(safety, failure, nowMs);
	if (failure.kind === 'connection' && failure.failure.delivery === 'cancelled') {
		return { next: 'stop', reason: 'cancelled', ambiguous };
	}
	if (!isTransient(failure)) return { next: 'stop', reason: 'permanent', ambiguous };
	if (!isRetrySafe(safety, failure, nowMs)) return { next: 'stop', reason: 'unsafe', ambiguous };

	const serverDelayMs =
		failure.kind === 'status' ? requestedDelayMs(failure.headers, nowMs) : undefined;
	const isRateLimit = failure.kind === 'status' && failure.status === TOO_MANY_REQUESTS;
	const maxAttempts = failure.kind === 'unreadable' ? MAX_ATTEMPTS_UNREADABLE : MAX_ATTEMPTS;
	if (!isRateLimit && state.attempts >= maxAttempts) {
		return { next: 'stop', reason: 'attemptsExhausted', ambiguous };
	}
	const delayMs =
		serverDelayMs === undefined || serverDelayMs === 0
			? backOffMs(state.attempts, random)
			: serverDelayMs + random * REQUESTED_JITTER_MS;
	if (state.waitedMs + delayMs > maxWaitMs) {
		// Nobody asked to come back at a certain moment: the vendor's own words say more.
		if (serverDelayMs === undefined && !isRateLimit) {
			return { next: 'stop', reason: 'attemptsExhausted', ambiguous };
		}
		return { next: 'stop', reason: 'waitTooLong', delayMs: serverDelayMs ?? delayMs, ambiguous };
	}
	return {
		next: 'retry',
		delayMs,
		pauseAll: isRateLimit || serverDelayMs !== undefined,
		ambiguous,
	};
}

/**
 * Capped exponential back-off, never below its base.
 *
 * @param attempts tries made so far, 1 or more
 * @param random a random number from 0 to 1
 * @returns ms to wait
 */
export function backOffMs(attempts: number, random: number): number {
	const delay = Math.min(BASE_DELAY_MS * DELAY_FACTOR ** (attempts - 1), MAX_DELAY_MS);
	return delay * (1 + JITTER * random);
}

function isTransient(failure: AttemptFailure): boolean {
	switch (failure.kind) {
		case 'unreadable':
			return true;
		case 'connection':
			return failure.failure.delivery === 'notSent' || failure.failure.delivery === 'unknown';
		case 'status':
			return failure.status === TOO_MANY_REQUESTS || GATEWAY_STATUSES.includes(failure.status);
	}
}

function isRetrySafe(safety: Safety, failure: AttemptFailure, nowMs: number): boolean {
	switch (safety) {
		case 'safe':
			return true;
		case 'idempotent':
			return failure.kind !== 'unreadable';
		case 'nonIdempotent':
			return certainlyDidNotHappen(failure, nowMs);
		case 'never':
			return false;
	}
}

/** Design §4.3: 429, 503 with `Retry-After`, or a connection that was never made. */
function certainlyDidNotHappen(failure: AttemptFailure, nowMs: number): boolean {
	switch (failure.kind) {
		case 'unreadable':
			return false;
		case 'connection':
			return failure.failure.delivery === 'notSent' || failure.failure.delivery === 'permanent';
		case 'status':
			if (failure.status === TOO_MANY_REQUESTS) return true;
			return (
				failure.status === SERVICE_UNAVAILABLE && retryAfterMs(failure.headers, nowMs) !== undefined
			);
	}
}

const FIRST_SERVER_ERROR = 500;

/** Whether a write may have taken effect although this is how it ended. */
function mayHaveHappened(safety: Safety, failure: AttemptFailure, nowMs: number): boolean {
	if (safety === 'safe') return false;
	switch (failure.kind) {
		case 'unreadable':
			return true;
		case 'connection':
			return failure.failure.delivery === 'unknown' || failure.failure.delivery === 'cancelled';
		case 'status':
			return failure.status >= FIRST_SERVER_ERROR && !certainlyDidNotHappen(failure, nowMs);
	}
}
