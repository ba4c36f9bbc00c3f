/**
 * HTTP status codes by name, and their classes (RFC 9110 §15). Pure.
 */

/** The status codes that the nodes look at. */
export const Status = {
	ok: 200,
	created: 201,
	badRequest: 400,
	unauthorized: 401,
	forbidden: 403,
	notFound: 404,
	requestTimeout: 408,
	conflict: 409,
	gone: 410,
	unprocessableContent: 422,
	tooManyRequests: 429,
	notImplemented: 501,
	badGateway: 502,
	serviceUnavailable: 503,
	gatewayTimeout: 504,
	httpVersionNotSupported: 505,
} as const;

const FIRST_REDIRECTION = 300;
const FIRST_CLIENT_ERROR = 400;
const FIRST_SERVER_ERROR = 500;
/** The ones that name another address (RFC 9110 §15.4); 304 and unused ones do not. */
const REDIRECTS: readonly number[] = [300, 301, 302, 303, 307, 308];

/** Below 300. */
export function isSuccess(status: number): boolean {
	return status < FIRST_REDIRECTION;
}

/** A 3xx that names another address. */
export function isRedirect(status: number): boolean {
	return REDIRECTS.includes(status);
}

/** 4xx or 5xx. */
export function isError(status: number): boolean {
	return status >= FIRST_CLIENT_ERROR;
}

/** 4xx. */
export function isClientError(status: number): boolean {
	return isError(status) && !isServerError(status);
}

/** 5xx. */
export function isServerError(status: number): boolean {
	return status >= FIRST_SERVER_ERROR;
}
