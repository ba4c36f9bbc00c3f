/** Eventtia: activities, their categories, speakers and attendees: what each operation sends and outputs. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { VIENNA, below, listed, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 12, credential: loggedIn });

const WORKSHOPS = below('/workshops');
const TYPES = below('/attendee_types');
const ids = (of: Iterable<string>) => Array.from(of);
const activityIds = () => ids(rig.state.event().activities.activities.keys());
const categoryIds = () => ids(rig.state.event().activities.categories.keys());
const activity = (index: number) => by('id', nth(activityIds(), index));
/** Attendee types are given by name; the sandbox knows their IDs. */
const typeId = (name: string) => rig.state.event().attendeeTypes.named(name).id;
const PAGE = { 'page[number]': '1', 'page[size]': '24' };

describe('activity: getAll', () => {
	test('returns all pages in order, simplified, with prices by attendee type name', async () => {
		const result = await rig.run('activity: getAll', { returnAll: true });
		const [sent] = rig.sent(WORKSHOPS);

		expect(rig.calls().sort()).toEqual([`GET ${TYPES}`, `GET ${WORKSHOPS}`, `GET ${WORKSHOPS}`]);
		expect(rig.sent(WORKSHOPS).map(({ query }) => query)).toEqual([
			PAGE,
			{ ...PAGE, 'page[number]': '2' },
		]);
		expect(sent?.headers.authorization).toMatch(/^Bearer \S+$/);
		expect(data(result).map(({ id }) => id)).toEqual(activityIds());
		expect(result.items.every(({ pairedItem }) => Object(pairedItem).item === 0)).toBe(true);
		const [second] = data(result).slice(1);
		const held = nth(rig.state.event().activities.activities.values(), 1);
		expect(second).toEqual({
			id: held.id,
			startDate: '2026-10-13T14:00:00.000Z',
			endDate: '2026-10-13T15:00:00.000Z',
			createdAt: new Date(held.created_at).toISOString(),
			updatedAt: new Date(held.updated_at).toISOString(),
			bookingDeadlineDate: '2026-10-13T08:00:00.000-05:00',
			name: 'Activity 2',
			description: '',
			location: '',
			showOnRegister: true,
			streamingEmbedCode: [],
			streamingType: 'youtube',
			streamingUrl: '',
			guid: held.guid,
			jitsiUrl: null,
			backgroundImage: {},
			enableChat: true,
			chatName: '',
			fileCategoryId: null,
			enabledEmotions: false,
			interactivityType: null,
			interactivitySnippet: '',
			availability: 1000,
			usedSeats: 8,
			translationSnippet: '',
			price: { 'General Public': '0', VIP: '0', 'Leader Group': '0' },
			sponsorId: null,
			attendanceMode: 'online',
			eventtiaStudioParams: {},
			speakerIds: held.speakerIds,
			workshopCategoryIds: held.categoryIds,
		});
	});

	test('outputs raw records without Simplify', async () => {
		const result = await rig.run('activity: getAll', { returnAll: true, simplify: false });

		expect(rig.calls()).toEqual([`GET ${WORKSHOPS}`, `GET ${WORKSHOPS}`]);
		expect(data(result)).toEqual(await listed(rig, WORKSHOPS));
	});

	test('reads no more pages than the limit needs', async () => {
		const result = await rig.run('activity: getAll', { limit: 3 });

		expect(rig.sent(WORKSHOPS)).toHaveLength(1);
		expect(data(result).map(({ id }) => id)).toEqual(activityIds().slice(0, 3));
	});

	test('includes categories and speakers on request', async () => {
		const parameters = { limit: 1, options: { include: ['workshop_categories', 'speakers'] } };
		const flat = only(await rig.run('activity: getAll', parameters));
		const raw = only(await rig.run('activity: getAll', { ...parameters, simplify: false }));

		expect(nth(rig.sent(WORKSHOPS)).query.include).toBe('workshop_categories,speakers');
		const speaker = nth(rig.state.event().activities.speakers.values());
		expect(flat).toMatchObject({
			speakerIds: [speaker.id],
			speakers: [{ id: speaker.id, fullName: speaker.full_name, picture: null }],
			workshopCategories: [{ id: nth(categoryIds()), name: 'Test Category', color: '#6d2a84' }],
		});
		expect(raw.included).toEqual([
			expect.objectContaining({ type: 'speakers', id: speaker.id }),
			expect.objectContaining({ type: 'workshop_categories', id: nth(categoryIds()) }),
		]);
	});

	test.each<[IDataObject, IDataObject]>([
		[{ name: 'Activity 2' }, { name: 'Activity 2' }],
		[{ date: '2026-10-14T00:00:00' }, { date: '2026-10-14' }],
		[{ date: '2026-10-14T23:59:00.000+02:00' }, { date: '2026-10-14' }],
		[{ inTheFuture: true }, { in_the_future: 'true' }],
		[{ inTheFuture: false }, {}],
		[{ updatedDateTime: '2026-09-13T13:20:00.000Z' }, { updated_date_time: '2026-09-13T08:20:00' }],
		[{ updatedDateTime: '2026-09-13T08:20:00' }, { updated_date_time: '2026-09-13T08:20:00' }],
	])('the filter %j is sent as %j', async (filters, query) => {
		const result = await rig.run('activity: getAll', { filters, limit: 1 });

		expect(result.error).toBeUndefined();
		expect(nth(rig.sent(WORKSHOPS)).query).toEqual({ ...query, ...PAGE });
	});

	test('applies the filters', async () => {
		const named = await rig.run('activity: getAll', { filters: { name: 'activity 30' } });
		const ofDay = await rig.run('activity: getAll', { filters: { date: '2026-10-14' } });
		const held = Array.from(rig.state.event().activities.activities.values());

		expect(data(named).map(({ name }) => name)).toEqual(['Activity 30']);
		const expected = held.filter(({ start_date: start }) =>
			rig.state.event().local(start).startsWith('2026-10-14'),
		);
		expect(expected.length).toBeGreaterThan(0);
		expect(data(ofDay).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
	});

	test('reports an invalid date in a filter before it is sent', async () => {
		const result = await rig.run('activity: getAll', { filters: { updatedDateTime: 'soon' } });

		expect(errorOf(result).message).toBe(
			'"Updated After" is not a date and time (e.g. 2026-05-01T18:30:00+02:00) [item 0]',
		);
		expect(rig.sent(WORKSHOPS)).toEqual([]);
	});
});

describe('activity: get', () => {
	test.each(['id', 'list'])('in mode %s', async (mode) => {
		const id = nth(activityIds(), 2);
		const parameters = { workshopId: by(mode, id) };
		const flat = only(await rig.run('activity: get', parameters));
		const raw = only(await rig.run('activity: get', { ...parameters, simplify: false }));

		// Its price is null, so there is nothing to name.
		expect(rig.calls()).toEqual([`GET ${WORKSHOPS}/${id}`, `GET ${WORKSHOPS}/${id}`]);
		expect(nth(rig.sent()).query).toEqual({});
		expect(flat).toMatchObject({ id, name: 'Activity 3', price: null, zoomType: 'native' });
		expect(raw).toEqual((await listed(rig, WORKSHOPS))[2]);
	});
});

describe('activity: create', () => {
	const BASIC = {
		name: 'Opening',
		startDate: '2026-10-13T18:30:00.000+02:00',
		endDate: '2026-10-13T13:00:00',
	};
	const NEEDED = {
		name: 'Opening',
		start_date: '13/10/2026 - 11:30:00',
		end_date: '13/10/2026 - 13:00:00',
	};

	test('sends dates in the event’s zone, and nothing that was not given', async () => {
		const result = only(await rig.run('activity: create', BASIC));
		const [post] = rig.sent(WORKSHOPS);

		expect(rig.calls()).toEqual([`GET ${below('')}`, `POST ${WORKSHOPS}`]);
		expect(post?.body).toEqual(NEEDED);
		expect(post?.query).toEqual({});
		expect(post?.headers['content-type']).toMatch(/^application\/json/);
		expect(result).toMatchObject({
			name: 'Opening',
			startDate: '2026-10-13T16:30:00.000Z',
			endDate: '2026-10-13T18:00:00.000Z',
		});
		expect(rig.state.event().activities.activities.has(String(result.id))).toBe(true);
	});

	test('sends every field under the vendor’s name', async () => {
		const additionalFields = {
			allowBlockingWorkshops: true,
			availability: 5,
			chatName: 'Talk',
			description: 'Begin',
			enableChat: false,
			enabledEmotions: true,
			interactivitySnippet: '<i/>',
			interactivityType: 'slido',
			location: 'Hall',
			price: { rows: [{ attendeeTypeId: typeId('VIP'), price: 12.5 }] },
			showForAttendeeType: {
				rows: [
					{ attendeeTypeId: typeId('VIP'), shown: true },
					{ attendeeTypeId: typeId('General Public'), shown: false },
				],
			},
			showOnRegister: false,
			streamingEmbedCode: '{"display_name": "Stage", "embed_code": "<b/>"}',
			streamingType: 'youtube',
			streamingUrl: 'https://stream.example.com',
			translationSnippet: '<t/>',
		};
		const result = only(await rig.run('activity: create', { ...BASIC, additionalFields }));

		expect(nth(rig.sent(WORKSHOPS)).body).toEqual({
			...NEEDED,
			allow_blocking_workshops: true,
			availability: 5,
			chat_name: 'Talk',
			description: 'Begin',
			enable_chat: false,
			enabled_emotions: true,
			interactivity_snippet: '<i/>',
			interactivity_type: 'slido',
			location: 'Hall',
			price: { [typeId('VIP')]: 12.5 },
			show_for_attendee_type: { [typeId('VIP')]: 'true', [typeId('General Public')]: 'false' },
			show_on_register: false,
			streaming_embed_code: { display_name: 'Stage', embed_code: '<b/>' },
			streaming_type: 'youtube',
			streaming_url: 'https://stream.example.com',
			translation_snippet: '<t/>',
		});
		expect(result).toMatchObject({ price: { VIP: 12.5 }, enableChat: false, availability: 5 });
	});

	test('prices by attendee type can come from expressions', async () => {
		const rows = [{ attendeeTypeId: '={{ $json.type }}', price: '={{ $json.cost }}' }];
		const items = [{ json: { type: typeId('VIP'), cost: '7.5' } }];
		const additionalFields = { price: { rows } };
		await rig.run('activity: create', { ...BASIC, additionalFields }, { items });

		expect(nth(rig.sent(WORKSHOPS)).body).toEqual({ ...NEEDED, price: { [typeId('VIP')]: 7.5 } });
	});

	test('outputs the raw record without Simplify', async () => {
		const result = only(await rig.run('activity: create', { ...BASIC, simplify: false }));

		expect(result).toMatchObject({
			type: 'workshops',
			attributes: { name: 'Opening', start_date: '2026-10-13T16:30:00.000Z' },
		});
	});

	test.each([
		['2026-10-25T01:30:00', '2026-10-24T23:30:00.000Z', '25/10/2026 - 01:30:00'],
		// This local time occurs twice, and Eventtia's format cannot say which of the two it is.
		['2026-10-25T02:30:00', undefined, '25/10/2026 - 02:30:00'],
		['2026-10-25T04:00:00', '2026-10-25T03:00:00.000Z', '25/10/2026 - 04:00:00'],
		['2026-10-25T03:00:00Z', '2026-10-25T03:00:00.000Z', '25/10/2026 - 04:00:00'],
		['2026-10-25T00:00:00-05:00', '2026-10-25T05:00:00.000Z', '25/10/2026 - 06:00:00'],
	])('on the day the clocks go back, sends %s as %s', async (startDate, moment, written) => {
		const result = only(
			await rig.run('activity: create', {
				name: 'Night',
				eventUri: by('uri', VIENNA),
				startDate,
				endDate: '2026-10-25T22:00:00',
			}),
		);

		expect(nth(rig.sent(below('/workshops', VIENNA))).body).toMatchObject({
			start_date: written,
			end_date: '25/10/2026 - 22:00:00',
		});
		if (moment !== undefined) expect(result.startDate).toBe(moment);
	});

	test.each<[IDataObject, string]>([
		[{ name: '={{ "" }}' }, '"Name" is empty'],
		[{ startDate: '={{ "" }}' }, '"Start Date" is empty'],
		[{ endDate: 'soon' }, '"End Date" is not a date and time'],
		[{ additionalFields: { availability: -1 } }, '"Availability"'],
		[{ additionalFields: { streamingEmbedCode: '[' } }, '"Streaming Embed Code (JSON)"'],
		[{ additionalFields: { price: { rows: [{ attendeeTypeId: '', price: 1 }] } } }, '"Prices"'],
		[{ additionalFields: { price: { rows: [{ attendeeTypeId: '1', price: 'x' }] } } }, '"Prices"'],
	])('refuses %j before it is sent', async (changes, words) => {
		const result = await rig.run('activity: create', { ...BASIC, ...changes });

		expect(errorOf(result).message).toContain(words);
		expect(rig.sent(WORKSHOPS)).toEqual([]);
	});

	test('shows Eventtia’s message about dates in the wrong order', async () => {
		const result = await rig.run('activity: create', { ...BASIC, endDate: '2026-10-12T00:00:00' });

		expect(errorOf(result)).toMatchObject({
			message: 'end_date is before start_date [item 0]',
			httpCode: '400',
		});
	});

	test('requests the zone once, and runs items of one name in order', async () => {
		const items = [1, 2, 3, 4].map((n) => ({ json: { n } }));
		const additionalFields = { availability: '={{ $json.n }}' };
		const result = await rig.run('activity: create', { ...BASIC, additionalFields }, { items });

		expect(rig.sent(below(''))).toHaveLength(1);
		expect(rig.sent(WORKSHOPS).map(({ body }) => Object(body).availability)).toEqual([1, 2, 3, 4]);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 2, 3].map((item) => ({ item })),
		);
	});
});

