// The nine endpoints of Event Vault, from the vendor's document "API Integrations" alone.

import { z } from 'zod';

import type { Clock } from '../shared/clock.mts';
import {
	type Answer,
	type Call,
	type Headers,
	Refusal,
	type VendorDefinition,
	endpoint,
	json,
	rawJson,
	text,
} from '../shared/endpoint.mts';
import { credential, credentialFields } from './credentials.mts';
import { type EventVaultEvent, EventVaultState } from './state.mts';

const AUTH_HEADERS = ['x-api-key', 'x-client-id', 'x-event-id', 'x-timestamp'] as const;
/** "Must be within 5 minutes of server time." The bound itself is taken to be inside. */
const TIMESTAMP_WINDOW_MS = 5 * 60 * 1000;

const MISSING_HEADERS =
	'The request must include x-api-key, x-client-id, x-event-id, and x-timestamp headers.';
const NEEDS_EMAIL = 'The request must include userEmail in the body.';
const NEEDS_EMAIL_AND_TYPE = 'The request must include userEmail and ticketType in the body.';

const string = z.string().optional();

/** An effect of an endpoint once the headers have been accepted. */
type Authorised<Query, Body> = (
	call: Call<EventVaultState, Query, Body>,
	event: EventVaultEvent,
) => Answer;

/** The event that the four headers open, or the documented refusal. */
function authorise(
	state: EventVaultState,
	headers: Headers,
	clock: Clock,
): EventVaultEvent | Answer {
	if (AUTH_HEADERS.some((name) => !headers[name])) return text(400, MISSING_HEADERS);
	if (headers['x-client-id'] !== state.clientId) return text(404, 'Client not found.');
	if (headers['x-api-key'] !== state.apiKey) return text(403, 'Invalid API key.');
	const event = state.events.get(String(headers['x-event-id']));
	if (!event) return text(404, 'Event not found.');
	if (Math.abs(Number(headers['x-timestamp']) - clock.now()) > TIMESTAMP_WINDOW_MS) {
		return text(408, 'Request timestamp is outside the allowed 5-minute window.');
	}
	return event;
}

function checkHeaders(headers: Headers): void {
	const timestamp = headers['x-timestamp'];
	if (timestamp && !/^\d+$/.test(String(timestamp))) {
		throw new Refusal('x-timestamp must be Unix milliseconds in digits');
	}
}

function endpointsWith(clock: Clock) {
	const authorised =
		<Query, Body>(answer: Authorised<Query, Body>) =>
		(call: Call<EventVaultState, Query, Body>): Answer => {
			const event = authorise(call.state, call.headers, clock);
			return 'status' in event ? event : answer(call, event);
		};

	return [
		endpoint({
			method: 'POST',
			path: '/addGuest',
			query: {},
			body: {
				userEmail: string,
				name: string,
				role: string,
				company: string,
				phone: string,
				url: string,
				country: string,
			},
			serverError: 'Error adding user to the event.',
			answer: authorised(({ body: { userEmail, ...rest } }, event) => {
				if (!userEmail) return text(400, NEEDS_EMAIL);
				return event.addGuest({ userEmail, ...rest })
					? text(200, 'User added successfully.')
					: text(409, 'User is already registered for the event.');
			}),
		}),
		endpoint({
			method: 'POST',
			path: '/removeGuest',
			query: {},
			body: { userEmail: string },
			serverError: 'Error removing user from the event.',
			answer: authorised(({ body: { userEmail }, state }, event) => {
				if (!userEmail) return text(400, NEEDS_EMAIL);
				if (!event.removeGuest(userEmail))
					return text(404, 'User is not registered for the event.');
				if (state.removeGuestRemovesTickets) event.removeTicketsOf(userEmail);
				return text(200, 'User removed successfully.');
			}),
		}),
		endpoint({
			method: 'POST',
			path: '/addTicket',
			query: {},
			body: { userEmail: string, ticketType: string, sessionId: string },
			serverError: 'Error creating ticket for the guest.',
			answer: authorised(({ body: { userEmail, ticketType, sessionId } }, event) => {
				if (!userEmail || !ticketType) return text(400, NEEDS_EMAIL_AND_TYPE);
				event.putTicket(userEmail, ticketType, sessionId);
				return text(200, 'Ticket created successfully.');
			}),
		}),
		endpoint({
			method: 'POST',
			path: '/removeTicket',
			query: {},
			body: { userEmail: string, ticketType: string },
			serverError: 'Error removing ticket for the guest.',
			answer: authorised(({ body: { userEmail, ticketType } }, event) => {
				if (!userEmail || !ticketType) return text(400, NEEDS_EMAIL_AND_TYPE);
				return event.removeTicket(userEmail, ticketType)
					? text(200, 'Ticket removed successfully.')
					: text(404, 'Ticket not found for the user.');
			}),
		}),
		endpoint({
			method: 'GET',
			path: '/getGuestCount',
			query: {},
			body: {},
			serverError: 'Error getting guest count.',
			answer: authorised((_call, { guestCount, maxAssignedUsers }) =>
				json(200, { guestCount, maxAssignedUsers }),
			),
		}),
		endpoint({
			method: 'GET',
			path: '/getGuests',
			query: {},
			body: {},
			serverError: 'Error getting guests.',
			answer: authorised(({ state }, event) => rawJson(200, event.guestsBody(state.missingFields))),
		}),
		endpoint({
			method: 'GET',
			path: '/getGuestTickets',
			query: { userEmail: string },
			body: {},
			serverError: 'Error getting guest tickets.',
			answer: authorised(({ query: { userEmail } }, event) =>
				userEmail
					? json(200, event.ticketsOf(userEmail))
					: text(400, 'The request must include userEmail as a query parameter.'),
			),
		}),
		endpoint({
			method: 'GET',
			path: '/getTicketsByType',
			query: { ticketType: string },
			body: {},
			serverError: 'Error getting tickets by type.',
			answer: authorised(({ query: { ticketType } }, event) =>
				ticketType
					? json(
							200,
							event.tickets().filter(({ TIER }) => TIER === ticketType),
						)
					: text(400, 'The request must include ticketType as a query parameter.'),
			),
		}),
		endpoint({
			method: 'GET',
			path: '/getAllTickets',
			query: {},
			body: {},
			serverError: 'Error getting all tickets.',
			answer: authorised((_call, event) => json(200, event.tickets())),
		}),
	];
}

const knobs = z
	.object({
		missingFields: z.enum(['empty', 'absent', 'null']),
		removeGuestRemovesTickets: z.boolean(),
	})
	.partial()
	.strict();

/** Event Vault for the sandbox. */
export const EVENT_VAULT: VendorDefinition<EventVaultState> = {
	name: 'event-vault',
	title: 'Event Vault',
	credential,
	credentialFields,
	createState: () => new EventVaultState(),
	endpoints: endpointsWith,
	checkHeaders,
	setKnobs(state, given) {
		Object.assign(state, knobs.parse(given));
	},
};
