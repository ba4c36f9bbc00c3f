// Tickets: add, remove, and the three lists (by guest, by type, all).

import { z } from 'zod';

import { type Endpoint, json, text } from '../../shared/endpoint.mts';
import type { EventVaultApi } from '../api.mts';
import type { EventVaultState } from '../state.mts';

const NEEDS_EMAIL_AND_TYPE = 'The request must include userEmail and ticketType in the body.';

const string = z.string().optional();

/** The ticket endpoints. */
export const ticketEndpoints = (api: EventVaultApi): Array<Endpoint<EventVaultState>> => [
	api.endpoint({
		method: 'POST',
		path: '/addTicket',
		query: {},
		body: { userEmail: string, ticketType: string, sessionId: string },
		serverError: 'Error creating ticket for the guest.',
		respond: ({ body: { userEmail, ticketType, sessionId } }, event) => {
			if (!userEmail || !ticketType) return text(400, NEEDS_EMAIL_AND_TYPE);
			event.putTicket(userEmail, ticketType, sessionId);
			return text(200, 'Ticket created successfully.');
		},
	}),
	api.endpoint({
		method: 'POST',
		path: '/removeTicket',
		query: {},
		body: { userEmail: string, ticketType: string },
		serverError: 'Error removing ticket for the guest.',
		respond: ({ body: { userEmail, ticketType } }, event) => {
			if (!userEmail || !ticketType) return text(400, NEEDS_EMAIL_AND_TYPE);
			return event.removeTicket(userEmail, ticketType)
				? text(200, 'Ticket removed successfully.')
				: text(404, 'Ticket not found for the user.');
		},
	}),
	api.endpoint({
		method: 'GET',
		path: '/getGuestTickets',
		query: { userEmail: string },
		body: {},
		serverError: 'Error getting guest tickets.',
		respond: ({ query: { userEmail } }, event) =>
			userEmail
				? json(200, event.ticketsFor(userEmail))
				: text(400, 'The request must include userEmail as a query parameter.'),
	}),
	api.endpoint({
		method: 'GET',
		path: '/getTicketsByType',
		query: { ticketType: string },
		body: {},
		serverError: 'Error getting tickets by type.',
		respond: ({ query: { ticketType } }, event) =>
			ticketType
				? json(
						200,
						event.tickets().filter(({ TIER }) => TIER === ticketType),
					)
				: text(400, 'The request must include ticketType as a query parameter.'),
	}),
	api.endpoint({
		method: 'GET',
		path: '/getAllTickets',
		query: {},
		body: {},
		serverError: 'Error getting all tickets.',
		respond: (_call, event) => json(200, event.tickets()),
	}),
];
