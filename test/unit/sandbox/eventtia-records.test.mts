// The Eventtia sandbox: activities, networking, merchandise, stands, guide, messages, surveys and payments.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { type Reply, type Sent, send } from './client.mts';

const GUESTS = 80;
const PAGE = 24;
const HOUR_MS = 60 * 60 * 1000;
const BOGOTA = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}-05:00$/;
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const { email, password, eventUri, otherEventUri } = EVENTTIA_CREDENTIALS;

interface Row {
	id: string;
	type: string;
	attributes: Record<string, unknown>;
	relationships?: Record<string, { data: unknown }>;
}
interface Page {
	data: Row[];
	included?: Row[];
	meta?: Record<string, unknown>;
	links?: Record<string, string | null>;
}

let sandbox: Sandbox<'eventtia'>;
let token: string;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['eventtia'], seed: { guests: GUESTS } });
});
beforeEach(async () => {
	const reply = await send(`${sandbox.eventtia.url}/api/v3/auth`, {
		method: 'POST',
		body: { email, password },
	});
	token = (reply.json as { auth_token: string }).auth_token;
});
afterEach(() => {
	expect(sandbox.eventtia.refused).toEqual([]);
	sandbox.eventtia.reset();
});
afterAll(async () => {
	await sandbox.close();
});

const state = () => sandbox.eventtia.state;
const event = () => state().event();

async function call(path: string, sent: Sent = {}, uri: string = eventUri): Promise<Reply> {
	return await send(`${sandbox.eventtia.url}/api/v3/events/${uri}${path}`, {
		...sent,
		headers: { authorization: `Bearer ${token}`, ...sent.headers },
	});
}

async function page(path: string, uri?: string): Promise<Page> {
	const reply = await call(path, {}, uri);
	expect({ path, status: reply.status }).toEqual({ path, status: 200 });
	return reply.json as Page;
}

const names = ({ data }: Page, attribute = 'name') =>
	data.map(({ attributes }) => attributes[attribute]);
const types = ({ included = [] }: Page) => Array.from(new Set(included.map(({ type }) => type)));
const idsOf = (rows: Iterable<{ id: string }>) => Array.from(rows, ({ id }) => id);

function first<T>(rows: Iterable<T>): T {
	for (const row of rows) return row;
	throw new Error('nothing there');
}

function refusal(): string | undefined {
	return sandbox.eventtia.refused.splice(0)[0]?.reason;
}

const failure = (status: number, message: RegExp) => ({
	status,
	json: { message: expect.stringMatching(message) },
});

