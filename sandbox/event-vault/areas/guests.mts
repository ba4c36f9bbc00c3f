// Guests: add, remove, count, list.

import { z } from 'zod';

import { type Endpoint, json, rawJson, text } from '../../shared/endpoint.mts';
import type { EventVaultApi } from '../api.mts';
import type { EventVaultState } from '../state.mts';

const NEEDS_EMAIL = 'The request must include userEmail in the body.';

const string = z.string().optional();

/** The guest endpoints. */
export const guestEndpoints = (api: EventVaultApi): Array<Endpoint<EventVaultState>> => [
	api.endpoint({
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
		respond: ({ body: { userEmail, ...rest } }, event) => {
			if (!userEmail) return text(400, NEEDS_EMAIL);
			return event.addGuest({ userEmail, ...rest })
				? text(200, 'User added successfully.')
				: text(409, 'User is already registered for the event.');
		},
	}),
	api.endpoint({
		method: 'POST',
		path: '/removeGuest',
		query: {},
		body: { userEmail: string },
		serverError: 'Error removing user from the event.',
		respond: ({ body: { userEmail }, state }, event) => {
			if (!userEmail) return text(400, NEEDS_EMAIL);
			if (!event.removeGuest(userEmail)) return text(404, 'User is not registered for the event.');
			if (state.removeGuestRemovesTickets) event.removeTicketsFor(userEmail);
			return text(200, 'User removed successfully.');
		},
	}),
	api.endpoint({
		method: 'GET',
		path: '/getGuestCount',
		query: {},
		body: {},
		serverError: 'Error getting guest count.',
		respond: (_call, { guestCount, maxAssignedUsers }) =>
			json(200, { guestCount, maxAssignedUsers }),
	}),
	api.endpoint({
		method: 'GET',
		path: '/getGuests',
		query: {},
		body: {},
		serverError: 'Error getting guests.',
		respond: ({ state }, event) => rawJson(200, event.guestsBody(state.missingFields)),
	}),
];
