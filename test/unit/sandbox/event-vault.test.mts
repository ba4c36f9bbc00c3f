// The Event Vault sandbox returns every documented status, message and content type.

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { EVENT_VAULT_CREDENTIALS } from '../../../sandbox/event-vault/credentials.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { send, vault, vaultHeaders } from './client.mts';

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const FIVE_MINUTES_MS = 5 * 60 * 1000;
const MARGIN_MS = 5000;
const ADA = 'ada@example.com';
const MISSING_HEADERS =
	'The request must include x-api-key, x-client-id, x-event-id, and x-timestamp headers.';
const NEEDS_EMAIL = 'The request must include userEmail in the body.';
const NEEDS_BOTH = 'The request must include userEmail and ticketType in the body.';

const ENDPOINTS = [
	{ path: '/addGuest', body: { userEmail: ADA }, error500: 'Error adding user to the event.' },
	{
		path: '/removeGuest',
		body: { userEmail: ADA },
		error500: 'Error removing user from the event.',
	},
	{
		path: '/addTicket',
		body: { userEmail: ADA, ticketType: 'VIP' },
		error500: 'Error creating ticket for the guest.',
	},
	{
		path: '/removeTicket',
		body: { userEmail: ADA, ticketType: 'VIP' },
		error500: 'Error removing ticket for the guest.',
	},
	{ path: '/getGuestCount', body: undefined, error500: 'Error getting guest count.' },
	{ path: '/getGuests', body: undefined, error500: 'Error getting guests.' },
	{
		path: `/getGuestTickets?userEmail=${encodeURIComponent(ADA)}`,
		body: undefined,
		error500: 'Error getting guest tickets.',
	},
	{
		path: '/getTicketsByType?ticketType=VIP',
		body: undefined,
		error500: 'Error getting tickets by type.',
	},
	{ path: '/getAllTickets', body: undefined, error500: 'Error getting all tickets.' },
];

let sandbox: Sandbox<'eventVault'>;
let base: string;
beforeAll(async () => {
	sandbox = await startSandbox({ seed: { guests: 0 } });
	base = sandbox.eventVault.url;
});
afterEach(() => {
	expect(sandbox.eventVault.refused).toEqual([]);
	sandbox.eventVault.reset();
});
afterAll(async () => {
	await sandbox.close();
});

describe.each(ENDPOINTS)('every endpoint: $path', ({ path, body, error500 }) => {
	const method = body === undefined ? 'GET' : 'POST';
	const call = async (changes: Record<string, string | undefined>) =>
		await send(`${base}${path}`, { method, headers: vaultHeaders(changes), body });
	const before = (ms: number) => String(Date.now() - ms);

	it.each(['x-api-key', 'x-client-id', 'x-event-id', 'x-timestamp'])(
		'400 without %s',
		async (name) => {
			const reply = await call({ [name]: undefined });
			expect(reply).toMatchObject({ status: 400, text: MISSING_HEADERS });
			expect(reply.headers['content-type']).toBe(TEXT);
		},
	);

	it('404 for an unknown client, before the key is checked', async () => {
		const reply = await call({ 'x-client-id': 'nobody', 'x-api-key': 'wrong' });
		expect(reply).toMatchObject({ status: 404, text: 'Client not found.' });
	});

	it('403 for a wrong key, before the event is checked', async () => {
		const reply = await call({ 'x-api-key': 'wrong', 'x-event-id': 'nowhere' });
		expect(reply).toMatchObject({ status: 403, text: 'Invalid API key.' });
	});

	it('404 for an unknown event, before the timestamp is checked', async () => {
		const reply = await call({ 'x-event-id': 'nowhere', 'x-timestamp': '0' });
		expect(reply).toMatchObject({ status: 404, text: 'Event not found.' });
	});

	it.each([
		['stale', () => before(FIVE_MINUTES_MS + MARGIN_MS)],
		['in the future', () => before(-FIVE_MINUTES_MS - MARGIN_MS)],
		['in seconds', () => String(Math.floor(Date.now() / 1000))],
	])('408 for a timestamp that is %s', async (_what, timestamp) => {
		const reply = await call({ 'x-timestamp': timestamp() });
		expect(reply).toMatchObject({
			status: 408,
			text: 'Request timestamp is outside the allowed 5-minute window.',
		});
	});

	it('accepts a timestamp just inside the window, by the skewed clock', async () => {
		sandbox.eventVault.faults.add({ do: { kind: 'clockSkew', ms: -FIVE_MINUTES_MS } });
		const reply = await call({ 'x-timestamp': before(2 * FIVE_MINUTES_MS - MARGIN_MS) });
		expect(reply.status).not.toBe(408);
		expect((await call({})).status).not.toBe(408);
		expect((await call({ 'x-timestamp': before(-MARGIN_MS) })).status).toBe(408);
	});

	it('500 with its own text', async () => {
		sandbox.eventVault.faults.add({ do: { kind: 'status', status: 500 } });
		const reply = await call({});
		expect(reply).toMatchObject({ status: 500, text: error500 });
		expect(reply.headers['content-type']).toBe(TEXT);
	});
});

