/** Eventtia: values keyed by ID are output by name, and raw on request. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { shownAttendee } from '../../../sandbox/eventtia/areas/attendees.mts';
import { by } from '../../rig/items.mts';
import { existing } from '../../rig/records.mts';
import { data, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { EVENT, EVENTS, TYPES, VIENNA, fieldOf, valueOf } from './shared.mts';

const rig = useVendor(eventtia, { guests: 30 });

const type = (name: string) => rig.state.event().attendeeTypes.named(name);
/** An attendee of the given type. */
const somebody = (typeName: string, nth = 0) => {
	const all = Array.from(rig.state.event().attendees.all());
	return existing(all.filter(({ typeId }) => typeId === type(typeName).id)[nth]);
};
const get = async (id: string, more: IDataObject = {}) =>
	only(await rig.run('attendee: get', { attendeeId: by('id', id), ...more }));
const customOf = (record: IDataObject): IDataObject => Object(record.customFields);

describe('the fields of an attendee', () => {
	test('are named by their own type', async () => {
		const vip = somebody('VIP');
		const person = await get(vip.id);
		const diet = fieldOf(type('VIP'), 'Diet');

		expect(diet.id).not.toBe(fieldOf(type('General Public'), 'Diet').id);
		expect(person).toMatchObject({
			id: vip.id,
			externalId: vip.uuid,
			email: valueOf(rig.state.event(), vip, 'email'),
			firstName: valueOf(rig.state.event(), vip, 'first_name'),
			lastName: valueOf(rig.state.event(), vip, 'last_name'),
			name: `${valueOf(rig.state.event(), vip, 'first_name')} ${valueOf(rig.state.event(), vip, 'last_name')}`,
			company: valueOf(rig.state.event(), vip, 'company'),
			phone: valueOf(rig.state.event(), vip, 'telephone'),
			ticketType: 'VIP',
			attendeeTypeId: type('VIP').id,
			timezone: 'America/Bogota',
		});
		expect(customOf(person).Diet).toBe(vip.fields[diet.id]);
		expect(customOf(person)['Badge name']).toBe(vip.fields[fieldOf(type('VIP'), 'Badge name').id]);
	});

	test('show an ID only where two have the same name', async () => {
		const vip = somebody('VIP');
		const [first, second] = [0, 1].map((nth) => fieldOf(type('VIP'), 'Comments', nth));
		const custom = customOf(await get(vip.id));

		expect(Object.keys(custom).filter((name) => /\d/.test(name))).toEqual([
			`Comments (${first?.id})`,
			`Comments (${second?.id})`,
		]);
		expect(custom[`Comments (${first?.id})`]).toBe(vip.fields[String(first?.id)]);
		expect(custom[`Comments (${second?.id})`]).toBe(vip.fields[String(second?.id)]);
		expect(Object.keys(custom)).not.toContain('Comments');
	});

	test('of two types in one list are each named by their own type', async () => {
		for (const { fields, name } of rig.state.event().attendeeTypes.all()) {
			existing(fields.find((field) => field.name === 'Diet')).name = `Diet of ${name}`;
		}
		const people = data(await rig.run('attendee: getAll', { returnAll: true }));

		expect(people).toHaveLength(30);
		for (const person of people) {
			const diets = Object.keys(customOf(person)).filter((name) => name.startsWith('Diet'));
			expect(diets).toEqual([`Diet of ${person.ticketType}`]);
		}
		expect(new Set(people.map(({ ticketType }) => ticketType)).size).toBe(3);
	});

	test.each([
		['its alias where it has no name', { name: null, alias: 'diet' }, () => 'diet'],
		['its alias where its name is blank', { name: '  ', alias: 'diet' }, () => 'diet'],
		['its ID where it has neither', { name: null, alias: null }, (id: string) => id],
		['its name without the spaces around it', { name: ' Diet ' }, () => 'Diet'],
		['any word: __proto__', { name: '__proto__' }, () => '__proto__'],
		['any word: constructor', { name: 'constructor' }, () => 'constructor'],
	])('a field is called %s', async (_title, changes, expected) => {
		const vip = somebody('VIP');
		const diet = fieldOf(type('VIP'), 'Diet');
		Object.assign(diet, changes);
		const custom = customOf(await get(vip.id));
		const name = expected(diet.id);

		expect(Object.hasOwn(custom, name)).toBe(true);
		expect(Object.getOwnPropertyDescriptor(custom, name)?.value).toBe(vip.fields[diet.id]);
	});

	test('a field that no type has any more keeps its ID', async () => {
		const vip = somebody('VIP');
		const { fields } = type('VIP');
		const gone = existing(fields.splice(fields.indexOf(fieldOf(type('VIP'), 'Diet')), 1)[0]);
		// The attendee still has a value in it.
		const shown = shownAttendee(rig.state.event(), vip);
		const body = {
			data: {
				...shown,
				attributes: { ...shown.attributes, fields: { [gone.id]: 'Vegan' } },
			},
		};
		rig.fault({
			when: { path: `${EVENTS}/${EVENT}/attendees/${vip.id}` },
			do: { kind: 'wrongJson', body },
		});

		expect(customOf(await get(vip.id))).toEqual({ [gone.id]: 'Vegan' });
	});

	test('files become URLs, lists stay lists, and empty values are null', async () => {
		const vip = somebody('VIP');
		const field = (name: string) => fieldOf(type('VIP'), name).id;
		const url = 'https://files.example.com/cv.pdf';
		const file = { filename: 'cv.pdf', thumb: url, small: url, medium: url, large: url };
		vip.fields[field('CV')] = { ...file, original: url };
		const none = '/cvs/thumb/missing.png';
		vip.fields[field('picture')] = {
			...{ filename: '', thumb: none, small: none, medium: none, large: none },
			original: none,
		};
		vip.fields[field('Interests')] = ['AI', 'Robotics'];
		vip.fields[field('Diet')] = null;
		rig.state.event().attendees.update(vip, (row) => Object.assign(row, vip));
		const custom = customOf(await get(vip.id));

		expect(custom).toMatchObject({ CV: url, Interests: ['AI', 'Robotics'], Diet: null });
		expect(custom.picture).toBeFalsy();
	});

	test('are raw with Simplify off, and nothing else is read', async () => {
		const vip = somebody('VIP');
		const raw = await get(vip.id, { simplify: false });

		expect(raw).toEqual(JSON.parse(JSON.stringify(shownAttendee(rig.state.event(), vip))));
		expect(rig.sent().map(({ path }) => path)).toEqual([`${EVENTS}/${EVENT}/attendees/${vip.id}`]);
	});

	test('are read once for many items, separately for each event', async () => {
		const vienna = rig.state.event(VIENNA);
		const items = [
			...Array.from(rig.state.event().attendees.all()).map(({ id }) => ({
				json: { id, event: EVENT },
			})),
			...Array.from(vienna.attendees.all()).map(({ id }) => ({ json: { id, event: VIENNA } })),
		].filter(({ json }) => rig.state.event(json.event).attendees.find(json.id)?.archived === false);
		const result = await rig.run(
			'attendee: get',
			{ eventUri: '={{ $json.event }}', attendeeId: by('id', '={{ $json.id }}') },
			{ items },
		);

		expect(data(result).every((person) => 'Diet' in customOf(person))).toBe(true);
		expect(data(result)).toHaveLength(items.length);
		expect(rig.sent(TYPES)).toHaveLength(1);
		expect(rig.sent(`${EVENTS}/${VIENNA}/attendee_types`)).toHaveLength(1);
	});

	test('more than one page of attendee types is read completely', async () => {
		for (let n = 0; n < 30; n++) rig.state.event().attendeeTypes.add({ name: `Type ${n}` });
		const last = type('Type 29');
		const added = rig.state.event().attendees.register({ email: 'x@example.com' }, 'Type 29');
		rig.state
			.event()
			.attendees.update(added, (row) => (row.fields[fieldOf(last, 'Diet').id] = 'Vegan'));

		expect(await get(added.id)).toMatchObject({
			email: 'x@example.com',
			ticketType: 'Type 29',
			customFields: { Diet: 'Vegan' },
		});
	});

	test('attendee types of the same name show their IDs', async () => {
		const twin = rig.state.event().attendeeTypes.add({ name: 'VIP' });
		const added = rig.state.event().attendees.add({ typeId: twin.id, fields: {} });

		expect((await get(added.id)).ticketType).toBe(`VIP (${twin.id})`);
	});

	test('an attendee’s status uses the words that all vendors share', async () => {
		const { attendees } = rig.state.event();
		const person = somebody('General Public');
		attendees.checkIn(person);
		const inside = await get(person.id);
		attendees.undoCheckIn(person);
		attendees.setStatus(person, 'cancelled');
		const gone = await get(person.id);

		expect(inside).toMatchObject({
			checkedIn: true,
			statusGroup: 'checked_in',
			status: 'confirmed',
		});
		expect(Date.parse(String(inside.checkedInAt))).toBeGreaterThan(0);
		expect(gone).toMatchObject({
			checkedIn: false,
			checkedInAt: null,
			status: 'cancelled',
			statusGroup: 'cancelled',
		});
	});
});

