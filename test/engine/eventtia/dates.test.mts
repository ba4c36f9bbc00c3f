/** Eventtia: each endpoint's own date format, in the event's time zone, including the days when the clocks change. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by } from '../../rig/items.mts';
import { existing } from '../../rig/records.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { EVENT, EVENTS, VIENNA } from './shared.mts';

const rig = useVendor(eventtia, { guests: 3 });
const inVienna = { eventUri: by('list', VIENNA) };
const viennaActivities = `${EVENTS}/${VIENNA}/workshops`;

/** Creates an activity in Vienna and returns what was sent, and when it starts. */
async function startingAt(startDate: unknown) {
	const result = await rig.run('activity: create', {
		...inVienna,
		name: 'Talk',
		startDate: startDate as string,
		endDate: '2027-12-31T00:00:00Z',
	});
	const [request] = rig.sent(viennaActivities);
	return { result, sent: Object(request?.body).start_date };
}

describe('the start of an activity in Vienna', () => {
	test.each([
		// Without an offset: local time in Vienna.
		['2026-10-24T20:00:00', '24/10/2026 - 20:00:00', '2026-10-24T18:00:00Z'],
		['2026-10-24', '24/10/2026 - 00:00:00', '2026-10-23T22:00:00Z'],
		// With an offset: the same instant, as local time in Vienna.
		['2026-10-24T20:00:00Z', '24/10/2026 - 22:00:00', '2026-10-24T20:00:00Z'],
		['2026-10-24T20:00:00-06:00', '25/10/2026 - 03:00:00', '2026-10-25T02:00:00Z'],
		['2026-12-01T23:30:00+00:00', '02/12/2026 - 00:30:00', '2026-12-01T23:30:00Z'],
		// The clocks go forward on 28 March 2027 at 2:00, and back on 25 October 2026 at 3:00.
		['2027-03-28T01:59:59', '28/03/2027 - 01:59:59', '2027-03-28T00:59:59Z'],
		['2027-03-28T03:00:00', '28/03/2027 - 03:00:00', '2027-03-28T01:00:00Z'],
		['2027-03-28T01:30:00Z', '28/03/2027 - 03:30:00', '2027-03-28T01:30:00Z'],
		['2026-10-25T01:59:00', '25/10/2026 - 01:59:00', '2026-10-24T23:59:00Z'],
		['2026-10-25T03:00:00', '25/10/2026 - 03:00:00', '2026-10-25T02:00:00Z'],
	])('sends %s as %s', async (given, expected, moment) => {
		const { result, sent } = await startingAt(given);

		expect(sent).toBe(expected);
		expect(Date.parse(String(only(result).startDate))).toBe(Date.parse(moment));
	});

	test('takes the first occurrence of an hour that occurs twice', async () => {
		const { sent } = await startingAt('2026-10-25T02:30:00');

		expect(sent).toBe('25/10/2026 - 02:30:00');
	});

	test.each(['2027-03-28T02:00:00', '2027-03-28T02:59:59'])(
		'refuses %s, which the clocks skip',
		async (skipped) => {
			const { result, sent } = await startingAt(skipped);

			expect(errorOf(result).message).toContain(
				'"Start Date" does not exist in Europe/Vienna: the clocks skip that hour',
			);
			expect(sent).toBeUndefined();
		},
	);

	test('accepts a DateTime from an expression', async () => {
		const { sent } = await startingAt(
			'={{ DateTime.fromISO("2026-10-24T08:00:00", { zone: "America/New_York" }) }}',
		);

		expect(sent).toBe('24/10/2026 - 14:00:00');
	});

	test.each(['soon', '2026-13-01', '2026-10-24 20:00', '24/10/2026 - 20:00:00'])(
		'refuses %s',
		async (given) => {
			const { result, sent } = await startingAt(given);

			expect(errorOf(result).message).toContain('"Start Date" is not a date and time');
			expect(sent).toBeUndefined();
		},
	);

	test('reads the zone once, and only if a date is given', async () => {
		const zone = `${EVENTS}/${VIENNA}`;
		const [activity] = rig.state.event(VIENNA).activities.activities.keys();
		await rig.run('activity: update', {
			...inVienna,
			workshopId: by('id', String(activity)),
			updateFields: { name: 'New', startDate: '' },
		});

		expect(rig.sent(zone)).toEqual([]);
		await rig.run(
			'activity: create',
			{
				...inVienna,
				name: '={{ "Talk " + $json.n }}',
				startDate: '2026-10-24',
				endDate: '2026-10-25',
			},
			{ items: [1, 2, 3, 4, 5, 6].map((n) => ({ json: { n } })) },
		);
		expect(rig.sent(zone)).toHaveLength(1);
	});
});

