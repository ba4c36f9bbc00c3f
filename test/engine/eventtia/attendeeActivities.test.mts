/** Eventtia: the activities of an attendee: what each operation sends and outputs. */
import { describe, expect, test } from '@jest/globals';

import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventtia from '../../vendors/eventtia.mts';
import { AMBIGUOUS, below, listed, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 12, credential: loggedIn });

const REGISTRATIONS = below('/attendee_workshops');
const attendeeId = () => rig.state.event().attendees.at(0).id;
const activityIds = () => Array.from(rig.state.event().activities.activities.keys());
const ofAttendee = () =>
	rig.state
		.event()
		.activities.ofAttendee(attendeeId())
		.map(({ id }) => id);
/** An activity that the attendee is not registered for, and one that the attendee is registered for. */
const free = () => nth(activityIds(), 9);
const taken = () => nth(ofAttendee());
const pair = (activityId: string) => ({
	attendeeId: by('id', attendeeId()),
	workshopId: by('id', activityId),
});
const sentPair = (activityId: string) => ({
	workshop_id: Number(activityId),
	attendee_id: Number(attendeeId()),
});

describe('attendeeActivity: getAll', () => {
	test('simplified, raw and with included records', async () => {
		const path = below(`/attendees/${attendeeId()}/workshops`);
		const parameters = { attendeeId: by('list', attendeeId()) };
		const include = ['speakers', 'workshop_categories'];
		const flat = await rig.run('attendeeActivity: getAll', parameters);
		const raw = await rig.run('attendeeActivity: getAll', { ...parameters, simplify: false });
		const joined = await rig.run('attendeeActivity: getAll', {
			...parameters,
			options: { include },
		});

		expect(rig.sent(path).map(({ query }) => query.include)).toEqual([
			undefined,
			undefined,
			'speakers,workshop_categories',
		]);
		expect(ofAttendee().length).toBeGreaterThan(0);
		expect(data(flat).map(({ id }) => id)).toEqual(ofAttendee());
		expect(data(flat)[0]).toMatchObject({ name: expect.stringMatching(/^Activity \d$/) });
		expect(data(raw)).toEqual(await listed(rig, path));
		expect(data(joined)[0]).toMatchObject({
			speakers: [{ fullName: expect.any(String) }],
			workshopCategories: [{ name: expect.any(String) }],
		});
	});
});

describe('attendeeActivity: add', () => {
	test('sends integers, and returns the attendee’s activities after the change', async () => {
		const before = ofAttendee();
		const result = only(await rig.run('attendeeActivity: add', pair(free())));
		const [sent] = rig.sent();

		expect(rig.calls()).toEqual([`POST ${REGISTRATIONS}`]);
		expect(sent?.body).toEqual(sentPair(free()));
		expect(sent?.query).toEqual({});
		expect(result).toEqual({
			id: rig.state.event().activities.registration(attendeeId(), free())?.id,
			attendeeId: attendeeId(),
			activityId: free(),
			checkedIn: false,
			checkedInAt: null,
			currentActivityIds: [...before, free()],
			added: true,
		});
	});

	test('reports a full activity, and one that the attendee is already registered for', async () => {
		const full = nth(rig.state.event().activities.activities.values(), 9);
		full.availability = 0;
		rig.state.repeatedActivities = 'refused';
		const tooMany = await rig.run('attendeeActivity: add', pair(free()));
		const again = await rig.run('attendeeActivity: add', pair(taken()));

		expect(errorOf(tooMany).message).toBe('Activity has no seats available [item 0]');
		expect(errorOf(again).message).toBe('Attendee is already registered to this activity [item 0]');
	});

	test('is not repeated if it may have happened, and says so', async () => {
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		const result = await rig.run('attendeeActivity: add', pair(free()));

		expect(rig.calls()).toEqual([`POST ${REGISTRATIONS}`]);
		expect(errorOf(result).description).toContain(AMBIGUOUS);
		expect(ofAttendee()).toContain(free());
	});

	test('refuses an ID that is not a number before it is sent', async () => {
		const result = await rig.run('attendeeActivity: add', { ...pair(free()), workshopId: 'abc' });

		expect(errorOf(result).message).toBe(
			'"Activity" must be an ID of Eventtia: digits only [item 0]',
		);
		expect(rig.calls()).toEqual([]);
	});

	test('processes the items of one attendee in order', async () => {
		const wanted = activityIds().slice(10, 16);
		rig.server.latencyMs = 5;
		const result = await rig.run(
			'attendeeActivity: add',
			{ ...pair(''), workshopId: by('id', '={{ $json.id }}') },
			{ items: wanted.map((id) => ({ json: { id } })) },
		);

		expect(rig.sent().map(({ body }) => String(Object(body).workshop_id))).toEqual(wanted);
		expect(data(result).map(({ activityId }) => activityId)).toEqual(wanted);
		expect(data(result).at(-1)?.currentActivityIds).toEqual(expect.arrayContaining(wanted));
	});
});

