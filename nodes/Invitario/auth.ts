/**
 * The paths, the log-in and the error envelope of the check-in API (invitario-check-in.md, "2. Perform a
 * Login", "General Error Codes"). Pure; used by the node and by the credential.
 */
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { credentialText } from '../shared/fields/credentialText';
import { isObject } from '../shared/values';

export const LOG_IN_PATH = '/api/v1/login';
export const LOG_OUT_PATH = '/api/v1/logout';
export const ALL_GUESTS_PATH = '/api/v1/guest/list/all';
export const CHANGES_PATH = '/api/v1/guest/list/recent';

/** "Invalid session token provided." */
const INVALID_SESSION = 30;

export interface LoggedIn {
	sessionToken: string;
	/** id, name, company, startDateTime, endDateTime, configuration. */
	event: IDataObject;
}

export interface VendorError {
	code: number | undefined;
	message: string;
}

/** The body of a log-in. @throws InputError if a value is not text */
export function logInBody(credentials: ICredentialDataDecryptedObject): IDataObject {
	return {
		eventId: credentialText(credentials, 'eventId', 'Event ID'),
		apiKey: credentialText(credentials, 'apiKey', 'App Code'),
		stationName: credentialText(credentials, 'stationName', 'Station Name'),
	};
}

/** @returns the session and the event of a successful log-in, or undefined for any other body */
export function readLogIn(body: unknown): LoggedIn | undefined {
	if (!isSuccess(body)) return undefined;
	const { sessionToken, event } = body;
	if (typeof sessionToken !== 'string' || sessionToken === '' || !isObject(event)) return undefined;
	return { sessionToken, event };
}

/** Whether a body has `status: "success"`, as every successful response does. */
export function isSuccess(body: unknown): body is IDataObject {
	return isObject(body) && body.status === 'success';
}

/** The errors of a body; its `status` may be missing, as in the document's own example. */
export function readErrors(body: unknown): VendorError[] {
	if (!isObject(body) || !Array.isArray(body.errors)) return [];
	return body.errors.flatMap((error: unknown) => {
		if (typeof error === 'string') return [{ code: undefined, message: error }];
		if (!isObject(error)) return [];
		const code = toCode(error.code);
		// A code alone is enough to know what happened.
		const message = typeof error.message === 'string' ? error.message : '';
		return code === undefined && message === '' ? [] : [{ code, message }];
	});
}

function toCode(value: unknown): number | undefined {
	const code = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
	return code > 0 ? code : undefined;
}

/** The messages for people, `displayMessage` first. */
export function errorMessages(body: unknown): string[] {
	const displayed =
		isObject(body) && typeof body.displayMessage === 'string' ? body.displayMessage : '';
	return [displayed, ...readErrors(body).map((error) => error.message)].filter(
		(message) => message !== '',
	);
}

/** Whether the session has ended, whatever the HTTP status says (it is not documented). */
export function isSessionExpired(body: unknown): boolean {
	return readErrors(body).some((error) => error.code === INVALID_SESSION);
}
