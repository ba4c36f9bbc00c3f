/** InEvent's records, simplified. */
import { describe, expect, test } from '@jest/globals';

import {
	flatten,
	simplifyAttendee,
	simplifyRegistration,
} from '../../../nodes/InEvent/simplify.ts';

/** The attendee of the vendor's document. */
const ALEX = {
	id: 'att_9b21',
	email: 'alex@example.com',
	first_name: 'Alex',
	last_name: 'Chen',
	status: 'registered',
	ticket_type: 'VIP',
	custom_fields: { company: 'ExampleCo', role: 'CTO' },
	created_at: '2026-01-10T14:02:11Z',
	updated_at: '2026-02-03T09:18:44Z',
};

describe('an attendee', () => {
	test('has the field names that all vendors share', () => {
		expect(simplifyAttendee(ALEX)).toEqual({
			id: 'att_9b21',
			email: 'alex@example.com',
			name: 'Alex Chen',
			firstName: 'Alex',
			lastName: 'Chen',
			company: 'ExampleCo',
			jobTitle: 'CTO',
			phone: null,
			ticketType: 'VIP',
			status: 'registered',
			statusGroup: 'registered',
			checkedIn: false,
			createdAt: '2026-01-10T14:02:11Z',
			updatedAt: '2026-02-03T09:18:44Z',
			customFields: { company: 'ExampleCo', role: 'CTO' },
		});
	});

	test.each([{}, { custom_fields: null, status: null }, { custom_fields: ['x'] }])(
		'from %j has the same keys',
		(record) => {
			const flat = simplifyAttendee(record);

			expect(Object.keys(flat)).toEqual(Object.keys(simplifyAttendee(ALEX)));
			expect(flat).toMatchObject({ id: null, name: null, customFields: {} });
			expect(flat.checkedIn).toBe('status' in record && record.status !== undefined ? false : null);
			expect(flat.statusGroup).toBe('unknown');
		},
	);

	test.each([
		['Alex', '', 'Alex'],
		['', 'Chen', 'Chen'],
		['', '', null],
		[null, 'Chen', 'Chen'],
		[undefined, undefined, null],
	])('with the names %j and %j is called %j', (first_name, last_name, name) => {
		expect(simplifyAttendee({ first_name, last_name }).name).toBe(name);
	});

	test.each([
		['registered', 'registered', false],
		['checked_in', 'checked_in', true],
		['checked_out', 'checked_out', false],
		['cancelled', 'cancelled', false],
		['canceled', 'cancelled', false],
		['invited', 'invited', false],
		['pending', 'pending', false],
		['waitlisted', 'waitlisted', false],
		['declined', 'declined', false],
		['rejected', 'rejected', false],
		['expired', 'expired', false],
		['on_hold', 'unknown', false],
		['', 'unknown', false],
		['constructor', 'unknown', false],
	])('with the status %s has the status group %s', (status, statusGroup, checkedIn) => {
		expect(simplifyAttendee({ status })).toMatchObject({ status, statusGroup, checkedIn });
	});
});

describe('a registration', () => {
	test('has the check-in code and the links', () => {
		const links = { self: '/v1/events/evt_123/attendees/att_9b21', ticket: '/orders/ord_7712' };

		expect(
			simplifyRegistration({
				id: 'att_9b21',
				status: 'registered',
				check_in_code: 'QR_84F1A92C',
				links,
			}),
		).toEqual({
			id: 'att_9b21',
			status: 'registered',
			statusGroup: 'registered',
			checkInCode: 'QR_84F1A92C',
			selfLink: links.self,
			ticketLink: links.ticket,
		});
	});

	test('has the same keys if the response is empty', () => {
		expect(simplifyRegistration({})).toEqual({
			id: null,
			status: null,
			statusGroup: 'unknown',
			checkInCode: null,
			selfLink: null,
			ticketLink: null,
		});
	});
});

describe('a record whose fields are not documented', () => {
	test.each([
		[
			{ starts_at: 1, room: 'A' },
			{ startsAt: 1, room: 'A' },
		],
		[{ venue: { name: 'Hall', max_seats: 9 } }, { venueName: 'Hall', venueMaxSeats: 9 }],
		[{ a: { b: { c: 1 } } }, { aB: { c: 1 } }],
		[
			{ tags: ['x'], none: null },
			{ tags: ['x'], none: null },
		],
		[
			{ already_camelCase: 1, x__y_2: 2 },
			{ alreadyCamelCase: 1, xY2: 2 },
		],
		[
			{ total: { amount: 1 }, total_amount: 2 },
			{ 'total.amount': 1, totalAmount: 2 },
		],
		[
			{ total_amount: 2, total: { amount: 1 } },
			{ totalAmount: 2, 'total.amount': 1 },
		],
		[
			{ totalAmount: 2, total: { amount: 1 } },
			{ totalAmount: 2, 'total.amount': 1 },
		],
		[
			{ a: { b_c: 1 }, a_b: { c: 2 } },
			{ aBC: 1, 'a_b.c': 2 },
		],
		[{}, {}],
	])('%j', (record, flat) => {
		expect(flatten(record)).toEqual(flat);
	});

	test('does not change the prototype of the result', () => {
		const flat = flatten(JSON.parse('{"__proto__": "x", "a": {"b": 1}}'));

		expect(Object.getPrototypeOf(flat)).toBe(Object.prototype);
	});
});