describe('activities', () => {
	const stored = () => first(event().activities.activities.values());

	it('lists them with categories and speakers as identifiers, and includes them on request', async () => {
		const plain = await page('/workshops');
		expect(plain.data).toHaveLength(PAGE);
		expect(plain.included).toBeUndefined();
		expect(plain.data[0]).toEqual({
			id: stored().id,
			type: 'workshops',
			attributes: expect.objectContaining({
				start_date: expect.stringMatching(UTC),
				updated_at: expect.stringMatching(UTC),
				booking_deadline_date: null,
				used_seats: 40,
				eventtia_studio_params: {},
			}),
			relationships: {
				speakers: { data: [{ id: expect.any(String), type: 'speakers' }] },
				workshop_categories: { data: [{ id: expect.any(String), type: 'workshop_categories' }] },
			},
		});
		expect(plain.data[1]?.attributes['booking_deadline_date']).toMatch(BOGOTA);
		const full = await page('/workshops?include=workshop_categories,speakers');
		expect(types(full)).toEqual(['workshop_categories', 'speakers']);
	});

	it('filters by part of the name, local day, change and future', async () => {
		expect(names(await page('/workshops?name=IVITY%2030'))).toEqual(['Activity 30']);
		expect(names(await page('/workshops?in_the_future=true'))).toEqual([
			'Activity 29',
			'Activity 30',
		]);
		expect((await page('/workshops?in_the_future=false')).data).toHaveLength(PAGE);
		const activity = stored();
		activity.start_date = Date.parse('2030-03-02T03:00:00Z');
		for (const date of ['2030-03-01', '01/03/2030']) {
			expect(names(await page(`/workshops?date=${date}`))).toEqual([activity.name]);
		}
		activity.updated_at = Date.parse('2030-01-01T12:00:00-05:00');
		expect(names(await page('/workshops?updated_date_time=2030-01-01T12:00:00'))).toEqual([
			activity.name,
		]);
		state().filterZone = 'utc';
		expect((await page('/workshops?updated_date_time=2030-01-01T17:00:01')).data).toEqual([]);
	});

	it('creates, shows milliseconds in the response, updates partially and sets categories', async () => {
		const typeId = first(event().attendeeTypes.all()).id;
		const created = await call('/workshops', {
			method: 'POST',
			body: {
				name: 'Yoga',
				start_date: '14/08/2030 - 23:00:00',
				end_date: '15/08/2030 - 00:30:00',
				price: { [typeId]: 200 },
				show_for_attendee_type: { [typeId]: 'true' },
				streaming_type: 'jitsi',
				streaming_embed_code: { display_name: 'Test', embed_code: '<div>' },
			},
		});
		expect(created.status).toBe(200);
		const { id, attributes } = (created.json as { data: Row }).data;
		expect(attributes).toMatchObject({
			name: 'Yoga',
			start_date: '2030-08-15T04:00:00.000Z',
			price: { [typeId]: 200 },
			used_seats: 0,
		});
		expect(attributes).not.toHaveProperty('show_for_attendee_type');
		const { updated_at: precise = 0 } = event().activities.activities.get(id) ?? {};
		expect(attributes['updated_at']).toBe(new Date(precise).toISOString());
		const updated = await call(`/workshops/${id}`, { method: 'PUT', body: { name: 'Tai chi' } });
		expect((updated.json as { data: Row }).data.attributes).toMatchObject({
			name: 'Tai chi',
			streaming_type: 'jitsi',
		});
		expect(
			((await page(`/workshops/${id}`)) as unknown as { data: Row }).data.attributes,
		).toMatchObject({
			name: 'Tai chi',
			updated_at: expect.stringMatching(UTC),
		});
		const [one = '', two = ''] = idsOf(event().activities.categories.values());
		const path = (ids: string) => `/workshops/${id}/set-categories?categories=${ids}`;
		await call(path(one), { method: 'POST' });
		const replaced = await call(path(two), { method: 'POST' });
		expect((replaced.json as { data: Row }).data.relationships?.['workshop_categories']).toEqual({
			data: [{ id: two, type: 'workshop_categories' }],
		});
		state().setCategories = 'add';
		await call(path(one), { method: 'POST' });
		expect(event().activities.activities.get(id)?.categoryIds).toEqual([two, one]);
	});

	it.each([
		[{ start_date: '14/08/2030 - 23:00:00', end_date: '14/08/2030 - 23:30:00' }, /name/],
		[{ name: 'A', end_date: '14/08/2030 - 23:30:00' }, /start_date/],
		[
			{ name: 'A', start_date: '31/02/2030 - 23:00:00', end_date: '14/08/2030 - 23:30:00' },
			/start_date is not a date/,
		],
		[
			{ name: 'A', start_date: '15/08/2030 - 23:00:00', end_date: '14/08/2030 - 23:30:00' },
			/before/,
		],
		[{ name: 'A', streaming_type: 'zoom' }, /streaming_type must be one of/],
		[{ name: 'A', price: { '1': 5 } }, /price: no attendee type 1/],
	])('responds with 400 to %j', async (body, message) => {
		expect(await call('/workshops', { method: 'POST', body })).toMatchObject(failure(400, message));
	});

	it.each([
		['GET', '/workshops?include=attendees', undefined, /include: not attendees/],
		['GET', '/workshops?date=2030-3-1', undefined, /date must be/],
		['POST', '/workshops', { workshop: {} }, /workshop/],
		['POST', '/workshops', { start_date: '2030-08-14 23:00' }, /14\/08\/2020/],
		['POST', '/workshops', { price: { '1': '5' } }, /price/],
	])('refuses %s %s %j', async (method, path, body, why) => {
		expect((await call(path, { method, body })).status).toBe(501);
		expect(refusal()).toMatch(why);
	});

	it("lists an activity's attendees with the filters of attendees", async () => {
		const { id } = stored();
		const listed = await page(`/workshops/${id}/attendees?include=attendee_type`);
		expect(listed.data).toHaveLength(PAGE);
		expect(types(listed)).toEqual(['attendee_types']);
		const attendee = event().attendees.at(1);
		const address = event().attendees.fieldValue(attendee, 'email') ?? '';
		const filtered = await page(`/workshops/${id}/attendees?email=${encodeURIComponent(address)}`);
		expect(idsOf(filtered.data)).toEqual([attendee.id]);
	});

	it('lists categories and speakers, with times as days', async () => {
		expect((await page('/workshop_categories')).data[0]?.attributes).toEqual({
			name: 'Test Category',
			color: '#6d2a84',
			updated_at: expect.stringMatching(DAY),
		});
		const speakers = await page('/speakers?include=workshops,workshops.workshop_categories');
		expect(speakers.data[0]?.attributes['updated_at']).toMatch(DAY);
		expect(types(speakers)).toEqual(['workshops', 'workshop_categories']);
	});
});

