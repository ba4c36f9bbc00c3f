/**
 * What the results and errors of n8n's HTTP helper say about a request. Pure.
 */
import { isObject } from '../values';
import { connectionFailure, type ConnectionFailure } from './connection';
import { isServerError, isSuccess, Status } from './status';
import type { Headers } from './types';

/** How one request ended: with a response of any status, or without one. */
export type Outcome =
	| { kind: 'response'; status: number; headers: Headers; body: unknown }
	| { kind: 'connection'; failure: ConnectionFailure };

/**
 * @param result what n8n's helper returned, with `returnFullResponse`
 * @throws TypeError if it is no full response
 */
export function toOutcome(result: unknown): Outcome {
	if (typeof result === 'object' && result !== null && 'statusCode' in result) {
		return {
			kind: 'response',
			status: Number(result.statusCode),
			headers: toHeaders('headers' in result ? result.headers : undefined),
			body: 'body' in result ? result.body : undefined,
		};
	}
	throw new TypeError('n8n gave no full response');
}

/**
 * Where n8n throws error responses, they are responses all the same; so is a 401 that remained after n8n
 * renewed the token.
 *
 * @param error what n8n's helper threw
 * @throws the error itself, if it is not about the request: a missing credential, a blocked address
 */
export function errorToOutcome(error: unknown): Outcome {
	const outcome = errorResponse(error) ?? tokenErrorOutcome(error);
	if (outcome !== undefined) return outcome;
	const code = errorCode(error);
	if (code !== undefined) return { kind: 'connection', failure: connectionFailure(code) };
	if (isTokenFailure(error)) return tokenRejected(undefined);
	throw error;
}

/** The response of an AxiosError that n8n wrapped. */
function errorResponse(error: unknown): Outcome | undefined {
	for (const cause of causes(error)) {
		const response: unknown = 'response' in cause ? cause.response : undefined;
		if (typeof response !== 'object' || response === null || !('status' in response)) continue;
		const status = Number(response.status);
		// A 2xx whose body broke off: axios adds its status and headers to the error of the connection.
		if (isSuccess(status)) return undefined;
		return {
			kind: 'response',
			status,
			headers: toHeaders('headers' in response ? response.headers : undefined),
			body: 'data' in response ? response.data : undefined,
		};
	}
	return undefined;
}

/**
 * The response of the token server when it refused a token. It counts as a 401 of the request, which was
 * not sent. n8n throws no AxiosError then (@n8n/client-oauth2 `client-oauth2.js`, AuthError and
 * ResponseError). A log-in of our own leaves its whole response in `refusal`.
 */
function tokenErrorOutcome(error: unknown): Outcome | undefined {
	for (const cause of causes(error)) {
		if (isObject(cause.refusal)) {
			const { status, headers, body } = cause.refusal;
			return { kind: 'response', status: Number(status), headers: toHeaders(headers), body };
		}
		if (cause.code === 'ESTATUS' && isTemporary(Number(cause.status))) {
			const reason = `its log-in answered with HTTP ${Number(cause.status)}`;
			return { kind: 'connection', failure: { delivery: 'notSent', reason } };
		}
		if ('body' in cause && (cause.code === 'EAUTH' || cause.code === 'ESTATUS')) {
			return tokenRejected(cause.body);
		}
	}
	return undefined;
}

function tokenRejected(body: unknown): Outcome {
	return { kind: 'response', status: Status.unauthorized, headers: {}, body };
}

/** n8n's own words before any failure to get a token (n8n-core `oauth.js`, requestOAuth2). */
const TOKEN_FAILURE = 'Failed to acquire OAuth2 access token';

/**
 * Whether n8n failed to get a token. Its OAuth2 client throws a TypeError at a refusal whose body is JSON
 * but not an object (@n8n/client-oauth2 `utils.js`, getAuthError).
 */
function isTokenFailure(error: unknown): boolean {
	for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
		if (cause instanceof TypeError || cause.message.startsWith(TOKEN_FAILURE)) return true;
	}
	return false;
}

/**
 * The code of a request that got no response. n8n wraps the AxiosError that carries it as the cause of a
 * NodeApiError (n8n-core `authentication.js`). An error without a code is not about the connection.
 */
function errorCode(error: unknown): string | undefined {
	for (const { code } of causes(error)) if (typeof code === 'string') return code;
	return undefined;
}

/** An error and its causes, outermost first. */
function* causes(error: unknown) {
	for (let cause: unknown = error; isObject(cause); cause = cause.cause) yield cause;
}

function isTemporary(status: number): boolean {
	return status === Status.tooManyRequests || isServerError(status);
}

function toHeaders(headers: unknown): Headers {
	return isObject(headers) ? headers : {};
}
