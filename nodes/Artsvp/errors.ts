/**
 * What ARTSVP's error codes mean and what to do about them (artsvp.md, "Errors"; the body of an
 * error is not documented). Pure.
 */
import type { Problem } from '../shared/errors';
import { errorMessage } from '../shared/http/errorMessage';
import { statusProblem, type StatusAdvice } from '../shared/http/problems';
import type { HttpResponse } from '../shared/http/types';

const STATUS_ADVICE: Record<number, StatusAdvice> = {
	400: { message: 'The request is invalid.', hint: 'Check the fields of the node.' },
	401: {
		message: 'The API key provided is invalid.',
		hint: 'Copy "API Key" again into the credential (Settings → Developer), or switch "Bearer Prefix" there.',
		failure: { cause: 'credential-invalid' },
	},
	403: {
		message: 'The data requested is for administrators only.',
		hint: 'Use the key of an administrator in the credential.',
		failure: { cause: 'credential-invalid' },
	},
	404: {
		message: 'Data could not be found.',
		hint: 'Check the ID fields of the node: the record may have been deleted, or belong to another account.',
	},
	429: {
		message: 'Rate limit has been exceeded.',
		hint: 'Other programs may use the same key. Lower "Rate Limit" in the credential.',
	},
	500: {
		message: 'ARTSVP had a problem with its server.',
		hint: 'Run the item again later.',
	},
	503: {
		message: 'ARTSVP is temporarily offline for maintenance.',
		hint: 'Run the item again later.',
	},
};

/**
 * @param response any 4xx or 5xx response
 * @param secrets values that must not appear in the text
 */
export function toProblem(response: HttpResponse, secrets: readonly string[]): Problem {
	const message = errorMessage(response.body, secrets);
	return statusProblem('ARTSVP', response, { message }, STATUS_ADVICE[response.status], secrets);
}
