/** Eventtia in the editor: lists, drop-downs and form fields. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject, INodeListSearchResult } from 'n8n-workflow';

import { by } from '../../rig/items.mts';
import { existing } from '../../rig/records.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { ATTENDEES, EVENT, EVENTS, TYPES, VIENNA, fieldOf } from './shared.mts';

const rig = useVendor(eventtia, { guests: 60 });

interface Asked {
	parameters?: IDataObject;
	filter?: string;
	paginationToken?: string;
}

/** The operation to which the fields of a method belong: n8n drops the values of hidden fields. */
function shownBy(method: string): IDataObject {
	const [resource, operation] = (OPERATIONS[method] ?? 'attendee: getAll').split(': ');
	return { resource, operation };
}

const OPERATIONS: Record<string, string> = {
	searchParticipantTypes: 'participant: getAll',
	searchParticipants: 'participant: getAgenda',
	searchUnavailableHours: 'unavailableHour: update',
	searchRegions: 'region: getAll',
	searchCities: 'city: get',
	getAttendeeFields: 'attendee: create',
	getSurveyQuestions: 'surveyAnswer: create',
};

const search = async (method: string, { parameters, ...more }: Asked = {}) =>
	await rig.engine.listSearch('eventtia', method, {
		parameters: { ...shownBy(method), eventUri: by('list', EVENT), ...parameters },
		credentials: rig.credentials(),
		...more,
	});
const names = ({ results }: INodeListSearchResult) => results.map(({ name }) => name);
const values = ({ results }: INodeListSearchResult) => results.map(({ value }) => value);
const addAda = () =>
	rig.state.event().attendees.register({
		email: 'ada@example.com',
		first_name: 'Ada',
		last_name: 'Lovelace',
		company: 'Analytical Engines',
	});

describe('events', () => {
	test('are listed by name and chosen by URI', async () => {
		expect((await search('searchEvents')).results).toEqual([
			{ name: 'Test Event', value: EVENT },
			{ name: 'Vienna Summit', value: VIENNA },
			{ name: 'Template Event', value: 'template-event' },
		]);
	});

	test('are searched by Eventtia', async () => {
		expect(values(await search('searchEvents', { filter: ' vienna ' }))).toEqual([VIENNA]);
		expect(rig.sent(EVENTS)[0]?.query).toMatchObject({ name: 'vienna' });
	});

	test('are paged', async () => {
		for (let n = 0; n < 40; n++) {
			rig.state.addEvent(
				{ ...rig.state.event().facts, name: `More ${n}`, uri: `more-${n}` },
				rig.state.event().accountEmail,
			);
		}
		const first = await search('searchEvents');
		const second = await search('searchEvents', {
			paginationToken: String(first.paginationToken),
		});

		expect(first.results).toHaveLength(24);
		expect(second.results).toHaveLength(43 - 24);
		expect(second.paginationToken).toBeUndefined();
	});
});

