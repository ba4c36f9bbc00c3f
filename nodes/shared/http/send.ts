/**
 * Sends calls with a credential: n8n's HTTP helper around the decisions of `retry.ts`.
 */
import {
	sleep,
	type ICredentialDataDecryptedObject,
	type ICredentialsDecrypted,
	type IDataObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { isObject } from '../values';
import { connectionFailure, type ConnectionFailure } from './connection';
import { CallError, CancelledError } from '../errors';
import { serializeUntil } from './serializeUntil';
import { RateLimiter, type Slot } from './rateLimiter';
import {
	AMBIGUOUS_HINT,
	connectionProblem,
	redirectProblem,
	statusProblem,
	waitTooLongProblem,
} from './problems';
import { exhaustedDelayMs } from './rateLimitHeaders';
import { withCachedCredential } from './credentialCache';
import { decideRetry, type AttemptFailure, type RetryState, type RetryDecision } from './retry';
import type { HttpResponse, Headers, HttpRequest, HttpContext, Limits } from './types';
import { sleepUntil, wait } from './wait';

export interface SenderSettings {
	context: HttpContext;
	credentialType: string;
	/**
	 * The credential, read once. It is handed on with every request, which saves n8n reading and
	 * decrypting it each time; what is written into it (a session, a clock offset) reaches the
	 * credential's `authenticate` (reference: n8n-core `authentication.js`).
	 */
	credentials: ICredentialDataDecryptedObject;
	/** Checked, without a trailing slash. */
	baseUrl: string;
	/** The vendor's name, for messages. */
	vendor: string;
	limits: Limits;
	/** Keeps the vendor's request budget, where it has a known one. */
	rateLimiter?: RateLimiter;
	/**
	 * The credential is one of n8n's OAuth2 types: n8n fetches and renews the token itself, and must
	 * see a 401 for that (n8n-core `oauth.js`).
	 */
	oauth2?: boolean;
}

/**
 * Sends one call until it has an answer that is worth reading.
 *
 * @returns the last answer, whatever its status, once no other try would help or be safe
 * @throws CallError if no answer came, or the vendor asks for a longer wait than allowed
 * @throws CancelledError if the execution was stopped
 */
export type Send = (call: HttpRequest) => Promise<HttpResponse>;

type Outcome =
	| { kind: 'answer'; status: number; headers: Headers; body: unknown }
	| { kind: 'connection'; failure: ConnectionFailure };

/** What all requests of a sender share. */
interface AttemptSettings extends SenderSettings {
	credentialsDecrypted: ICredentialsDecrypted;
	/** What n8n's helper is called on. */
	sendingContext: HttpContext;
}

/** One sender per execution; what the vendor says about waiting holds for all its calls. */
export function createSender(settings: SenderSettings): Send {
	const { context, limits, vendor, rateLimiter = new RateLimiter() } = settings;
	const signal = cancelSignal(context);
	const gate = settings.oauth2 === true ? serializeUntil(hasToken) : undefined;
	const attemptSettings: AttemptSettings = {
		...settings,
		credentialsDecrypted: decrypted(settings),
		sendingContext:
			settings.oauth2 === true
				? withCachedCredential(context, settings.credentialType, settings.credentials)
				: context,
	};

	/** Waits for the call's turn, at least `atLeastMs` from now. */
	async function acquireSlot(state: RetryState, atLeastMs: number): Promise<Slot> {
		let startAt = rateLimiter.earliestStart(Date.now() + atLeastMs);
		assertWaitAllowed(state, startAt);
		const slot = rateLimiter.reserve(startAt);
		// While this call waits, the vendor may hold everything back, or answer an earlier call late.
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
		throw waitTooLong(settings, rateLimiter.pausedBy, ms, state.ambiguous);
	}

	async function waitUntil(until: number, state: RetryState): Promise<void> {
		// Timers count whole milliseconds and cut off the rest.
		const ms = Math.ceil(until - Date.now());
		if (ms <= 0) return;
		state.waitedMs += ms;
		await wait(ms, signal);
	}

	function pauseAll(outcome: Outcome, ms: number): void {
		if (outcome.kind === 'answer') rateLimiter.pauseUntil(Date.now() + ms, outcome.status);
	}

	return async function send(call) {
		const state: RetryState = { attempts: 0, waitedMs: 0, ambiguous: false };
		let atLeastMs = 0;
		for (;;) {
			const slot = await acquireSlot(state, atLeastMs);
			if (signal?.aborted === true) throw new CancelledError();
			const attemptOnce = async () => await attempt(attemptSettings, call);
			const outcome = await (gate === undefined ? attemptOnce() : gate(attemptOnce));
			rateLimiter.finished(slot);
			state.attempts += 1;
			const exhaustedMs =
				outcome.kind === 'answer' ? exhaustedDelayMs(outcome.headers, Date.now()) : undefined;
			if (exhaustedMs !== undefined)
				rateLimiter.pauseUntil(Date.now() + exhaustedMs, TOO_MANY_REQUESTS);
			const failure = toFailure(call, outcome);
			if (failure === undefined) return toResponse(vendor, outcome, state);

			const decision = decideRetry(
				call.safety,
				failure,
				state,
				limits.maxWaitMs,
				Date.now(),
				Math.random(),
			);
			if (decision.next === 'stop') {
				// The other calls would meet the same refusal, so they are not even sent.
				if (decision.reason === 'waitTooLong') pauseAll(outcome, decision.delayMs);
				return giveUp(settings, outcome, decision, state);
			}
			state.ambiguous = decision.ambiguous;
			if (decision.pauseAll) pauseAll(outcome, decision.delayMs);
			atLeastMs = decision.delayMs;
		}
	};
}

function hasToken(outcome: Outcome): boolean {
	return (
		outcome.kind === 'answer' &&
		outcome.status !== UNAUTHORIZED &&
		outcome.status < FIRST_SERVER_ERROR
	);
}

function cancelSignal(context: HttpContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

/** A request may take as long as this many of its timeouts, as long as data keeps coming. */
const MAX_TIMEOUTS = 4;
const CANCEL_GRACE_MS = 500;
const TIMED_OUT = 'ETIMEDOUT';
const CANCELLED = 'ERR_CANCELED';
/** Ready-made, because every request needs one, and the platform's own has a stack. */
const ANSWERED = new Error('The request was answered');
const UNAUTHORIZED = 401;
const TOO_MANY_REQUESTS = 429;
const FIRST_ERROR_STATUS = 300;
/** RFC 9110 §15.4; 304 and unused ones name no other address. */
const REDIRECTS = [300, 301, 302, 303, 307, 308];
const FIRST_CLIENT_ERROR = 400;
const FIRST_SERVER_ERROR = 500;

function toFailure(call: HttpRequest, outcome: Outcome): AttemptFailure | undefined {
	if (outcome.kind === 'connection') return outcome;
	if (outcome.status >= FIRST_ERROR_STATUS) {
		return { kind: 'status', status: outcome.status, headers: outcome.headers };
	}
	const unreadable = call.expects === 'json' && typeof outcome.body !== 'object';
	return unreadable ? { kind: 'unreadable' } : undefined;
}

function toResponse(vendor: string, outcome: Outcome, state: RetryState): HttpResponse {
	if (outcome.kind === 'connection') {
		throw new CallError(
			connectionProblem(vendor, outcome.failure, state.attempts, state.ambiguous),
		);
	}
	const response: HttpResponse = {
		status: outcome.status,
		headers: outcome.headers,
		body: outcome.body,
		ambiguous: state.ambiguous,
	};
	if (response.status >= FIRST_ERROR_STATUS && response.status < FIRST_CLIENT_ERROR) {
		const isRedirect = REDIRECTS.includes(response.status);
		throw new CallError(
			isRedirect
				? redirectProblem(vendor, response)
				: statusProblem(
						vendor,
						response,
						{ message: `${vendor} answered with HTTP ${response.status}` },
						undefined,
						[],
					),
		);
	}
	return response;
}

function giveUp(
	settings: SenderSettings,
	outcome: Outcome,
	decision: Extract<RetryDecision, { next: 'stop' }>,
	state: RetryState,
): HttpResponse {
	if (decision.reason === 'cancelled') throw new CancelledError();
	if (decision.reason === 'waitTooLong' && outcome.kind === 'answer') {
		throw waitTooLong(settings, outcome.status, decision.delayMs, decision.ambiguous);
	}
	return toResponse(settings.vendor, outcome, { ...state, ambiguous: decision.ambiguous });
}

function waitTooLong(
	{ vendor, limits }: SenderSettings,
	status: number | undefined,
	ms: number,
	ambiguous: boolean,
): CallError {
	const problem = waitTooLongProblem(vendor, status, ms, limits.maxWaitMs, Date.now());
	const hint = ambiguous ? `${problem.hint} ${AMBIGUOUS_HINT}` : problem.hint;
	return new CallError({ ...problem, hint, ambiguous });
}

/** `tags[]=a&tags[]=b` (artsvp.md, "Filter by event_ids"); n8n's own form is `tags[0]=a`. */
const LIST_FORMAT = 'brackets';

function fresh(body: IDataObject | Buffer): IDataObject | Buffer {
	return Buffer.isBuffer(body) ? body : { ...body };
}

/** One request on the wire. */
async function attempt(settings: AttemptSettings, call: HttpRequest): Promise<Outcome> {
	const { context, credentialType, limits, credentialsDecrypted, sendingContext } = settings;
	// A fresh object each time: n8n's helper and `authenticate` write into it.
	const options: IHttpRequestOptions = {
		method: call.method,
		url: `${settings.baseUrl}${call.path}`,
		headers: { ...call.headers },
		json: true,
		timeout: limits.timeoutMs,
		returnFullResponse: true,
		// n8n must see a 401 to renew an OAuth2 token; `except: [401]` is not known before n8n 2.9.
		ignoreHttpStatusErrors: settings.oauth2 !== true,
		disableFollowRedirect: true,
		...(call.qs === undefined ? {} : { qs: call.qs, arrayFormat: LIST_FORMAT }),
		...(call.body === undefined ? {} : { body: fresh(call.body) }),
	};
	const attemptSettings: Promise<unknown> = context.helpers.httpRequestWithAuthentication.call(
		sendingContext,
		credentialType,
		options,
		{ credentialsDecrypted },
	);
	const response = attemptSettings.then(toOutcome, errorToOutcome);
	// It may still fail when nobody waits for it any more.
	response.catch(() => undefined);
	return await withDeadline(response, limits.timeoutMs * MAX_TIMEOUTS, cancelSignal(context));
}

/**
 * n8n's timeout ends a connection that is silent, not one that drips, and does not hold for the
 * token of an OAuth2 credential; nor does cancelling (@n8n/client-oauth2, which waits for minutes).
 */
async function withDeadline(
	response: Promise<Outcome>,
	ms: number,
	signal: AbortSignal | undefined,
): Promise<Outcome> {
	const over = new AbortController();
	const either = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
	const late = sleepUntil(ms, either).then(async () => {
		if (!either.aborted) return TIMED_OUT;
		// n8n ends the request itself, unless it is still at the token.
		if (!over.signal.aborted) await sleep(CANCEL_GRACE_MS);
		return CANCELLED;
	});
	try {
		return await Promise.race([
			response,
			late.then((code): Outcome => ({ kind: 'connection', failure: connectionFailure(code) })),
		]);
	} finally {
		over.abort(ANSWERED);
	}
}

/** Made once: n8n's `getNode` copies the whole node. */
function decrypted({
	context,
	credentialType: type,
	credentials: data,
}: SenderSettings): ICredentialsDecrypted {
	const details = context.getNode().credentials?.[type];
	return { id: details?.id ?? '', name: details?.name ?? '', type, data };
}

function toOutcome(response: unknown): Outcome {
	if (typeof response === 'object' && response !== null && 'statusCode' in response) {
		const { statusCode } = response;
		const headers = 'headers' in response ? response.headers : undefined;
		return {
			kind: 'answer',
			status: Number(statusCode),
			headers: isObject(headers) ? headers : {},
			body: 'body' in response ? response.body : undefined,
		};
	}
	throw new TypeError('n8n gave no full response');
}

/**
 * Where n8n throws answers that are no success, they are answers all the same: also a 401 that stayed one
 * after n8n renewed the token.
 *
 * @throws the error itself, if it is not about the request: a missing credential, a blocked address
 */
function errorToOutcome(error: unknown): Outcome {
	const response = errorResponse(error) ?? tokenErrorResponse(error);
	if (response !== undefined) return response;
	const code = errorCode(error);
	if (code === undefined && isTokenFailure(error)) {
		return { kind: 'answer', status: UNAUTHORIZED, headers: {}, body: undefined };
	}
	if (code === undefined) throw error;
	return { kind: 'connection', failure: connectionFailure(code) };
}

/** The response that an AxiosError, wrapped by n8n, carries. */
function errorResponse(error: unknown): Outcome | undefined {
	for (let at: unknown = error; isObject(at); at = at.cause) {
		const response: unknown = 'response' in at ? at.response : undefined;
		if (typeof response === 'object' && response !== null && 'status' in response) {
			const status = Number(response.status);
			// A good answer that broke off is no answer: axios gives its head with the error.
			if (status < FIRST_ERROR_STATUS) return undefined;
			const headers = 'headers' in response ? response.headers : undefined;
			return {
				kind: 'answer',
				status,
				headers: isObject(headers) ? headers : {},
				body: 'data' in response ? response.data : undefined,
			};
		}
	}
	return undefined;
}

/**
 * What the token server said when it refused a token, as a 401 of the call, which was not sent: n8n
 * throws no AxiosError then (@n8n/client-oauth2 `client-oauth2.js`, AuthError and ResponseError). A log-in
 * of our own has its whole answer in `refusal`.
 */
function tokenErrorResponse(error: unknown): Outcome | undefined {
	for (let at: unknown = error; isObject(at); at = at.cause) {
		if (isObject(at.refusal)) {
			const { status, headers, body } = at.refusal;
			return {
				kind: 'answer',
				status: Number(status),
				headers: isObject(headers) ? headers : {},
				body,
			};
		}
		if (at.code === 'ESTATUS' && isTransient(Number(at.status))) {
			const reason = `its log-in answered with HTTP ${Number(at.status)}`;
			return { kind: 'connection', failure: { delivery: 'notSent', reason } };
		}
		if ('body' in at && (at.code === 'EAUTH' || at.code === 'ESTATUS')) {
			return { kind: 'answer', status: UNAUTHORIZED, headers: {}, body: at.body };
		}
	}
	return undefined;
}

/**
 * n8n's OAuth2 client trips over a refusal whose body is JSON but no object (@n8n/client-oauth2 `utils.js`,
 * getAuthError), and n8n puts its own words before that (n8n-core `oauth.js`, requestOAuth2).
 */
function isTokenFailure(error: unknown): boolean {
	for (let at: unknown = error; at instanceof Error; at = at.cause) {
		if (at instanceof TypeError || at.message.startsWith(TOKEN_FAILURE)) return true;
	}
	return false;
}

const TOKEN_FAILURE = 'Failed to acquire OAuth2 access token';

function isTransient(status: number): boolean {
	return status === TOO_MANY_REQUESTS || status >= FIRST_SERVER_ERROR;
}

/**
 * The code of a request that got no answer. n8n wraps the AxiosError, which carries it, as the
 * cause of a NodeApiError (n8n-core `authentication.js`); an error without a code is not about the
 * connection.
 */
function errorCode(error: unknown): string | undefined {
	for (let at: unknown = error; isObject(at); at = at.cause) {
		if ('code' in at && typeof at.code === 'string') return at.code;
	}
	return undefined;
}