describe('events', () => {
	test('an update uses the event’s zone', async () => {
		await rig.run('event: update', {
			...inVienna,
			updateFields: { startDate: '2026-10-24T09:00:00', endDate: '2026-10-26T16:00:00Z' },
		});

		expect(rig.sent(`${EVENTS}/${VIENNA}`).at(-1)?.body).toEqual({
			start_date: '24/10/2026 - 09:00:00',
			end_date: '26/10/2026 - 17:00:00',
		});
	});

	test('a new event uses the zone that it gets', async () => {
		await rig.run('event: create', {
			name: 'Tokyo',
			startDate: '2026-11-02T09:00:00',
			endDate: '2026-11-02T09:00:00Z',
			additionalFields: { virtualTimezone: 'Asia/Tokyo' },
		});

		expect(rig.sent(EVENTS)[0]?.body).toMatchObject({
			start_date: '02/11/2026 - 09:00:00',
			end_date: '02/11/2026 - 18:00:00',
		});
	});
});

describe('filters', () => {
	test('of attendees: local time of the event, without an offset', async () => {
		await rig.run('attendee: getAll', {
			...inVienna,
			filters: {
				createdDateTime: '2026-07-01T10:00:00Z',
				updatedDateTime: '2026-07-01T10:00:00',
			},
		});

		expect(rig.sent(`${EVENTS}/${VIENNA}/attendees`)[0]?.query).toMatchObject({
			created_date_time: '2026-07-01T12:00:00',
			updated_date_time: '2026-07-01T10:00:00',
		});
	});

	test('of activities: a day as written, and local time of the event', async () => {
		await rig.run('activity: getAll', {
			...inVienna,
			filters: { date: '2026-10-25T00:00:00-11:00', updatedDateTime: '2026-10-25T00:30:00Z' },
		});

		expect(rig.sent(viennaActivities)[0]?.query).toMatchObject({
			date: '2026-10-25',
			updated_date_time: '2026-10-25T02:30:00',
		});
	});

	test('"updated since": with milliseconds and the event’s offset', async () => {
		await rig.run('businessConference: getAll', {
			...inVienna,
			filters: { updatedSince: '2026-07-01T10:00:00Z' },
		});

		expect(rig.sent(`${EVENTS}/${VIENNA}/business_conferences`)[0]?.query).toMatchObject({
			updated_since: '2026-07-01T12:00:00.000+02:00',
		});
	});

	test('of payments: minutes in local time of the event', async () => {
		await rig.run('payment: getAll', {
			...inVienna,
			filters: { startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2026-07-01T00:00:00Z' },
		});

		expect(rig.sent(`${EVENTS}/${VIENNA}/attendee-payments`)[0]?.query).toMatchObject({
			start_date_time: '2026-01-01 01:00',
			end_date_time: '2026-07-01 02:00',
		});
	});
});

describe('unavailable hours', () => {
	test('minutes, day before month, in local time of the event', async () => {
		const { networking } = rig.state.event(VIENNA);
		const conference = existing(Array.from(networking.conferences.values())[0]);
		const type = existing(Array.from(conference.types.values())[0]);
		const result = await rig.run('unavailableHour: create', {
			...inVienna,
			businessConferenceId: by('id', conference.id),
			participantTypeId: by('id', type.id),
			startDate: '2026-10-24T22:00:00Z',
			endDate: '2026-10-25T02:30:00',
		});

		expect(result.error).toBeUndefined();
		expect(rig.sent().find(({ method }) => method === 'POST')?.query).toMatchObject({
			start_date: '25/10/2026 - 00:00',
			end_date: '25/10/2026 - 02:30',
		});
	});
});

describe('custom date fields', () => {
	const arrival = (given: unknown): IDataObject => ({
		eventUri: EVENT,
		attendeeTypeId: by('id', rig.state.event().attendeeTypes.named('General Public').id),
		email: 'new@example.com',
		fields: { mappingMode: 'defineBelow', value: { Arrival: given as string } },
		additionalFields: { firstName: 'A', lastName: 'B' },
	});
	const sent = () => Object.values(Object(Object(rig.sent().at(-1)?.body).attendee?.custom_fields));

	test.each([
		['2026-10-12T00:00:00', '12/10/2026'],
		['2026-10-12T23:00:00-11:00', '12/10/2026'],
		['2026-10-12', '12/10/2026'],
	])('without a time: %s is the day that was written', async (given, expected) => {
		only(await rig.run('attendee: create', arrival(given)));

		expect(sent()).toEqual([expected]);
	});
});

describe('output', () => {
	test('is ISO 8601', async () => {
		rig.state.event().attendees.checkIn(rig.state.event().attendees.at(1));
		const [attendee] = data(await rig.run('attendee: getAll')).slice(1);
		const event = only(await rig.run('event: get', inVienna));
		const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

		for (const text of [
			attendee?.createdAt,
			attendee?.updatedAt,
			attendee?.checkedInAt,
			event.startDate,
			event.createdAt,
		]) {
			expect(text).toMatch(iso);
		}
	});
});
