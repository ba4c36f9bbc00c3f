/** Event Vault: every documented error of every endpoint, and what a person reads of it. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { EMAIL_OF_ITEM, by, crowd, people } from '../../rig/items.mts';
import { data, errorOf, expectNotStored } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventVault from '../../vendors/event-vault.mts';
import { API_KEY, guestEmails } from './shared.mts';

const rig = useVendor(eventVault, { guests: 0 });

interface DocumentedError {
	status: number;
	text: string;
	/** Labels of the fields that the description must name. */
	fields: string[];
	failure?: { cause: string };
}

/** event-vault.md: the same rows in the table of every endpoint. */
const COMMON: DocumentedError[] = [
	{
		status: 400,
		text: 'The request must include x-api-key, x-client-id, x-event-id, and x-timestamp headers.',
		fields: ['API Key', 'Client ID', 'Event ID'],
		failure: { cause: 'credential-invalid' },
	},
	{
		status: 403,
		text: 'Invalid API key.',
		fields: ['API Key'],
		failure: { cause: 'credential-invalid' },
	},
	{
		status: 404,
		text: 'Client not found.',
		fields: ['Client ID'],
		failure: { cause: 'credential-invalid' },
	},
	{
		status: 404,
		text: 'Event not found.',
		fields: ['Event ID', 'Options'],
		failure: { cause: 'configuration-invalid' },
	},
	{
		status: 408,
		text: 'Request timestamp is outside the allowed 5-minute window.',
		fields: [],
		failure: { cause: 'configuration-invalid' },
	},
];
const NEEDS_EMAIL: DocumentedError = {
	status: 400,
	text: 'The request must include userEmail in the body.',
	fields: ['Email'],
};
const NEEDS_EMAIL_AND_TYPE: DocumentedError = {
	status: 400,
	text: 'The request must include userEmail and ticketType in the body.',
	fields: ['Email', 'Ticket Type'],
};
const ALREADY: DocumentedError = {
	status: 409,
	text: 'User is already registered for the event.',
	fields: ['Email'],
};
const serverError = (text: string): DocumentedError => ({
	status: 500,
	text,
	fields: [],
	failure: { cause: 'temporarily-unavailable' },
});

interface Reached {
	path: string;
	operation: string;
	parameters: IDataObject;
	errors: DocumentedError[];
}

const GUEST = { userEmail: 'ada@example.com' };
const LOCATED = { userEmail: by('email', 'ada@example.com') };
const TICKET = { ...LOCATED, ticketType: by('name', 'VIP') };

const ENDPOINTS: Reached[] = [
	{
		path: '/addGuest',
		operation: 'guest: add',
		parameters: GUEST,
		errors: [NEEDS_EMAIL, ALREADY, serverError('Error adding user to the event.')],
	},
	{
		path: '/addGuest',
		operation: 'guest: upsert',
		parameters: GUEST,
		errors: [NEEDS_EMAIL, serverError('Error adding user to the event.')],
	},
	{
		path: '/removeGuest',
		operation: 'guest: remove',
		parameters: LOCATED,
		errors: [
			NEEDS_EMAIL,
			{
				status: 404,
				text: 'User is not registered for the event.',
				fields: ['Email', 'If Not Registered'],
			},
			serverError('Error removing user from the event.'),
		],
	},
	{
		path: '/addTicket',
		operation: 'ticket: upsert',
		parameters: TICKET,
		errors: [NEEDS_EMAIL_AND_TYPE, serverError('Error creating ticket for the guest.')],
	},
	{
		path: '/removeTicket',
		operation: 'ticket: remove',
		parameters: TICKET,
		errors: [
			NEEDS_EMAIL_AND_TYPE,
			{
				status: 404,
				text: 'Ticket not found for the user.',
				fields: ['Email', 'Ticket Type', 'If Not Found'],
			},
			serverError('Error removing ticket for the guest.'),
		],
	},
	{
		path: '/getGuestCount',
		operation: 'guest: getCount',
		parameters: {},
		errors: [serverError('Error getting guest count.')],
	},
	{
		path: '/getGuests',
		operation: 'guest: getAll',
		parameters: {},
		errors: [serverError('Error getting guests.')],
	},
	{
		path: '/getGuests',
		operation: 'guest: get',
		parameters: LOCATED,
		errors: [serverError('Error getting guests.')],
	},
	{
		path: '/getGuestTickets',
		operation: 'ticket: getAll',
		parameters: { filters: LOCATED },
		errors: [
			{
				status: 400,
				text: 'The request must include userEmail as a query parameter.',
				fields: ['Email'],
			},
			serverError('Error getting guest tickets.'),
		],
	},
	{
		path: '/getTicketsByType',
		operation: 'ticket: getAll',
		parameters: { filters: { ticketType: by('name', 'VIP') } },
		errors: [
			{
				status: 400,
				text: 'The request must include ticketType as a query parameter.',
				fields: ['Ticket Type'],
			},
			serverError('Error getting tickets by type.'),
		],
	},
	{
		path: '/getAllTickets',
		operation: 'ticket: getAll',
		parameters: {},
		errors: [serverError('Error getting all tickets.')],
	},
];

