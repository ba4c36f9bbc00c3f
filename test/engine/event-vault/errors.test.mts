/** Event Vault: wrong keys, words that it should not have said, and one failed item of many. */
import { describe, expect, test } from '@jest/globals';

import { EMAIL_OF_ITEM, by, crowd, people } from '../../rig/items.mts';
import { data, errorOf, expectNotStored } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventVault from '../../vendors/event-vault.mts';
import { API_KEY, guestEmails } from './shared.mts';

const rig = useVendor(eventVault, { guests: 0 });

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
