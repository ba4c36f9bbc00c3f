/**
 * The pages of the long lists, as JSON, each built once: ARTSVP's bookings by cursor (artsvp.md, "List all bookings")
 * and InEvent's attendees by number (inevent.md, "GET /v1/events/{eventId}/attendees").
 */
import { LIST_LENGTH } from './scale.mts';

const DEFAULT_PAGE_SIZE = 50;
const STATUSES = ['is_confirmed', 'is_pending', 'is_cancelled', 'is_waitlist'];

const bookingId = (index: number) =>
	`boo-46d60ac0-bd1a-4e11-a3e2-${String(index).padStart(12, '0')}`;
const indexOf = (id: string) => Number(id.slice(id.lastIndexOf('-') + 1));
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

const booking = (index: number) => ({
	id: bookingId(index),
	object: 'booking',
	reference: `C922-4EBA-${index}`,
	status: STATUSES[index % STATUSES.length],
	name: `Guest Number ${index}`,
	email: `guest${index}@example.com`,
	size: 1 + (index % 5),
	start_time_utc: '2022-01-01T13:00:00.000Z',
	start_time_local: '2022-01-01T13:00:00.000+00:00',
	url: `https://artsvp.com/bookings/${index}`,
	event_id: '836d76',
	event_name: 'Summer Fair',
	event_reference: 'Summer Fair - VIP 1',
	event_time_zone: 'Europe/London',
	invite_id: 'db8e29',
	event: {
		id: 'eve-c60d5868-c4cf-4b55-83f2-6578a5173767',
		object: 'event',
		code: 'efa400',
		name: 'Summer Party',
		reference: 'Summer Party (VIP 1)',
		time_zone: 'Europe/London',
	},
	tags: [],
	resource_tags: ['vip', 'new_user'],
	agree_to_mailing_list: index % 2 === 0,
	meta_data: { table: index % 40 },
	external_id: `ext${index}`,
	created_at: '2021-10-21T15:22:35.758Z',
	updated_at: '2021-10-21T15:33:13.889Z',
});

const attendee = (index: number) => ({
	id: `att_${index}`,
	email: `guest${index}@example.com`,
	first_name: 'Guest',
	last_name: `Number ${index}`,
	status: index % 2 === 0 ? 'registered' : 'checked_in',
	ticket_type: 'VIP',
	custom_fields: { company: `Company ${index % 500}`, role: 'CTO' },
	created_at: '2026-01-10T14:02:11Z',
	updated_at: '2026-02-03T09:18:44Z',
});

const made = new Map<string, string>();

function once(key: string, make: () => unknown): string {
	const known = made.get(key);
	if (known !== undefined) return known;
	const body = JSON.stringify(make());
	made.set(key, body);
	return body;
}

/** One booking. */
export function artsvpBooking(id: string): string {
	return JSON.stringify(booking(indexOf(id)));
}

/** One page of bookings: `limit`, `starting_after`. */
export function artsvpBookings(query: URLSearchParams): string {
	const after = query.get('starting_after');
	const start = after === null ? 0 : indexOf(after) + 1;
	const end = Math.min(start + Number(query.get('limit') ?? DEFAULT_PAGE_SIZE), LIST_LENGTH);
	return once(`bookings ${start} ${end}`, () => ({
		object: 'list',
		url: '/v3/bookings',
		has_more: end < LIST_LENGTH,
		last_booking_id: bookingId(end - 1),
		data: range(start, end).map(booking),
	}));
}

/** One page of attendees: `page`, `page_size`. */
export function inEventAttendees(query: URLSearchParams): string {
	const page = Number(query.get('page') ?? 1);
	const size = Number(query.get('page_size') ?? DEFAULT_PAGE_SIZE);
	const start = (page - 1) * size;
	const end = Math.min(start + size, LIST_LENGTH);
	return once(`attendees ${start} ${end}`, () => ({
		data: range(start, end).map(attendee),
		pagination: {
			page,
			page_size: size,
			total: LIST_LENGTH,
			next_page: end < LIST_LENGTH ? page + 1 : null,
		},
	}));
}