describe('guests', () => {
	const full = {
		userEmail: 'Jane.Doe@example.com',
		name: 'Jane Doe',
		role: 'Attendee',
		company: 'Acme Corp',
		phone: '+1234567890',
		url: 'https://example.com/janedoe',
		country: 'USA',
	};

	it('adds one, shows it, refuses it a second time ignoring case, and removes it', async () => {
		const added = await vault(base, '/addGuest', full);
		expect(added).toMatchObject({ status: 200, text: 'User added successfully.' });
		expect(added.headers['content-type']).toBe(TEXT);

		const listed = await vault(base, '/getGuests');
		expect(listed.headers['content-type']).toBe(JSON_TYPE);
		expect(listed.json).toEqual([
			{
				email: 'Jane.Doe@example.com',
				country: 'USA',
				registered: false,
				vCardData: {
					FN: 'Jane Doe',
					ROLE: 'Attendee',
					ORG: 'Acme Corp',
					TEL: '+1234567890',
					URL: 'https://example.com/janedoe',
				},
			},
		]);

		expect(await vault(base, '/addGuest', { userEmail: 'JANE.doe@EXAMPLE.com' })).toMatchObject({
			status: 409,
			text: 'User is already registered for the event.',
		});
		expect((await vault(base, '/getGuestCount')).json).toEqual({
			guestCount: 1,
			maxAssignedUsers: 15,
		});
		expect(await vault(base, '/removeGuest', { userEmail: 'jane.doe@example.com' })).toMatchObject({
			status: 200,
			text: 'User removed successfully.',
		});
		expect((await vault(base, '/getGuests')).json).toEqual([]);
	});

	it.each(['/addGuest', '/removeGuest'])('400 for %s without userEmail', async (path) => {
		for (const body of [{}, { userEmail: '' }, '']) {
			expect(await vault(base, path, body)).toMatchObject({ status: 400, text: NEEDS_EMAIL });
		}
	});

	it('404 for removing an unknown guest', async () => {
		expect(await vault(base, '/removeGuest', { userEmail: ADA })).toMatchObject({
			status: 404,
			text: 'User is not registered for the event.',
		});
	});

	it('never shows an outdated list', async () => {
		const event = sandbox.eventVault.state.event();
		const seen = async () => (await vault(base, '/getGuests')).json;
		expect(await seen()).toEqual([]);
		event.addGuest({ userEmail: ADA });
		expect(await seen()).toMatchObject([{ registered: false }]);
		event.setRegistered(ADA, true);
		expect(await seen()).toMatchObject([{ registered: true }]);
		event.removeGuest(ADA);
		expect(await seen()).toEqual([]);
	});

	it('keeps the events of one client separate', async () => {
		await vault(base, '/addGuest', { userEmail: ADA });
		const other = await send(`${base}/getGuests`, {
			headers: vaultHeaders({ 'x-event-id': EVENT_VAULT_CREDENTIALS.otherEventId }),
		});
		expect(other.text).not.toContain(ADA);
		expect(sandbox.eventVault.state.event().hasGuest(ADA)).toBe(true);
	});

	it.each([
		['empty', { FN: '', ROLE: '', ORG: '', TEL: '', URL: '' }, { country: '' }],
		['absent', {}, {}],
		['null', { FN: null, ROLE: null, ORG: null, TEL: null, URL: null }, { country: null }],
	] as const)('shows fields that were not given as %s', async (missing, vCardData, country) => {
		await vault(base, '/addGuest', { userEmail: ADA });
		sandbox.eventVault.state.missingFields = missing;
		expect((await vault(base, '/getGuests')).json).toEqual([
			{ email: ADA, registered: false, vCardData, ...country },
		]);
	});
});