describe('attendees', () => {
	test('are shown with name, email and company', async () => {
		const { results, paginationToken } = await search('searchAttendees');
		const first = rig.state.event().attendees.at(0);

		expect(results[0]).toEqual({
			name: `Ada Almeida, ada.almeida.1@example.com, ${rig.state.event().attendees.fieldValue(first, 'company')}`,
			value: first.id,
		});
		expect(results).toHaveLength(24);
		expect(paginationToken).toBe('2');
	});

	test.each([
		'Ada Lovelace',
		'ada lovelace',
		'Lovelace',
		'ADA@example.com',
		'ada@',
		'  Ada Lovelace ',
	])('"%s" finds Ada Lovelace', async (filter) => {
		const { id } = addAda();

		expect(values(await search('searchAttendees', { filter }))).toContain(id);
	});

	test('"Ada Lovelace" finds her, and no one else, among many with one of her names', async () => {
		for (let n = 0; n < 40; n++) {
			rig.state.event().attendees.register({
				email: `ada.${n}@example.com`,
				first_name: 'Ada',
				last_name: `Number ${n}`,
			});
			rig.state.event().attendees.register({
				email: `lovelace.${n}@example.com`,
				first_name: `Number ${n}`,
				last_name: 'Lovelace',
			});
		}
		const { id } = addAda();

		expect(values(await search('searchAttendees', { filter: 'Ada Lovelace' }))).toEqual([id]);
	});

	test('a name of three words finds its person', async () => {
		const { id } = rig.state.event().attendees.register({
			email: 'marie@example.com',
			first_name: 'Ana María',
			last_name: 'de la Cruz',
		});

		expect(values(await search('searchAttendees', { filter: 'Ana María de la Cruz' }))).toEqual([
			id,
		]);
	});

	test('a company finds its people', async () => {
		const { id } = addAda();

		expect(values(await search('searchAttendees', { filter: 'Analytical' }))).toEqual([id]);
	});

	test('are listed once each, whatever matches', async () => {
		const { id } = rig.state.event().attendees.register({
			email: 'zed@example.com',
			first_name: 'Zed',
			last_name: 'Zed',
			company: 'Zed',
		});

		expect(values(await search('searchAttendees', { filter: 'Zed' }))).toEqual([id]);
	});

	test('an email searches only emails', async () => {
		await search('searchAttendees', { filter: 'ada@example.com' });

		expect(rig.sent(ATTENDEES).map(({ query }) => query.email)).toEqual(['ada@example.com']);
	});

	test('an empty search result is an empty list', async () => {
		expect(await search('searchAttendees', { filter: 'Nobody Atall' })).toEqual({ results: [] });
	});
});

/** Each list of an event, and one of its entries. */
const LISTS: Array<[method: string, path: string, first: () => [name: unknown, id: unknown]]> = [
	[
		'searchGuests',
		'guests',
		() => {
			const guest = existing(Array.from(rig.state.event().guests.all())[0]);
			return [`${guest.firstName} ${guest.lastName}, ${guest.email}`, guest.id];
		},
	],
	['searchActivities', 'workshops', () => firstOf(rig.state.event().activities.activities)],
	[
		'searchBusinessConferences',
		'business_conferences',
		() => firstOf(rig.state.event().networking.conferences),
	],
	['searchPurchaseItems', 'purchase_items', () => firstOf(rig.state.event().merchandising.items)],
	['searchSurveys', 'surveys', () => firstOf(rig.state.event().surveys.surveys)],
];

function firstOf(all: Map<string, { id: string; name: string }>): [string, string] {
	const { id, name } = existing(Array.from(all.values())[0]);
	return [name, id];
}