describe('activity: update', () => {
	test('sends only the given fields', async () => {
		const id = nth(activityIds());
		const updateFields = { name: 'Renamed', startDate: '2026-10-13T07:00:00', enableChat: false };
		const result = only(
			await rig.run('activity: update', { workshopId: by('id', id), updateFields }),
		);

		expect(rig.calls()).toEqual([`GET ${below('')}`, `PUT ${WORKSHOPS}/${id}`]);
		expect(nth(rig.sent(`${WORKSHOPS}/${id}`)).body).toEqual({
			name: 'Renamed',
			start_date: '13/10/2026 - 07:00:00',
			enable_chat: false,
		});
		expect(result).toMatchObject({
			id,
			name: 'Renamed',
			startDate: '2026-10-13T12:00:00.000Z',
			endDate: '2026-10-13T14:00:00.000Z',
			enableChat: false,
		});
	});

	test('does not request the zone without a date', async () => {
		const id = nth(activityIds());
		await rig.run('activity: update', { workshopId: id, updateFields: { location: 'Hall' } });

		expect(rig.calls()).toEqual([`PUT ${WORKSHOPS}/${id}`]);
	});

	test('ignores fields that were added and left empty', async () => {
		const id = nth(activityIds(), 1);
		const updateFields = {
			name: 'Renamed',
			description: '',
			startDate: '',
			price: {},
			showForAttendeeType: {},
			streamingEmbedCode: '{}',
		};
		const result = only(await rig.run('activity: update', { workshopId: id, updateFields }));

		expect(rig.sent(`${WORKSHOPS}/${id}`).map(({ body }) => body)).toEqual([{ name: 'Renamed' }]);
		expect(result.price).toEqual({ 'General Public': '0', VIP: '0', 'Leader Group': '0' });
	});

	test('refuses an update without changes', async () => {
		const result = await rig.run('activity: update', { workshopId: activity(0) });

		expect(errorOf(result).message).toBe('There is nothing to update [item 0]');
		expect(errorOf(result).description).toContain('"Update Fields"');
		expect(rig.calls()).toEqual([]);
	});
});

