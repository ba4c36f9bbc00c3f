/** ARTSVP: what the editor asks for: lists to choose from, and the test of a credential. */
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
	test('shows names and references, by name', async () => {
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

	test('comes in pages, each event once', async () => {
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
	])('shows what Invite To says: %s', async (resourceType, call, count) => {
		const { results } = await search('searchResources', { parameters: { resourceType } });

		expect(rig.calls()).toEqual([call]);
		expect(results).toHaveLength(count);
	});

	test('shows events where Invite To was left alone', async () => {
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
	test('shows one page at a time, newest first, and goes on from there', async () => {
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

	test('names people', async () => {
		const [record] = stored().reverse();

		expect(names(await search(method))[0]).toContain(`${record?.name}, ${record?.email}`);
	});

	test('asks ARTSVP for a whole email', async () => {
		const record = nth(stored());
		const found = await search(method, { filter: ` ${record.email} ` });

		expect(rig.sent()[0]?.query).toEqual({ limit: '99', email: record.email });
		expect(found.results.map(({ value }) => value)).toEqual([record.id]);
	});

	test('looks for part of a name within the page', async () => {
		const record = nth(stored().reverse());
		const found = await search(method, { filter: record.name.toUpperCase() });

		expect(rig.sent()[0]?.query).toEqual({ limit: '99' });
		expect(found.results.map(({ value }) => value)).toContain(record.id);
	});
});

test('a list that cannot be read says why', async () => {
	rig.fault({ do: { kind: 'status', status: 401, body: '' } });

	await expect(search('searchEvents')).rejects.toMatchObject({
		message: 'The API key provided is invalid.',
		description: expect.stringContaining('"Bearer Prefix"'),
	});
});

test('the drop-down of events shows names, and gives ids', async () => {
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

describe('the test of a credential', () => {
	const testWith = async (changes: ICredentialDataDecryptedObject = {}) =>
		await rig.engine.testCredential('artsvpApi', rig.credential(changes));

	test('is green with one cheap request', async () => {
		expect(await testWith()).toEqual({ status: 'OK', message: 'Connection successful!' });
		expect(rig.calls()).toEqual(['GET /bookings']);
		expect(rig.sent()[0]).toMatchObject({
			query: { limit: '1' },
			headers: { authorization: API_KEY },
		});
	});

	test.each([[{ apiKey: ` ${API_KEY} ` }], [{ apiKey: OTHER_API_KEY }], [{ bearerPrefix: true }]])(
		'is green with %j',
		async (changes) => {
			expect(await testWith(changes)).toMatchObject({ status: 'OK' });
		},
	);

	test('is green with spaces and slashes around the address', async () => {
		const baseUrl = ` ${rig.server.url}${API}// `;

		expect(await testWith({ baseUrl })).toMatchObject({ status: 'OK' });
	});

	test('writes Bearer where the vendor wants it', async () => {
		rig.state.authorization = 'bearer';

		expect(await testWith()).toMatchObject({ status: 'Error' });
		expect(await testWith({ bearerPrefix: true })).toMatchObject({ status: 'OK' });
	});

	test.each([
		[401, 'switch "Bearer Prefix"'],
		[403, 'administrators'],
		[404, '"Base URL"'],
	])('is red with %d and says what to do', async (status, told) => {
		rig.fault({ when: { every: 1 }, do: { kind: 'status', status, body: '' } });
		const result = await testWith();

		expect(result.status).toBe('Error');
		expect(result.message).toContain(told);
	});

	test.each([429, 500, 503])('is red with %d', async (status) => {
		rig.fault({ when: { every: 1 }, do: { kind: 'status', status, body: '' } });

		expect(await testWith()).toMatchObject({ status: 'Error' });
	});

	test('is red with a wrong key', async () => {
		expect(await testWith({ apiKey: 'wrong' })).toMatchObject({
			status: 'Error',
			message: expect.stringContaining('does not accept this API Key'),
		});
	});

	test('does not send the key to where the base URL redirects', async () => {
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