describe('the lists of an event', () => {
	test.each(LISTS)('%s', async (method, path, first) => {
		const [name, value] = first();
		const found = await search(method);
		const typed = await search(method, { filter: String(name).slice(0, 6) });

		expect(found.results[0]).toEqual({ name, value });
		expect(values(typed)).toContain(value);
		expect(await search(method, { filter: 'no such thing' })).toEqual({ results: [] });
		expect(rig.sent(`${EVENTS}/${EVENT}/${path}`).length).toBeGreaterThan(0);
	});

	test.each([
		'searchStandCategories',
		'searchStandZones',
		'searchStandReservations',
		'searchMessages',
	])('%s returns names and IDs', async (method) => {
		const { results } = await search(method);
		const [first] = results;

		expect(results.length).toBeGreaterThan(0);
		expect(first?.name).not.toBe('');
		expect(first?.name).not.toBe(first?.value);
		expect(String(first?.value)).toMatch(/^\d+$/);
		expect(values(await search(method, { filter: String(first?.name) }))).toContain(first?.value);
	});

	test('attendee types with the same name show their IDs', async () => {
		const twin = rig.state.event().attendeeTypes.add({ name: 'VIP' });
		const vip = rig.state.event().attendeeTypes.named('VIP');
		const found = await search('searchAttendeeTypes');

		expect(names(found).sort()).toEqual(
			['General Public', 'Leader Group', `VIP (${vip.id})`, `VIP (${twin.id})`].sort(),
		);
		expect(values(await search('searchAttendeeTypes', { filter: String(twin.id) }))).toEqual([
			twin.id,
		]);
	});

	test('activities are searched by Eventtia, beyond the first page too', async () => {
		expect(names(await search('searchActivities', { filter: 'Activity 30' }))).toEqual([
			'Activity 30',
		]);
		expect(rig.sent(`${EVENTS}/${EVENT}/workshops`)[0]?.query).toMatchObject({
			name: 'Activity 30',
		});
	});

	test('a list that Eventtia cannot search is read until something matches', async () => {
		for (let n = 0; n < 60; n++) rig.state.event().guests.add({ email: `more-${n}@example.com` });

		expect(names(await search('searchGuests', { filter: 'more-59' }))).toEqual([
			'more-59@example.com',
		]);
	});

	test.each([...LISTS.map(([method]) => method), 'searchAttendees', 'searchAttendeeTypes'])(
		'%s is empty until an event is chosen',
		async (method) => {
			await expect(
				search(method, { parameters: { eventUri: by('list', '') } }),
			).rejects.toMatchObject({
				message: '"Event" is empty',
				description: expect.stringContaining('Choose "Event" first'),
			});
			expect(rig.server.requests).toEqual([]);
		},
	);

	test('of an event given by its URL', async () => {
		const eventUri = by('url', `https://live.eventtia.com/en/${VIENNA}`);

		expect((await search('searchActivities', { parameters: { eventUri } })).results).not.toEqual(
			[],
		);
		expect(rig.sent(`${EVENTS}/${VIENNA}/workshops`)).toHaveLength(1);
	});

	test('of an event of another account explain why they are empty', async () => {
		await expect(
			search('searchActivities', { parameters: { eventUri: by('uri', 'foreign-event') } }),
		).rejects.toMatchObject({ message: expect.stringContaining("doesn't grant you access") });
	});
});

describe('lists that depend on other choices', () => {
	const conference = () =>
		existing(Array.from(rig.state.event().networking.conferences.values())[0]);
	const participantType = () => existing(Array.from(conference().types.values())[0]);
	const within = () => ({ businessConferenceId: by('list', conference().id) });

	test('participant types, participants and unavailable hours of a business conference', async () => {
		const types = await search('searchParticipantTypes', { parameters: within() });
		const participants = await search('searchParticipants', { parameters: within() });
		const hours = await search('searchUnavailableHours', {
			parameters: { ...within(), participantTypeId: by('list', participantType().id) },
		});

		expect(values(types)).toContain(participantType().id);
		expect(participants.results.length).toBeGreaterThan(0);
		expect(participants.results[0]?.name).toMatch(/\S+, \S+/);
		expect(hours.results.length).toBeGreaterThan(0);
		expect(hours.results[0]?.name).toMatch(/\d.* – .*\d/);
	});

	test.each([
		['searchParticipantTypes', {}, 'Business Conference'],
		['searchParticipants', {}, 'Business Conference'],
		['searchUnavailableHours', { businessConferenceId: by('id', '1') }, 'Participant Type'],
		['searchRegions', {}, 'Country'],
		['searchCities', {}, 'Country'],
		['searchCities', { countryId: by('id', '51') }, 'Region'],
	])('%s with %j says what to choose first', async (method, parameters, field) => {
		await expect(search(method, { parameters })).rejects.toMatchObject({
			message: `"${field}" is empty`,
			description: expect.stringContaining(`Choose "${field}" first`),
		});
		expect(rig.server.requests).toEqual([]);
	});

	test.each([
		['at the top', (place: IDataObject) => ({ ...place, resource: 'city', operation: 'get' })],
		[
			'under "Filters"',
			(filters: IDataObject) => ({ filters, resource: 'event', operation: 'getAll' }),
		],
		[
			'under "Additional Fields"',
			(additionalFields: IDataObject) => ({
				additionalFields,
				resource: 'attendee',
				operation: 'create',
			}),
		],
	])('countries, their regions, their cities: chosen %s', async (_title, at) => {
		const countries = await search('searchCountries', { filter: 'colom' });
		const countryId = by('list', String(countries.results[0]?.value));
		const regions = await search('searchRegions', { parameters: at({ countryId }) });
		const regionId = by('list', '722');
		const cities = await search('searchCities', { parameters: at({ countryId, regionId }) });

		expect(countries.results).toEqual([{ name: 'Colombia', value: '51' }]);
		expect(values(regions)).toContain('722');
		expect(values(cities)).toContain('7993');
	});

	test('countries are read completely', async () => {
		const found = await search('searchCountries');

		expect(found.results).toHaveLength(30);
		expect(names(found)).toEqual([...names(found)].sort((a, b) => a.localeCompare(b)));
	});
});

