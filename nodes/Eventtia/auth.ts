/**
 * Eventtia's log-in: the request, and how the token is read from the response (eventtia.md, "Authentication
 * via Username and Password"; the log-in of a client is taken from the vendor's own public n8n node).
 */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { redactedExcerpt } from '../shared/http/redact';
import { isSuccess, Status } from '../shared/http/status';
import { credentialText } from '../shared/fields/credentialText';
import { isObject } from '../shared/values';

export const API_PATH = '/api/v3';
const USER_LOG_IN_PATH = `${API_PATH}/auth`;
const CLIENT_LOG_IN_PATH = `${API_PATH}/m2m-auth`;
/** Redirects, "not found", "too many requests" and server errors explain themselves: they are kept. */
const KEPT_STATUS = /^(3\d\d|404|429|5\d\d)$/;
/** Stands for any other status that came without a message from Eventtia: it is probably transient. */
const TRANSIENT_STATUS = Status.serviceUnavailable;

/**
 * The log-in request for a credential: of a user, or of a client. Values are trimmed, except the password.
 *
 * @throws InputError if a value is not text
 */
export function logInRequest(credentials: ICredentialDataDecryptedObject): {
	path: string;
	body: IDataObject;
} {
	if (credentials.authenticateAs === 'client') {
		const body = {
			client_id: credentialText(credentials, 'clientId', 'Client ID'),
			client_secret: credentialText(credentials, 'clientSecret', 'Client Secret'),
		};
		return { path: CLIENT_LOG_IN_PATH, body };
	}
	credentialText(credentials, 'password', 'Password');
	const body = {
		email: credentialText(credentials, 'email', 'Email'),
		password: String(credentials.password ?? ''),
	};
	return { path: USER_LOG_IN_PATH, body };
}

/**
 * A log-in that returned no token. Status and body are nested in `refusal`: when a credential is tested and the
 * error itself has a `status` or `code`, n8n shows its own text instead of the message (n8n
 * `credentials-tester.service.js`, runRequestTest; n8n-workflow `node-api.error.js`).
 */
export class LogInError extends Error {
	constructor(
		message: string,
		readonly refusal: { status: number; headers: IDataObject; body: unknown },
	) {
		super(message);
		this.name = 'LogInError';
	}
}

/** A token is sent in a header, so it may hold visible ASCII characters only. */
const TOKEN = /^[\x21-\x7e]+$/;
const MAX_MESSAGE_LENGTH = 300;

/**
 * Reads the token from the response to a log-in.
 *
 * @param response n8n's full response (`statusCode`, `headers`, `body`), whatever its status
 * @param secrets values that must not appear in the error message
 * @returns the token, valid for 30 days
 * @throws LogInError if the response holds no token
 */
export function readToken(response: unknown, secrets: readonly string[]): string {
	const status = isObject(response) ? Number(response.statusCode) : Number.NaN;
	const body: unknown = isObject(response) ? response.body : undefined;
	const token: unknown = isObject(body) ? (body.auth_token ?? body.access_token) : undefined;
	if (isSuccess(status) && typeof token === 'string' && TOKEN.test(token)) return token;
	const vendorMessage: unknown = isObject(body) ? body.message : undefined;
	if (typeof vendorMessage === 'string' && vendorMessage.trim() !== '') {
		const message = redactedExcerpt(vendorMessage, secrets, MAX_MESSAGE_LENGTH);
		throw new LogInError(`Eventtia refused the log-in: ${message}`, {
			status: toErrorStatus(status),
			headers: readHeaders(response),
			body: { message },
		});
	}
	// Not a response of Eventtia, but the page of a proxy or of a server under maintenance.
	const message = `The log-in was answered with HTTP ${status}, not with a token. If it stays, check "Base URL".`;
	throw new LogInError(message, {
		status: KEPT_STATUS.test(String(status)) ? status : TRANSIENT_STATUS,
		headers: readHeaders(response),
		body: { message },
	});
}

function readHeaders(response: unknown): IDataObject {
	return isObject(response) && isObject(response.headers) ? response.headers : {};
}

/** A 2xx response without a token counts as a refusal, too. */
function toErrorStatus(status: number): number {
	return isSuccess(status) ? Status.unauthorized : status;
}
