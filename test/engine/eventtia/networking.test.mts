/** Eventtia: business conferences, their participants, meetings and unavailable hours. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventtia from '../../vendors/eventtia.mts';
import { AMBIGUOUS, VIENNA, below, listed, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 40, credential: loggedIn });

const PAGE = { 'page[number]': '1', 'page[size]': '24' };
const CONFERENCES = below('/business_conferences');
const eventAt = (uri?: string) => rig.state.event(uri);
const conference = (uri?: string) => nth(eventAt(uri).networking.conferences.values());
const sellers = (uri?: string) => nth(conference(uri).types.values());
const inConference = (path: string, uri?: string) =>
	below(`/business_conferences/${conference(uri).id}${path}`, uri);
const HOURS = (uri?: string) =>
	inConference(`/business_conference_participant_types/${sellers(uri).id}/unavailable_hours`, uri);
const ofConference = () => ({ businessConferenceId: by('id', conference().id) });
const ofType = (uri?: string) => ({
	...(uri === undefined ? {} : { eventUri: by('uri', uri) }),
	businessConferenceId: by('id', conference(uri).id),
	participantTypeId: by('list', sellers(uri).id),
});

describe('businessConference: getAll', () => {
	test('simplified with its participant types, and raw', async () => {
		const flat = only(await rig.run('businessConference: getAll'));
		const raw = await rig.run('businessConference: getAll', { simplify: false });

		expect(nth(rig.sent(CONFERENCES)).query).toEqual(PAGE);
		expect(flat).toMatchObject({
			id: conference().id,
			name: 'Networking test',
			startDate: '2026-10-13T13:00:00.000Z',
			businessConferenceParticipantTypeIds: Array.from(conference().types.keys()),
			businessConferenceParticipantTypes: [
				{ name: 'Sellers', slots: expect.any(Array) },
				{ name: 'Buyers', slots: expect.any(Array) },
			],
		});
		const [record] = data(raw);
		const { included, ...own } = record ?? {};
		expect([own]).toEqual(await listed(rig, CONFERENCES));
		expect(included).toHaveLength(2);
	});

	test('sends Updated Since with the event’s offset, whatever the input’s', async () => {
		for (const updatedSince of ['2026-10-01T12:00:00.000Z', '2026-10-01T07:00:00']) {
			await rig.run('businessConference: getAll', { filters: { updatedSince } });
		}
		const inVienna = { eventUri: by('uri', VIENNA) };
		const afterTheClocks = { updatedSince: '2026-10-25T12:00:00' };
		await rig.run('businessConference: getAll', { ...inVienna, filters: afterTheClocks });

		expect(rig.sent(CONFERENCES).map(({ query }) => query.updated_since)).toEqual([
			'2026-10-01T07:00:00.000-05:00',
			'2026-10-01T07:00:00.000-05:00',
		]);
		expect(nth(rig.sent(below('/business_conferences', VIENNA))).query.updated_since).toBe(
			'2026-10-25T12:00:00.000+01:00',
		);
	});
});

describe('participantType: getAll', () => {
	const path = () => inConference('/business_conference_participant_types');

	test('shows the slots in the event’s local time, earliest first', async () => {
		const result = await rig.run('participantType: getAll', ofConference());

		expect(rig.calls()).toEqual([`GET ${path()}`, `GET ${below('')}`]);
		const [first, second] = data(result);
		expect(first).toMatchObject({
			id: sellers().id,
			name: 'Sellers',
			attendeeTypes: [{ name: 'General Public' }],
			businessConferenceProfileFields: [{ name: 'Looking for' }, { name: 'Sector' }],
		});
		expect(first?.agenda).toBeUndefined();
		expect(first?.slots).toEqual(
			sellers().slots.map(({ id }, index) => ({
				start: `2026-10-13T${time(8 * 60 + 30 * index)}:00-05:00`,
				end: `2026-10-13T${time(8 * 60 + 30 * index + 25)}:00-05:00`,
				slotId: id,
			})),
		);
		expect(second).toMatchObject({ name: 'Buyers' });
	});

	test('raw, outputs the agenda as Eventtia sends it', async () => {
		const result = await rig.run('participantType: getAll', { ...ofConference(), simplify: false });

		expect(rig.calls()).toEqual([`GET ${path()}`]);
		const own = data(result).map(({ included: _included, ...record }) => record);
		expect(own).toEqual(await listed(rig, path()));
	});
});

/** Minutes of the day as `08:30`. */
function time(minutes: number): string {
	const two = (n: number) => String(n).padStart(2, '0');
	return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

describe('participant: getAll', () => {
	const path = () => inConference('/business_conference_participants');

	test('names the profile fields, and lists each blocked slot once', async () => {
		const participants = Array.from(conference().participants.values());
		const [participant] = participants;
		const [lookingFor] = sellers().profileFields;
		if (!participant || !lookingFor) throw new Error('The sandbox has no participant');
		participant.profile_extra_fields = { [lookingFor.id]: 'Partners', '1': 'kept' };
		const flat = await rig.run('participant: getAll', { ...ofConference(), returnAll: true });

		expect(rig.sent(path()).map(({ query }) => query['page[number]'])).toEqual(['1', '2']);
		expect(data(flat).map(({ id }) => id)).toEqual(participants.map(({ id }) => id));
		expect(participants.length).toBe(40);
		expect(data(flat)[0]).toMatchObject({
			email: 'ada.almeida.1@example.com',
			name: 'Ada Almeida',
			company: participant.profile_display_name,
			phone: participant.telephone,
			logo: null,
			profileExtraFields: { 'Looking for': 'Partners', '1': 'kept' },
			// Sent twice by Eventtia.
			blockedSlots: ['2026-10-13T08:00:00-05:00'],
		});
		expect(participant.blocked_slots).toHaveLength(2);
		expect(data(flat)[1]?.blockedSlots).toEqual([]);
	});

	test('raw', async () => {
		const raw = await rig.run('participant: getAll', { ...ofConference(), simplify: false });
		const own = data(raw).map(({ included: _included, ...record }) => record);

		expect(own).toEqual((await listed(rig, path())).slice(0, 50));
	});

	test.each<[() => IDataObject, () => IDataObject]>([
		[
			() => ({ participantTypeId: by('list', sellers().id) }),
			() => ({ participant_type_id: sellers().id }),
		],
		[
			() => ({ updatedSince: '2026-01-01T00:00:00Z' }),
			() => ({ updated_since: '2025-12-31T19:00:00.000-05:00' }),
		],
	])('filter %#', async (filters, query) => {
		const result = await rig.run('participant: getAll', { ...ofConference(), filters: filters() });

		expect(result.error).toBeUndefined();
		expect(nth(rig.sent(path())).query).toEqual({ ...PAGE, ...query() });
		expect(data(result).length).toBeGreaterThan(0);
	});
});

describe('participant: getAgenda', () => {
	const first = () => nth(conference().participants.values());
	const path = () => inConference(`/business_conference_participants/${first().id}/agenda`);
	const asked = () => ({ ...ofConference(), participantId: by('id', first().id) });

	test('returns one item: meetings, slots and blocked slots as ISO times in the event’s zone', async () => {
		const result = only(await rig.run('participant: getAgenda', asked()));

		expect(rig.calls()).toEqual([`GET ${path()}`, `GET ${below('')}`]);
		expect(nth(rig.sent(path())).query).toEqual(PAGE);
		const own = Array.from(conference().meetings.values()).filter(({ hostId, participantId }) =>
			[hostId, participantId].includes(first().id),
		);
		expect(own.length).toBeGreaterThan(0);
		expect(result).toMatchObject({
			participantId: first().id,
			meetings: own.map(({ id }) => ({ id })),
			blockedSlots: ['2026-10-13T08:00:00-05:00'],
		});
		expect(result.slots).toHaveLength(8);
		expect(nth(Object(result).slots)).toEqual({
			start: '2026-10-13T08:00:00-05:00',
			end: '2026-10-13T08:25:00-05:00',
			slotId: nth(sellers().slots).id,
		});
	});

	test('raw, keeps everything that Eventtia sends with the meetings', async () => {
		const result = only(await rig.run('participant: getAgenda', { ...asked(), simplify: false }));

		expect(result).toMatchObject({
			participantId: first().id,
			meetings: [{ type: 'business_conference_meetings', attributes: {} }],
			meta: {
				blocked_slots: first().blocked_slots,
				meeting_statuses: { requested: 1, accepted: 2, rejected: 3, expired: 4 },
			},
		});
	});

	test('reads all pages into one item', async () => {
		const others = Array.from(conference().participants.values()).slice(1, 31);
		for (const other of others)
			rig.state.event().networking.addMeeting(conference(), first(), other);
		const result = only(await rig.run('participant: getAgenda', asked()));

		expect(rig.sent(path())).toHaveLength(2);
		expect(Object(result).meetings.length).toBeGreaterThan(24);
	});

	test('shows the offset of an hour that occurs twice when the clocks go back', async () => {
		const type = sellers(VIENNA);
		type.slots = [
			{
				id: '1',
				start: Date.parse('2026-10-25T00:30:00Z'),
				end: Date.parse('2026-10-25T00:55:00Z'),
			},
			{
				id: '2',
				start: Date.parse('2026-10-25T01:30:00Z'),
				end: Date.parse('2026-10-25T01:55:00Z'),
			},
			{
				id: '3',
				start: Date.parse('2026-10-25T02:30:00Z'),
				end: Date.parse('2026-10-25T02:55:00Z'),
			},
		];
		const found = Array.from(conference(VIENNA).participants.values()).find(
			({ typeId }) => typeId === type.id,
		);
		const result = only(
			await rig.run('participant: getAgenda', {
				eventUri: by('uri', VIENNA),
				businessConferenceId: by('id', conference(VIENNA).id),
				participantId: by('id', String(found?.id)),
			}),
		);

		expect(result.slots).toEqual([
			{ start: '2026-10-25T02:30:00+02:00', end: '2026-10-25T02:55:00+02:00', slotId: '1' },
			{ start: '2026-10-25T02:30:00+01:00', end: '2026-10-25T02:55:00+01:00', slotId: '2' },
			{ start: '2026-10-25T03:30:00+01:00', end: '2026-10-25T03:55:00+01:00', slotId: '3' },
		]);
	});
});

describe('meeting: getAll', () => {
	const path = () => inConference('/business_conference_meetings');

	test('names the status, and includes the participants', async () => {
		const flat = await rig.run('meeting: getAll', { ...ofConference(), returnAll: true });
		const held = Array.from(conference().meetings.values());

		expect(rig.sent(path())).toHaveLength(2);
		expect(held).toHaveLength(30);
		expect(data(flat).map(({ id, status, statusName }) => ({ id, status, statusName }))).toEqual(
			held.map(({ id, status }) => ({
				id,
				status,
				statusName: ['requested', 'accepted', 'rejected', 'expired'][status - 1],
			})),
		);
		expect(data(flat)[0]?.businessConferenceParticipants).toMatchObject([
			{ name: 'Ada Almeida' },
			{ name: expect.any(String) },
		]);
	});

	test('raw', async () => {
		const raw = await rig.run('meeting: getAll', { ...ofConference(), simplify: false });
		const own = data(raw).map(({ included: _included, ...record }) => record);

		expect(rig.calls()).toEqual([`GET ${path()}`, `GET ${path()}`]);
		expect(own).toEqual(await listed(rig, path()));
	});
});

describe('unavailable hours', () => {
	const hour = (uri?: string) => nth(sellers(uri).unavailableHours.values());
	const hourId = () => ({ unavailableHourId: by('id', hour().id) });
	const SLOT = { startDate: '2026-12-10T06:00:00.000Z', endDate: '2026-12-10T02:30:00' };
	const WRITTEN = { start_date: '10/12/2026 - 01:00', end_date: '10/12/2026 - 02:30' };
	const SHOWN = {
		startDate: '2026-12-10T01:00:00.000-05:00',
		endDate: '2026-12-10T02:30:00.000-05:00',
	};

	test('getAll: simplified and raw', async () => {
		const flat = await rig.run('unavailableHour: getAll', ofType());
		const raw = await rig.run('unavailableHour: getAll', { ...ofType(), simplify: false });

		expect(rig.calls()).toEqual([`GET ${HOURS()}`, `GET ${HOURS()}`]);
		expect(data(flat)[0]).toEqual({
			id: hour().id,
			startDate: '2026-10-13T17:00:00.000-05:00',
			endDate: '2026-10-13T18:00:00.000-05:00',
		});
		expect(data(raw)).toEqual(await listed(rig, HOURS()));
	});

	test('create: in the query, day first, in the event’s zone, without a body', async () => {
		const result = only(await rig.run('unavailableHour: create', { ...ofType(), ...SLOT }));
		const [sent] = rig.sent(HOURS());

		expect(rig.calls()).toEqual([`GET ${below('')}`, `POST ${HOURS()}`]);
		expect(sent?.query).toEqual(WRITTEN);
		expect(sent?.body).toBeUndefined();
		expect(result).toEqual({ id: expect.stringMatching(/^\d+$/), ...SHOWN });
		expect(sellers().unavailableHours.has(String(result.id))).toBe(true);
	});

	test.each([
		['2026-10-24T12:00:00Z', '24/10/2026 - 14:00'],
		['2026-10-25T12:00:00Z', '25/10/2026 - 13:00'],
		['2026-10-25T12:00:00', '25/10/2026 - 12:00'],
	])('create in Vienna, around the clock change: %s', async (startDate, written) => {
		await rig.run('unavailableHour: create', {
			...ofType(VIENNA),
			startDate,
			endDate: '2026-10-26T12:00:00',
		});

		expect(nth(rig.sent(HOURS(VIENNA))).query).toEqual({
			start_date: written,
			end_date: '26/10/2026 - 12:00',
		});
	});

	test('create: refuses an hour that the clocks skip', async () => {
		const result = await rig.run('unavailableHour: create', {
			...ofType(VIENNA),
			startDate: '2026-03-29T02:30:00',
			endDate: '2026-03-29T04:00:00',
		});

		expect(errorOf(result).message).toBe(
			'"Start Date" does not exist in Europe/Vienna: the clocks skip that hour [item 0]',
		);
		expect(rig.sent(HOURS(VIENNA))).toEqual([]);
	});

	test('create: is not repeated if it may have happened, and says so', async () => {
		const before = sellers().unavailableHours.size;
		rig.fault({ when: { method: 'POST' }, do: { kind: 'resetAfterEffect' } });
		const result = await rig.run('unavailableHour: create', { ...ofType(), ...SLOT });

		expect(rig.sent(HOURS())).toHaveLength(1);
		expect(errorOf(result).description).toContain(AMBIGUOUS);
		expect(sellers().unavailableHours.size).toBe(before + 1);
	});

	test('update: sends the same, and may be repeated', async () => {
		rig.fault({ when: { method: 'PUT' }, do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(
			async () => await rig.run('unavailableHour: update', { ...ofType(), ...hourId(), ...SLOT }),
		);
		const sent = rig.sent(`${HOURS()}/${hour().id}`);

		expect(sent.map(({ method, query, body }) => [method, query, body])).toEqual([
			['PUT', WRITTEN, undefined],
			['PUT', WRITTEN, undefined],
		]);
		expect(only(result)).toEqual({ id: hour().id, ...SHOWN });
	});

	test('update: shows Eventtia’s message about an end before the start', async () => {
		const result = await rig.run('unavailableHour: update', {
			...ofType(),
			...hourId(),
			startDate: SLOT.endDate,
			endDate: SLOT.startDate,
		});

		expect(errorOf(result)).toMatchObject({
			message: 'end_date must be after start_date [item 0]',
			httpCode: '400',
		});
	});

	test('raw records from create and update', async () => {
		for (const [operation, more] of [
			['unavailableHour: create', {}],
			['unavailableHour: update', hourId()],
		] as const) {
			const parameters = { ...ofType(), ...more, ...SLOT, simplify: false };
			expect(only(await rig.run(operation, parameters))).toMatchObject({
				type: 'business_conference_participant_type_unavailable_hours',
				attributes: { start_date: SHOWN.startDate, end_date: SHOWN.endDate },
			});
		}
	});

	test('delete', async () => {
		const { id } = hour();
		const result = only(await rig.run('unavailableHour: delete', { ...ofType(), ...hourId() }));

		expect(rig.calls()).toEqual([`DELETE ${HOURS()}/${id}`]);
		expect(nth(rig.sent()).body).toBeUndefined();
		expect(result).toEqual({ deleted: true, id });
		expect(sellers().unavailableHours.has(id)).toBe(false);
	});

	test('delete: succeeds if it is gone after a broken first attempt, fails if it was never there', async () => {
		const parameters = { ...ofType(), ...hourId() };
		const { id } = hour();
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(
			async () => await rig.run('unavailableHour: delete', parameters),
		);
		const again = await rig.run('unavailableHour: delete', parameters);

		expect(rig.sent().map(({ status }) => status)).toEqual([0, 404, 404]);
		expect(only(result)).toEqual({ deleted: true, id });
		expect(errorOf(again).message).toBe('There is no such record [item 0]');
	});
});