describe('drop-downs', () => {
	const load = async (method: string, parameters: IDataObject = {}) =>
		await rig.engine.loadOptions('eventtia', method, {
			parameters: { eventUri: by('list', EVENT), ...parameters },
			credentials: rig.credentials(),
		});

	test('activities, all of them', async () => {
		const options = await load('getActivities');

		expect(options).toHaveLength(30);
		expect(options).toContainEqual({
			name: 'Activity 30',
			value: existing(Array.from(rig.state.event().activities.activities.values())[29]).id,
		});
	});

	test('activity categories, attendee types, purchase items', async () => {
		expect((await load('getActivityCategories')).map(({ name }) => name)).toEqual([
			'Keynotes',
			'Test Category',
			'Workshops',
		]);
		expect(await load('getAttendeeTypes')).toEqual(
			['General Public', 'Leader Group', 'VIP'].map((name) => ({
				name,
				value: rig.state.event().attendeeTypes.named(name).id,
			})),
		);
		expect((await load('getPurchaseItems')).length).toBe(
			rig.state.event().merchandising.items.size,
		);
	});

	test.each(['getActivities', 'getActivityCategories', 'getAttendeeTypes', 'getPurchaseItems'])(
		'%s is empty until an event is chosen',
		async (method) => {
			await expect(load(method, { eventUri: by('list', '') })).resolves.toEqual([]);
		},
	);

	test('a wrong password is explained', async () => {
		await expect(
			rig.engine.loadOptions('eventtia', 'getActivities', {
				parameters: { eventUri: by('list', EVENT) },
				credentials: rig.credentials({ password: 'a-wrong-password-9' }),
			}),
		).rejects.toMatchObject({ message: expect.stringContaining('Wrong username or password.') });
	});
});

