/**
 * Sends requests until they have a response: waits for the rate limit, and retries as `retry.ts` decides.
 */
import { CallError, CancelledError } from '../errors';
import { cancelSignal, createAttempt, type AttemptSettings } from './attempt';
import type { Outcome } from './n8nOutcome';
import {
	AMBIGUOUS_HINT,
	connectionProblem,
	redirectProblem,
	statusProblem,
	waitTooLongProblem,
} from './problems';
import { RateLimiter, type Slot } from './rateLimiter';
import { exhaustedDelayMs, retryAfterMs } from './rateLimitHeaders';
import { decideRetry, type AttemptFailure, type RetryDecision, type RetryState } from './retry';
import { serializeUntil } from './serializeUntil';
import { isError, isRedirect, isServerError, isSuccess, Status } from './status';
import type { HttpRequest, HttpResponse } from './types';
import { wait } from './wait';

export interface SenderSettings extends AttemptSettings {
	/** The vendor's name, for messages. */
	vendor: string;
	/** Keeps the vendor's rate limit, where it is known. */
	rateLimiter?: RateLimiter;
	/**
	 * Whether the body of a failed request is the vendor's own answer to it, e.g. has one of its error
	 * codes: then the next attempt would get it as well. `Retry-After` says otherwise.
	 */
	isFinalAnswer?(body: unknown): boolean;
}

/**
 * Sends one request until it has a response that is worth reading.
 *
 * @returns the last response, 2xx, 4xx or 5xx, once another attempt would not help or not be safe
 * @throws CallError if there was no response or a 3xx, or the vendor asks for a longer wait than allowed
 * @throws CancelledError if the execution was stopped
 */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/**
 * One sender per execution: what the vendor says about waiting holds for all its requests.
 *
 * @returns the function that sends them
 */
export function createSender(settings: SenderSettings): Send {
	const { context, limits, vendor, rateLimiter = new RateLimiter() } = settings;
	const signal = cancelSignal(context);
	const attempt = createAttempt(settings);
	const gate = settings.oauth2 === true ? serializeUntil(hasToken) : undefined;

	/** Waits for a slot, at least `atLeastMs` from now. */
	async function acquireSlot(state: RetryState, atLeastMs: number): Promise<Slot> {
		let startAt = rateLimiter.earliestStart(Date.now() + atLeastMs);
		assertWaitAllowed(state, startAt);
		const slot = rateLimiter.reserve(startAt);
		// The slot can move while we wait: a 429 elsewhere pauses all requests, and a slow response keeps
		// its slot occupied.
		while (startAt > Date.now()) {
			assertWaitAllowed(state, startAt);
			await waitUntil(startAt, state);
			const rescheduled = rateLimiter.reschedule(slot);
			if (rescheduled <= startAt) break;
			startAt = rescheduled;
		}
		rateLimiter.started(slot);
		return slot;
	}

	function assertWaitAllowed(state: RetryState, until: number): void {
		const ms = until - Date.now();
		if (ms <= 0 || state.waitedMs + ms <= limits.maxWaitMs) return;
		throw waitTooLongError(settings, rateLimiter.pausedBy, ms, state.ambiguous);
	}

	async function waitUntil(until: number, state: RetryState): Promise<void> {
		// Timers count whole milliseconds and drop the rest.
		const ms = Math.ceil(until - Date.now());
		if (ms <= 0) return;
		state.waitedMs += ms;
		await wait(ms, signal);
	}

	function pauseAll(outcome: Outcome, ms: number): void {
		if (outcome.kind === 'response') rateLimiter.pauseUntil(Date.now() + ms, outcome.status);
	}

	/** Pauses all requests if the vendor says with this response that none is left. */
	function pauseIfExhausted(outcome: Outcome): void {
		if (outcome.kind !== 'response') return;
		const ms = exhaustedDelayMs(outcome.headers, Date.now());
		if (ms !== undefined) rateLimiter.pauseUntil(Date.now() + ms, Status.tooManyRequests);
	}

	return async function send(request) {
		const state: RetryState = { attempts: 0, waitedMs: 0, ambiguous: false };
		let atLeastMs = 0;
		for (;;) {
			const slot = await acquireSlot(state, atLeastMs);
			if (signal?.aborted === true) throw new CancelledError();
			const attemptOnce = async () => await attempt(request);
			const outcome = await (gate === undefined ? attemptOnce() : gate(attemptOnce));
			rateLimiter.finished(slot);
			state.attempts += 1;
			pauseIfExhausted(outcome);
			const failure = toFailure(settings, request, outcome);
			if (failure === undefined) return toResponse(vendor, outcome, state);

			const decision = decideRetry(
				request.safety,
				failure,
				state,
				limits.maxWaitMs,
				Date.now(),
				Math.random(),
			);
			if (decision.next === 'stop') {
				// Other requests would get the same response, so they are not even sent.
				if (decision.reason === 'waitTooLong') pauseAll(outcome, decision.delayMs);
				return giveUp(settings, outcome, decision, state);
			}
			state.ambiguous = decision.ambiguous;
			if (decision.pauseAll) pauseAll(outcome, decision.delayMs);
			atLeastMs = decision.delayMs;
		}
	};
}

