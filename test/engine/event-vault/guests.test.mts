/** Event Vault, Guest: what each operation sends and outputs. */
import { describe, expect, test } from '@jest/globals';

import { EMAIL_OF_ITEM, by, crowd, people } from '../../rig/items.mts';
import { data } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventVault from '../../vendors/event-vault.mts';
import { EVENT, OTHER_EVENT, guestEmails } from './shared.mts';

const rig = useVendor(eventVault, { guests: 0 });

const ADA = {
	userEmail: 'Ada@Example.com',
	name: 'Ada Lovelace',
	role: 'Speaker',
	company: 'Engines Ltd',
	phone: '+44 1',
	url: 'https://example.com/ada',
	country: 'United Kingdom',
};
const ADA_FLAT = {
	id: 'ada@example.com',
	email: 'Ada@Example.com',
	name: 'Ada Lovelace',
	company: 'Engines Ltd',
	jobTitle: 'Speaker',
	phone: '+44 1',
	country: 'United Kingdom',
	url: 'https://example.com/ada',
};
const { userEmail: ADA_EMAIL, ...ADA_DETAILS } = ADA;
const NO_DETAILS = {
	name: null,
	company: null,
	jobTitle: null,
	phone: null,
	country: null,
	url: null,
};

const event = (id: string = EVENT) => rig.state.event(id);
const bodies = (path: string) => rig.sent(path).map(({ body }) => body);

describe('guest: add', () => {
	test('sends the address and every detail, and returns the guest flat', async () => {
		const result = await rig.run('guest: add', {
			userEmail: ADA_EMAIL,
			additionalFields: ADA_DETAILS,
		});

		expect(result.status).toBe('success');
		expect(bodies('/addGuest')).toEqual([ADA]);
		expect(rig.sent()).toHaveLength(1);
		expect(result.items).toEqual([
			{
				json: { ...ADA_FLAT, result: 'added', message: 'User added successfully.' },
				pairedItem: { item: 0 },
			},
		]);
	});

	test('does not send empty details', async () => {
		const result = await rig.run('guest: add', {
			userEmail: 'bob@example.com',
			additionalFields: { name: '', role: '  ', company: 'Bobs' },
		});

		expect(bodies('/addGuest')).toEqual([{ userEmail: 'bob@example.com', company: 'Bobs' }]);
		expect(data(result)).toMatchObject([{ ...NO_DETAILS, company: 'Bobs' }]);
	});

	test('trims typed values and keeps the case of the address', async () => {
		await rig.run('guest: add', {
			userEmail: '  Bob@Example.com ',
			additionalFields: { name: ' Bob ' },
		});

		expect(bodies('/addGuest')).toEqual([{ userEmail: 'Bob@Example.com', name: 'Bob' }]);
	});

	test('reads every parameter, including the event, from its own item', async () => {
		const items = [
			{ json: { email: 'a@example.com', name: 'A', event: '' } },
			{ json: { email: 'b@example.com', name: 'B', event: OTHER_EVENT } },
			{ json: { email: 'c@example.com', event: EVENT } },
		];
		const result = await rig.run(
			'guest: add',
			{
				userEmail: EMAIL_OF_ITEM,
				additionalFields: { name: '={{ $json.name }}' },
				options: { eventId: '={{ $json.event }}', concurrency: 1 },
			},
			{ items },
		);

		expect(rig.sent().map(({ headers }) => headers['x-event-id'])).toEqual([
			EVENT,
			OTHER_EVENT,
			EVENT,
		]);
		expect(bodies('/addGuest')).toEqual([
			{ userEmail: 'a@example.com', name: 'A' },
			{ userEmail: 'b@example.com', name: 'B' },
			{ userEmail: 'c@example.com' },
		]);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(guestEmails(rig, EVENT)).toEqual(['a@example.com', 'c@example.com']);
		expect(guestEmails(rig, OTHER_EVENT)).toContain('b@example.com');
	});

	test('accepts a phone number that is a number', async () => {
		await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM, additionalFields: { phone: '={{ $json.phone }}' } },
			{ items: [{ json: { email: 'a@example.com', phone: 49301234 } }] },
		);

		expect(bodies('/addGuest')).toEqual([{ userEmail: 'a@example.com', phone: '49301234' }]);
	});

	test('adds one guest per item, in order', async () => {
		const result = await rig.run('guest: add', { userEmail: EMAIL_OF_ITEM }, { items: crowd(40) });

		expect(data(result).map(({ email }) => email)).toEqual(crowd(40).map(({ json }) => json.email));
		expect(guestEmails(rig)).toHaveLength(40);
	});
});

