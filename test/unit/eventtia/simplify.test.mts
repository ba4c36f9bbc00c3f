/** Eventtia: records as flat records; people have the property names that all vendors share. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import {
	Included,
	readListDocument,
	type EventtiaRecord,
} from '../../../nodes/Eventtia/jsonApi/documents.ts';
import { readAttendeeTypes } from '../../../nodes/Eventtia/customFields/labels.ts';
import {
	camelCaseKeys,
	toIsoTimes,
	simplifyRecord,
	simplifyTicketStat,
	toSlots,
	type Lookups,
} from '../../../nodes/Eventtia/simplify.ts';

const FIELD = 'attendee_type_custom_fields';
const PAGE = readListDocument({
	data: [
		{
			id: '10',
			type: 'attendee_types',
			attributes: { name: 'VIP' },
			relationships: {
				[FIELD]: { data: ['1', '2', '3', '4', '5'].map((id) => ({ id, type: FIELD })) },
			},
		},
	],
	included: [
		['1', 'first_name', true],
		['2', 'last_name', true],
		['3', 'email', true],
		['4', 'Diet', false],
		['5', '__proto__', false],
	].map(([id, name, isDefault]) => ({ id, type: FIELD, attributes: { name, default: isDefault } })),
});
const LOOKUPS: Lookups = {
	attendeeTypes: readAttendeeTypes(PAGE === undefined ? [] : [PAGE]),
	eventFields: new Map([['7', 'Hall']]),
	questions: new Map([['8', 'How?']]),
	zone: 'Europe/Vienna',
};
const NO_LOOKUPS: Lookups = {
	attendeeTypes: undefined,
	eventFields: new Map(),
	questions: new Map(),
	zone: undefined,
};

function simplify(record: Partial<EventtiaRecord>, lookups = LOOKUPS, included: unknown[] = []) {
	return simplifyRecord(
		{ id: '1', type: 'x', ...record },
		{ lookups, included: new Included(included) },
	);
}

function attendee(attributes: IDataObject, lookups = LOOKUPS): IDataObject {
	return simplify(
		{
			type: 'attendees',
			attributes,
			relationships: { attendee_type: { data: { id: '10', type: 'attendee_types' } } },
		},
		lookups,
	);
}

describe('an attendee', () => {
	const ADA = { '1': 'Ada', '2': 'Lovelace', '3': 'ada@example.com', '4': 'Vegan', '5': 'p' };

	test('has the properties that all vendors share, then those of Eventtia', () => {
		const flat = attendee({
			uuid: 'a1b2c3',
			fields: ADA,
			status: 'confirmed',
			paid: true,
			checked_in: true,
			checked_in_date: '2026-03-13T15:04:56-05:00',
			created_at: '2026-02-07T16:48:37.000Z',
			updated_at: '2026-02-08T16:48:37.000Z',
			qr_code: 'a1b2c3|Ada',
		});

		expect(flat).toEqual({
			id: '1',
			externalId: 'a1b2c3',
			email: 'ada@example.com',
			name: 'Ada Lovelace',
			firstName: 'Ada',
			lastName: 'Lovelace',
			company: null,
			jobTitle: null,
			phone: null,
			ticketType: 'VIP',
			status: 'confirmed',
			statusGroup: 'checked_in',
			checkedIn: true,
			checkedInAt: '2026-03-13T15:04:56-05:00',
			createdAt: '2026-02-07T16:48:37.000Z',
			updatedAt: '2026-02-08T16:48:37.000Z',
			alternativeEmail: null,
			birthdate: null,
			timezone: null,
			cityId: null,
			customFields: expect.objectContaining({ Diet: 'Vegan' }),
			paid: true,
			qrCode: 'a1b2c3|Ada',
			attendeeTypeId: '10',
		});
		expect(JSON.stringify(flat.customFields)).toBe('{"Diet":"Vegan","__proto__":"p"}');
	});

	test.each([[{}], [{ fields: null, status: null, checked_in: null }], [{ fields: [] }]])(
		'with %j keeps its shape',
		(attributes) => {
			const flat = attendee(attributes);

			expect(Object.keys(flat)).toEqual(
				expect.arrayContaining(Object.keys(attendee({ fields: ADA }))),
			);
			expect(flat).toMatchObject({
				name: null,
				email: null,
				checkedIn: false,
				statusGroup: 'unknown',
				customFields: {},
			});
		},
	);

	test('keeps ids without labels', () => {
		expect(attendee({ fields: { '4': 'Vegan' } }, NO_LOOKUPS)).toMatchObject({
			customFields: { '4': 'Vegan' },
			ticketType: null,
		});
	});

	test.each([
		[{ '1': 'Ada', '2': '' }, 'Ada'],
		[{ '1': null, '2': 'Lovelace' }, 'Lovelace'],
		[{ '1': '', '2': '' }, null],
	])('with the fields %j has the name %j', (fields, name) => {
		expect(attendee({ fields }).name).toBe(name);
	});

	test.each([
		['confirmed', 'registered'],
		['pending', 'pending'],
		['unconfirmed', 'pending'],
		['waiting_list', 'waitlisted'],
		['rejected', 'rejected'],
		['declined', 'declined'],
		['cancelled', 'cancelled'],
		['canceled', 'cancelled'],
		['archived', 'deleted'],
		['on_hold', 'unknown'],
		['constructor', 'unknown'],
	])('of status %s is in the group %s', (status, statusGroup) => {
		expect(attendee({ status })).toMatchObject({ status, statusGroup, checkedIn: false });
	});
});

describe('a guest', () => {
	const guest = (attendeeId: string | null) =>
		simplify({
			type: 'guests',
			attributes: { first_name: 'Ada', last_name: null, email: 'a@example.com', import_id: 5 },
			relationships: {
				attendee: { data: attendeeId === null ? null : { id: attendeeId, type: 'attendees' } },
				attendee_type: { data: { id: '10', type: 'attendee_types' } },
			},
		});

	test('is invited until there is an attendee', () => {
		expect(guest(null)).toMatchObject({ statusGroup: 'invited', attendeeId: null });
		expect(guest('9')).toMatchObject({ statusGroup: 'registered', attendeeId: '9' });
		expect(guest('9')).toMatchObject({ name: 'Ada', externalId: 5, ticketType: 'VIP' });
	});
});

describe('records that refer to each other', () => {
	test('are joined once, without recursion', () => {
		const speaker = {
			id: '5',
			type: 'speakers',
			attributes: { full_name: 'Ada' },
			relationships: { workshops: { data: [{ id: '1', type: 'workshops' }] } },
		};
		const talk = {
			id: '1',
			type: 'workshops',
			attributes: { name: 'Talk' },
			relationships: { speakers: { data: [{ id: '5', type: 'speakers' }] } },
		};
		const flat = simplify(talk, LOOKUPS, [speaker, talk]);

		expect(JSON.stringify(flat)).toContain('"fullName":"Ada"');
		expect(JSON.stringify(flat).length).toBeLessThan(400);
	});
});

describe('labels replace ids in', () => {
	test('prices and visibility of an activity', () => {
		expect(
			simplify({
				type: 'workshops',
				attributes: { price: { '10': 5, '99': 1 }, show_for_attendee_type: { '10': 'true' } },
			}),
		).toEqual({ id: '1', price: { VIP: 5, '99': 1 }, showForAttendeeType: { VIP: 'true' } });
	});

	test('the fields of an event, in either place', () => {
		expect(simplify({ type: 'events', attributes: { fields: { '7': 'B' } } })).toEqual({
			id: '1',
			customFields: { Hall: 'B' },
		});
		expect(simplify({ type: 'events', attributes: { custom_fields_data: { '7': 'B' } } })).toEqual({
			id: '1',
			customFields: { Hall: 'B' },
		});
		expect(simplify({ type: 'events', attributes: { name: 'X' } })).toEqual({ id: '1', name: 'X' });
	});

	test('the answers to a survey', () => {
		expect(simplify({ type: 'survey_answers', attributes: { values: { '8': ['Good'] } } })).toEqual(
			{
				id: '1',
				answers: { 'How?': ['Good'] },
			},
		);
	});
});

test.each([
	[
		{ total_amount: '1.50', vat: '0' },
		{ totalAmount: 1.5, vat: 0 },
	],
	[
		{ total_amount: null, vat: 'none' },
		{ totalAmount: null, vat: 'none' },
	],
	[{ total_amount: '' }, { totalAmount: '' }],
	[{}, {}],
])('a payment of %j', (attributes, expected) => {
	expect(simplify({ type: 'payments', attributes })).toEqual({ id: '1', ...expected });
});

test.each([
	[1, 'requested'],
	[2, 'accepted'],
	[3, 'rejected'],
	[4, 'expired'],
	[9, null],
])('a meeting of status %i is %s', (status, statusName) => {
	expect(simplify({ type: 'business_conference_meetings', attributes: { status } })).toMatchObject({
		status,
		statusName,
	});
});

describe('times of an agenda', () => {
	/** 25 October 2026, 0:30 and 1:30 UTC: the same clock time in Vienna, an hour apart. */
	const [BEFORE, AFTER] = [1_792_888_200, 1_792_891_800];

	test('have the offset of that time, and the earliest comes first', () => {
		expect(
			toSlots(
				{
					[AFTER]: [AFTER, '2026-10-25 03:00:00', 8],
					[BEFORE]: [BEFORE, '2026-10-25 03:00:00', 7],
				},
				'Europe/Vienna',
			),
		).toEqual([
			{ start: '2026-10-25T02:30:00+02:00', end: '2026-10-25T03:00:00+01:00', slotId: '7' },
			{ start: '2026-10-25T02:30:00+01:00', end: '2026-10-25T03:00:00+01:00', slotId: '8' },
		]);
	});

	test('that are invalid are unchanged', () => {
		expect(toSlots({ later: ['x', 'soon'] }, 'Europe/Vienna')).toEqual([
			{ start: 'later', end: 'soon', slotId: null },
		]);
		expect(toSlots(null, undefined)).toEqual([]);
	});

	test('have no duplicates', () => {
		expect(toIsoTimes([BEFORE, String(BEFORE), AFTER], 'utc')).toEqual([
			'2026-10-25T00:30:00Z',
			'2026-10-25T01:30:00Z',
		]);
	});
});

test.each([
	[
		{ name: 'A', used_seats: 3, seats_limit: '∞' },
		{ seatsLimit: null, availableSeats: null, unlimited: true },
	],
	[
		{ name: 'A', used_seats: 3, seats_limit: 5 },
		{ seatsLimit: 5, availableSeats: 2, unlimited: false },
	],
	[
		{ name: 'A', used_seats: 7, seats_limit: 5 },
		{ seatsLimit: 5, availableSeats: 0, unlimited: false },
	],
	[
		{ name: 'A', used_seats: null, seats_limit: null },
		{ seatsLimit: null, availableSeats: null, unlimited: false },
	],
])('the seats of %j', (stat, expected) => {
	expect(simplifyTicketStat(stat)).toMatchObject(expected);
});

test('the keys of an object that is no record are in camelCase', () => {
	expect(camelCaseKeys({ total_count: 1, items: { a_b: 2 } })).toEqual({
		totalCount: 1,
		items: { a_b: 2 },
	});
});