describe('business conferences', () => {
	const conference = () => first(event().networking.conferences.values());
	const base = () => `/business_conferences/${conference().id}`;
	const participantType = () => first(conference().types.values());
	const hours = () =>
		`${base()}/business_conference_participant_types/${participantType().id}/unavailable_hours`;

	it('lists conferences with their participant types', async () => {
		const listed = await page('/business_conferences');
		expect(listed.data[0]?.attributes).toMatchObject({
			created_at: expect.stringMatching(UTC),
			event_id: Number(event().id),
			meeting_duration: null,
		});
		expect(listed.included?.map(({ attributes }) => attributes['name'])).toEqual([
			'Sellers',
			'Buyers',
		]);
		expect((await page('/business_conferences?updated_since=2099-01')).data).toEqual([]);
	});

	it('lists participant types with an agenda of local times', async () => {
		const listed = await page(`${base()}/business_conference_participant_types`);
		const [slot] = participantType().slots;
		const key = String((slot?.start ?? 0) / 1000);
		expect(listed.data[0]?.attributes['agenda']).toMatchObject({
			[key]: ['2026-10-13 08:00:00', '2026-10-13 08:25:00', Number(slot?.id)],
		});
		expect(types(listed)).toEqual([
			'attendee_types',
			'attendee_type_custom_fields',
			'business_conference_profile_fields',
		]);
	});

	it('creates, updates and deletes unavailable hours by query', async () => {
		const create = `${hours()}?start_date=10%2F12%2F2030%20-%2001:00&end_date=10%2F12%2F2030%20-%2002:30`;
		const created = await call(create, { method: 'POST' });
		expect(created.status).toBe(200);
		const { id, type, attributes } = (created.json as { data: Row }).data;
		expect({ type, attributes }).toEqual({
			type: 'business_conference_participant_type_unavailable_hours',
			attributes: {
				start_date: '2030-12-10T01:00:00.000-05:00',
				end_date: '2030-12-10T02:30:00.000-05:00',
			},
		});
		const one = `${hours()}/${id}`;
		const updated = await call(`${one}?end_date=10/12/2030 - 03:00`.replaceAll(' ', '%20'), {
			method: 'PUT',
		});
		expect((updated.json as { data: Row }).data.attributes['end_date']).toBe(
			'2030-12-10T03:00:00.000-05:00',
		);
		expect(idsOf((await page(hours())).data)).toContain(id);
		const deleted = await call(one, { method: 'DELETE' });
		expect(deleted).toMatchObject({ status: 200, json: { data: { id } } });
		expect(await call(one, { method: 'DELETE' })).toMatchObject(failure(404, /RecordNotFound/));
	});

	it('refuses another format of hours, and hours in the body', async () => {
		await call(`${hours()}?start_date=2030-12-10T01:00:00`, { method: 'POST' });
		expect(refusal()).toMatch(/start_date: must be like 10\/12\/2020 - 01:00/);
		await call(hours(), { method: 'POST', body: { start_date: '10/12/2030 - 01:00' } });
		expect(refusal()).toMatch(/body: .*start_date/);
	});

	it('lists participants by type, with their attendees', async () => {
		const path = `${base()}/business_conference_participants?participant_type_id=${participantType().id}`;
		const listed = await page(path);
		expect(new Set(names(listed, 'participant_type_name'))).toEqual(new Set(['Sellers']));
		expect(types(listed)).toEqual([
			'business_conference_profile_fields',
			'attendees',
			'attendee_type_custom_fields',
		]);
		const { id, attributes } = first(listed.data);
		const attendee = event().attendees.find(String(attributes['attendee_id']));
		expect(attendee?.participantIds).toEqual([id]);
	});

	it('returns an agenda with meta even without totals, and lists meetings', async () => {
		state().totals = false;
		const { id } = first(conference().participants.values());
		const agenda = await page(`${base()}/business_conference_participants/${id}/agenda`);
		expect(agenda.meta).toEqual({
			agenda: expect.any(Object),
			blocked_slots: expect.any(Array),
			meeting_statuses: { requested: 1, accepted: 2, rejected: 3, expired: 4 },
		});
		expect(agenda.data.length).toBeGreaterThan(0);
		const meetings = await page(`${base()}/business_conference_meetings`);
		expect(meetings.data).toHaveLength(PAGE);
		expect(types(meetings)).toEqual(['business_conference_participants']);
	});
});