describe('guest: upsert', () => {
	test('says created for a new guest', async () => {
		const result = await rig.run('guest: upsert', {
			userEmail: ADA_EMAIL,
			additionalFields: ADA_DETAILS,
		});

		expect(bodies('/addGuest')).toEqual([ADA]);
		expect(data(result)).toEqual([
			{ ...ADA_FLAT, result: 'created', message: 'User added successfully.' },
		]);
	});

	test('says existed for an existing guest, and changes nothing', async () => {
		event().addGuest({ userEmail: ADA_EMAIL, name: 'Before' });
		const result = await rig.run('guest: upsert', {
			userEmail: ADA_EMAIL,
			additionalFields: { name: 'After' },
		});

		expect(result.status).toBe('success');
		expect(data(result)).toMatchObject([
			{ result: 'existed', message: 'User is already registered for the event.' },
		]);
		expect(event().guests()[0]?.vCardData.FN).toBe('Before');
	});

	test('sends one request per item, even for the same guest', async () => {
		const result = await rig.run(
			'guest: upsert',
			{ userEmail: EMAIL_OF_ITEM },
			{ items: people('a@example.com', 'A@example.com', 'b@example.com') },
		);

		expect(data(result).map((item) => item.result)).toEqual(['created', 'existed', 'created']);
		expect(rig.sent()).toHaveLength(3);
	});

	test('treats only the 409 about a guest as existing', async () => {
		rig.fault({ do: { kind: 'status', status: 409, body: 'Something else is in the way.' } });
		const result = await rig.run('guest: upsert', { userEmail: ADA_EMAIL });

		expect(result.error?.message).toBe('Something else is in the way. [item 0]');
	});
});

describe('guest: remove', () => {
	test.each(['email', 'list'])('removes a guest chosen in mode %s', async (mode) => {
		event().addGuest({ userEmail: 'ada@example.com' });
		const result = await rig.run('guest: remove', { userEmail: by(mode, 'Ada@example.com') });

		expect(bodies('/removeGuest')).toEqual([{ userEmail: 'Ada@example.com' }]);
		expect(guestEmails(rig)).toEqual([]);
		expect(data(result)).toEqual([
			{
				deleted: true,
				id: 'ada@example.com',
				email: 'Ada@example.com',
				result: 'removed',
				message: 'User removed successfully.',
			},
		]);
	});

	test('accepts a guest who is not on the list, if that is allowed', async () => {
		const result = await rig.run('guest: remove', {
			userEmail: by('email', 'nobody@example.com'),
			ifNotRegistered: 'ignore',
		});

		expect(data(result)).toEqual([
			{
				deleted: false,
				id: 'nobody@example.com',
				email: 'nobody@example.com',
				result: 'notRegistered',
				message: 'User is not registered for the event.',
			},
		]);
	});

	test.each([
		['Client not found.', { clientId: 'wrong' }],
		['Event not found.', { eventId: 'wrong' }],
	])('does not treat "%s" as a guest who is not on the list', async (text, changes) => {
		const result = await rig.run(
			'guest: remove',
			{ userEmail: by('email', 'nobody@example.com'), ifNotRegistered: 'ignore' },
			{ credentials: rig.credentials(changes) },
		);

		expect(result.error).toMatchObject({ message: `${text} [item 0]`, httpCode: '404' });
	});

	test('reads the address from its own item through the locator', async () => {
		event().addGuest({ userEmail: 'a@example.com' });
		event(OTHER_EVENT).addGuest({ userEmail: 'b@example.com' });
		await rig.run(
			'guest: remove',
			{ userEmail: by('email', EMAIL_OF_ITEM), options: { eventId: '={{ $json.event }}' } },
			{
				items: [
					{ json: { email: 'a@example.com' } },
					{ json: { email: 'b@example.com', event: OTHER_EVENT } },
				],
			},
		);

		expect(guestEmails(rig)).toEqual([]);
		expect(guestEmails(rig, OTHER_EVENT)).not.toContain('b@example.com');
	});
});

