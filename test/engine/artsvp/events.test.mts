/** ARTSVP, Event and Collection: what each operation sends and outputs. */
import { describe, expect, test } from '@jest/globals';

import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { startScripted } from '../../support/scripted-server.mts';
import artsvp from '../../vendors/artsvp.mts';

const rig = useVendor(artsvp);

describe('event: get', () => {
	test.each(['list', 'id'])('reads one event chosen in mode %s', async (mode) => {
		const event = nth(rig.state.events.all());
		const result = await rig.run('event: get', { eventId: by(mode, event.id) });

		expect(rig.calls()).toEqual([`GET /events/${event.id}`]);
		expect(result.items).toEqual([
			{
				json: {
					id: event.id,
					code: event.code,
					name: 'Summer Party',
					reference: 'Summer Party (1)',
					timeZone: 'Europe/London',
					startTime: '2023-05-18T10:00:00.000+01:00',
					endTime: '2023-05-18T17:00:00.000+01:00',
					locationName: 'Gallery ABC',
					locationAddress: '123 Artists Way',
					publicUrl: `https://artsvp.com/${event.code}`,
					resourceTags: ['vip', 'art_fair'],
					createdAt: event.created_at,
					updatedAt: event.updated_at,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('outputs the raw record without Simplify', async () => {
		const event = nth(rig.state.events.all());
		const result = await rig.run('event: get', { eventId: by('id', event.id), simplify: false });

		expect(data(result)).toEqual([event]);
	});

	test('reads the ID from its own item and keeps the order', async () => {
		const ids = rig.state.events.all().map(({ id }) => id);
		rig.fault({ when: { nth: 1 }, do: { kind: 'slow', ms: 60 } });
		const result = await rig.run(
			'event: get',
			{ eventId: by('id', '={{ $json.id }}') },
			{ items: ids.map((id) => ({ json: { id } })) },
		);

		expect(data(result).map(({ id }) => id)).toEqual(ids);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			ids.map((_, item) => ({ item })),
		);
	});
});

describe('collection: get', () => {
	test.each(['list', 'id'])('reads one collection chosen in mode %s', async (mode) => {
		const collection = nth(rig.state.collections.all());
		const result = await rig.run('collection: get', { collectionId: by(mode, collection.id) });

		// The plural path; the singular one in the vendor's sample is a mistake.
		expect(rig.calls()).toEqual([`GET /collections/${collection.id}`]);
		expect(data(result)).toEqual([
			{
				id: collection.id,
				code: collection.code,
				name: 'VIP program',
				publicUrl: `https://artsvp.com/${collection.code}`,
				resourceTags: ['vip'],
				createdAt: collection.created_at,
				updatedAt: collection.updated_at,
			},
		]);
	});

	test('outputs the raw record without Simplify', async () => {
		const collection = nth(rig.state.collections.all());
		const result = await rig.run('collection: get', {
			collectionId: by('id', collection.id),
			simplify: false,
		});

		expect(data(result)).toEqual([collection]);
	});
});

const LISTS = [
	['event: getAll', '/events', 'events'],
	['collection: getAll', '/collections', 'collections'],
] as const;

describe.each(LISTS)('%s', (operation, path, kind) => {
	const all = () => rig.state[kind].all();

	test.each([1, 2, 3])('returns at most the first %d, without sending a limit', async (limit) => {
		const result = await rig.run(operation, { limit });

		expect(rig.calls()).toEqual([`GET ${path}`]);
		expect(rig.sent()[0]?.query).toEqual({});
		expect(data(result).map(({ id }) => id)).toEqual(
			all()
				.slice(0, limit)
				.map(({ id }) => id),
		);
	});

	test('returns all of them, raw, on request', async () => {
		for (let n = 0; n < 60; n++) {
			if (kind === 'events') rig.state.addEvent(`Event ${n}`);
			else rig.state.addCollection(`Collection ${n}`);
		}

		expect(data(await rig.run(operation, { returnAll: true, simplify: false }))).toEqual(all());
		expect(data(await rig.run(operation))).toHaveLength(50);
	});

	test('is read once for all items of a run', async () => {
		const items = [{ json: {} }, { json: {} }, { json: {} }];
		const result = await rig.run(operation, { limit: 2 }, { items });

		expect(rig.calls()).toEqual([`GET ${path}`]);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 0, 1, 1, 2, 2].map((item) => ({ item })),
		);
	});

	test('follows has_more, although the document does not mention it here', async () => {
		const record = kind.slice(0, -1);
		const server = await startScripted((index) => ({
			status: 200,
			body: JSON.stringify({
				object: 'list',
				data: [{ id: `id-${index}` }],
				has_more: index < 2,
				[`last_${record}_id`]: `id-${index}`,
			}),
		}));
		const result = await rig.run(
			operation,
			{ returnAll: true },
			{ credentials: rig.credentials({ baseUrl: server.url }) },
		);
		await server.close();

		expect(data(result).map(({ id }) => id)).toEqual(['id-0', 'id-1', 'id-2']);
		expect(server.seen.map(({ url }) => url)).toEqual([
			path,
			`${path}?starting_after=id-0`,
			`${path}?starting_after=id-1`,
		]);
	});

	test('reports an unexpected response by name', async () => {
		rig.fault({ do: { kind: 'wrongJson', body: { data: [{ id: 'x' }, { name: 'no id' }] } } });

		expect(errorOf(await rig.run(operation)).message).toBe(
			`ARTSVP answered with a JSON object with "data" instead of a list of ${kind} [item 0]`,
		);
	});
});