describe('merchandise, stands and guide', () => {
	it('lists items and purchases, of the event and of an attendee', async () => {
		const items = await page('/purchase_items');
		const item = first(items.data);
		expect(item.attributes['available_for_attendee_types']).toMatchObject({
			[first(event().attendeeTypes.all()).id]: '5',
		});
		expect(await call(`/purchase_items/${item.id}`)).toMatchObject({ json: { data: item } });
		const bought = await page('/attendee_purchase_items?include=attendee,purchase_item');
		expect(bought.data).toHaveLength(PAGE);
		expect(types(bought)).toEqual(['attendees', 'purchase_items']);
		const { id } = event().attendees.at(0);
		const own = await page(`/attendees/${id}/attendee_purchase_items`);
		expect(own.data.map((row) => row.relationships?.['attendee'])).toEqual([
			{ data: { id, type: 'attendees' } },
		]);
	});

	it('lists public reservations by company, zone and category, and the leads of any', async () => {
		const reservations = Array.from(event().exhibitors.reservations.values());
		const listed = await page('/stand_reservations');
		expect(listed.data).toHaveLength(reservations.length - 1);
		expect(types(listed)).toEqual(['zones', 'stand_categories']);
		const zone = first((await page('/zones')).data).id;
		expect((await page(`/stand_reservations?zone=${zone}`)).data).toHaveLength(2);
		const category = first((await page('/stand_categories')).data).id;
		expect((await page(`/stand_reservations?category=${category}`)).data).toHaveLength(3);
		expect(names(await page('/stand_reservations?company_name=acme'), 'display_name')).toEqual([
			'Acme Corp',
		]);
		const leads = await page(`/stand_reservations/${first(reservations).id}/leads`);
		expect(leads.meta).toMatchObject({ total_pages: 2 });
		expect(first(leads.data).attributes).toEqual({
			name: expect.any(String),
			company: expect.any(String),
			email: expect.stringMatching(/@example\.com$/),
			phone: '',
			notes: '',
			priority: 'medium',
			uuid: expect.any(String),
			updated_at: expect.stringMatching(DAY),
		});
		const hidden = reservations.at(-1)?.id;
		expect((await page(`/stand_reservations/${hidden}/leads`)).data).toHaveLength(2);
	});

	it('lists points of interest and Q&A sessions', async () => {
		expect(names(await page('/pois'))).toEqual(['Hotel test', 'Airport']);
		expect((await page('/event_qa_sessions?include=questions')).included).toEqual([]);
	});

	it('returns any param and changes the editable one', async () => {
		expect(await call('/event_params/pay_u_api_key')).toMatchObject({
			json: { data: { attributes: { param_value: 'sandbox-pay-u-key' } } },
		});
		const value = [{ attr: 'new' }];
		const sent = { method: 'PATCH', body: { param_value: value } };
		expect((await call('/event_params/aux_json_data', sent)).status).toBe(200);
		state().eventParamForm = 'bare';
		expect((await call('/event_params/aux_json_data')).json).toEqual(value);
		expect(await call('/event_params/pay_u_api_key', sent)).toMatchObject(failure(400, /edition/));
		expect(await call('/event_params/none')).toMatchObject(failure(404, /RecordNotFound/));
	});

	it('lists messages and their statistics', async () => {
		const { id, type } = first((await page('/massive_messages')).data);
		expect(type).toBe('conditioned_massive_messages');
		expect((await call(`/massive_messages/${id}/stats`)).json).toEqual({ errors: 1, opened: 10 });
	});
});