describe('by attendee type', () => {
	test('the prices of an activity', async () => {
		const priced = existing(
			Array.from(rig.state.event().activities.activities.values()).find(
				({ price }) => price !== null,
			),
		);
		priced.price = { [type('VIP').id]: 200, [type('General Public').id]: '5', '999': 1 };
		const activity = only(await rig.run('activity: get', { workshopId: by('id', priced.id) }));

		expect(activity.price).toEqual({ VIP: 200, 'General Public': '5', '999': 1 });
		const raw = only(
			await rig.run('activity: get', { workshopId: by('id', priced.id), simplify: false }),
		);
		expect(Object(raw.attributes).price).toEqual(priced.price);
	});

	test('an activity without prices asks for no names', async () => {
		const free = existing(
			Array.from(rig.state.event().activities.activities.values()).find(
				({ price }) => price === null,
			),
		);
		const activity = only(await rig.run('activity: get', { workshopId: by('id', free.id) }));

		expect(activity.price).toBeNull();
		expect(rig.sent(TYPES)).toEqual([]);
	});

	test('the audience of a purchase item', async () => {
		const items = data(await rig.run('purchaseItem: getAll', { returnAll: true }));
		const { available_for_attendee_types: stored } = existing(
			Array.from(rig.state.event().merchandising.items.values())[0],
		);

		expect(items[0]?.availableForAttendeeTypes).toEqual(
			Object.fromEntries(
				rig.state
					.event()
					.attendeeTypes.all()
					.map(({ id, name }) => [name, stored[id]]),
			),
		);
	});
});

