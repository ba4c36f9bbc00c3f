/**
 * Sends calls with a credential: n8n's HTTP helper around the decisions of `retry.ts`.
 */
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { connectionFailure, type ConnectionFailure } from './connection';
import { CallError, CancelledError } from './errors';
import { AMBIGUOUS_HINT, connectionProblem, redirectProblem, waitTooLongProblem } from './problems';
import { decide, type Mishap, type Progress, type Verdict } from './retry';
import type { Answer, Headers, HttpCall, HttpContext, Limits } from './types';
import { wait } from './wait';

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
}

/**
 * Sends one call until it has an answer that is worth reading.
 *
 * @returns the last answer, whatever its status, once no other try would help or be safe
 * @throws CallError if no answer came, or the vendor asks for a longer wait than allowed
 * @throws CancelledError if the execution was stopped
 */
export type Send = (call: HttpCall) => Promise<Answer>;

type Outcome =
	| { kind: 'answer'; status: number; headers: Headers; body: unknown }
	| { kind: 'connection'; failure: ConnectionFailure };

/** One sender per execution: a pause that the vendor asks for holds back all its calls. */
export function createSender(settings: SenderSettings): Send {
	const { context, limits, vendor } = settings;
	const signal = cancelSignal(context);
	let pausedUntil = 0;
	/** The status of the answer that asked for the pause. */
	let pausedBy: number | undefined;

	async function pause(progress: Progress, atLeastMs: number): Promise<void> {
		const ms = Math.max(atLeastMs, pausedUntil - Date.now());
		if (ms <= 0) return;
		if (progress.waitedMs + ms > limits.maxWaitMs) {
			throw waitTooLong(settings, pausedBy, ms, progress.ambiguous);
		}
		progress.waitedMs += ms;
		await wait(ms, signal);
	}

	function holdAll(outcome: Outcome, ms: number): void {
		pausedUntil = Math.max(pausedUntil, Date.now() + ms);
		pausedBy = outcome.kind === 'answer' ? outcome.status : undefined;
	}

	return async function send(call) {
		const progress: Progress = { tries: 0, waitedMs: 0, ambiguous: false };
		for (;;) {
			await pause(progress, 0);
			if (signal?.aborted === true) throw new CancelledError();
			const outcome = await attempt(settings, call);
			progress.tries += 1;
			const mishap = mishapOf(call, outcome);
			if (mishap === undefined) return finish(vendor, outcome, progress);

			const verdict = decide(
				call.safety,
				mishap,
				progress,
				limits.maxWaitMs,
				Date.now(),
				Math.random(),
			);
			if (verdict.next === 'stop') {
				// The other calls would meet the same refusal, so they are not even sent.
				if (verdict.because === 'waitTooLong') holdAll(outcome, verdict.afterMs);
				return stop(settings, outcome, verdict, progress);
			}
			progress.ambiguous = verdict.ambiguous;
			if (verdict.holdAll) holdAll(outcome, verdict.afterMs);
			await pause(progress, verdict.afterMs);
		}
	};
}

function cancelSignal(context: HttpContext): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
}

const FIRST_ERROR_STATUS = 300;
const FIRST_CLIENT_ERROR = 400;

function mishapOf(call: HttpCall, outcome: Outcome): Mishap | undefined {
	if (outcome.kind === 'connection') return outcome;
	if (outcome.status >= FIRST_ERROR_STATUS) {
		return { kind: 'status', status: outcome.status, headers: outcome.headers };
	}
	const unreadable = call.answers === 'json' && typeof outcome.body !== 'object';
	return unreadable ? { kind: 'unreadable' } : undefined;
}

function finish(vendor: string, outcome: Outcome, progress: Progress): Answer {
	if (outcome.kind === 'connection') {
		throw new CallError(
			connectionProblem(vendor, outcome.failure, progress.tries, progress.ambiguous),
		);
	}
	const answer: Answer = {
		status: outcome.status,
		headers: outcome.headers,
		body: outcome.body,
		ambiguous: progress.ambiguous,
	};
	if (answer.status >= FIRST_ERROR_STATUS && answer.status < FIRST_CLIENT_ERROR) {
		throw new CallError(redirectProblem(vendor, answer));
	}
	return answer;
}

function stop(
	settings: SenderSettings,
	outcome: Outcome,
	verdict: Extract<Verdict, { next: 'stop' }>,
	progress: Progress,
): Answer {
	if (verdict.because === 'cancelled') throw new CancelledError();
	if (verdict.because === 'waitTooLong' && outcome.kind === 'answer') {
		throw waitTooLong(settings, outcome.status, verdict.afterMs, verdict.ambiguous);
	}
	return finish(settings.vendor, outcome, { ...progress, ambiguous: verdict.ambiguous });
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

/** One request on the wire. */
async function attempt(settings: SenderSettings, call: HttpCall): Promise<Outcome> {
	const { context, credentialType, credentials, limits } = settings;
	// A fresh object each time: n8n's helper and `authenticate` write into it.
	const options: IHttpRequestOptions = {
		method: call.method,
		url: `${settings.baseUrl}${call.path}`,
		headers: { ...call.headers },
		json: true,
		timeout: limits.timeoutMs,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		...(call.qs === undefined ? {} : { qs: call.qs }),
		...(call.body === undefined ? {} : { body: { ...call.body } }),
	};
	const sending: Promise<unknown> = context.helpers.httpRequestWithAuthentication.call(
		context,
		credentialType,
		options,
		{ credentialsDecrypted: decrypted(context, credentialType, credentials) },
	);
	return await sending.then(readResponse, readFailure);
}

function decrypted(
	context: HttpContext,
	type: string,
	data: ICredentialDataDecryptedObject,
): ICredentialsDecrypted {
	const details = context.getNode().credentials?.[type];
	return { id: details?.id ?? '', name: details?.name ?? '', type, data };
}

function readResponse(response: unknown): Outcome {
	if (typeof response === 'object' && response !== null && 'statusCode' in response) {
		const { statusCode } = response;
		const headers = 'headers' in response ? response.headers : undefined;
		return {
			kind: 'answer',
			status: Number(statusCode),
			headers: isHeaders(headers) ? headers : {},
			body: 'body' in response ? response.body : undefined,
		};
	}
	throw new TypeError('n8n gave no full response');
}

/** @throws the error itself, if it is not about the connection: a missing credential, a blocked address */
function readFailure(error: unknown): Outcome {
	const code = errorCode(error);
	if (code === undefined) throw error;
	return { kind: 'connection', failure: connectionFailure(code) };
}

function isHeaders(value: unknown): value is Headers {
	return typeof value === 'object' && value !== null;
}

/**
 * The code of a request that got no answer. n8n wraps the AxiosError, which carries it, as the
 * cause of a NodeApiError (n8n-core `authentication.js`); an error without a code is not about the
 * connection.
 */
function errorCode(error: unknown): string | undefined {
	for (let at: unknown = error; at instanceof Error; at = at.cause) {
		if ('code' in at && typeof at.code === 'string') return at.code;
	}
	return undefined;
}