describe('activity: setCategories', () => {
	test.each(['replace', 'add'] as const)('sends them in the query (Eventtia: %s)', async (does) => {
		rig.state.setCategories = does;
		const [first = '', second = '', third = ''] = categoryIds();
		const id = nth(activityIds());
		const parameters = { workshopId: by('id', id), categories: [second, third] };
		const result = only(await rig.run('activity: setCategories', parameters));
		const [sent] = rig.sent();

		expect(rig.calls()).toEqual([`POST ${WORKSHOPS}/${id}/set-categories`]);
		expect(sent?.query).toEqual({ categories: `${second},${third}` });
		expect(sent?.body).toBeUndefined();
		expect(result).toMatchObject({
			id,
			workshopCategoryIds: does === 'add' ? [first, second, third] : [second, third],
		});
	});

	test('accepts IDs from an expression, as a list or as text', async () => {
		const [first, second] = categoryIds();
		const id = nth(activityIds());
		for (const categories of [`={{ [${first}, ${second}] }}`, `=${first}, ${second}`]) {
			await rig.run('activity: setCategories', { workshopId: id, categories });
		}

		expect(rig.sent().map(({ query }) => query)).toEqual([
			{ categories: `${first},${second}` },
			{ categories: `${first},${second}` },
		]);
	});

	test('refuses an empty list, because its effect is not documented', async () => {
		const result = await rig.run('activity: setCategories', {
			workshopId: activity(0),
			categories: '={{ [] }}',
		});

		expect(errorOf(result).message).toBe('"Category Names or IDs" is empty [item 0]');
		expect(rig.calls()).toEqual([]);
	});
});