describe('the answers to a survey', () => {
	test('are keyed by the text of the question', async () => {
		const [survey] = rig.state.event().surveys.surveys.values();
		const { id } = existing(survey);
		const answers = data(
			await rig.run('surveyAnswer: getAll', { surveyId: by('id', id), returnAll: true }),
		);
		const [stored] = rig.state.event().surveys.answersTo(existing(survey));

		expect(answers.length).toBeGreaterThan(1);
		expect(answers[0]).toMatchObject({ entityType: 'Attendee' });
		expect(answers[0]?.answers).toEqual({
			'How did you like it?': Object.values(existing(stored).values)[0],
			'What could be better?': Object.values(existing(stored).values)[1],
			'Will you come again?': Object.values(existing(stored).values)[2],
		});
		expect(answers[0]).not.toHaveProperty('values');
		expect(rig.sent(`${EVENTS}/${EVENT}/surveys`)).toHaveLength(1);
	});

	test('show the ID where two questions are the same', async () => {
		const survey = existing(Array.from(rig.state.event().surveys.surveys.values())[0]);
		const [first, second] = survey.questions;
		existing(second).name = existing(first).name;
		const answers = data(
			await rig.run('surveyAnswer: getAll', { surveyId: by('id', survey.id), limit: 1 }),
		);

		expect(Object.keys(Object(answers[0]?.answers))).toEqual([
			`${first?.name} (${first?.id})`,
			`${second?.name} (${second?.id})`,
			'Will you come again?',
		]);
	});
});

