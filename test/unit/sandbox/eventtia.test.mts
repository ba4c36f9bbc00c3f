// The Eventtia sandbox: tokens, events, attendees, registration, guests, places, web hooks, files.

import { createServer } from 'node:http';
import { once } from 'node:events';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { type Reply, type Sent, send } from './client.mts';

const GUESTS = 60;
const PAGE = 24;
const { email, password, clientId, clientSecret, accountApiKey, eventUri } = EVENTTIA_CREDENTIALS;

interface Resource {
	id: string;
	type: string;
	attributes: Record<string, unknown>;
	relationships?: Record<string, { data: unknown }>;
}

interface Document<Data> {
	data: Data;
	included?: Resource[];
	links?: Record<string, string | null>;
	meta?: Record<string, unknown>;
}

let sandbox: Sandbox<'eventtia'>;
let token: string;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['eventtia'], seed: { guests: GUESTS } });
});
beforeEach(() => {
	const account = state().accounts.get(email);
	if (!account) throw new Error('no account');
	token = state().issueToken(account);
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
const type = (name: string) => event().attendeeTypes.named(name);
const ofEvent = `/events/${eventUri}`;

async function call(path: string, sent: Sent = {}): Promise<Reply> {
	return await send(`${sandbox.eventtia.url}/api/v3${path}`, {
		...sent,
		headers: { authorization: `Bearer ${token}`, ...sent.headers },
	});
}

const post = async (path: string, body?: unknown) => await call(path, { method: 'POST', body });

async function list(path: string): Promise<Document<Resource[]>> {
	const reply = await call(path);
	expect(reply.status).toBe(200);
	return reply.json as Document<Resource[]>;
}

function refusal(): string | undefined {
	return sandbox.eventtia.refused.splice(0)[0]?.reason;
}

describe('tokens', () => {
	it('are issued for e-mail and password, or for client ID and secret', async () => {
		const url = `${sandbox.eventtia.url}/api/v3`;
		const first = await send(`${url}/auth`, { method: 'POST', body: { email, password } });
		expect(first.json).toEqual({ auth_token: expect.any(String), username: expect.any(String) });
		const body = { client_id: clientId, client_secret: clientSecret };
		const second = await send(`${url}/m2m-auth`, { method: 'POST', body });
		expect(second.json).toEqual({ access_token: expect.any(String) });
		const wrong = await send(`${url}/auth`, { method: 'POST', body: { email, password: 'x' } });
		expect(wrong).toMatchObject({
			status: 401,
			json: { message: 'Wrong username or password.' },
		});
	});

	it('expire on demand, and are required except for places and public fields', async () => {
		expect((await call('/events')).status).toBe(200);
		sandbox.eventtia.faults.add({ do: { kind: 'expireSession' } });
		expect((await call('/events')).status).toBe(401);
		const url = `${sandbox.eventtia.url}/api/v3`;
		expect((await send(`${url}/countries`)).status).toBe(200);
		const anonymous = (await send(`${url}${ofEvent}/attendees`)).json as Document<Resource[]>;
		const shown = Object.keys(anonymous.data[0]?.attributes['fields'] ?? {});
		const open = type('General Public').fields.filter(({ isPublic }) => isPublic);
		expect(shown).toEqual(open.map(({ id }) => id));
		expect((await call(`${ofEvent}/attendees`)).status).toBe(401);
		state().endedToken = 'anonymous';
		expect((await call(`${ofEvent}/attendees`)).json).toEqual(anonymous);
	});
});

describe('events', () => {
	it('are listed page by page, with links and totals depending on the knobs', async () => {
		const all = await list('/events');
		expect(all.data.map(({ attributes }) => attributes['event_uri'])).toEqual([
			...['test-event-1', 'vienna-summit', 'template-event'],
		]);
		expect(all.data[0]?.attributes).toMatchObject({ start_date: '2026-10-13T08:00:00.000-05:00' });
		const two = await list('/events?page[size]=2&page[number]=2');
		expect(two.data).toHaveLength(1);
		expect(two.meta).toEqual({ total_pages: 2 });
		expect(two.links).toMatchObject({
			next: null,
			prev: expect.stringContaining('page%5Bnumber%5D=1'),
		});
		Object.assign(state(), { links: false, totals: false });
		expect(Object.keys(await list('/events'))).toEqual(['data']);
	});

	it('belong to their account', async () => {
		expect((await call('/events/nowhere')).json).toEqual({
			message: 'ActiveRecord::RecordNotFound',
		});
		expect((await call('/events/foreign-event')).status).toBe(403);
	});

	it('are created with local times, and found under a changed URI', async () => {
		const created = await post('/events', {
			name: 'Fête',
			start_date: '25/10/2026 - 01:30:00',
			end_date: '25/10/2026 - 12:00:00',
			virtual_timezone: 'Europe/Vienna',
		});
		expect(created.json).toMatchObject({
			data: { attributes: { event_uri: 'fete', start_date: '2026-10-24T23:30:00.000Z' } },
			meta: { api_key: expect.any(String) },
		});
		expect((created.json as Document<Resource>).data.attributes['end_date']).toBe(
			'2026-10-25T11:00:00.000Z',
		);
		const moved = await call('/events/fete', { method: 'PUT', body: { event_uri: 'party' } });
		expect(moved.status).toBe(200);
		expect((await call('/events/fete')).status).toBe(404);
		expect((await call('/events/party')).status).toBe(200);
		expect((await post('/events', { name: 'X', start_date: '2026-10-25' })).status).toBe(501);
		expect(refusal()).toContain('start_date');
	});

	it('are cloned after a while', async () => {
		const clone = await post(`${ofEvent}/clone?clone_attendee_types=true`);
		expect(clone.text).toBe('null');
		const template = `/events?template=${event().id}`;
		expect((await list(template)).data).toEqual([]);
		const progress = async () => (await call(`${ofEvent}/clone-progress`)).json;
		expect(await progress()).toEqual({ finished: false });
		expect(await progress()).toEqual({ finished: true });
		expect((await list(template)).data[0]?.attributes['event_uri']).toBe('test-event-1-clone');
		expect((await list('/events/test-event-1-clone/attendee_types')).data).toHaveLength(3);
	});
});

describe('attendees', () => {
	it('are 24 per page at most, with rejected and deleted ones on request', async () => {
		const page = await list(`${ofEvent}/attendees?page[size]=100`);
		expect(page.data).toHaveLength(PAGE);
		expect(page.meta).toEqual({ total_pages: 3, total_attendees: GUESTS });
		const total = async (query: string) =>
			(await list(`${ofEvent}/attendees?${query}`)).meta?.['total_attendees'];
		expect(await total('include_rejected=true')).toBe(GUESTS + 2);
		expect(await total('include_archived=true')).toBe(GUESTS + 4);
		expect(await total('email=ADA.ALMEIDA.1@')).toBe(1);
	});

	it('are filtered by time, with the zone and bound of the knobs', async () => {
		const attendee = event().attendees.at(7);
		attendee.updatedAt = Date.parse('2027-01-01T05:00:00Z');
		const { id } = attendee;
		const ids = async (time: string) =>
			(await list(`${ofEvent}/attendees?updated_date_time=${time}`)).data.map((one) => one.id);
		expect(await ids('2026-12-31T23:59:59')).toEqual([id]);
		expect(await ids('2027-01-01T00:00:00')).toEqual([]);
		state().filterBound = 'inclusive';
		expect(await ids('2027-01-01T00:00:00')).toEqual([id]);
		state().filterZone = 'utc';
		expect(await ids('2027-01-01T05:00:00')).toEqual([id]);
		expect(await ids('2027-01-01T05:00:01')).toEqual([]);
	});

	it('have the field names of their attendee type', async () => {
		const { included = [], data } = await list(`${ofEvent}/attendee_types`);
		expect(data).toHaveLength(3);
		const labels = included
			.filter(({ relationships }) => {
				const of = relationships?.['attendee_type']?.data;
				return JSON.stringify(of) === JSON.stringify({ id: data[0]?.id, type: 'attendee_types' });
			})
			.map(({ attributes }) => attributes['name']);
		expect(labels.filter((label) => label === 'Comments')).toHaveLength(2);
		expect(labels[0]).toBe('first_name');
	});

	const identity = { first_name: 'Jon', last_name: 'Doe', email: 'jon@example.com' };

	it('are registered with fields, activities and items, and linked to a guest', async () => {
		const { id, fields } = type('General Public');
		const diet = fields.find(({ alias }) => alias === 'diet')?.id ?? '';
		const guest = event().guests.add({ email: identity.email });
		const [activityId = ''] = event().activities.activities.keys();
		const [itemId = ''] = event().merchandising.items.keys();
		const reply = await post(`${ofEvent}/attendees/register`, {
			attendee: {
				attendee_type_id: Number(id),
				...identity,
				birthdate: '27/08/2020',
				custom_fields: { [diet]: 'Vegan' },
			},
			workshops: { [activityId]: Number(activityId) },
			purchase_items: { [itemId]: 2 },
		});
		expect(reply.status).toBe(200);
		const { data } = reply.json as Document<Resource>;
		const values = data.attributes['fields'];
		expect(values).toMatchObject({ [diet]: 'Vegan' });
		expect(Object.values(Object(values))).toContain('2020-08-27');
		expect(event().activities.attendeeIdsFor(activityId)).toContain(data.id);
		expect(event().merchandising.ofAttendee(data.id)).toMatchObject([{ itemId, quantity: 2 }]);
		expect(guest.attendeeId).toBe(data.id);
		const found = await call(`${ofEvent}/attendees/by_email?email=JON@example.com`);
		expect(found.json).toMatchObject({ data: { id: data.id } });
	});

	it.each([
		[{ attendee_type_id: 1 }, 'Attendee type must exist'],
		[{ email: '' }, "email can't be blank"],
		[{ custom_fields: { 1: 'x' } }, 'Custom field 1 does not exist in General Public'],
		[{ email: 'ada.almeida.1@example.com' }, 'email has already been taken'],
	])('are not registered with %j', async (wrong, message) => {
		const attendee_type_id = Number(type('General Public').id);
		const attendee = { attendee_type_id, ...identity, ...wrong };
		const reply = await post(`${ofEvent}/attendees/register`, { attendee });
		expect(reply).toMatchObject({ status: 400, json: { message } });
		expect(event().attendees.listed).toBe(GUESTS);
	});

	it.each([
		[{ attendee: { attendee_type_id: '1' } }, 'attendee.attendee_type_id'],
		[{ attendee: { birthdate: '2020-08-27' } }, 'attendee.birthdate'],
		[{ email: 'a@example.com' }, 'email'],
	])('refuse %j', async (body, field) => {
		expect((await post(`${ofEvent}/attendees/register`, body)).status).toBe(501);
		expect(refusal()).toContain(field);
	});

	it('fill a group', async () => {
		const register = async (name: string, address: string, uuid?: string) => {
			const attendee_type_id = Number(type(name).id);
			const reply = await post(`${ofEvent}/attendees/register`, {
				attendee: { attendee_type_id, ...identity, email: address },
				...(uuid === undefined ? {} : { group_registration_uuid: uuid }),
			});
			return reply.json as Document<Resource>;
		};
		const { meta } = await register('Leader Group', 'lead@example.com');
		const uuid = String(meta?.['group_uuid']);
		const { id } = type('General Public');
		const member = await register('General Public', 'member@example.com', uuid);
		expect(member.meta).toMatchObject({ profiles: { [id]: { seats: 3, available: 2 } } });
	});

	it('are cancelled', async () => {
		const { id } = event().attendees.at(0);
		const cancel = async () => await call(`${ofEvent}/attendees/${id}/cancel`, { method: 'PUT' });
		expect((await cancel()).json).toMatchObject({ data: { attributes: { status: 'cancelled' } } });
		state().cancelStatus = 204;
		expect(await cancel()).toMatchObject({ status: 204, text: '' });
	});

	it('are added to and removed from activities', async () => {
		const { id } = event().attendees.register({ email: 'a@example.com' });
		const [first = '', second = ''] = event().activities.activities.keys();
		const body = { workshop_id: Number(first), attendee_id: Number(id) };
		expect((await post(`${ofEvent}/attendee_workshops`, body)).json).toMatchObject({
			meta: { current_attendee_workshops: [Number(first)] },
		});
		const remove = { method: 'DELETE', body };
		expect((await call(`${ofEvent}/attendee_workshops`, remove)).status).toBe(200);
		expect((await call(`${ofEvent}/attendee_workshops`, remove)).status).toBe(404);
		const path = `${ofEvent}/attendees/${id}/update_activities`;
		await call(path, { method: 'PUT', body: { workshop_ids: `${first},${second}` } });
		const own = await list(`${ofEvent}/attendees/${id}/workshops`);
		expect(own.data.map((one) => one.id)).toEqual([first, second]);
	});
});

describe('web hooks', () => {
	it('receive each change once, and are deleted by query or body', async () => {
		const told: unknown[] = [];
		const target = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () => {
				told.push(JSON.parse(body));
				response.writeHead(500).end();
			});
		}).listen(0, '127.0.0.1');
		await once(target, 'listening');
		const address = target.address();
		const port = typeof address === 'object' ? address?.port : undefined;
		const target_url = `http://127.0.0.1:${port}/hook`;
		const hooks = `${ofEvent}/event_web_hooks`;
		expect((await post(hooks, { target_url, trigger: 'attendee_updated' })).status).toBe(201);
		const account = `/accounts/${accountApiKey}/web_hooks`;
		expect((await post(account, { target_url, trigger: 'event_created' })).status).toBe(400);
		expect((await list(`/web_hooks?event_uri=${eventUri}`)).data).toHaveLength(1);
		const { id } = event().attendees.at(0);
		event().attendees.checkIn({ id });
		while (state().webHooks.deliveries[0]?.status !== 500) {
			await new Promise((resolve) => setTimeout(resolve, 5));
		}
		expect(told).toMatchObject([{ data: { id, type: 'attendees' } }]);
		expect((await call(hooks, { method: 'DELETE', body: { target_url } })).text).toBe('null');
		const again = `${hooks}?target_url=${encodeURIComponent(target_url)}`;
		expect((await call(again, { method: 'DELETE' })).status).toBe(404);
		target.close();
	});
});