describe('activity: getAttendees', () => {
	test('returns attendees with their fields by name', async () => {
		const id = nth(activityIds());
		const attendees = `${WORKSHOPS}/${id}/attendees`;
		const flat = await rig.run('activity: getAttendees', { workshopId: by('id', id) });
		const raw = await rig.run('activity: getAttendees', { workshopId: id, simplify: false });

		expect(rig.calls()).toEqual([`GET ${attendees}`, `GET ${TYPES}`, `GET ${attendees}`]);
		expect(nth(rig.sent(attendees)).query).toEqual({ ...PAGE });
		const found = rig.state.event().activities.attendeeIdsFor(id);
		expect(found.length).toBeGreaterThan(0);
		expect(data(flat).map((one) => one.id)).toEqual(found);
		const [first] = found.map((one) => rig.state.event().attendees.find(one));
		expect(data(flat)[0]).toMatchObject({
			email: first && rig.state.event().attendees.fieldValue(first, 'email'),
			ticketType: first && rig.state.event().attendees.attendeeType(first).name,
			customFields: { Diet: expect.any(String) },
		});
		expect(data(raw)).toEqual(await listed(rig, attendees));
	});

	test('has the same filters as the attendee list', async () => {
		const id = nth(activityIds());
		const filters = {
			company: 'C',
			createdDateTime: '2026-02-01T00:00:00Z',
			email: 'e@example.com',
			firstName: 'A',
			includeArchived: true,
			includeRejected: true,
			lastName: 'B',
			onlyConfirmed: true,
			updatedDateTime: '2026-02-01T00:00:00',
		};
		const options = { include: ['attendee_type'] };
		const result = await rig.run('activity: getAttendees', { workshopId: id, filters, options });

		expect(result.error).toBeUndefined();
		expect(nth(rig.sent(`${WORKSHOPS}/${id}/attendees`)).query).toEqual({
			...PAGE,
			company: 'C',
			created_date_time: '2026-01-31T19:00:00',
			email: 'e@example.com',
			first_name: 'A',
			include: 'attendee_type',
			include_archived: 'true',
			include_rejected: 'true',
			last_name: 'B',
			only_confirmed: 'true',
			updated_date_time: '2026-02-01T00:00:00',
		});
	});
});

