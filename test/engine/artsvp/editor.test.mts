/** ARTSVP in the editor: lists to choose from, and the credential test. */
import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { nth } from '../../rig/records.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { startScripted } from '../../support/scripted-server.mts';
import artsvp from '../../vendors/artsvp.mts';
import { API, API_KEY, OTHER_API_KEY } from './shared.mts';

const rig = useVendor(artsvp, { guests: 150 });
type Method =
	| 'searchEvents'
	| 'searchCollections'
	| 'searchResources'
	| 'searchBookings'
	| 'searchInvites';

const search = async (
	method: Method,
	{
		parameters = {},
		...request
	}: { filter?: string; paginationToken?: string; parameters?: IDataObject } = {},
) =>
	await rig.engine.listSearch('artsvp', method, {
		credentials: rig.credentials(),
		parameters: { resource: 'invite', operation: 'create', ...parameters },
		...request,
	});
const names = (found: { results: Array<{ name: string }> }) =>
	found.results.map(({ name }) => name);

describe('the list of events', () => {
	test('shows names and references, sorted by name', async () => {
		const found = await search('searchEvents');

		expect(rig.calls()).toEqual(['GET /events']);
		expect(names(found)).toEqual([
			'Curator Talk, Curator Talk (5)',
			'Gallery Opening, Gallery Opening (6)',
			'Private View, Private View (3)',
			'Studio Visit, Studio Visit (4)',
			'Summer Party, Summer Party (1)',
			'Winter Party, Winter Party (2)',
		]);
		expect(found.results.at(4)?.value).toBe(nth(rig.state.events.all()).id);
		expect(found.paginationToken).toBeUndefined();
	});

	test.each([
		['PARTY', 2],
		[' summer ', 1],
		['eve-', 6],
		['nothing', 0],
	])('finds %p', async (filter, count) => {
		expect((await search('searchEvents', { filter })).results).toHaveLength(count);
	});

	test('is paged, with each event once', async () => {
		for (let n = 0; n < 200; n++) rig.state.addEvent(`Event ${n}`);
		const one = await search('searchEvents');
		const two = await search('searchEvents', { paginationToken: String(one.paginationToken) });
		const three = await search('searchEvents', { paginationToken: String(two.paginationToken) });
		const values = [one, two, three].flatMap(({ results }) => results.map(({ value }) => value));

		expect(new Set(values).size).toBe(206);
		expect(three.paginationToken).toBeUndefined();
	});
});

describe('the list of collections', () => {
	test('shows names and codes', async () => {
		const collections = rig.state.collections.all();

		expect(names(await search('searchCollections'))).toEqual(
			collections.map(({ name, code }) => `${name}, ${code}`).sort(),
		);
		expect(rig.calls()).toEqual(['GET /collections']);
	});
});

describe('the list of what a guest can be invited to', () => {
	test.each([
		['event', 'GET /events', 6],
		['collection', 'GET /collections', 3],
	])('follows Invite To: %s', async (resourceType, call, count) => {
		const { results } = await search('searchResources', { parameters: { resourceType } });

		expect(rig.calls()).toEqual([call]);
		expect(results).toHaveLength(count);
	});

	test('shows events by default', async () => {
		await search('searchResources');

		expect(rig.calls()).toEqual(['GET /events']);
	});
});

type Named = () => Array<{ id: string; name: string; email: string }>;
const LONG: Array<[Method, string, Named]> = [
	['searchBookings', '/bookings', () => rig.state.bookings()],
	['searchInvites', '/invites', () => rig.state.invites()],
];