describe('attendeeActivity: remove', () => {
	test('sends the pair as the body of a DELETE', async () => {
		const id = taken();
		const registration = rig.state.event().activities.registration(attendeeId(), id);
		const result = only(await rig.run('attendeeActivity: remove', pair(id)));
		const [sent] = rig.sent();

		expect(rig.calls()).toEqual([`DELETE ${REGISTRATIONS}`]);
		expect(sent?.body).toEqual(sentPair(id));
		expect(sent?.headers['content-type']).toMatch(/^application\/json/);
		expect(ofAttendee()).not.toContain(id);
		expect(result).toEqual({
			id: registration?.id,
			attendeeId: attendeeId(),
			activityId: id,
			checkedIn: false,
			checkedInAt: null,
			removed: true,
		});
	});

	test('succeeds if the registration is gone after a broken first attempt', async () => {
		const id = taken();
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(
			async () => await rig.run('attendeeActivity: remove', pair(id)),
		);

		expect(rig.sent().map(({ status }) => status)).toEqual([0, 404]);
		expect(only(result)).toEqual({
			id: null,
			attendeeId: attendeeId(),
			activityId: id,
			removed: true,
		});
	});

	test('fails if the registration is missing at the first attempt', async () => {
		const result = await rig.run('attendeeActivity: remove', pair(free()));

		expect(errorOf(result)).toMatchObject({
			message: 'There is no such record [item 0]',
			httpCode: '404',
		});
	});
});

describe('attendeeActivity: replaceAll', () => {
	const path = () => below(`/attendees/${attendeeId()}/update_activities`);
	const replace = (workshopIds: unknown, options = {}) => ({
		attendeeId: by('id', attendeeId()),
		workshopIds: `={{ ${JSON.stringify(workshopIds)} }}`,
		options,
	});

	test('sends the IDs as one string, and removes all others', async () => {
		const wanted = [taken(), free()];
		const flat = only(await rig.run('attendeeActivity: replaceAll', replace(wanted)));
		const raw = only(
			await rig.run('attendeeActivity: replaceAll', { ...replace(wanted), simplify: false }),
		);

		expect(rig.sent(path()).map(({ method, body }) => [method, body])).toEqual([
			['PUT', { workshop_ids: wanted.join(',') }],
			['PUT', { workshop_ids: wanted.join(',') }],
		]);
		expect(ofAttendee().sort()).toEqual(wanted.sort());
		expect(flat).toMatchObject({
			id: attendeeId(),
			email: 'ada.almeida.1@example.com',
			ticketType: 'General Public',
			activityIds: wanted,
		});
		expect(raw).toMatchObject({ type: 'attendees', id: attendeeId(), activityIds: wanted });
	});

	test('refuses an empty list unless it is allowed', async () => {
		const refused = await rig.run('attendeeActivity: replaceAll', replace([]));
		expect(errorOf(refused).message).toBe('"Activity Names or IDs" is empty [item 0]');
		expect(errorOf(refused).description).toContain('"Allow Empty"');
		expect(rig.calls()).toEqual([]);

		const allowed = only(
			await rig.run('attendeeActivity: replaceAll', replace([], { allowEmpty: true })),
		);
		expect(nth(rig.sent(path())).body).toEqual({ workshop_ids: '' });
		expect(allowed.activityIds).toEqual([]);
		expect(ofAttendee()).toEqual([]);
	});

	test('changes nothing for an unknown activity', async () => {
		const before = ofAttendee();
		const result = await rig.run('attendeeActivity: replaceAll', replace([free(), '1']));

		expect(errorOf(result).message).toBe('There is no such record [item 0]');
		expect(ofAttendee()).toEqual(before);
	});

	test('is repeated after a broken connection', async () => {
		rig.fault({ when: { path: `/api/v3${path()}` }, do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(
			async () => await rig.run('attendeeActivity: replaceAll', replace([free()])),
		);

		expect(only(result).activityIds).toEqual([free()]);
		expect(ofAttendee()).toEqual([free()]);
	});
});