describe('files and places', () => {
	it('accept a multipart form', async () => {
		const [category = ''] = event().files.categoryIds;
		const boundary = 'b0undary';
		const part = (name: string, more: string, content: string) =>
			`--${boundary}\r\ncontent-disposition: form-data; name="event_file[${name}]"${more}\r\n\r\n${content}\r\n`;
		const file = '; filename="a.png"\r\ncontent-type: image/png';
		const body = `${part('name', '', 'A')}${part('event_file', file, 'PNG')}--${boundary}--\r\n`;
		const path = `${ofEvent}/event_file_categories/${category}/event_files`;
		const reply = await call(path, {
			method: 'POST',
			body,
			headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
		});
		expect(reply).toMatchObject({
			status: 201,
			json: { data: { attributes: { name: 'A', is_image: true } } },
		});
		expect(event().files.of(category)[1]?.content).toMatchObject({ size: 3 });
	});

	it('returns a city with its region and country', async () => {
		const { included } = (await call('/cities/7993')).json as Document<Resource>;
		expect(included?.map(({ attributes }) => attributes['name'])).toEqual([
			...['Antioquia', 'Colombia'],
		]);
	});
});

it('pages through 50,000', async () => {
	sandbox.eventtia.reset({ guests: 50_000 });
	const account = state().accounts.get(email);
	if (account) token = state().issueToken(account);
	const last = await list(`${ofEvent}/attendees?page[number]=2084`);
	expect(last.meta).toEqual({ total_pages: 2084, total_attendees: 50_000 });
	expect(last.data).toHaveLength(8);
});

it('applies a rate limit when it is switched on', async () => {
	state().rateLimit.limit = 1;
	expect((await call('/events')).status).toBe(200);
	expect((await call('/events')).status).toBe(429);
});