/** Whether n8n has stored a token: the vendor accepted it. */
function hasToken(outcome: Outcome): boolean {
	if (outcome.kind !== 'response') return false;
	return outcome.status !== Status.unauthorized && !isServerError(outcome.status);
}

function toFailure(
	settings: SenderSettings,
	request: HttpRequest,
	outcome: Outcome,
): AttemptFailure | undefined {
	if (outcome.kind === 'connection') return outcome;
	if (!isSuccess(outcome.status)) {
		const { status, headers, body } = outcome;
		const asksToWait = retryAfterMs(headers, Date.now()) !== undefined;
		if (isServerError(status) && !asksToWait && settings.isFinalAnswer?.(body) === true) {
			return undefined;
		}
		return { kind: 'status', status, headers };
	}
	const isUnreadable = request.expects === 'json' && typeof outcome.body !== 'object';
	return isUnreadable ? { kind: 'unreadable' } : undefined;
}

function toResponse(vendor: string, outcome: Outcome, state: RetryState): HttpResponse {
	if (outcome.kind === 'connection') {
		throw new CallError(
			connectionProblem(vendor, outcome.failure, state.attempts, state.ambiguous),
		);
	}
	const { status, headers, body } = outcome;
	const response: HttpResponse = { status, headers, body, ambiguous: state.ambiguous };
	if (isSuccess(status) || isError(status)) return response;
	throw new CallError(
		isRedirect(status)
			? redirectProblem(vendor, response)
			: statusProblem(
					vendor,
					response,
					{ message: `${vendor} answered with HTTP ${status}` },
					undefined,
					[],
				),
	);
}

function giveUp(
	settings: SenderSettings,
	outcome: Outcome,
	decision: Extract<RetryDecision, { next: 'stop' }>,
	state: RetryState,
): HttpResponse {
	if (decision.reason === 'cancelled') throw new CancelledError();
	if (decision.reason === 'waitTooLong' && outcome.kind === 'response') {
		throw waitTooLongError(settings, outcome.status, decision.delayMs, decision.ambiguous);
	}
	return toResponse(settings.vendor, outcome, { ...state, ambiguous: decision.ambiguous });
}

function waitTooLongError(
	{ vendor, limits }: SenderSettings,
	status: number | undefined,
	ms: number,
	ambiguous: boolean,
): CallError {
	const problem = waitTooLongProblem(vendor, status, ms, limits.maxWaitMs, Date.now());
	const hint = ambiguous ? `${problem.hint} ${AMBIGUOUS_HINT}` : problem.hint;
	return new CallError({ ...problem, hint, ambiguous });
}