describe('guest: get', () => {
	test.each(['email', 'list'])('finds a guest in mode %s, ignoring case', async (mode) => {
		event().addGuest({ userEmail: 'bob@example.com' });
		event().addGuest(ADA, true);
		const result = await rig.run('guest: get', { userEmail: by(mode, 'ADA@example.com') });

		expect(rig.sent().map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /getGuests']);
		expect(data(result)).toEqual([{ ...ADA_FLAT, registered: true, statusGroup: 'registered' }]);
	});

	test('outputs the raw record without Simplify', async () => {
		event().addGuest(ADA);
		const result = await rig.run('guest: get', {
			userEmail: by('email', ADA_EMAIL),
			simplify: false,
		});

		expect(data(result)).toEqual(event().guests());
	});

	test('reads the list once for all items of an event', async () => {
		for (const { json } of crowd(30)) event().addGuest({ userEmail: json.email });
		const result = await rig.run('guest: get', { userEmail: EMAIL_OF_ITEM }, { items: crowd(30) });

		expect(data(result).map(({ email }) => email)).toEqual(guestEmails(rig));
		expect(rig.sent()).toHaveLength(1);
	});

	test('reads a separate list for each event', async () => {
		event(OTHER_EVENT).addGuest({ userEmail: 'a@example.com', name: 'Other' });
		event().addGuest({ userEmail: 'a@example.com', name: 'Own' });
		const result = await rig.run(
			'guest: get',
			{ userEmail: 'a@example.com', options: { eventId: '={{ $json.event }}' } },
			{ items: [{ json: {} }, { json: { event: OTHER_EVENT } }] },
		);

		expect(data(result).map(({ name }) => name)).toEqual(['Own', 'Other']);
	});

	test('reports a guest who does not exist', async () => {
		const result = await rig.run('guest: get', { userEmail: by('email', 'a@example.com') });

		expect(result.error?.message).toBe('No guest of the event has this email [item 0]');
		expect(result.error?.description).toContain('"Email"');
	});
});

describe('guest: getAll', () => {
	const GUESTS = [
		{
			userEmail: 'ada@engines.example.com',
			name: 'Ada Lovelace',
			company: 'Engines Ltd',
			role: 'Speaker',
			country: 'United Kingdom',
		},
		{
			userEmail: 'bob@example.com',
			name: 'Bob Ada',
			company: 'Bobs',
			role: 'Guest speaker',
			country: 'Ireland',
		},
		{
			userEmail: 'Cleo@example.com',
			name: 'Cleo',
			company: 'engines again',
			role: 'Press',
			country: 'Ireland',
		},
		{ userEmail: 'dan@example.com', country: 'Northern Ireland' },
	];
	const seed = () => {
		for (const guest of GUESTS) event().addGuest(guest, guest.name === 'Cleo');
		event().putTicket('ADA@engines.example.com', 'VIP');
		event().putTicket('cleo@example.com', 'VIP');
		event().putTicket('bob@example.com', 'ENTRY');
	};
	const names = (emails: unknown[]) => emails.map((email) => String(email).split('@')[0]);

	test('returns 50 guests by default', async () => {
		for (const { json } of crowd(60)) event().addGuest({ userEmail: json.email });

		expect(data(await rig.run('guest: getAll'))).toHaveLength(50);
		expect(rig.sent()).toHaveLength(1);
		expect(rig.sent()[0]).toMatchObject({
			method: 'GET',
			path: '/getGuests',
			query: {},
			body: undefined,
		});
	});

	test.each([1, 7, 60, 100])('returns at most the first %d guests', async (limit) => {
		for (const { json } of crowd(60)) event().addGuest({ userEmail: json.email });
		const result = await rig.run('guest: getAll', { limit });

		expect(data(result).map(({ email }) => email)).toEqual(guestEmails(rig).slice(0, limit));
	});

	test('returns all guests on request', async () => {
		for (const { json } of crowd(60)) event().addGuest({ userEmail: json.email });

		expect(data(await rig.run('guest: getAll', { returnAll: true }))).toHaveLength(60);
	});

	test('outputs no items without guests', async () => {
		const result = await rig.run('guest: getAll', { returnAll: true });

		expect(result.status).toBe('success');
		expect(result.items).toEqual([]);
	});

	test('outputs flat guests, and raw ones without Simplify', async () => {
		seed();
		const simple = await rig.run('guest: getAll');
		const raw = await rig.run('guest: getAll', { simplify: false });

		expect(data(simple)[0]).toEqual({
			id: 'ada@engines.example.com',
			email: 'ada@engines.example.com',
			name: 'Ada Lovelace',
			company: 'Engines Ltd',
			jobTitle: 'Speaker',
			phone: '',
			country: 'United Kingdom',
			url: '',
			registered: false,
			statusGroup: 'unknown',
		});
		expect(data(raw)).toEqual(event().guests());
	});

	test.each(['absent', 'null'] as const)(
		'outputs the same fields when some are %s',
		async (missing) => {
			event().addGuest({ userEmail: 'a@example.com' });
			rig.state.missingFields = missing;
			const result = await rig.run('guest: getAll');

			expect(data(result)).toEqual([
				{
					id: 'a@example.com',
					email: 'a@example.com',
					...NO_DETAILS,
					registered: false,
					statusGroup: 'unknown',
				},
			]);
		},
	);

	test.each([
		['email', '@EXAMPLE.com', ['bob', 'Cleo', 'dan']],
		['name', 'ada', ['ada', 'bob']],
		['company', 'ENGINES', ['ada', 'Cleo']],
		['role', 'speaker', ['ada', 'bob']],
		['country', ' ireland ', ['bob', 'Cleo']],
		['registered', 'true', ['Cleo']],
		['registered', 'false', ['ada', 'bob', 'dan']],
		['registered', 'any', ['ada', 'bob', 'Cleo', 'dan']],
		['ticketType', 'VIP', ['ada', 'Cleo']],
		['ticketType', 'vip', []],
		['name', '', ['ada', 'bob', 'Cleo', 'dan']],
	])('filters by %s = %s', async (filter, value, expected) => {
		seed();
		const result = await rig.run('guest: getAll', { filters: { [filter]: value } });

		expect(names(data(result).map(({ email }) => email))).toEqual(expected);
	});

	test('combines all filters, before the limit', async () => {
		seed();
		const result = await rig.run('guest: getAll', {
			limit: 1,
			filters: { company: 'engines', country: 'Ireland', registered: 'true', ticketType: 'VIP' },
		});

		expect(data(result).map(({ email }) => email)).toEqual(['Cleo@example.com']);
		expect(rig.sent().map(({ path, query }) => [path, query])).toEqual([
			['/getTicketsByType', { ticketType: 'VIP' }],
			['/getGuests', {}],
		]);
	});

	test('filters each item by its own value and reads the list once', async () => {
		seed();
		const result = await rig.run(
			'guest: getAll',
			{ filters: { country: '={{ $json.country }}' } },
			{ items: [{ json: { country: 'Ireland' } }, { json: { country: 'United Kingdom' } }] },
		);

		expect(result.items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['bob@example.com', { item: 0 }],
			['cleo@example.com', { item: 0 }],
			['ada@engines.example.com', { item: 1 }],
		]);
		expect(rig.sent()).toHaveLength(1);
	});
});