describe('event custom fields', () => {
	const named = { 'Cost centre': 'CC-10', Department: 'Sales', Tags: ['internal', 'flagship'] };

	test('of one event', async () => {
		const event = only(await rig.run('event: get'));

		expect(event.customFields).toEqual(named);
		expect(event).not.toHaveProperty('fields');
		expect(event).toMatchObject({ latitude: 6.15384, longitude: -75.533, eventUri: EVENT });
	});

	test('of the slim list', async () => {
		const events = data(await rig.run('event: getAllSlim', { returnAll: true }));

		expect(events.find(({ id }) => id === rig.state.event().id)?.customFields).toEqual(named);
		expect(rig.sent('/api/v3/event-custom-fields')).toHaveLength(1);
	});

	test('a missing picture is null', async () => {
		const event = only(await rig.run('event: get'));

		expect(event.logo).toBeNull();
	});
});

describe('included records', () => {
	test('are nested in the record that they belong to', async () => {
		const vip = somebody('VIP');
		const person = await get(vip.id, { options: { include: ['attendee_type'] } });

		expect(person.attendeeType).toMatchObject({ id: type('VIP').id, name: 'VIP', price: 5 });
		expect(person.attendeeTypeId).toBe(type('VIP').id);
		expect(rig.sent(`${EVENTS}/${EVENT}/attendees/${vip.id}`)[0]?.query).toEqual({
			include: 'attendee_type',
		});
	});

	test('are separate for each record of a list', async () => {
		const guests = data(
			await rig.run('guest: getAll', {
				returnAll: true,
				options: { include: ['attendee', 'attendee_type'] },
			}),
		);
		const registered = guests.filter(({ attendeeId }) => attendeeId !== null);

		expect(registered.length).toBeGreaterThan(1);
		for (const guest of registered) {
			expect(guest.attendee).toMatchObject({
				id: guest.attendeeId,
				email: guest.email,
				customFields: expect.objectContaining({ Newsletter: expect.any(String) }),
			});
		}
		expect(guests.filter(({ attendeeId }) => attendeeId === null).length).toBeGreaterThan(0);
		expect(guests.filter((guest) => guest.attendeeId === null && 'attendee' in guest)).toEqual([]);
	});

	test('to-many: categories and speakers of an activity', async () => {
		const [stored] = rig.state.event().activities.activities.values();
		const { id, speakerIds, categoryIds } = existing(stored);
		const [activity] = data(
			await rig.run('activity: getAll', {
				limit: 1,
				options: { include: ['workshop_categories', 'speakers'] },
			}),
		);

		expect(activity).toMatchObject({
			id,
			speakerIds,
			workshopCategoryIds: categoryIds,
			speakers: [{ id: speakerIds[0], fullName: expect.any(String) }],
			workshopCategories: [{ id: categoryIds[0], name: 'Test Category' }],
		});
	});

	test('stay separate from the record with Simplify off', async () => {
		const vip = somebody('VIP');
		const raw = await get(vip.id, { simplify: false, options: { include: ['attendee_type'] } });

		expect(raw).toMatchObject({
			id: vip.id,
			included: [{ id: type('VIP').id, type: 'attendee_types' }],
		});
	});
});