describe('surveys and payments', () => {
	it('accepts answers as the body or as a query parameter, and lists them', async () => {
		const survey = first(event().surveys.surveys.values());
		const [rating, text] = idsOf(survey.questions);
		const path = `/surveys/${survey.id}/answers`;
		const body = { [text ?? '']: 'Hola' };
		const created = await call(`${path}?survey_type=attendee`, { method: 'POST', body });
		expect(created).toMatchObject({
			status: 201,
			json: {
				data: { attributes: { answered: true }, relationships: { event_files: { data: [] } } },
			},
		});
		const query = new URLSearchParams({ answers: JSON.stringify({ [rating ?? '']: 5 }) });
		expect((await call(`${path}?${query}`, { method: 'POST' })).status).toBe(201);
		const answers = await page(`/surveys/${survey.id}/survey_answers?page[number]=3`);
		expect(answers.data.slice(-2).map(({ attributes }) => attributes['values'])).toEqual([
			body,
			{ [rating ?? '']: 5 },
		]);
		expect(answers.data[0]?.attributes['entity_type']).toBe('Attendee');
		const full = await page('/surveys?include=custom_fields');
		expect(full.data.map(({ attributes }) => attributes['answered'])).toEqual([true, false, false]);
		expect(types(full)).toEqual(['custom_fields']);
	});

	it('responds with 400 to unknown questions and disabled surveys, and refuses other shapes', async () => {
		const surveys = Array.from(event().surveys.surveys.values());
		const post = async (survey: { id: string } | undefined, body: unknown) =>
			await call(`/surveys/${survey?.id}/answers`, { method: 'POST', body });
		expect(await post(surveys[0], { '1': 'x' })).toMatchObject(failure(400, /no question 1/));
		expect(await post(surveys[0], {})).toMatchObject(failure(400, /missing/));
		const old = surveys[2];
		const question = old?.questions[0]?.id ?? '';
		expect(await post(old, { [question]: 'x' })).toMatchObject(failure(400, /not enabled/));
		expect((await post(surveys[0], { [question]: { a: 1 } })).status).toBe(501);
		expect(refusal()).toMatch(/body/);
	});

	it('filters payments by minute, type and statuses', async () => {
		const { id } = event().attendees.at(0);
		const added = event().payments.add(id, {
			status: 'refunded',
			payment_type: 'Electronic payment',
		});
		added.created_at = Date.parse('2030-07-16T23:00:00-05:00');
		const at = (name: string, time: string) => `${name}=${encodeURIComponent(time)}`;
		const filtered = async (query: string) =>
			idsOf((await page(`/attendee-payments?${query}`)).data);
		expect(await filtered(at('start_date_time', '2030-07-16 23:00'))).toEqual([added.id]);
		expect(await filtered(at('start_date_time', '2030-07-16 23:01'))).toEqual([]);
		state().filterZone = 'utc';
		expect(await filtered(at('start_date_time', '2030-07-17 04:00'))).toEqual([added.id]);
		state().paymentFilter = 'updated_at';
		const all = await page(
			'/attendee-payments?payment_type=3&status=refunded,accepted&include=attendee',
		);
		expect(new Set(names(all, 'payment_type'))).toEqual(new Set(['Electronic payment']));
		expect(all.data.every(({ attributes }) => typeof attributes['total_amount'] === 'string')).toBe(
			true,
		);
		expect(types(all)).toEqual(['attendees']);
		expect(await call('/attendee-payments?status=paid')).toMatchObject(
			failure(400, /no status paid/),
		);
		await call('/attendee-payments?start_date_time=2030-07-16');
		expect(refusal()).toMatch(/start_date_time/);
	});
});