const CASES = ENDPOINTS.flatMap(({ errors, ...reached }) =>
	[...COMMON, ...errors].map((error) => ({ ...reached, ...error })),
);

describe('a documented error', () => {
	test.each(CASES)(
		'$path $status $text ($operation)',
		async ({ path, operation, parameters, status, text, fields, failure }) => {
			// Twice, because a 408 is answered once with the corrected time.
			rig.fault({ when: { path }, times: 2, do: { kind: 'status', status, body: text } });
			const result = await rig.run(operation, parameters);
			const error = errorOf(result);

			expect(result.status).toBe('error');
			expect(result.items).toEqual([]);
			expect(error.message).toBe(`${text} [item 0]`);
			expect(error.httpCode).toBe(String(status));
			expect(error.itemIndex).toBe(0);
			expect(error.description).toContain(`HTTP ${status}`);
			for (const field of fields) expect(error.description).toContain(`"${field}"`);
			expect(error.failure).toEqual(failure);
			expect(rig.sent(path)).toHaveLength(status === 408 ? 2 : 1);
			expectNotStored(result, API_KEY);
		},
	);

	test.each(['/addGuest', '/removeGuest', '/addTicket', '/removeTicket'])(
		'500 of %s says that the change may have been made',
		async (path) => {
			const found = ENDPOINTS.find((one) => one.path === path);
			rig.fault({ do: { kind: 'status', status: 500 } });
			const result = await rig.run(found?.operation ?? 'guest: add', found?.parameters);

			expect(errorOf(result).description).toContain('not known whether the change was made');
		},
	);

	test('500 of a read does not', async () => {
		rig.fault({ do: { kind: 'status', status: 500 } });

		expect(errorOf(await rig.run('guest: getAll')).description).not.toContain('change was made');
	});
});

describe('keys that are wrong', () => {
	test.each([
		['Invalid API key.', '403', { apiKey: 'wrong-key-1234' }],
		['Client not found.', '404', { clientId: 'wrong' }],
		['Event not found.', '404', { eventId: 'wrong' }],
		[
			'The request must include x-api-key, x-client-id, x-event-id, and x-timestamp headers.',
			'400',
			{ clientId: '' },
		],
	])('%s', async (text, httpCode, changes) => {
		const credentials = rig.credentials(changes);
		const result = await rig.run('guest: getCount', {}, { credentials });

		expect(result.error).toMatchObject({ message: `${text} [item 0]`, httpCode });
		expectNotStored(result, String(credentials.eventVaultApi?.apiKey));
	});

	test('an event of the node that is not known', async () => {
		const result = await rig.run('guest: getCount', { options: { eventId: 'wrong' } });

		expect(errorOf(result).message).toBe('Event not found. [item 0]');
		expect(errorOf(result).description).toContain('"Options"');
	});

	test.each([
		['http://api.example.com', 'must start with https://'],
		['not an address', 'not a web address'],
		['ftp://127.0.0.1', 'must start with https://'],
		['https://user:pass@api.example.com', 'may hold only a host and a path'],
		['', 'is empty'],
	])('a base URL %s sends nothing', async (baseUrl, complaint) => {
		const result = await rig.run(
			'guest: getCount',
			{},
			{ credentials: rig.credentials({ baseUrl }) },
		);

		expect(errorOf(result).message).toContain('"Base URL" of the credential');
		expect(errorOf(result).message).toContain(complaint);
		expect(rig.sent()).toEqual([]);
	});
});