describe('tickets', () => {
	it('creates, overwrites by guest and type, lists three ways, and removes', async () => {
		const ticket = { userEmail: ADA, ticketType: 'VIP' };
		expect(await vault(base, '/addTicket', ticket)).toMatchObject({
			status: 200,
			text: 'Ticket created successfully.',
		});
		await vault(base, '/addTicket', { ...ticket, userEmail: 'ADA@example.com', sessionId: 's1' });
		await vault(base, '/addTicket', { userEmail: ADA, ticketType: 'ENTRY', sessionId: '' });

		const vip = { EMAIL: 'ADA@example.com', TIER: 'VIP', sessionId: 's1' };
		const entry = { EMAIL: ADA, TIER: 'ENTRY', sessionId: '' };
		const all = await vault(base, '/getAllTickets');
		expect(all.json).toEqual([vip, entry]);
		expect(all.headers['content-type']).toBe(JSON_TYPE);
		expect((await vault(base, '/getTicketsByType?ticketType=VIP')).json).toEqual([vip]);
		expect((await vault(base, '/getTicketsByType?ticketType=vip')).json).toEqual([]);
		const own = await vault(base, `/getGuestTickets?userEmail=${encodeURIComponent(ADA)}`);
		expect(own.json).toEqual([vip, entry]);
		expect((await vault(base, '/getGuestTickets?userEmail=no%40example.com')).json).toEqual([]);

		expect(await vault(base, '/removeTicket', ticket)).toMatchObject({
			status: 200,
			text: 'Ticket removed successfully.',
		});
		expect(await vault(base, '/removeTicket', ticket)).toMatchObject({
			status: 404,
			text: 'Ticket not found for the user.',
		});
	});

	it.each(['/addTicket', '/removeTicket'])('400 for %s without email or type', async (path) => {
		for (const body of [{}, { userEmail: ADA }, { ticketType: 'VIP' }]) {
			expect(await vault(base, path, body)).toMatchObject({ status: 400, text: NEEDS_BOTH });
		}
	});

	it('400 for reads without their query parameter', async () => {
		expect(await vault(base, '/getGuestTickets')).toMatchObject({
			status: 400,
			text: 'The request must include userEmail as a query parameter.',
		});
		expect(await vault(base, '/getTicketsByType?ticketType=')).toMatchObject({
			status: 400,
			text: 'The request must include ticketType as a query parameter.',
		});
	});

	it('keeps or removes the tickets of a removed guest, depending on the knob', async () => {
		const event = () => sandbox.eventVault.state.event();
		for (const removes of [false, true]) {
			sandbox.eventVault.state.removeGuestRemovesTickets = removes;
			await vault(base, '/addGuest', { userEmail: ADA });
			await vault(base, '/addTicket', { userEmail: ADA, ticketType: 'VIP' });
			await vault(base, '/removeGuest', { userEmail: ADA });
			expect(event().tickets()).toHaveLength(removes ? 0 : 1);
		}
	});
});
