// Registration: validation, `Idempotency-Key`, and the response with its links.

import { isDeepStrictEqual } from 'node:util';

import { z } from 'zod';

import {
	type HttpResponse,
	type Endpoint,
	type Headers,
	Refusal,
	json,
	type Parsed,
} from '../../shared/endpoint.mts';
import type { InEventApi } from '../api.mts';
import { type InEventEvent, TICKET_TYPES } from '../event.mts';
import { type Detail, Failure, invalid } from '../failure.mts';
import type { InEventState } from '../state.mts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const string = z.string().optional();

/** Every documented field. */
const registrationBody = {
	email: string,
	first_name: string,
	last_name: string,
	ticket_type_id: string,
	source: string,
	utm: z.object({ campaign: string, medium: string, source: string }).strict().optional(),
	custom_fields: z.record(z.unknown()).optional(),
	consents: z
		.object({
			privacy_policy: z.boolean().optional(),
			marketing_opt_in: z.boolean().optional(),
		})
		.strict()
		.optional(),
};
type RegistrationBody = Parsed<typeof registrationBody>;

export const isEmail = (email: string) => /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email);

function findIssues(state: InEventState, body: RegistrationBody): Detail[] {
	const { email, ticket_type_id: ticketTypeId, consents } = body;
	const details: Detail[] = [];
	if (!email) details.push({ field: 'email', issue: 'required' });
	else if (!isEmail(email)) details.push({ field: 'email', issue: 'invalid_format' });
	if (ticketTypeId !== undefined && !TICKET_TYPES.has(ticketTypeId)) {
		details.push({ field: 'ticket_type_id', issue: 'not_found' });
	}
	if ((consents || state.privacyPolicyRequired) && consents?.privacy_policy !== true) {
		details.push({ field: 'consents.privacy_policy', issue: 'required_true' });
	}
	return details;
}

function readIdempotencyKey(state: InEventState, headers: Headers): string | undefined {
	const key = headers['idempotency-key'];
	if (key === undefined) return undefined;
	if (typeof key !== 'string' || (!state.anyIdempotencyKey && !UUID.test(key))) {
		throw new Refusal('Idempotency-Key must be a UUID');
	}
	return key;
}

function createRegistration(
	state: InEventState,
	eventId: string,
	event: InEventEvent,
	body: RegistrationBody,
): HttpResponse {
	const details = findIssues(state, body);
	if (details.length > 0) throw invalid(details, 'Invalid request body');
	const { email = '', source: _source, utm: _utm, consents: _consents, ...rest } = body;
	if (state.duplicateEmails === 'conflict' && event.hasEmail(email)) {
		throw new Failure(409, 'conflict', 'An attendee with this email is already registered');
	}
	const { attendee, order, checkInCode } = event.register({ ...rest, email });
	const self = `/v1/events/${eventId}/attendees/${attendee.id}`;
	const response = json(state.registrationStatus, {
		id: attendee.id,
		status: attendee.status,
		check_in_code: checkInCode,
		links: { self, ticket: `/v1/events/${eventId}/orders/${order.id}` },
	});
	// "201 Created: successful create, often with a Location header"
	return state.registrationStatus === 201 ? { ...response, headers: { location: self } } : response;
}

/**
 * Registers. "If the client retries with the same idempotency key, the endpoint returns the same result."
 * @throws Failure 400 with details; 409 for a known e-mail, or a known key with another body
 */
function register(
	state: InEventState,
	eventId: string,
	event: InEventEvent,
	headers: Headers,
	body: RegistrationBody,
): HttpResponse {
	const key = readIdempotencyKey(state, headers);
	const previous = key === undefined ? undefined : event.idempotentResponses.get(key);
	if (previous) {
		if (isDeepStrictEqual(previous.body, body)) return previous.response;
		throw new Failure(409, 'conflict', 'Idempotency-Key was used with another request body');
	}
	const response = createRegistration(state, eventId, event, body);
	if (key !== undefined) event.idempotentResponses.set(key, { body, response });
	return response;
}

/** The endpoint that registers attendees. */
export const registrationEndpoints = (api: InEventApi): Array<Endpoint<InEventState>> => [
	api.ofEvent({
		method: 'POST',
		path: '/registration',
		scope: 'write:registration',
		query: {},
		body: registrationBody,
		respond: ({ state, headers, params, body }, event) =>
			register(state, params['eventId'] ?? '', event, headers, body),
	}),
];
