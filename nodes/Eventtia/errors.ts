/**
 * What Eventtia's error responses mean and what to do about them (eventtia.md, "Errors"; the body is
 * `{"message": …}`). Pure.
 */
import type { Problem } from '../shared/errors';
import { statusProblem, type StatusAdvice } from '../shared/http/problems';
import type { HttpResponse } from '../shared/http/types';
import { errorMessage } from '../shared/http/errorMessage';

/** A class name of the server in place of a message, e.g. "ActiveRecord::RecordNotFound". */
const CLASS_NAME = /^[A-Z]\w*(::[A-Z]\w*)+$/;

const STATUS_ADVICE: Record<number, StatusAdvice> = {
	400: { message: 'The request is invalid', hint: 'Check the fields of the node.' },
	401: {
		message: 'Eventtia does not accept the log-in',
		hint: 'Check "Email" and "Password" (or "Client ID" and "Client Secret") in the credential.',
		failure: { cause: 'credential-invalid' },
	},
	403: {
		message: 'The account may not do this',
		hint: 'An event may belong to another account: check "Event". Otherwise ask the owner of the Eventtia account for the permission, or use another credential.',
		failure: { cause: 'credential-invalid' },
	},
	404: {
		message: 'There is no such record',
		hint: 'Check "Event" and the ID fields of the node: the record may have been deleted, or belong to another event.',
	},
	409: { message: 'Conflict', hint: 'The record exists already, or changed in the meantime.' },
	422: { message: 'A value was not accepted', hint: 'Check the fields of the node.' },
	429: {
		message: 'Too many requests',
		hint: 'Other programs may use the same account. Lower "Rate Limit" in the credential.',
	},
	500: {
		message: 'Eventtia had a problem with its server',
		hint: 'Run the item again later.',
	},
	503: {
		message: 'Eventtia is offline for maintenance',
		hint: 'Run the item again later.',
	},
};

/**
 * @param response an error response, 4xx or 5xx
 * @param secrets values that must not appear in the text
 */
export function toProblem(response: HttpResponse, secrets: readonly string[]): Problem {
	const message = readVendorMessage(response.body, secrets);
	return statusProblem('Eventtia', response, { message }, STATUS_ADVICE[response.status], secrets);
}

/** @returns undefined if there is no message, or only a class name */
function readVendorMessage(body: unknown, secrets: readonly string[]): string | undefined {
	const message = errorMessage(body, secrets);
	return message === undefined || CLASS_NAME.test(message) ? undefined : message;
}