describe('guest: getCount', () => {
	test('returns both numbers', async () => {
		event().addGuest({ userEmail: 'a@example.com' });
		event().maxAssignedUsers = 57;
		const result = await rig.run('guest: getCount');

		expect(rig.sent().map(({ path }) => path)).toEqual(['/getGuestCount']);
		expect(result.items).toEqual([
			{ json: { guestCount: 1, maxAssignedUsers: 57 }, pairedItem: { item: 0 } },
		]);
	});

	test('counts each event separately', async () => {
		const result = await rig.run(
			'guest: getCount',
			{ options: { eventId: '={{ $json.event }}' } },
			{ items: [{ json: { event: OTHER_EVENT } }, { json: {} }] },
		);

		expect(data(result).map(({ guestCount }) => guestCount)).toEqual([3, 0]);
	});
});

describe('every request', () => {
	test('carries the trimmed keys and a fresh timestamp', async () => {
		rig.server.latencyMs = 3;
		const before = Date.now();
		await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM, options: { concurrency: 1 } },
			{
				items: crowd(3),
				credentials: rig.credentials({
					apiKey: ' sandbox-key-event-vault\n',
					eventId: ` ${EVENT} `,
					baseUrl: ` ${rig.server.url}// `,
				}),
			},
		);
		const stamps = rig.sent().map(({ headers }) => Number(headers['x-timestamp']));

		expect(rig.sent().map(({ status }) => status)).toEqual([200, 200, 200]);
		expect(rig.sent()[0]?.headers).toMatchObject({
			'x-api-key': 'sandbox-key-event-vault',
			'x-event-id': EVENT,
		});
		expect(Math.min(...stamps)).toBeGreaterThanOrEqual(before);
		expect(new Set(stamps).size).toBe(3);
	});

	test('reads the credential once per run', async () => {
		const result = await rig.run('guest: add', { userEmail: EMAIL_OF_ITEM }, { items: crowd(20) });

		expect(result.credentialReads).toBe(1);
	});
});
