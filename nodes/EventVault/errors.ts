/**
 * What Event Vault's error texts mean and what to do about them (event-vault.md, "Response Codes"
 * and the tables of each endpoint). Pure.
 */
import type { Problem } from '../shared/errors';
import { errorMessage } from '../shared/http/errorMessage';
import { statusProblem, type StatusAdvice } from '../shared/http/problems';
import { Status } from '../shared/http/status';
import type { HttpResponse } from '../shared/http/types';

export const NOT_REGISTERED = 'User is not registered for the event.';
export const TICKET_NOT_FOUND = 'Ticket not found for the user.';
export const ALREADY_REGISTERED = 'User is already registered for the event.';

/** By Event Vault's text: several errors share a status. */
const TEXT_ADVICE: Record<string, StatusAdvice> = {
	'The request must include x-api-key, x-client-id, x-event-id, and x-timestamp headers.': {
		hint: 'Open the credential and fill in "API Key", "Client ID" and "Event ID".',
		failure: { cause: 'credential-invalid' },
	},
	'The request must include userEmail in the body.': { hint: 'Fill in "Email".' },
	'The request must include userEmail as a query parameter.': { hint: 'Fill in "Email".' },
	'The request must include userEmail and ticketType in the body.': {
		hint: 'Fill in "Email" and "Ticket Type".',
	},
	'The request must include ticketType as a query parameter.': { hint: 'Fill in "Ticket Type".' },
	'Invalid API key.': {
		hint: 'Copy "API Key" again from the Event Vault console into the credential.',
		failure: { cause: 'credential-invalid' },
	},
	'Client not found.': {
		hint: 'Compare "Client ID" in the credential with the Event Vault console.',
		failure: { cause: 'credential-invalid' },
	},
	'Event not found.': {
		hint: 'Compare "Event ID" in the credential, or under "Options" if you set it there, with the Event Vault console. The event must belong to the client of the credential.',
		failure: { cause: 'configuration-invalid' },
	},
	[NOT_REGISTERED]: {
		hint: 'No guest of this event has the address in "Email". To let such items pass, set "If Not Registered" to "Ignore".',
	},
	[TICKET_NOT_FOUND]: {
		hint: 'The guest in "Email" has no ticket of the type in "Ticket Type". To let such items pass, set "If Not Found" to "Ignore".',
	},
	[ALREADY_REGISTERED]: {
		hint: 'A guest with the address in "Email" is on the list already. Use the operation "Create or Update" if that is fine.',
	},
};

const TOO_MANY_REQUESTS: StatusAdvice = {
	hint: 'Lower "Concurrency" under "Options" and run it again later.',
};

/** The text of a response, trimmed; empty if there is none. */
export function responseText(response: HttpResponse): string {
	return typeof response.body === 'string' ? response.body.trim() : '';
}

/**
 * @param response any 4xx or 5xx response
 * @param secrets values that must not appear in the text
 */
export function toProblem(response: HttpResponse, secrets: readonly string[]): Problem {
	const text = responseText(response);
	const advice = Object.hasOwn(TEXT_ADVICE, text) ? TEXT_ADVICE[text] : undefined;
	// Other texts ("Error getting guests." …) are shown as they are.
	const message = advice === undefined ? errorMessage(response.body, secrets) : text;
	const isRateLimited = response.status === Status.tooManyRequests;
	return statusProblem(
		'Event Vault',
		response,
		{ message },
		advice ?? (isRateLimited ? TOO_MANY_REQUESTS : undefined),
		secrets,
	);
}