describe('changes from outside', () => {
	it('are made by the control server and have the time of the change', async () => {
		const control = async (method: string, path: string, body: unknown) => {
			const reply = await send(`${sandbox.control.url}/eventtia/events/${eventUri}${path}`, {
				method,
				body,
			});
			expect({ path, status: reply.status }).toEqual({ path, status: 200 });
			return reply.json as { id: string; updated_at: number };
		};
		const before = Date.now() - HOUR_MS;
		const { id: attendeeId } = event().attendees.at(0);
		const added = await control('POST', '/activities', {
			name: 'New',
			start_date: '2030-01-01T10:00:00Z',
			end_date: '2030-01-01T11:00:00Z',
		});
		const changed = await control('PATCH', `/activities/${added.id}`, { name: 'Newer' });
		expect(changed.updated_at).toBeGreaterThan(before);
		const payment = await control('POST', '/payments', { attendeeId });
		await control('PATCH', `/payments/${payment.id}`, { status: 'refunded' });
		expect(event().payments.payments.get(payment.id)?.status).toBe('refunded');
		const survey = first(event().surveys.surveys.values());
		const values = { [first(survey.questions).id]: 4 };
		await control('POST', `/surveys/${survey.id}/answers`, { attendeeId, values });
		expect(event().surveys.answersTo(survey).at(-1)).toMatchObject({
			entity_id: Number(attendeeId),
			values,
		});
		const { id } = first(event().exhibitors.reservations.values());
		const lead = await control('POST', `/stand_reservations/${id}/leads`, { name: 'Jon' });
		await control('PATCH', `/leads/${lead.id}`, { priority: 'high' });
		expect(event().exhibitors.leadsFor(id).at(-1)).toMatchObject({ name: 'Jon', priority: 'high' });
		const itemId = first(event().merchandising.items.keys());
		await control('POST', '/purchases', { attendeeId, itemId, quantity: 2 });
		expect(event().merchandising.ofAttendee(attendeeId).at(-1)).toMatchObject({ quantity: 2 });
		const { meetings } = first(event().networking.conferences.values());
		await control('PATCH', `/meetings/${first(meetings.keys())}`, { status: 4 });
		expect(first(meetings.values()).status).toBe(4);
		await control('DELETE', `/activities/${added.id}`, undefined);
		expect(event().activities.activities.has(added.id)).toBe(false);
	});
});

it('clones the requested parts', async () => {
	state().cloneAfterRequests = 0;
	const clone = async (flags: string) => {
		const before = new Set(state().events.keys());
		expect((await call(`/clone?${flags}`, { method: 'POST' })).status).toBe(200);
		return Array.from(state().events.keys()).find((uri) => !before.has(uri)) ?? '';
	};
	const flags: Array<[flag: string, path: string]> = [
		['clone_speakers', '/speakers'],
		['clone_pois', '/pois'],
		['clone_zones', '/zones'],
		['clone_business_conference', '/business_conferences'],
	];
	for (const [flag, path] of flags) {
		const uri = await clone(`${flag}=true`);
		const shown = async (of: [string, string]) => (await page(of[1], uri)).data.length > 0;
		const filled = await Promise.all(flags.map(async (of) => ((await shown(of)) ? of[1] : '')));
		expect(filled.filter(Boolean)).toEqual([path]);
	}
});

it('keeps the records of every event separate', async () => {
	const all = async (uri: string) => idsOf((await page('/workshops', uri)).data);
	const [own, other] = [await all(eventUri), await all(otherEventUri)];
	expect(other.length).toBeGreaterThan(0);
	expect(own.filter((id) => other.includes(id))).toEqual([]);
	expect((await call(`/workshops/${other[0]}`)).status).toBe(404);
});
