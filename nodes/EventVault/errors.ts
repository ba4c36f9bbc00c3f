/**
 * What Event Vault's error texts mean and what to do about them (event-vault.md, "Response Codes"
 * and the tables of each endpoint). Pure.
 */
import type { Failure } from 'n8n-workflow';
import type { Problem } from '../shared/errors';
import { describeBody } from '../shared/http/describeBody';
import { AMBIGUOUS_HINT } from '../shared/http/problems';
import { errorMessage } from '../shared/http/errorMessage';
import type { HttpResponse } from '../shared/http/types';

export const NOT_REGISTERED = 'User is not registered for the event.';
export const TICKET_NOT_FOUND = 'Ticket not found for the user.';

export const ALREADY_REGISTERED = 'User is already registered for the event.';

export const STATUS = { notFound: 404, timestampOutOfRange: 408, conflict: 409 } as const;

const FIRST_SERVER_ERROR = 500;
const RATE_LIMITED = 429;

interface Meaning {
	hint: string;
	failure?: Failure;
}

const STATUS_ADVICE: Record<string, Meaning> = {
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

/** Event Vault's text in an answer, trimmed; empty if it sent none. */
export function textOf(response: HttpResponse): string {
	return typeof response.body === 'string' ? response.body.trim() : '';
}

/**
 * @param response any answer from 400 on
 * @param secrets values that must not appear in the words
 */
export function toProblem(response: HttpResponse, secrets: readonly string[]): Problem {
	const text = textOf(response);
	const meaning = Object.hasOwn(STATUS_ADVICE, text) ? STATUS_ADVICE[text] : undefined;
	const message = meaning === undefined ? foreignMessage(response, secrets) : text;
	return {
		message,
		hint: [
			meaning?.hint ?? statusHint(response.status),
			response.ambiguous ? AMBIGUOUS_HINT : undefined,
		]
			.filter((part) => part !== undefined)
			.join(' '),
		status: response.status,
		failure: meaning?.failure ?? statusFailure(response.status),
		ambiguous: response.ambiguous,
	};
}

/** Documented 500 texts ("Error getting guests." …) are shown as they are. */
function foreignMessage(response: HttpResponse, secrets: readonly string[]): string {
	return (
		errorMessage(response.body, secrets) ??
		`Event Vault answered with HTTP ${response.status} and ${describeBody(response.body, secrets)}`
	);
}

function statusHint(status: number): string {
	if (status === RATE_LIMITED) return 'Lower "Concurrency" under "Options" and run it again later.';
	if (status >= FIRST_SERVER_ERROR) {
		return 'That is on Event Vault’s side. Run the item again later.';
	}
	return 'Check the fields of the node and "Base URL" in the credential.';
}

function statusFailure(status: number): Failure | undefined {
	if (status === RATE_LIMITED) return { cause: 'rate-limited' };
	return status >= FIRST_SERVER_ERROR ? { cause: 'temporarily-unavailable' } : undefined;
}
