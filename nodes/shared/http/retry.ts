/**
 * Decides whether a failed attempt is repeated, and when. Pure: the clock and the random number are
 * passed in.
 */
import { SECOND } from '../time';
import type { ConnectionFailure } from './connection';
import { requestedDelayMs, retryAfterMs } from './rateLimitHeaders';
import { isServerError, Status } from './status';
import type { Headers, Safety } from './types';

/** Statuses after which another attempt can help, also of a write that may be repeated. */
const TRANSIENT_STATUSES: readonly number[] = [
	Status.tooManyRequests,
	Status.badGateway,
	Status.serviceUnavailable,
	Status.gatewayTimeout,
];

/** Server errors that every attempt would get: the server does not know the method or the HTTP version. */
const PERMANENT_SERVER_ERRORS: readonly number[] = [
	Status.notImplemented,
	Status.httpVersionNotSupported,
];

/** Attempts when connections break or gateways fail. Retries after a 429 are limited by time instead. */
const MAX_ATTEMPTS = 6;
/** Attempts of a read whose response is not JSON: a proxy's hiccup passes, a wrong address does not. */
const MAX_ATTEMPTS_UNREADABLE = 3;
const BASE_DELAY_MS = 500;
const DELAY_FACTOR = 2;
const MAX_DELAY_MS = 30 * SECOND;
/** Up to this share is added to a back-off delay, so that parallel items do not retry together. */
const JITTER = 0.5;
/** Up to this much is added to a wait the vendor asked for, for the same reason. */
const REQUESTED_JITTER_MS = 250;

/** How an attempt failed. */
export type AttemptFailure =
	| { kind: 'status'; status: number; headers: Headers }
	| { kind: 'connection'; failure: ConnectionFailure }
	/** A 2xx response whose body is cut off, or not JSON where JSON is expected. */
	| { kind: 'unreadable' };

/** What has been done for this request so far. */
export interface RetryState {
	/** Attempts made, including the one that just failed. */
	attempts: number;
	waitedMs: number;
	/** An attempt before the last one may have reached the vendor. */
	ambiguous: boolean;
}

export type RetryDecision =
	/** `pauseAll`: the vendor's answer concerns the whole account, so other requests wait as well. */
	| { next: 'retry'; delayMs: number; pauseAll: boolean; ambiguous: boolean }
	/** `waitTooLong`: `delayMs` is how long the vendor asked to wait. */
	| { next: 'stop'; reason: 'waitTooLong'; delayMs: number; ambiguous: boolean }
	| {
			next: 'stop';
			reason: 'permanent' | 'unsafe' | 'attemptsExhausted' | 'cancelled';
			ambiguous: boolean;
	  };

/**
 * @param safety how safe the request is to repeat
 * @param failure how the last attempt ended
 * @param state what was done before
 * @param maxWaitMs how long one request may wait in all
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
	if (!isTransient(safety, failure)) return { next: 'stop', reason: 'permanent', ambiguous };
	if (!isRetrySafe(safety, failure, nowMs)) return { next: 'stop', reason: 'unsafe', ambiguous };

	const isRateLimit = failure.kind === 'status' && failure.status === Status.tooManyRequests;
	const serverDelayMs =
		failure.kind === 'status' ? serverDelay(failure.status, failure.headers, nowMs) : undefined;
	const maxAttempts = failure.kind === 'unreadable' ? MAX_ATTEMPTS_UNREADABLE : MAX_ATTEMPTS;
	if (!isRateLimit && state.attempts >= maxAttempts) {
		return { next: 'stop', reason: 'attemptsExhausted', ambiguous };
	}
	const delayMs =
		serverDelayMs === undefined || serverDelayMs === 0
			? backOffMs(state.attempts, random)
			: serverDelayMs + random * REQUESTED_JITTER_MS;
	if (state.waitedMs + delayMs > maxWaitMs) {
		// The vendor named no time to come back, so its own message says more.
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
 * @param attempts attempts made so far, 1 or more
 * @param random a random number from 0 to 1
 * @returns ms to wait
 */
export function backOffMs(attempts: number, random: number): number {
	const delay = Math.min(BASE_DELAY_MS * DELAY_FACTOR ** (attempts - 1), MAX_DELAY_MS);
	return delay * (1 + JITTER * random);
}

/** Services send their reset headers with every response; after a server error they say nothing about it. */
function serverDelay(status: number, headers: Headers, nowMs: number): number | undefined {
	const saysWhen = status === Status.tooManyRequests || status === Status.serviceUnavailable;
	return saysWhen ? requestedDelayMs(headers, nowMs) : retryAfterMs(headers, nowMs);
}

/**
 * A plain 500 and the 52x of proxies pass like the others, but only a read is tried again: what the
 * server did with a write before it failed is not known.
 */
function isTransient(safety: Safety, failure: AttemptFailure): boolean {
	switch (failure.kind) {
		case 'unreadable':
			return true;
		case 'connection':
			return failure.failure.delivery === 'notSent' || failure.failure.delivery === 'unknown';
		case 'status':
			if (TRANSIENT_STATUSES.includes(failure.status)) return true;
			return (
				safety === 'safe' &&
				isServerError(failure.status) &&
				!PERMANENT_SERVER_ERRORS.includes(failure.status)
			);
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

/** A 429, a 503 with `Retry-After`, or a connection that was never made. */
function certainlyDidNotHappen(failure: AttemptFailure, nowMs: number): boolean {
	switch (failure.kind) {
		case 'unreadable':
			return false;
		case 'connection':
			return failure.failure.delivery === 'notSent' || failure.failure.delivery === 'permanent';
		case 'status':
			if (failure.status === Status.tooManyRequests) return true;
			return (
				failure.status === Status.serviceUnavailable &&
				retryAfterMs(failure.headers, nowMs) !== undefined
			);
	}
}

/** Whether a write may have taken effect although it failed. */
function mayHaveHappened(safety: Safety, failure: AttemptFailure, nowMs: number): boolean {
	if (safety === 'safe') return false;
	switch (failure.kind) {
		case 'unreadable':
			return true;
		case 'connection':
			return failure.failure.delivery === 'unknown' || failure.failure.delivery === 'cancelled';
		case 'status':
			return isServerError(failure.status) && !certainlyDidNotHappen(failure, nowMs);
	}
}