describe('words that a vendor should not have said', () => {
	test('a key or an address in the answer is not shown or stored', async () => {
		rig.fault({
			do: {
				kind: 'status',
				status: 400,
				body: `Key ${API_KEY} may not add someone@example.com here.`,
			},
		});
		const result = await rig.run('guest: add', { userEmail: 'ada@example.com' });

		expect(errorOf(result).message).toBe('Key [secret] may not add [email] here. [item 0]');
		expectNotStored(result, API_KEY);
		expectNotStored(result, 'someone@example.com');
	});

	test.each([
		[403, 'Forbidden by the firewall.'],
		[418, 'I am a teapot.'],
		[422, 'Unprocessable.'],
	])('an undocumented %d shows them, and the field to look at', async (status, body) => {
		rig.fault({ do: { kind: 'status', status, body } });
		const result = await rig.run('guest: add', { userEmail: 'ada@example.com' });

		expect(errorOf(result)).toMatchObject({
			message: `${body} [item 0]`,
			httpCode: String(status),
		});
		expect(errorOf(result).description).toContain('"Base URL"');
	});

	test.each([400, 404])('an HTML page with %d is named, not quoted', async (status) => {
		rig.fault({ do: { kind: 'html', status } });
		const result = await rig.run('guest: getAll');

		expect(errorOf(result).message).toBe(
			`Event Vault answered with HTTP ${status} and an HTML page [item 0]`,
		);
	});

	test('a JSON error is named', async () => {
		rig.fault({ do: { kind: 'status', status: 400, body: { error: 'nope' } } });

		expect(errorOf(await rig.run('guest: getAll')).message).toBe('nope [item 0]');
	});
});

describe('one failed item of many', () => {
	const ITEMS = people('a@example.com', 'taken@example.com', 'c@example.com');
	const add = { userEmail: EMAIL_OF_ITEM };
	const take = () => rig.state.event().addGuest({ userEmail: 'taken@example.com' });

	test('stops the run, names the item and says how many were done', async () => {
		take();
		const result = await rig.run(
			'guest: add',
			{ ...add, options: { concurrency: 1 } },
			{ items: ITEMS },
		);

		expect(result.status).toBe('error');
		expect(errorOf(result)).toMatchObject({
			message: 'User is already registered for the event. [item 1]',
			itemIndex: 1,
		});
		expect(errorOf(result).description).toContain('1 of 3 items were done');
		expect(rig.sent()).toHaveLength(2);
	});

	test('names the first failed item, whichever failed first', async () => {
		take();
		rig.fault({ when: { nth: 1 }, do: { kind: 'slow', ms: 50 } });
		rig.fault({ when: { nth: 1 }, do: { kind: 'status', status: 400, body: 'No.' } });
		const result = await rig.run('guest: add', add, { items: ITEMS });

		expect(errorOf(result).message).toBe('No. [item 0]');
	});

	test.each([{ continueOnFail: true }, { onError: 'continueRegularOutput' as const }])(
		'goes on with %j',
		async (setting) => {
			take();
			const result = await rig.run('guest: add', add, { items: ITEMS, ...setting });

			expect(result.status).toBe('success');
			expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 0 },
				{ item: 1 },
				{ item: 2 },
			]);
			expect(data(result).map(({ email }) => email)).toEqual([
				'a@example.com',
				undefined,
				'c@example.com',
			]);
			expect(data(result)[1]).toMatchObject({
				error: 'User is already registered for the event. [item 1]',
				details: { httpCode: 409, ambiguous: false },
			});
			expect(guestEmails(rig).sort()).toEqual([
				'a@example.com',
				'c@example.com',
				'taken@example.com',
			]);
			expectNotStored(result, API_KEY);
		},
	);

	test('goes to the error output with its input', async () => {
		take();
		const result = await rig.run('guest: add', add, {
			items: ITEMS,
			onError: 'continueErrorOutput',
		});

		expect(data(result).map(({ email }) => email)).toEqual(['a@example.com', 'c@example.com']);
		expect(result.errorItems?.map(({ json }) => json)).toMatchObject([
			{
				email: 'taken@example.com',
				error: 'User is already registered for the event. [item 1]',
			},
		]);
	});

	test('all failed items go on, each with its own words', async () => {
		const result = await rig.run(
			'guest: remove',
			{ userEmail: by('email', EMAIL_OF_ITEM) },
			{ items: crowd(30), continueOnFail: true },
		);

		expect(data(result).map(({ error }) => error)).toEqual(
			crowd(30).map((_, index) => `User is not registered for the event. [item ${index}]`),
		);
	});
});
