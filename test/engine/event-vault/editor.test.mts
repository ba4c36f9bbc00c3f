/** Event Vault in the editor: lists to choose from, and the credential test. */
import { describe, expect, test } from '@jest/globals';

import { useVendor } from '../../rig/useVendor.mts';
import { startScripted } from '../../support/scripted-server.mts';
import eventVault from '../../vendors/event-vault.mts';
import { API_KEY, EVENT, OTHER_EVENT } from './shared.mts';

const rig = useVendor(eventVault, { guests: 0 });
const event = (id: string = EVENT) => rig.state.event(id);
const search = async (
	method: 'searchGuests' | 'searchTicketTypes',
	request: { filter?: string; paginationToken?: string; options?: { eventId: string } } = {},
) => {
	const { options, ...rest } = request;
	return await rig.engine.listSearch('eventVault', method, {
		credentials: rig.credentials(),
		parameters: { resource: 'ticket', operation: 'upsert', ...(options ? { options } : {}) },
		...rest,
	});
};

describe('the list of guests', () => {
	test('shows names and email addresses, sorted by name', async () => {
		event().addGuest({ userEmail: 'zoe@example.com', name: 'Zoe' });
		event().addGuest({ userEmail: 'ada@example.com', name: 'Ada Lovelace' });
		event().addGuest({ userEmail: 'mo@example.com' });

		expect(await search('searchGuests')).toEqual({
			results: [
				{ name: 'Ada Lovelace (ada@example.com)', value: 'ada@example.com' },
				{ name: 'mo@example.com', value: 'mo@example.com' },
				{ name: 'Zoe (zoe@example.com)', value: 'zoe@example.com' },
			],
		});
		expect(rig.sent().map(({ path }) => path)).toEqual(['/getGuests']);
	});

	test.each([
		['LOVELACE', ['ada@example.com']],
		['zoe@', ['zoe@example.com']],
		[' example.com ', ['ada@example.com', 'zoe@example.com']],
		['nobody', []],
	])('finds %p', async (filter, found) => {
		event().addGuest({ userEmail: 'zoe@example.com', name: 'Zoe' });
		event().addGuest({ userEmail: 'ada@example.com', name: 'Ada Lovelace' });
		const { results } = await search('searchGuests', { filter });

		expect(results.map(({ value }) => value)).toEqual(found);
	});

	test('is paged, with each guest once', async () => {
		for (let n = 1; n <= 250; n++) event().addGuest({ userEmail: `guest-${n}@example.com` });
		const seen: unknown[] = [];
		const sizes: number[] = [];
		let paginationToken: string | undefined;
		do {
			const page = await search('searchGuests', paginationToken ? { paginationToken } : {});
			sizes.push(page.results.length);
			seen.push(...page.results.map(({ value }) => value));
			paginationToken =
				page.paginationToken === undefined ? undefined : String(page.paginationToken);
		} while (paginationToken);

		expect(sizes).toEqual([100, 100, 50]);
		expect(new Set(seen).size).toBe(250);
	});

	test('keeps the filter across pages', async () => {
		for (let n = 1; n <= 150; n++) event().addGuest({ userEmail: `guest-${n}@example.com` });
		for (let n = 1; n <= 150; n++) event().addGuest({ userEmail: `other-${n}@example.com` });
		const second = await search('searchGuests', { filter: 'other', paginationToken: '100' });

		expect(second.results).toHaveLength(50);
		expect(second.results.every(({ value }) => String(value).startsWith('other'))).toBe(true);
		expect(second.paginationToken).toBeUndefined();
	});

	test('belongs to the event chosen in the node', async () => {
		const { results } = await search('searchGuests', { options: { eventId: OTHER_EVENT } });

		expect(rig.sent()[0]?.headers['x-event-id']).toBe(OTHER_EVENT);
		expect(results).toHaveLength(3);
	});

	test('works with a clock that is off', async () => {
		rig.server.clock.skewMs = 600_000;
		event().addGuest({ userEmail: 'ada@example.com' });

		expect((await search('searchGuests')).results).toHaveLength(1);
	});

	test('explains why it cannot be read', async () => {
		rig.fault({ do: { kind: 'status', status: 403, body: 'Invalid API key.' } });

		await expect(search('searchGuests')).rejects.toMatchObject({
			message: 'Invalid API key.',
			description: expect.stringContaining('"API Key"'),
		});
	});
});

describe('the list of ticket types', () => {
	test('shows each type in use once, sorted by name', async () => {
		event().putTicket('a@example.com', 'VIP');
		event().putTicket('b@example.com', 'VIP');
		event().putTicket('b@example.com', 'ENTRY');

		expect(await search('searchTicketTypes')).toEqual({
			results: [
				{ name: 'ENTRY', value: 'ENTRY' },
				{ name: 'VIP', value: 'VIP' },
			],
		});
		expect((await search('searchTicketTypes', { filter: 'vi' })).results).toEqual([
			{ name: 'VIP', value: 'VIP' },
		]);
	});

	test('is empty without tickets', async () => {
		expect(await search('searchTicketTypes')).toEqual({ results: [] });
	});
});

describe('the credential test', () => {
	const testWith = async (changes: Record<string, string> = {}) =>
		await rig.engine.testCredential('eventVaultApi', rig.credential(changes));

	test('succeeds with one cheap request', async () => {
		expect(await testWith()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(rig.sent().map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /getGuestCount',
		]);
		expect(rig.server.refused).toEqual([]);
	});

	test('succeeds with extra spaces and a trailing slash', async () => {
		const changes = { baseUrl: ` ${rig.server.url}/ `, apiKey: ` ${API_KEY} ` };

		expect(await testWith(changes)).toMatchObject({ status: 'OK' });
	});

	test.each([
		[{ apiKey: 'wrong' }, 'does not accept this API Key'],
		[{ clientId: 'wrong' }, 'does not know this Client ID'],
		[{ eventId: 'wrong' }, 'no event with this Event ID'],
		[{ apiKey: '' }, 'fill in API Key, Client ID and Event ID'],
	])('fails with %j', async (changes, advice) => {
		const { status, message } = await testWith(changes);

		expect(status).toBe('Error');
		expect(message).toContain(advice);
	});

	test('fails with a clock that is off', async () => {
		rig.server.clock.skewMs = -600_000;

		expect(await testWith()).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('clock'),
		});
	});

	test.each([500, 502])('fails with %d', async (status) => {
		rig.fault({ do: { kind: 'status', status } });

		expect(await testWith()).toMatchObject({ status: 'Error' });
	});

	test('fails when nothing listens', async () => {
		const server = await startScripted(() => ({ status: 200 }));
		await server.close();

		expect(await testWith({ baseUrl: server.url })).toEqual({
			status: 'Error',
			message: 'ECONNREFUSED',
		});
	});

	test('does not send the keys to a redirect target', async () => {
		const target = await startScripted(() => ({ status: 200, body: '{"guestCount":1}' }));
		const location = `${target.url}/getGuestCount`;
		rig.fault({ do: { kind: 'status', status: 302, body: '', headers: { location } } });
		const result = await testWith();
		const keys = target.seen.map(({ headers }) => headers['x-api-key']);
		await target.close();

		expect(keys).toEqual([]);
		expect(result.status).toBe('Error');
	});
});