describe('activityCategory: getAll', () => {
	test('simplified and raw', async () => {
		const path = below('/workshop_categories');
		const flat = await rig.run('activityCategory: getAll');
		const raw = await rig.run('activityCategory: getAll', { simplify: false });

		expect(rig.calls()).toEqual([`GET ${path}`, `GET ${path}`]);
		expect(nth(rig.sent()).query).toEqual({ ...PAGE });
		expect(data(flat)).toHaveLength(3);
		expect(data(flat)[0]).toEqual({
			id: nth(categoryIds()),
			name: 'Test Category',
			color: '#6d2a84',
			updatedAt: expect.stringMatching(/^2026-09-\d\d$/),
		});
		expect(data(raw)).toEqual(await listed(rig, path));
	});
});

describe('speaker: getAll', () => {
	const SPEAKERS = below('/speakers');

	test('simplified: pictures are URLs, a missing one is null', async () => {
		const flat = await rig.run('speaker: getAll', { returnAll: true });
		const raw = await rig.run('speaker: getAll', { returnAll: true, simplify: false });
		const [first, second] = rig.state.event().activities.speakers.values();

		expect(rig.calls()).toEqual([`GET ${SPEAKERS}`, `GET ${SPEAKERS}`]);
		expect(data(flat)).toHaveLength(8);
		expect(data(flat)[0]).toMatchObject({
			id: first?.id,
			fullName: first?.full_name,
			picture: null,
			banner: null,
			workshopIds: rig.state
				.event()
				.activities.ofSpeaker(nth([first!]))
				.map(({ id }) => id),
		});
		expect(data(flat)[1]?.picture).toBe(
			`https://s3.amazonaws.com/eventtia/pictures/large/${second?.id}.png`,
		);
		expect(data(raw)).toEqual(await listed(rig, SPEAKERS));
	});

	test('with activities and their categories included', async () => {
		const include = ['workshops', 'workshop_categories'];
		const result = only(await rig.run('speaker: getAll', { limit: 1, options: { include } }));

		expect(nth(rig.sent(SPEAKERS)).query.include).toBe('workshops,workshop_categories');
		expect(result.workshops).toEqual(
			expect.arrayContaining([
				expect.objectContaining({
					name: 'Activity 1',
					workshopCategories: [expect.objectContaining({ name: 'Test Category' })],
				}),
			]),
		);
	});
});