describe.each(LONG)('%s', (method, path, stored) => {
	test('shows one page at a time, newest first, and continues from there', async () => {
		const one = await search(method);
		const two = await search(method, { paginationToken: String(one.paginationToken) });

		expect([...one.results, ...two.results].map(({ value }) => value)).toEqual(
			stored()
				.reverse()
				.map(({ id }) => id),
		);
		expect(rig.sent(path).map(({ query }) => query)).toEqual([
			{ limit: '99' },
			{ limit: '99', starting_after: one.results.at(-1)?.value },
		]);
		expect(two.paginationToken).toBeUndefined();
	});

	test('shows people by name', async () => {
		const [record] = stored().reverse();

		expect(names(await search(method))[0]).toContain(`${record?.name}, ${record?.email}`);
	});

	test('sends a complete email to ARTSVP as a filter', async () => {
		const record = nth(stored());
		const found = await search(method, { filter: ` ${record.email} ` });

		expect(rig.sent()[0]?.query).toEqual({ limit: '99', email: record.email });
		expect(found.results.map(({ value }) => value)).toEqual([record.id]);
	});

	test('searches the page for part of a name', async () => {
		const record = nth(stored().reverse());
		const found = await search(method, { filter: record.name.toUpperCase() });

		expect(rig.sent()[0]?.query).toEqual({ limit: '99' });
		expect(found.results.map(({ value }) => value)).toContain(record.id);
	});
});

test('an unreadable list explains why', async () => {
	rig.fault({ do: { kind: 'status', status: 401, body: '' } });

	await expect(search('searchEvents')).rejects.toMatchObject({
		message: 'The API key provided is invalid.',
		description: expect.stringContaining('"Bearer Prefix"'),
	});
});

test('the drop-down of events shows names and returns IDs', async () => {
	const events = rig.state.events.all();
	const options = await rig.engine.loadOptions('artsvp', 'getEvents', {
		credentials: rig.credentials(),
		parameters: { resource: 'booking', operation: 'getAll' },
	});

	expect(options).toEqual(
		events
			.map(({ id, name }) => ({ name, value: id }))
			.sort((a, b) => a.name.localeCompare(b.name)),
	);
});

describe('the credential test', () => {
	const testWith = async (changes: ICredentialDataDecryptedObject = {}) =>
		await rig.engine.testCredential('artsvpApi', rig.credential(changes));

	test('succeeds with one cheap request', async () => {
		expect(await testWith()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(rig.calls()).toEqual(['GET /bookings']);
		expect(rig.sent()[0]).toMatchObject({
			query: { limit: '1' },
			headers: { authorization: API_KEY },
		});
	});

	test.each([[{ apiKey: ` ${API_KEY} ` }], [{ apiKey: OTHER_API_KEY }], [{ bearerPrefix: true }]])(
		'succeeds with %j',
		async (changes) => {
			expect(await testWith(changes)).toMatchObject({ status: 'OK' });
		},
	);

	test('succeeds with spaces and slashes around the URL', async () => {
		const baseUrl = ` ${rig.server.url}${API}// `;

		expect(await testWith({ baseUrl })).toMatchObject({ status: 'OK' });
	});

	test('adds Bearer if the vendor requires it', async () => {
		rig.state.authorization = 'bearer';

		expect(await testWith()).toMatchObject({ status: 'Error' });
		expect(await testWith({ bearerPrefix: true })).toMatchObject({ status: 'OK' });
	});

	test.each([
		[401, 'switch "Bearer Prefix"'],
		[403, 'administrators'],
		[404, '"Base URL"'],
	])('fails with %d and says what to do', async (status, advice) => {
		rig.fault({ when: { every: 1 }, do: { kind: 'status', status, body: '' } });
		const result = await testWith();

		expect(result.status).toBe('Error');
		expect(result.message).toContain(advice);
	});

	test.each([429, 500, 503])('fails with %d', async (status) => {
		rig.fault({ when: { every: 1 }, do: { kind: 'status', status, body: '' } });

		expect(await testWith()).toMatchObject({ status: 'Error' });
	});

	test('fails with a wrong key', async () => {
		expect(await testWith({ apiKey: 'wrong' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('does not accept this API Key'),
		});
	});

	test('does not send the key to a redirect target', async () => {
		const target = await startScripted(() => ({ status: 200, body: '{"data":[]}' }));
		const location = `${target.url}/bookings`;
		rig.fault({ do: { kind: 'status', status: 302, body: '', headers: { location } } });
		const result = await testWith();
		const { length } = target.seen;
		await target.close();

		expect(length).toBe(0);
		expect(result.status).toBe('Error');
	});
});
