// Every operation of the Event Vault node once, compared with the vendor's records.

import { describe, expect, test } from '@jest/globals';
import { EVENT_VAULT_CREDENTIALS } from '../../sandbox/event-vault/credentials.mts';
import { by } from '../rig/items.mts';
import { type Json, type NodeRun, listChoices, runNode } from './support/n8n.mts';
import { nodeType, SEEDED_GUESTS, useVendors } from './support/vendors.mts';

const vendors = useVendors();
const event = () => vendors().sandbox.eventVault.state.event();
const seeded = () => event().guests();

const NEW_GUEST = {
	userEmail: 'jane.doe@example.com',
	additionalFields: {
		name: 'Jane Doe',
		role: 'Speaker',
		company: 'Acme Corp',
		phone: '+1234567890',
		url: 'https://example.com/jane',
		country: 'Austria',
	},
};
const NEW_GUEST_SIMPLIFIED = {
	id: 'jane.doe@example.com',
	email: 'jane.doe@example.com',
	name: 'Jane Doe',
	jobTitle: 'Speaker',
	company: 'Acme Corp',
	phone: '+1234567890',
	url: 'https://example.com/jane',
	country: 'Austria',
};
const NEW_GUEST_AT_THE_VENDOR = {
	email: 'jane.doe@example.com',
	country: 'Austria',
	registered: false,
	vCardData: {
		FN: 'Jane Doe',
		ROLE: 'Speaker',
		ORG: 'Acme Corp',
		TEL: '+1234567890',
		URL: 'https://example.com/jane',
	},
};

const run = async (parameters: Json, more: Partial<NodeRun> = {}) =>
	await runNode({
		type: nodeType('eventVault'),
		credential: vendors().eventVault,
		parameters: { options: {}, ...parameters },
		...more,
	});

function firstGuest() {
	const [guest] = seeded();
	if (guest === undefined) throw new Error('the sandbox is empty');
	return guest;
}

describe('guest', () => {
	test('Add puts the guest on the list with every field', async () => {
		const { status, output } = await run({ resource: 'guest', operation: 'add', ...NEW_GUEST });

		expect(status).toBe('success');
		expect(output).toEqual([expect.objectContaining({ ...NEW_GUEST_SIMPLIFIED, result: 'added' })]);
		expect(seeded().slice(SEEDED_GUESTS)).toEqual([NEW_GUEST_AT_THE_VENDOR]);
	});

	test('Create or Update says whether the guest existed', async () => {
		const { output } = await run(
			{ resource: 'guest', operation: 'upsert', ...NEW_GUEST, userEmail: '={{ $json.email }}' },
			{ input: [{ email: firstGuest().email }, { email: NEW_GUEST.userEmail }] },
		);

		expect(output).toEqual([
			expect.objectContaining({ email: firstGuest().email, result: 'existed' }),
			expect.objectContaining({ email: NEW_GUEST.userEmail, result: 'created' }),
		]);
		expect(event().guestCount).toBe(SEEDED_GUESTS + 1);
		expect(firstGuest().vCardData.FN).not.toBe('Jane Doe');
	});

	test('Remove removes the guest from the list', async () => {
		const { email } = firstGuest();

		const { output } = await run({
			resource: 'guest',
			operation: 'remove',
			userEmail: by('email', email),
			ifNotRegistered: 'error',
		});

		expect(output).toEqual([expect.objectContaining({ deleted: true, email, result: 'removed' })]);
		expect(event().hasGuest(email)).toBe(false);
		expect(event().guestCount).toBe(SEEDED_GUESTS - 1);
	});

	test('Remove ignores a missing guest if that is allowed', async () => {
		const { status, output } = await run({
			resource: 'guest',
			operation: 'remove',
			userEmail: by('email', 'nobody@example.com'),
			ifNotRegistered: 'ignore',
		});

		expect(status).toBe('success');
		expect(output).toEqual([
			expect.objectContaining({ deleted: false, email: 'nobody@example.com' }),
		]);
		expect(event().guestCount).toBe(SEEDED_GUESTS);
	});

	test('Get finds one guest by email, in any case', async () => {
		const { email, vCardData } = firstGuest();

		const { output } = await run({
			resource: 'guest',
			operation: 'get',
			userEmail: by('email', email.toUpperCase()),
			simplify: true,
		});

		expect(output).toEqual([expect.objectContaining({ email, name: vCardData.FN })]);
	});

	test('Get Many returns the whole list raw', async () => {
		const { output } = await run({
			resource: 'guest',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			filters: {},
		});

		expect(output).toEqual(seeded());
	});

	test('Get Many applies the limit and the filters', async () => {
		const ofCompany = seeded().filter(({ vCardData }) => vCardData.ORG === 'Acme Corp');
		expect(ofCompany.length).toBeGreaterThan(1);

		const { output } = await run({
			resource: 'guest',
			operation: 'getAll',
			returnAll: false,
			limit: 1,
			simplify: true,
			filters: { company: 'acme' },
		});

		expect(output).toEqual([
			expect.objectContaining({ email: ofCompany[0]?.email, company: 'Acme Corp' }),
		]);
	});

	test('Get Many finds the guests with a ticket type', async () => {
		const holders = new Set(
			event()
				.tickets()
				.filter(({ TIER }) => TIER === 'VIP')
				.map(({ EMAIL }) => EMAIL),
		);

		const { output } = await run({
			resource: 'guest',
			operation: 'getAll',
			returnAll: true,
			simplify: true,
			filters: { ticketType: 'VIP' },
		});

		expect(holders.size).toBeGreaterThan(0);
		expect(new Set(output.map(({ email }) => email))).toEqual(holders);
	});

	test('Get Count counts, in the credential’s event or in another one', async () => {
		const own = await run({ resource: 'guest', operation: 'getCount' });
		const other = await run({
			resource: 'guest',
			operation: 'getCount',
			options: { eventId: EVENT_VAULT_CREDENTIALS.otherEventId },
		});

		const { state } = vendors().sandbox.eventVault;
		const { guestCount } = state.event(EVENT_VAULT_CREDENTIALS.otherEventId);
		expect(own.output).toEqual([
			{ guestCount: SEEDED_GUESTS, maxAssignedUsers: event().maxAssignedUsers },
		]);
		expect(guestCount).not.toBe(SEEDED_GUESTS);
		expect(other.output).toEqual([expect.objectContaining({ guestCount })]);
	});
});

