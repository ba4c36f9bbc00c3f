/**
 * The streams of the Event Vault trigger. Event Vault has no list of changes, so each poll reads both
 * lists in full (event-vault.md, "GET /getGuests", "GET /getAllTickets").
 */
import type { IDataObject } from 'n8n-workflow';
import { readSimplify } from '../shared/fields/lists';
import { changedTo, hashOnly, readable, usualEvents } from '../shared/polling/eventRules';
import { numberCopies, onePage, shapeEach } from '../shared/polling/sources';
import type { PollingVendor, Stream } from '../shared/polling/types';
import type { EventVaultClient } from './client';
import { eventIdOption, readEventId } from './fields';
import { guestKey, type VaultGuest, type VaultTicket } from './records';
import { simplifyGuest, simplifyTicket } from './simplify';
import { vendor } from './vendor';

const guests: Stream<EventVaultClient, VaultGuest> = {
	value: 'guest',
	record: 'guest',
	events: [
		...usualEvents('guest', 'Guest'),
		changedTo('guestRegistered', 'Guest Registered', 'registered', true),
	],
	watched: [
		...readable('registered'),
		...hashOnly('name', 'company', 'jobTitle', 'phone', 'country', 'url'),
	],
	observe: simplifyGuest,
	idOf: (guest) => guestKey(guest.email),
	deletedItem: (id) => ({ id, email: id }),
	open: (client, parameters) => ({
		all: async () => onePage(await client.guests(readEventId(parameters))),
		shape: shapeEach(readSimplify(parameters, simplifyGuest)),
	}),
};

/** Tickets have no ID, and a guest can have two of the same type. */
type NumberedTicket = VaultTicket & { copy: number };

function ticketKey({ EMAIL, TIER, sessionId }: VaultTicket): unknown[] {
	return [guestKey(EMAIL), TIER, sessionId ?? ''];
}

const tickets: Stream<EventVaultClient, NumberedTicket> = {
	value: 'ticket',
	record: 'ticket',
	events: [
		{ value: 'ticketAdded', name: 'Ticket Added', rule: { kind: 'created' } },
		{ value: 'ticketRemoved', name: 'Ticket Removed', rule: { kind: 'deleted' } },
	],
	watched: readable('ticketType'),
	observe: simplifyTicket,
	idOf: (ticket) => JSON.stringify([...ticketKey(ticket), ticket.copy]),
	deletedItem: toTicket,
	open: (client, parameters) => ({
		async all() {
			const all = await client.tickets(readEventId(parameters), {});
			return onePage(numberCopies(all, (ticket) => JSON.stringify(ticketKey(ticket))));
		},
		shape: shapeEach(readSimplify(parameters, simplifyTicket)),
	}),
};

/** Recovers a removed ticket from its ID. */
function toTicket(id: string): IDataObject {
	const parts: unknown = JSON.parse(id);
	const [email, ticketType, sessionId] = Array.isArray(parts) ? parts.map(String) : [];
	return {
		email: email ?? null,
		ticketType: ticketType ?? null,
		sessionId: sessionId === '' ? null : (sessionId ?? null),
	};
}

export const polling: PollingVendor<EventVaultClient> = {
	vendor,
	streams: [guests, tickets],
	scope: [],
	options: [eventIdOption],
};
