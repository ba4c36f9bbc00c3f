/**
 * Eventtia's log-in: what goes out, and what its answer must hold (eventtia.md, "Authentication via
 * Username and Password"; the log-in of a client is a fact of the vendor's own public n8n node).
 */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { redactedExcerpt } from '../shared/http/redact';
import { credentialText } from '../shared/fields/credentialText';
import { isObject } from '../shared/values';

export const API_PATH = '/api/v3';
const USER_LOG_IN_PATH = `${API_PATH}/auth`;
const CLIENT_LOG_IN_PATH = `${API_PATH}/m2m-auth`;
const FIRST_ERROR = 300;
const UNAUTHORIZED = 401;
/** Redirects, "not found", "too many requests" and errors of a server say what they are. */
const TELLING_STATUS = /^(3\d\d|404|429|5\d\d)$/;
/** Anything else without Eventtia's words may pass by itself. */
const TRANSIENT_STATUS = 503;

/** The log-in that the credential asks for; values are trimmed, but not the password. */
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
 * A log-in that gave no token. Its status and body stand apart, because n8n shows its own words in place
 * of the message where a credential is tested and the error itself has a `status` or `code` (n8n
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

/** A token travels in a header: visible characters only. */
const TOKEN = /^[\x21-\x7e]+$/;
const MAX_MESSAGE_LENGTH = 300;

/**
 * @param response the whole response of a log-in, whatever its status
 * @param secrets values that must not appear in the words
 * @returns the token, valid for 30 days
 * @throws LogInError if there is none
 */
export function readToken(response: unknown, secrets: readonly string[]): string {
	const status = isObject(response) ? Number(response.statusCode) : Number.NaN;
	const body: unknown = isObject(response) ? response.body : undefined;
	const token: unknown = isObject(body) ? (body.auth_token ?? body.access_token) : undefined;
	if (status < FIRST_ERROR && typeof token === 'string' && TOKEN.test(token)) return token;
	const vendorMessage: unknown = isObject(body) ? body.message : undefined;
	if (typeof vendorMessage === 'string' && vendorMessage.trim() !== '') {
		const message = redactedExcerpt(vendorMessage, secrets, MAX_MESSAGE_LENGTH);
		throw new LogInError(`Eventtia refused the log-in: ${message}`, {
			status: toErrorStatus(status),
			headers: readHeaders(response),
			body: { message },
		});
	}
	// Not Eventtia's words: the page of a proxy, or of a server under maintenance.
	const message = `The log-in was answered with HTTP ${status}, not with a token. If it stays, check "Base URL".`;
	throw new LogInError(message, {
		status: TELLING_STATUS.test(String(status)) ? status : TRANSIENT_STATUS,
		headers: readHeaders(response),
		body: { message },
	});
}

function readHeaders(response: unknown): IDataObject {
	return isObject(response) && isObject(response.headers) ? response.headers : {};
}

/** A good answer without a token is a refusal as well. */
function toErrorStatus(status: number): number {
	return status < FIRST_ERROR ? UNAUTHORIZED : status;
}
