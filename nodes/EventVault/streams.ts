/**
 * What the Event Vault trigger can watch: Event Vault has no list of changes, so both lists are
 * compared as wholes (event-vault.md, "GET /getGuests", "GET /getAllTickets").
 */
import type { IDataObject } from 'n8n-workflow';
import type { Parameters } from '../shared/fields/parameters';
import { headerText, optional, boolean } from '../shared/fields/validators';
import { changedTo, usualEvents } from '../shared/polling/eventRules';
import type { PollingVendor, Stream } from '../shared/polling/types';
import type { EventVaultClient } from './client';
import { eventIdOption } from './fields';
import { guestKey, type VaultGuest, type VaultTicket } from './records';
import { simplifyGuest, simplifyTicket } from './simplify';
import { vendor } from './vendor';

function readEventId(parameters: Parameters): string | undefined {
	return parameters.readCollection('options', { eventId: optional(headerText) }).eventId;
}

/** A whole list is one page. */
function onePage<R>(records: R[]) {
	return { records, next: undefined, serverTimeMs: undefined };
}

function shapeOf<R extends IDataObject>(
	parameters: Parameters,
	simplify: (record: R) => IDataObject,
) {
	const isSimple = parameters.read('simplify', boolean);
	return async (records: R[]) =>
		records.map((record) => (isSimple ? simplify(record) : { ...record }));
}

const guests: Stream<EventVaultClient, VaultGuest> = {
	value: 'guest',
	record: 'guest',
	events: [
		...usualEvents('guest', 'Guest'),
		changedTo('guestRegistered', 'Guest Registered', 'registered', true),
	],
	watched: [
		{ name: 'registered', keep: 'value' },
		{ name: 'name', keep: 'hash' },
		{ name: 'company', keep: 'hash' },
		{ name: 'jobTitle', keep: 'hash' },
		{ name: 'phone', keep: 'hash' },
		{ name: 'country', keep: 'hash' },
		{ name: 'url', keep: 'hash' },
	],
	observe: simplifyGuest,
	idOf: (guest) => guestKey(guest.email),
	deletedItem: (id) => ({ id, email: id }),
	open: (client, parameters) => ({
		all: async () => onePage(await client.guests(readEventId(parameters))),
		shape: shapeOf(parameters, simplifyGuest),
	}),
};

/** A ticket has no id; one guest may hold two of a kind. */
interface CountedTicket extends VaultTicket {
	copy: number;
}

const tickets: Stream<EventVaultClient, CountedTicket> = {
	value: 'ticket',
	record: 'ticket',
	events: [
		{ value: 'ticketAdded', name: 'Ticket Added', rule: { kind: 'created' } },
		{ value: 'ticketRemoved', name: 'Ticket Removed', rule: { kind: 'deleted' } },
	],
	watched: [{ name: 'ticketType', keep: 'value' }],
	observe: simplifyTicket,
	idOf: ({ EMAIL, TIER, sessionId, copy }) =>
		JSON.stringify([guestKey(EMAIL), TIER, sessionId ?? '', copy]),
	deletedItem: ticketOf,
	open: (client, parameters) => ({
		all: async () => onePage(counted(await client.tickets(readEventId(parameters), {}))),
		shape: shapeOf(parameters, simplifyTicket),
	}),
};

function counted(all: readonly VaultTicket[]): CountedTicket[] {
	const copies = new Map<string, number>();
	return all.map((ticket) => {
		const key = JSON.stringify([guestKey(ticket.EMAIL), ticket.TIER, ticket.sessionId ?? '']);
		const copy = (copies.get(key) ?? 0) + 1;
		copies.set(key, copy);
		return { ...ticket, copy };
	});
}

/** What the id of a ticket says of it. */
function ticketOf(id: string): IDataObject {
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