describe('the fields of a form', () => {
	const fields = async (method: string, parameters: IDataObject = {}) =>
		(
			await rig.engine.resourceMapping('eventtia', method, {
				parameters: { ...shownBy(method), eventUri: by('list', EVENT), ...parameters },
				credentials: rig.credentials(),
			})
		).fields;
	const type = (name: string) => rig.state.event().attendeeTypes.named(name);
	const ofType = async (name: string) =>
		await fields('getAttendeeFields', { attendeeTypeId: by('list', type(name).id) });
	const called = async (name: string) =>
		existing((await ofType('VIP')).find(({ displayName }) => displayName === name));

	test('of an attendee type: its own and the common ones, by name', async () => {
		const found = await ofType('VIP');
		const shown = found.map(({ displayName }) => displayName);

		expect(shown).toEqual([
			'First Name',
			'Last Name',
			'Company',
			'Telephone',
			'Job Title',
			'picture',
			'Alternative Email',
			'Birthdate',
			'Timezone',
			'Diet',
			'Interests',
			'Years of experience',
			'Arrival',
			'Newsletter',
			'CV',
			`Comments (${fieldOf(type('VIP'), 'Comments').id})`,
			`Comments (${fieldOf(type('VIP'), 'Comments', 1).id})`,
			'Badge name',
		]);
		// Those have their own parameters in the node.
		expect(shown).not.toContain('Email');
		expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
		expect((await ofType('General Public')).map(({ displayName }) => displayName)).not.toContain(
			'Badge name',
		);
		expect(rig.sent(TYPES)).toHaveLength(2);
	});

	test('show what is required', async () => {
		const required = (await ofType('VIP')).filter((field) => field.required);

		expect(required.map(({ displayName }) => displayName)).toEqual([
			'First Name',
			'Last Name',
			'Badge name',
		]);
	});

	test.each(['list', 'lines', 'options'] as const)('have their choices (%s)', async (form) => {
		rig.state.fieldChoices = form;

		expect(await called('Diet')).toMatchObject({
			id: `field_${fieldOf(type('VIP'), 'Diet').id}`,
			type: 'options',
			options: ['None', 'Vegetarian', 'Vegan', 'Gluten-free'].map((value) => ({
				name: value,
				value,
			})),
			required: false,
			display: true,
			defaultMatch: false,
			canBeUsedToMatch: false,
			removed: false,
		});
	});

	test('are of the right type', async () => {
		expect((await called('Arrival')).type).toBe('dateTime');
		expect((await called('Birthdate')).type).toBe('dateTime');
		expect((await called('Badge name')).type).toBe('string');
		expect((await called('First Name')).id).toBe('first_name');
	});

	test('of events', async () => {
		expect(await fields('getEventFields')).toMatchObject([
			{ id: 'field_692349', displayName: 'Cost centre', type: 'string' },
			{
				id: 'field_692350',
				displayName: 'Department',
				type: 'options',
				options: [{ value: 'Marketing' }, { value: 'Sales' }, { value: 'People' }],
			},
			{ id: 'field_692351', displayName: 'Tags' },
		]);
	});

	test('of a survey: its questions', async () => {
		const survey = existing(Array.from(rig.state.event().surveys.surveys.values())[0]);
		const found = await fields('getSurveyQuestions', { surveyId: by('list', survey.id) });

		expect(found.map(({ id, displayName }) => [id, displayName])).toEqual(
			survey.questions.map(({ id, name }) => [`field_${id}`, name]),
		);
		expect(found[2]).toMatchObject({
			type: 'options',
			options: [{ value: 'Yes' }, { value: 'No' }, { value: 'Yes/No' }],
		});
	});

	test.each([
		['getAttendeeFields', {}, 'Attendee Type'],
		['getAttendeeFields', { eventUri: by('list', ''), attendeeTypeId: by('id', '1') }, 'Event'],
		['getSurveyQuestions', {}, 'Survey'],
		['getSurveyQuestions', { eventUri: by('list', ''), surveyId: by('id', '1') }, 'Event'],
	])('%s with %j says what to choose first', async (method, parameters, field) => {
		await expect(fields(method, parameters)).rejects.toMatchObject({
			message: `"${field}" is empty`,
			description: `Choose "${field}" first.`,
		});
	});
});

describe('answering a survey', () => {
	const survey = () => existing(Array.from(rig.state.event().surveys.surveys.values())[0]);
	const ids = () => survey().questions.map(({ id }) => id);

	test('sends the answers by question ID', async () => {
		const result = await rig.run('surveyAnswer: create', {
			surveyId: by('list', survey().id),
			answers: {
				mappingMode: 'defineBelow',
				value: { [`field_${ids()[0]}`]: 5, 'What could be better?': 'Nothing' },
			},
			additionalFields: { surveyType: 'attendee', answersJson: '{"Will you come again?":"Yes"}' },
		});
		const [request] = rig.sent(`${EVENTS}/${EVENT}/surveys/${survey().id}/answers`);

		expect(result.error).toBeUndefined();
		expect(request?.body).toEqual({
			[String(ids()[0])]: 5,
			[String(ids()[1])]: 'Nothing',
			[String(ids()[2])]: 'Yes',
		});
		expect(request?.query).toEqual({ survey_type: 'attendee' });
	});

	test('names an unknown question', async () => {
		const result = await rig.run('surveyAnswer: create', {
			surveyId: by('list', survey().id),
			answers: { mappingMode: 'defineBelow', value: { 'How was the food?': 'Good' } },
		});

		expect(result.error?.message).toContain('There is no field "How was the food?"');
	});
});
