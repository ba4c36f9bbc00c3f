/** Event Vault, Ticket: what each operation sends and outputs. */
import { describe, expect, test } from '@jest/globals';

import { by } from '../../rig/items.mts';
import { data } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventVault from '../../vendors/event-vault.mts';
import { EVENT, OTHER_EVENT } from './shared.mts';

const rig = useVendor(eventVault, { guests: 0 });

const ADA = 'ada@example.com';
const event = (id: string = EVENT) => rig.state.event(id);
const sent = () => rig.sent().map(({ path, query, body }) => ({ path, query, body }));

describe('ticket: upsert', () => {
	test.each([
		['email', 'name'],
		['list', 'list'],
	])('sends guest (mode %s) and type (mode %s)', async (guestMode, typeMode) => {
		const result = await rig.run('ticket: upsert', {
			userEmail: by(guestMode, ADA),
			ticketType: by(typeMode, 'VIP'),
		});

		expect(sent()).toEqual([
			{ path: '/addTicket', query: {}, body: { userEmail: ADA, ticketType: 'VIP' } },
		]);
		expect(result.items).toEqual([
			{
				json: {
					email: ADA,
					ticketType: 'VIP',
					sessionId: null,
					result: 'createdOrUpdated',
					message: 'Ticket created successfully.',
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('sends the session, even an empty one, which means general admission', async () => {
		const ticket = { userEmail: by('email', ADA), ticketType: by('name', 'VIP') };
		const first = await rig.run('ticket: upsert', {
			...ticket,
			additionalFields: { sessionId: 's-1' },
		});
		const second = await rig.run('ticket: upsert', {
			...ticket,
			additionalFields: { sessionId: '' },
		});

		expect(rig.sent().map(({ body }) => body)).toEqual([
			{ userEmail: ADA, ticketType: 'VIP', sessionId: 's-1' },
			{ userEmail: ADA, ticketType: 'VIP', sessionId: '' },
		]);
		expect([...data(first), ...data(second)].map(({ sessionId }) => sessionId)).toEqual([
			's-1',
			null,
		]);
		expect(event().tickets()).toEqual([{ EMAIL: ADA, TIER: 'VIP', sessionId: '' }]);
	});

	test('reads every parameter from its own item', async () => {
		const result = await rig.run(
			'ticket: upsert',
			{
				userEmail: by('email', '={{ $json.email }}'),
				ticketType: by('name', '={{ $json.type }}'),
				options: { eventId: '={{ $json.event }}' },
			},
			{
				items: [
					{ json: { email: 'a@example.com', type: 'VIP' } },
					{ json: { email: 'b@example.com', type: 7, event: OTHER_EVENT } },
				],
			},
		);

		expect(
			event()
				.tickets()
				.map(({ EMAIL, TIER }) => [EMAIL, TIER]),
		).toEqual([['a@example.com', 'VIP']]);
		expect(
			event(OTHER_EVENT)
				.ticketsFor('b@example.com')
				.map(({ TIER }) => TIER),
		).toEqual(['7']);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('keeps the order of writes to the same ticket', async () => {
		rig.fault({ when: { nth: 1 }, do: { kind: 'slow', ms: 60 } });
		await rig.run(
			'ticket: upsert',
			{
				userEmail: by('email', ADA),
				ticketType: by('name', 'VIP'),
				additionalFields: { sessionId: '={{ $json.session }}' },
			},
			{ items: ['1', '2', '3'].map((session) => ({ json: { session } })) },
		);

		expect(event().tickets()).toEqual([{ EMAIL: ADA, TIER: 'VIP', sessionId: '3' }]);
	});
});

describe('ticket: remove', () => {
	const TICKET = { userEmail: by('email', ADA), ticketType: by('name', 'VIP') };

	test.each([
		['email', 'name'],
		['list', 'list'],
	])('removes the ticket of a guest (mode %s) of a type (mode %s)', async (guestMode, typeMode) => {
		event().putTicket(ADA, 'VIP');
		event().putTicket(ADA, 'ENTRY');
		const result = await rig.run('ticket: remove', {
			userEmail: by(guestMode, ADA),
			ticketType: by(typeMode, 'VIP'),
		});

		expect(sent()).toEqual([
			{ path: '/removeTicket', query: {}, body: { userEmail: ADA, ticketType: 'VIP' } },
		]);
		expect(
			event()
				.tickets()
				.map(({ TIER }) => TIER),
		).toEqual(['ENTRY']);
		expect(data(result)).toEqual([
			{
				deleted: true,
				email: ADA,
				ticketType: 'VIP',
				result: 'removed',
				message: 'Ticket removed successfully.',
			},
		]);
	});

	test('fails when the guest has no such ticket', async () => {
		event().putTicket(ADA, 'vip');
		const result = await rig.run('ticket: remove', TICKET);

		expect(result.error).toMatchObject({
			message: 'Ticket not found for the user. [item 0]',
			httpCode: '404',
		});
	});

	test('accepts a ticket that does not exist, if that is allowed', async () => {
		const result = await rig.run('ticket: remove', { ...TICKET, ifNotFound: 'ignore' });

		expect(data(result)).toEqual([
			{
				deleted: false,
				email: ADA,
				ticketType: 'VIP',
				result: 'notFound',
				message: 'Ticket not found for the user.',
			},
		]);
	});

	test.each([
		['Client not found.', { clientId: 'wrong' }],
		['Event not found.', { eventId: 'wrong' }],
	])('does not treat "%s" as a missing ticket', async (text, changes) => {
		const result = await rig.run(
			'ticket: remove',
			{ ...TICKET, ifNotFound: 'ignore' },
			{ credentials: rig.credentials(changes) },
		);

		expect(result.error).toMatchObject({ message: `${text} [item 0]`, httpCode: '404' });
	});

	test('does not treat another endpoint’s text as a missing ticket', async () => {
		rig.fault({
			do: { kind: 'status', status: 404, body: 'User is not registered for the event.' },
		});
		const result = await rig.run('ticket: remove', { ...TICKET, ifNotFound: 'ignore' });

		expect(result.error?.message).toBe('User is not registered for the event. [item 0]');
	});
});

describe('ticket: getAll', () => {
	const seed = () => {
		event().putTicket('ada@example.com', 'VIP', 's-1');
		event().putTicket('ada@example.com', 'ENTRY');
		event().putTicket('bob+x@example.com', 'VIP');
	};
	const ADA_VIP = { email: 'ada@example.com', ticketType: 'VIP', sessionId: 's-1' };
	const ADA_ENTRY = { email: 'ada@example.com', ticketType: 'ENTRY', sessionId: null };
	const BOB_VIP = { email: 'bob+x@example.com', ticketType: 'VIP', sessionId: null };

	test('reads all tickets of the event', async () => {
		seed();
		const result = await rig.run('ticket: getAll');

		expect(sent()).toEqual([{ path: '/getAllTickets', query: {}, body: undefined }]);
		expect(data(result)).toEqual([ADA_VIP, ADA_ENTRY, BOB_VIP]);
	});

	test('outputs raw tickets without Simplify', async () => {
		seed();
		const result = await rig.run('ticket: getAll', { simplify: false });

		expect(data(result)).toEqual(event().tickets());
	});

	test.each(['email', 'list'])('reads the tickets of one guest (mode %s)', async (mode) => {
		seed();
		const result = await rig.run('ticket: getAll', {
			filters: { userEmail: by(mode, 'bob+x@example.com') },
		});

		expect(sent()).toEqual([
			{ path: '/getGuestTickets', query: { userEmail: 'bob+x@example.com' }, body: undefined },
		]);
		expect(data(result)).toEqual([BOB_VIP]);
	});

	test.each(['name', 'list'])('reads the tickets of one type (mode %s)', async (mode) => {
		seed();
		const result = await rig.run('ticket: getAll', { filters: { ticketType: by(mode, 'VIP') } });

		expect(sent()).toEqual([
			{ path: '/getTicketsByType', query: { ticketType: 'VIP' }, body: undefined },
		]);
		expect(data(result)).toEqual([ADA_VIP, BOB_VIP]);
	});

	test('reads the tickets of one guest and one type', async () => {
		seed();
		const result = await rig.run('ticket: getAll', {
			limit: 1,
			filters: { userEmail: by('email', 'ada@example.com'), ticketType: by('name', 'ENTRY') },
		});

		expect(sent().map(({ path }) => path)).toEqual(['/getGuestTickets']);
		expect(data(result)).toEqual([ADA_ENTRY]);
	});

	test('reads all tickets when the filters are empty', async () => {
		seed();
		const result = await rig.run('ticket: getAll', {
			filters: { userEmail: by('email', ''), ticketType: by('name', '') },
		});

		expect(data(result)).toHaveLength(3);
	});

	test('outputs no items for an unknown guest', async () => {
		const result = await rig.run('ticket: getAll', {
			filters: { userEmail: by('email', 'nobody@example.com') },
		});

		expect(result.status).toBe('success');
		expect(result.items).toEqual([]);
	});

	test.each([
		[{}, 50],
		[{ limit: 1 }, 1],
		[{ limit: 60 }, 55],
		[{ returnAll: true }, 55],
	])('returns %d of 55 tickets with %j', async (parameters, count) => {
		for (let n = 1; n <= 55; n++) event().putTicket(`guest-${n}@example.com`, 'ENTRY');
		const result = await rig.run('ticket: getAll', parameters);

		expect(data(result)).toHaveLength(count);
		expect(data(result)[0]?.email).toBe('guest-1@example.com');
	});

	test('pairs the tickets of each guest with the item that requested them', async () => {
		seed();
		const result = await rig.run(
			'ticket: getAll',
			{ filters: { userEmail: by('email', '={{ $json.email }}') } },
			{ items: [{ json: { email: 'bob+x@example.com' } }, { json: { email: ADA } }] },
		);

		expect(result.items.map(({ json, pairedItem }) => [json.ticketType, pairedItem])).toEqual([
			['VIP', { item: 0 }],
			['VIP', { item: 1 }],
			['ENTRY', { item: 1 }],
		]);
	});

	test('reads another event on request', async () => {
		event(OTHER_EVENT).removeTicketsFor('ada@example.com');
		const before = event(OTHER_EVENT).tickets().length;
		seed();
		const result = await rig.run('ticket: getAll', { options: { eventId: OTHER_EVENT } });

		expect(data(result)).toHaveLength(before);
		expect(rig.sent()[0]?.headers['x-event-id']).toBe(OTHER_EVENT);
	});
});
