/** Event Vault: what is given is checked before anything is sent. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by } from '../../rig/items.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventVault from '../../vendors/event-vault.mts';
import { EVENT } from './shared.mts';

const rig = useVendor(eventVault, { guests: 0 });
const VALUE = '={{ $json.value }}';

const BAD_EMAILS: Array<[unknown, string]> = [
	['', 'is empty'],
	['   ', 'is empty'],
	[null, 'is empty'],
	[undefined, 'is empty'],
	[42, 'is not an email address'],
	[true, 'must be an email address, but is a boolean'],
	[{ email: 'ada@example.com' }, 'must be an email address, but is an object'],
	[['ada@example.com'], 'must be an email address, but is a list'],
	['ada', 'is not an email address'],
	['ada@', 'is not an email address'],
	['ada @example.com', 'is not an email address'],
	['ada@example.com, bob@example.com', 'is not an email address'],
	['Ada <ada@example.com>', 'is not an email address'],
	['ada@example.com\r\nx-event-id: other', 'is not an email address'],
	['ada\u0000@example.com', 'is not an email address'],
	[`${'a'.repeat(250)}@example.com`, 'is not an email address'],
];
const WITH_EMAIL: Array<[string, IDataObject]> = [
	['guest: add', { userEmail: VALUE }],
	['guest: upsert', { userEmail: VALUE }],
	['guest: remove', { userEmail: by('email', VALUE) }],
	['guest: get', { userEmail: by('email', VALUE) }],
	['ticket: upsert', { userEmail: by('email', VALUE), ticketType: by('name', 'VIP') }],
	['ticket: remove', { userEmail: by('email', VALUE), ticketType: by('name', 'VIP') }],
];
const EMAIL_CASES = WITH_EMAIL.flatMap(([operation, parameters]) =>
	BAD_EMAILS.map(([value, complaint]) => ({ operation, parameters, value, complaint })),
);

describe('an address', () => {
	test.each(EMAIL_CASES)(
		'$value of $operation $complaint',
		async ({ operation, parameters, value, complaint }) => {
			const json = value === undefined ? {} : { value };
			const items = [{ json: JSON.parse(JSON.stringify(json)) }];
			const result = await rig.run(operation, parameters, { items });

			expect(errorOf(result).message).toBe(`"Email" ${complaint} [item 0]`);
			expect(errorOf(result).description).toContain('"Email"');
			expect(errorOf(result).failure).toEqual({ cause: 'configuration-invalid' });
			expect(rig.sent()).toEqual([]);
		},
	);

	test('that is wrong names its own item and lets the others be sent', async () => {
		const items = ['a@example.com', 'no address', 'c@example.com'].map((value) => ({
			json: { value },
		}));
		const result = await rig.run(
			'guest: add',
			{ userEmail: VALUE },
			{ items, continueOnFail: true },
		);

		expect(data(result).map(({ email, error }) => email ?? error)).toEqual([
			'a@example.com',
			'"Email" is not an email address [item 1]',
			'c@example.com',
		]);
		expect(rig.sent()).toHaveLength(2);
	});

	test('that is wrong in a filter sends nothing', async () => {
		const result = await rig.run('ticket: getAll', {
			filters: { userEmail: by('email', 'nobody') },
		});

		expect(errorOf(result).message).toBe('"Email" is not an email address [item 0]');
		expect(rig.sent()).toEqual([]);
	});
});

describe('a ticket type', () => {
	test.each([
		['', 'is empty'],
		['  ', 'is empty'],
		[null, 'is empty'],
		[{ name: 'VIP' }, 'must be text, but is an object'],
		[['VIP'], 'must be text, but is a list'],
		['V'.repeat(10_001), 'is longer than 10000 characters'],
	])('%p %s', async (value, complaint) => {
		for (const operation of ['ticket: upsert', 'ticket: remove'] as const) {
			const result = await rig.run(
				operation,
				{ userEmail: by('email', 'ada@example.com'), ticketType: by('name', VALUE) },
				{ items: [{ json: { value } }] },
			);

			expect(errorOf(result).message).toBe(`"Ticket Type" ${complaint} [item 0]`);
		}
		expect(rig.sent()).toEqual([]);
	});
});

describe('the event of the node', () => {
	test.each([
		[`${EVENT}\r\nx-api-key: other`, 'holds a line break'],
		[`${EVENT}\nx`, 'holds a line break'],
		['a\u0000b', 'holds a line break or another character'],
		[{ id: EVENT }, 'must be text, but is an object'],
	])('%p is refused', async (value, complaint) => {
		for (const operation of ['guest: add', 'guest: getCount'] as const) {
			const result = await rig.run(
				operation,
				{ userEmail: 'ada@example.com', options: { eventId: VALUE } },
				{ items: [{ json: { value } }] },
			);

			expect(errorOf(result).message).toContain(`"Event ID" ${complaint}`);
		}
		expect(rig.sent()).toEqual([]);
	});

	test.each([`${EVENT}\u200b`, `${EVENT}活动`])(
		'%p is refused, because the client would drop what a header cannot hold',
		async (eventId) => {
			const result = await rig.run('guest: getCount', { options: { eventId } });

			expect(errorOf(result).message).toContain('"Event ID" holds a line break or another');
			expect(rig.sent()).toEqual([]);
		},
	);

	test('may hold accents', async () => {
		const result = await rig.run('guest: getCount', { options: { eventId: 'Événement' } });

		expect(errorOf(result).message).toBe('Event not found. [item 0]');
		expect(rig.sent()[0]?.headers['x-event-id']).toBe('Événement');
	});
});

describe('other parameters', () => {
	test.each([
		['guest: add', { userEmail: 'a@example.com', additionalFields: { name: VALUE } }, 'Name'],
		['guest: getAll', { filters: { company: VALUE } }, 'Company'],
	] as Array<[string, IDataObject, string]>)(
		'%s %j takes no object',
		async (operation, parameters, label) => {
			const items = [{ json: { value: { a: 1 } } }];
			const result = await rig.run(operation, parameters, { items });

			expect(errorOf(result).message).toBe(`"${label}" must be text, but is an object [item 0]`);
			expect(rig.sent()).toEqual([]);
		},
	);

	test.each([0, -1, 1.5, 'ten', null])('the limit %p is refused', async (value) => {
		for (const operation of ['guest: getAll', 'ticket: getAll'] as const) {
			const result = await rig.run(operation, { limit: VALUE }, { items: [{ json: { value } }] });

			expect(errorOf(result).message).toContain('"Limit"');
		}
		expect(rig.sent()).toEqual([]);
	});

	test.each([
		['timeout', 0, 'Timeout (Seconds)'],
		['timeout', 601, 'Timeout (Seconds)'],
		['maxWait', -1, 'Max Wait (Seconds)'],
		['maxWait', 3601, 'Max Wait (Seconds)'],
	])('the option %s = %p is refused', async (name, value, label) => {
		const result = await rig.run('guest: getCount', { options: { [name]: value } });

		expect(errorOf(result).message).toContain(`"${label}"`);
		expect(rig.sent()).toEqual([]);
	});

	test('a choice that does not exist is refused', async () => {
		const result = await rig.run(
			'guest: remove',
			{ userEmail: by('email', 'ada@example.com'), ifNotRegistered: VALUE },
			{ items: [{ json: { value: 'whatever' } }] },
		);

		expect(errorOf(result).message).toContain('"If Not Registered" must be one of: error, ignore');
		expect(rig.sent()).toEqual([]);
	});
});
