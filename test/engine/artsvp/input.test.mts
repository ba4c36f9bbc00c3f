/** ARTSVP: ids and other input that people and earlier nodes may give, and how many items run at a time. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by, crowd } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { maxInFlight } from '../../support/in-flight.mts';
import artsvp from '../../vendors/artsvp.mts';

const rig = useVendor(artsvp);

/** Every operation that puts an id into a path, and the path before it. */
const BY_ID: Array<[string, string, string, IDataObject]> = [
	['event: get', 'eventId', '/events/', {}],
	['collection: get', 'collectionId', '/collections/', {}],
	['booking: get', 'bookingId', '/bookings/', {}],
	['booking: update', 'bookingId', '/bookings/', { updateFields: { name: 'Ada' } }],
	['invite: get', 'inviteId', '/invites/', {}],
	['invite: update', 'inviteId', '/invites/', { updateFields: { golden: true } }],
	['invite: delete', 'inviteId', '/invites/', {}],
];
const HOSTILE = [
	'a/b',
	'../events',
	'../../v2/keys',
	'..\\events',
	'x?limit=1',
	'x#top',
	'%2e%2e',
	'%2e%2e/events',
	'batch/../x',
	'ü 活动 🎉',
	'x\r\nHost: example.com',
	"x'; DROP",
	';a=b',
	'x'.repeat(90),
];

describe.each(BY_ID)('%s', (operation, name, path, more) => {
	test.each(HOSTILE)('keeps the id %j in its place', async (id) => {
		const result = await rig.run(
			operation,
			{ [name]: by('id', '={{ $json.id }}'), ...more },
			{ items: [{ json: { id } }] },
		);

		expect(rig.sent().map((request) => request.path)).toEqual([
			`/api/v3${path}${encodeURIComponent(id)}`,
		]);
		expect(rig.sent()[0]?.query).toEqual({});
		expect(errorOf(result)).toMatchObject({ httpCode: '404', itemIndex: 0 });
	});

	test.each(['', '  ', '.', '..', ' .. ', '\ud800', null, {}, []])(
		'sends nothing for the id %j',
		async (id) => {
			const result = await rig.run(
				operation,
				{ [name]: by('id', '={{ $json.id }}'), ...more },
				{ items: [{ json: { id } }] },
			);

			expect(result.status).toBe('error');
			expect(errorOf(result).message).toMatch(/"|ID/);
			expect(errorOf(result).itemIndex).toBe(0);
			expect(rig.sent()).toEqual([]);
		},
	);

	test('takes a number for an id', async () => {
		await rig.run(
			operation,
			{ [name]: by('id', '={{ $json.id }}'), ...more },
			{ items: [{ json: { id: 17 } }] },
		);

		expect(rig.sent()[0]?.path).toBe(`/api/v3${path}17`);
	});
});

describe('an address of an invite', () => {
	test.each([
		'https://invite.artsvp.com/..',
		'https://invite.artsvp.com/.',
		'javascript:alert(1)',
		'invite.artsvp.com/372abb',
	])('like %s sends nothing', async (url) => {
		const result = await rig.run('invite: delete', { inviteId: by('url', url) });

		expect(result.status).toBe('error');
		expect(rig.sent()).toEqual([]);
	});

	test('that holds another path leads to its last part only', async () => {
		await rig.run('invite: get', { inviteId: by('url', 'https://x.example.com/a/%2e%2e%2fb') });

		expect(rig.sent().map(({ path }) => path)).toEqual(['/api/v3/invites/%252e%252e%252fb']);
	});
});

test.each([
	['Email', { email: 7 }],
	['Email', { email: 'a b@example.com' }],
	['Name', { name: { first: 'Ada' } }],
	['Name', { name: 'x'.repeat(10_001) }],
])('"%s" that is wrong (%j) names its item, and the others are sent', async (label, bad) => {
	const items = [{ json: { name: 'A', email: 'a@example.com' } }, { json: { name: 'B', ...bad } }];
	const result = await rig.run(
		'booking: update',
		{
			bookingId: by('id', nth(rig.state.bookings()).id),
			updateFields: { email: '={{ $json.email }}', name: '={{ $json.name }}' },
		},
		{ items, continueOnFail: true },
	);

	expect(data(result)[1]?.error).toMatch(new RegExp(`^"${label}" .*\\[item 1\\]$`));
	expect(rig.sent()).toHaveLength(1);
});

describe('concurrency', () => {
	const read = async (options: IDataObject, count: number) =>
		await rig.run(
			'booking: get',
			{ bookingId: by('id', nth(rig.state.bookings()).id), options },
			{ items: crowd(count) },
		);

	test.each([
		[{}, 5, 20],
		[{ concurrency: 1 }, 1, 20],
		[{ concurrency: 12 }, 12, 24],
	])('with %j is %d items at a time', async (options, expected, count) => {
		const most = await maxInFlight(rig.server, expected, async () => await read(options, count));

		expect(rig.statuses()).toEqual(Array.from({ length: count }, () => 200));
		expect(most).toBe(expected);
	});
});

test('no items, no request', async () => {
	const result = await rig.run('event: getAll', {}, { items: [] });

	expect(result.items).toEqual([]);
	expect(rig.sent()).toEqual([]);
});
