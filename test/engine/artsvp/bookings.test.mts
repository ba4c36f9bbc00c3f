/** ARTSVP, Booking: what each operation sends and outputs. */
import { describe, expect, test } from '@jest/globals';

import { by, crowd } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import artsvp from '../../vendors/artsvp.mts';

const rig = useVendor(artsvp, { guests: 30 });
const bookings = () => rig.state.bookings();
/** As the vendor lists them. */
const newestFirst = () => bookings().reverse();
const ids = (records: ReadonlyArray<{ id?: unknown }>) => records.map(({ id }) => id);

describe('booking: get', () => {
	test.each(['list', 'id'])('reads one booking chosen in mode %s', async (mode) => {
		// The second booking was made with an invite.
		const booking = nth(bookings().slice(1));
		const result = await rig.run('booking: get', { bookingId: by(mode, booking.id) });

		expect(rig.calls()).toEqual([`GET /bookings/${booking.id}`]);
		expect(data(result)).toEqual([
			{
				id: booking.id,
				externalId: 'EXT-2',
				reference: booking.reference,
				email: booking.email,
				name: booking.name,
				size: 3,
				status: 'is_confirmed',
				statusGroup: 'registered',
				startTime: booking.start_time_utc,
				startTimeLocal: booking.start_time_local,
				url: booking.url,
				eventId: booking.event.id,
				eventCode: booking.event.code,
				eventName: 'Winter Party',
				inviteCode: booking.invite_id,
				tags: [],
				resourceTags: ['vip'],
				agreeToMailingList: true,
				createdAt: booking.created_at,
				updatedAt: booking.updated_at,
				customFields: booking.meta_data,
			},
		]);
		expect(booking.invite_id).toMatch(/^[0-9a-f]{6}$/);
	});

	test('outputs the raw record without Simplify', async () => {
		const booking = nth(rig.state.bookings());
		const result = await rig.run('booking: get', {
			bookingId: by('id', booking.id),
			simplify: false,
		});

		expect(data(result)).toEqual([booking]);
	});

	test('outputs the same fields when the vendor leaves some out', async () => {
		rig.fault({ do: { kind: 'wrongJson', body: { id: 'boo_123456789' } } });
		const result = await rig.run('booking: get', { bookingId: by('id', 'boo_123456789') });

		expect(data(result)).toEqual([
			{
				id: 'boo_123456789',
				externalId: null,
				reference: null,
				email: null,
				name: null,
				size: null,
				status: null,
				statusGroup: 'unknown',
				startTime: null,
				startTimeLocal: null,
				url: null,
				eventId: null,
				eventCode: null,
				eventName: null,
				inviteCode: null,
				tags: [],
				resourceTags: [],
				agreeToMailingList: null,
				createdAt: null,
				updatedAt: null,
				customFields: {},
			},
		]);
	});
});