describe('ticket', () => {
	test('Create or Update writes the ticket with its session', async () => {
		const { email } = firstGuest();

		const { output } = await run({
			resource: 'ticket',
			operation: 'upsert',
			userEmail: by('email', email),
			ticketType: by('name', 'WORKSHOP'),
			additionalFields: { sessionId: 'session-7' },
		});

		expect(output).toEqual([
			expect.objectContaining({ email, ticketType: 'WORKSHOP', sessionId: 'session-7' }),
		]);
		expect(event().ticketsFor(email)).toContainEqual({
			EMAIL: email,
			TIER: 'WORKSHOP',
			sessionId: 'session-7',
		});
	});

	test('Remove removes the ticket', async () => {
		const [ticket] = event().tickets();
		if (ticket === undefined) throw new Error('no ticket is seeded');

		const { output } = await run({
			resource: 'ticket',
			operation: 'remove',
			userEmail: by('email', ticket.EMAIL),
			ticketType: by('name', ticket.TIER),
			ifNotFound: 'error',
		});

		expect(output).toEqual([
			expect.objectContaining({ deleted: true, email: ticket.EMAIL, ticketType: ticket.TIER }),
		]);
		expect(event().tickets()).not.toContainEqual(ticket);
	});

	test('Get Many returns all tickets raw', async () => {
		const { output } = await run({
			resource: 'ticket',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			filters: {},
		});

		expect(output).toEqual(event().tickets());
	});

	test.each([
		['of a guest', 'userEmail', () => by('email', firstGuest().email), 'EMAIL'],
		['of a type', 'ticketType', () => by('name', 'VIP'), 'TIER'],
	] as const)('Get Many returns the tickets %s', async (_title, filter, value, key) => {
		const wanted = value();
		const expected = event()
			.tickets()
			.filter((ticket) => ticket[key] === wanted.value);

		const { output } = await run({
			resource: 'ticket',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			filters: { [filter]: wanted },
		});

		expect(expected.length).toBeGreaterThan(0);
		expect(output).toEqual(expected);
	});
});

describe('From List', () => {
	test('lists the guests that match the typed text', async () => {
		const { email } = firstGuest();

		const choices = await listChoices({
			type: nodeType('eventVault'),
			parameter: 'userEmail',
			method: 'searchGuests',
			parameters: { resource: 'guest', operation: 'get', options: {} },
			credential: vendors().eventVault,
			filter: email,
		});

		expect(choices.map(({ value }) => value)).toEqual([email]);
	});

	test('lists the ticket types in use', async () => {
		const choices = await listChoices({
			type: nodeType('eventVault'),
			parameter: 'ticketType',
			method: 'searchTicketTypes',
			parameters: { resource: 'ticket', operation: 'upsert', options: {} },
			credential: vendors().eventVault,
		});

		const types = new Set(
			event()
				.tickets()
				.map(({ TIER }) => TIER),
		);
		expect(new Set(choices.map(({ value }) => value))).toEqual(types);
	});
});