describe('booking: getAll', () => {
	test('returns 50 bookings by default, and requests no more than that', async () => {
		rig.server.reset({ guests: 70 });
		const result = await rig.run('booking: getAll');

		expect(rig.sent().map(({ query }) => query)).toEqual([{ limit: '50' }]);
		expect(ids(data(result))).toEqual(ids(newestFirst().slice(0, 50)));
	});

	test('outputs raw bookings without Simplify', async () => {
		const result = await rig.run('booking: getAll', { limit: 3, simplify: false });

		expect(data(result)).toEqual(newestFirst().slice(0, 3));
	});

	test('outputs no items when nothing matches', async () => {
		const result = await rig.run('booking: getAll', { filters: { externalId: 'nobody' } });

		expect(result.status).toBe('success');
		expect(result.items).toEqual([]);
	});

	test.each([
		['is_pending', 'pending'],
		['is_waitlist', 'waitlisted'],
		['is_confirmed', 'registered'],
		['is_cancelled', 'cancelled'],
		['is_rejected', 'rejected'],
		['is_expired', 'expired'],
		['is_interested', 'pending'],
	])('filters by the status %s, sent as %s', async (status, statusGroup) => {
		const result = await rig.run('booking: getAll', { returnAll: true, filters: { status } });
		const wanted = newestFirst().filter((booking) => booking.status === status);

		expect(rig.sent()[0]?.query).toEqual({ limit: '99', status });
		expect(wanted.length).toBeGreaterThan(0);
		expect(ids(data(result))).toEqual(ids(wanted));
		expect(data(result).every((item) => item.statusGroup === statusGroup)).toBe(true);
	});

	test('passes on an unknown future status, which belongs to no group', async () => {
		const body = { data: [{ id: 'boo-1', status: 'is_teleported' }] };
		rig.fault({ do: { kind: 'wrongJson', body } });

		expect(data(await rig.run('booking: getAll'))).toMatchObject([
			{ status: 'is_teleported', statusGroup: 'unknown' },
		]);
	});

	test('does not send Any or empty filters', async () => {
		await rig.run('booking: getAll', {
			filters: {
				status: 'any',
				email: '  ',
				externalId: '',
				reference: '',
				eventIds: [],
				tags: [],
				eventResourceTags: [''],
			},
		});

		expect(rig.sent()[0]?.query).toEqual({ limit: '50' });
	});

	test('filters by several events', async () => {
		const [one, two] = rig.state.events.all().map(({ id }) => id);
		const result = await rig.run('booking: getAll', {
			returnAll: true,
			filters: { eventIds: [one, two] },
		});
		const wanted = newestFirst().filter(({ event }) => event.id === one || event.id === two);

		expect(rig.sent()[0]?.query['event_ids[]']).toEqual([one, two]);
		expect(wanted.length).toBeGreaterThan(0);
		expect(ids(data(result))).toEqual(ids(wanted));
	});

	test.each([
		['email', (booking: { email: string }) => booking.email.toUpperCase()],
		['reference', (booking: { reference: string }) => booking.reference],
		['externalId', (booking: { external_id: string }) => booking.external_id],
	] as const)('filters by %s', async (name, valueOf) => {
		const booking = nth(rig.state.bookings());
		const result = await rig.run('booking: getAll', {
			filters: { [name]: ` ${valueOf(booking)} ` },
		});

		expect(ids(data(result))).toEqual([booking.id]);
	});

	test.each([
		[['single_entry', 'artsvp']],
		['single_entry, artsvp'],
		['={{ ["single_entry", "artsvp"] }}'],
	])('sends tags as a list, given as %j', async (tags) => {
		const result = await rig.run('booking: getAll', { returnAll: true, filters: { tags } });

		expect(rig.sent()[0]?.query).toEqual({
			limit: '99',
			'tags[]': ['single_entry', 'artsvp'],
		});
		expect(ids(data(result))).toEqual(
			ids(newestFirst().filter((booking) => booking.tags.length > 0)),
		);
	});

	test('sends a single tag as a list', async () => {
		await rig.run('booking: getAll', { filters: { eventResourceTags: ['art_fair'] } });

		expect(rig.sent()[0]?.query).toEqual({
			limit: '50',
			'event_resource_tags[]': 'art_fair',
		});
	});

	test('filters by meta data, as pairs and JSON together', async () => {
		rig.state.addBooking({ metaData: { art: 'fair', seats: 2, more: true } });
		const result = await rig.run('booking: getAll', {
			filters: {
				metaData: { pairs: [{ key: ' art ', value: 'fair' }] },
				metaDataJson: '{"seats": 2}',
			},
		});

		expect(rig.sent()[0]?.query).toEqual({
			limit: '50',
			meta_data: '{"art":"fair","seats":2}',
		});
		expect(data(result)).toMatchObject([{ customFields: { art: 'fair', seats: 2, more: true } }]);
	});

	test('filters each item by its own value', async () => {
		const wanted = bookings().slice(0, 5);
		const result = await rig.run(
			'booking: getAll',
			{ filters: { email: '={{ $json.email }}' } },
			{ items: wanted.map(({ email }) => ({ json: { email } })) },
		);

		expect(ids(data(result))).toEqual(ids(wanted));
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			wanted.map((_, item) => ({ item })),
		);
	});

	test.each(['is_unknown', 'confirmed', ''])('refuses the status %p', async (status) => {
		const result = await rig.run('booking: getAll', { filters: { status } });

		expect(errorOf(result).message).toContain('"Status" must be one of');
		expect(rig.sent()).toEqual([]);
	});
});

describe('booking: update', () => {
	test('sends the filled-in fields and returns the changed booking', async () => {
		const { id, meta_data: before } = nth(rig.state.bookings());
		const result = await rig.run('booking: update', {
			bookingId: by('id', id),
			updateFields: {
				name: ' Lucy Green ',
				email: 'lucy@example.com',
				externalId: 'test123',
				metaData: { pairs: [{ key: 'door', value: 'A' }] },
				metaDataJson: '{"vip": true}',
			},
		});

		expect(rig.calls()).toEqual([`PATCH /bookings/${id}`]);
		expect(rig.sent()[0]?.body).toEqual({
			name: 'Lucy Green',
			email: 'lucy@example.com',
			external_id: 'test123',
			meta_data: { door: 'A', vip: true },
		});
		expect(data(result)).toMatchObject([
			{
				id,
				name: 'Lucy Green',
				email: 'lucy@example.com',
				externalId: 'test123',
				customFields: { ...before, door: 'A', vip: true },
			},
		]);
		expect(nth(rig.state.bookings())).toMatchObject({ name: 'Lucy Green', external_id: 'test123' });
	});

	test.each([{}, { name: '', email: '  ' }])(
		'refuses an update without changes (%j)',
		async (updateFields) => {
			const result = await rig.run('booking: update', {
				bookingId: by('id', nth(rig.state.bookings()).id),
				updateFields,
			});

			expect(errorOf(result).message).toBe('There is nothing to update [item 0]');
			expect(errorOf(result).description).toContain('"Update Fields"');
			expect(rig.sent()).toEqual([]);
		},
	);

	test('keeps the order of updates to one booking while other items continue', async () => {
		const [one, two] = bookings().map(({ id }) => id);
		const items = crowd(12).map(({ json }) => ({ json: { ...json, id: json.n % 3 ? one : two } }));
		rig.fault({ when: { nth: 1 }, do: { kind: 'slow', ms: 80 } });
		const result = await rig.run(
			'booking: update',
			{ bookingId: by('id', '={{ $json.id }}'), updateFields: { externalId: '={{ $json.n }}' } },
			{ items },
		);

		expect(data(result).map(({ externalId }) => externalId)).toEqual(
			items.map(({ json }) => String(json.n)),
		);
		expect(bookings().slice(0, 2)).toMatchObject([{ external_id: '11' }, { external_id: '12' }]);
	});
});
