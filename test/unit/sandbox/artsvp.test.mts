// The ARTSVP sandbox: the thirteen endpoints, cursor pages, forms, the rate limit, and the actions of guests.

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { ARTSVP_CREDENTIALS } from '../../../sandbox/artsvp/credentials.mts';
import {
	type ArtsvpBooking,
	type ArtsvpInvite,
	type Sandbox,
	startSandbox,
} from '../../../sandbox/start.mts';
import { type Reply, type Sent, send } from './client.mts';

const GUESTS = 230;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

interface List<T> {
	object: string;
	url: string;
	has_more?: boolean;
	last_booking_id?: string | null;
	last_invite_id?: string | null;
	data: T[];
}

let sandbox: Sandbox<'artsvp'>;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['artsvp'], seed: { guests: GUESTS } });
});
afterEach(() => {
	expect(sandbox.artsvp.refused).toEqual([]);
	sandbox.artsvp.reset();
});
afterAll(async () => {
	await sandbox.close();
});

const state = () => sandbox.artsvp.state;

async function call(path: string, sent: Sent = {}): Promise<Reply> {
	return await send(`${sandbox.artsvp.url}/api/v3${path}`, {
		...sent,
		headers: { authorization: ARTSVP_CREDENTIALS.apiKey, ...sent.headers },
	});
}

async function list<T>(path: string): Promise<List<T>> {
	const reply = await call(path);
	expect(reply.status).toBe(200);
	return reply.json as List<T>;
}

/** Clears a refusal that a test has checked. */
function refusal(): string | undefined {
	return sandbox.artsvp.refused.splice(0)[0]?.reason;
}

const bookings = async (query = '') => await list<ArtsvpBooking>(`/bookings${query}`);
const invites = async (query = '') => await list<ArtsvpInvite>(`/invites${query}`);
const post = async (path: string, body: unknown) => await call(path, { method: 'POST', body });
const patch = async (path: string, body: unknown) => await call(path, { method: 'PATCH', body });
const event = (index = 0) => {
	const found = state().events.all()[index];
	if (!found) throw new Error(`no event ${index}`);
	return found;
};
const collection = () => {
	const [first] = state().collections.all();
	if (!first) throw new Error('no collection');
	return first;
};

describe('authorisation', () => {
	it.each([
		['either', [200, 200]],
		['raw', [200, 401]],
		['bearer', [401, 200]],
	] as const)('%s accepts raw and Bearer keys with %j', async (authorization, statuses) => {
		state().authorization = authorization;
		const { apiKey } = ARTSVP_CREDENTIALS;
		const replies = [apiKey, `Bearer ${apiKey}`].map(
			async (key) => (await call('/events', { headers: { authorization: key } })).status,
		);
		expect(await Promise.all(replies)).toEqual(statuses);
	});

	it.each([
		['error', { error: 'The API key provided is invalid.' }, 'wrong'],
		['message', { message: 'The API key provided is invalid.' }, ''],
		['empty', undefined, 'Bearer wrong'],
	] as const)('answers 401 with the body shape %s', async (errorBody, body, authorization) => {
		state().errorBody = errorBody;
		const reply = await call('/events', { headers: { authorization } });
		expect(reply.status).toBe(401);
		expect(reply.json).toEqual(body);
	});
});

describe('events and collections', () => {
	it('lists them without pages', async () => {
		const events = await list('/events');
		expect(Object.keys(events)).toEqual(['object', 'url', 'data']);
		expect(events).toMatchObject({ object: 'list', url: '/v3/events' });
		expect(events.data).toEqual(state().events.all());
		expect(Object.keys(event())).toEqual([
			...['id', 'object', 'code', 'name', 'reference', 'description', 'time_zone'],
			...['start_date', 'start_time', 'end_date', 'end_time', 'location_name'],
			...['location_address', 'public_url', 'banner_image', 'resource_tags'],
			...['created_at', 'updated_at'],
		]);
		expect((await list('/collections')).data).toEqual(state().collections.all());
		expect(Object.keys(collection())).toEqual([
			...['id', 'object', 'code', 'name', 'public_url', 'banner_image', 'resource_tags'],
			...['created_at', 'updated_at'],
		]);
	});

	it('returns one by its ID, not by its code', async () => {
		expect((await call(`/events/${event().id}`)).json).toEqual(event());
		expect((await call(`/collections/${collection().id}`)).json).toEqual(collection());
		for (const path of [`/events/${event().code}`, `/collections/${event().id}`]) {
			expect(await call(path)).toMatchObject({
				status: 404,
				json: { error: 'Data could not be found.' },
			});
		}
	});
});

describe('pages', () => {
	async function walk(limit: number, inviteList = false): Promise<string[]> {
		const ids: string[] = [];
		for (let after = ''; ; ) {
			const query = `?limit=${limit}${after && `&starting_after=${after}`}`;
			const page = inviteList ? await invites(query) : await bookings(query);
			ids.push(...page.data.map(({ id }) => id));
			const last = inviteList ? page.last_invite_id : page.last_booking_id;
			expect(last).toBe(ids.at(-1));
			if (!page.has_more) return ids;
			after = last ?? '';
		}
	}

	it.each([1, 50, 99])('returns every booking and invite once, %i per page', async (limit) => {
		if (limit === 1) sandbox.artsvp.reset({ guests: 5 });
		const newestFirst = [...state().bookings()].reverse().map(({ id }) => id);
		expect(await walk(limit)).toEqual(newestFirst);
		expect(await walk(limit, true)).toEqual([...state().invites()].reverse().map(({ id }) => id));
		state().newestFirst = false;
		expect(await walk(limit)).toEqual(newestFirst.reverse());
	});

	it('has 50 per page, then more, and the same ones before the next', async () => {
		const first = await bookings();
		expect(first).toMatchObject({ object: 'list', url: '/v3/bookings', has_more: true });
		expect(first.data).toHaveLength(50);
		const second = await bookings(`?starting_after=${first.last_booking_id}&limit=10`);
		const back = await bookings(`?ending_before=${second.data[0]?.id}`);
		expect(back.data).toEqual(first.data);
		expect(back.has_more).toBe(false);
		const middle = await bookings(`?ending_before=${second.data[9]?.id}&limit=4`);
		expect(middle.data).toEqual(second.data.slice(5, 9));
		expect(middle.has_more).toBe(true);
	});

	it('ends with the last filtered record, and returns null as the last of none', async () => {
		const pending = state()
			.bookings()
			.filter(({ status }) => status === 'is_pending');
		const page = await bookings(`?status=is_pending&limit=${pending.length}`);
		expect(page).toMatchObject({ has_more: false, last_booking_id: pending[0]?.id });
		expect(await bookings('?email=nobody@example.com')).toMatchObject({
			has_more: false,
			last_booking_id: null,
			data: [],
		});
	});

	it.each([
		'limit=0',
		'limit=100',
		'limit=-1',
		'limit=ten',
		'limit=1.5',
		'starting_after=boo-nothing',
		'ending_before=inv-nothing',
	])('responds with 400 to %s', async (query) => {
		expect((await call(`/bookings?${query}`)).status).toBe(400);
		expect((await call(`/invites?${query}`)).status).toBe(400);
	});

	it('accepts one cursor, which must be an ID', async () => {
		const [first] = state().invites();
		const both = `?starting_after=${first?.id}&ending_before=${first?.id}`;
		expect((await call(`/invites${both}`)).status).toBe(400);
		expect((await call(`/invites?starting_after=${first?.code}`)).status).toBe(400);
	});

	it('does not advance, if the knob says so', async () => {
		state().cursorAdvances = false;
		const first = await bookings('?limit=99');
		const cursor = first.last_booking_id;
		const second = await bookings(`?limit=99&starting_after=${cursor}`);
		expect(second).toMatchObject({ has_more: true, last_booking_id: cursor });
	});

	it('fails a given page twice, and then returns it', async () => {
		const { last_booking_id: cursor = '' } = await bookings('?limit=99');
		sandbox.artsvp.faults.add({
			when: { path: '/api/v3/bookings', query: { starting_after: cursor ?? '' } },
			times: 2,
			do: { kind: 'status', status: 503 },
		});
		const statuses: number[] = [];
		for (let n = 0; n < 3; n++) {
			expect((await call('/bookings?limit=99')).status).toBe(200);
			statuses.push((await call(`/bookings?limit=99&starting_after=${cursor}`)).status);
		}
		expect(statuses).toEqual([503, 503, 200]);
	});

	it('pages through 50,000', async () => {
		sandbox.artsvp.reset({ guests: 50_000 });
		expect(new Set(await walk(99)).size).toBe(50_000);
		expect(sandbox.artsvp.requests).toHaveLength(Math.ceil(50_000 / 99));
	}, 60_000);
});

describe('bookings', () => {
	it('shows one with every documented field', async () => {
		const [first, second] = state().bookings();
		const reply = await call(`/bookings/${second?.id}`);
		expect(reply.json).toEqual(second);
		expect(Object.keys(second ?? {})).toEqual([
			...['id', 'object', 'reference', 'status', 'name', 'email', 'size', 'start_time_utc'],
			...['start_time_local', 'url', 'event_id', 'event_name', 'event_reference'],
			...['event_time_zone', 'invite_id', 'event', 'tags', 'resource_tags'],
			...['agree_to_mailing_list', 'meta_data', 'external_id', 'created_at', 'updated_at'],
		]);
		expect(second?.event_id).toBe(second?.event.code);
		expect(second?.invite_id).toBe(state().invites()[1]?.code);
		expect(first?.invite_id).toBeNull();
		expect(second?.reference).toMatch(/^[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}$/);
		expect(state().bookings()[2]).not.toHaveProperty('agree_to_mailing_list');
		expect((await call(`/bookings/${state().invites()[1]?.code}`)).status).toBe(404);
	});

	const meta = encodeURIComponent('{"company":"Acme Corp"}');
	const filters: Array<[string, () => string, (booking: ArtsvpBooking) => boolean]> = [
		['external_id', () => 'external_id=EXT-7', (b) => b.external_id === 'EXT-7'],
		[
			'email',
			() => 'email=ADA.ALMEIDA.1@example.com',
			(b) => b.email === 'ada.almeida.1@example.com',
		],
		[
			'reference',
			() => `reference=${state().bookings()[4]?.reference}`,
			(b) => b.id === state().bookings()[4]?.id,
		],
		['tags[]', () => 'tags[]=vip_1&tags[]=none', (b) => b.tags.includes('vip_1')],
		[
			'event_resource_tags[]',
			() => 'event_resource_tags[]=talk&event_resource_tags[]=preview',
			(b) => b.resource_tags.includes('talk') || b.resource_tags.includes('preview'),
		],
		['status', () => 'status=is_cancelled', (b) => b.status === 'is_cancelled'],
		[
			'event_ids[]',
			() => `event_ids[]=${event(0).id}&event_ids%5B%5D=${event(1).id}`,
			(b) => [event(0).id, event(1).id].includes(b.event.id),
		],
		['meta_data', () => `meta_data=${meta}`, (b) => b.meta_data['company'] === 'Acme Corp'],
	];
	it.each(filters)('filters by %s', async (_name, query, matches) => {
		const expected = state().bookings().filter(matches).reverse();
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(GUESTS);
		expect((await bookings(`?limit=99&${query()}`)).data).toEqual(expected.slice(0, 99));
	});

	it.each(['status=confirmed', 'event_ids[]=efa400', 'meta_data=art', 'meta_data=[1]'])(
		'responds with 400 to %s',
		async (query) => {
			expect((await call(`/bookings?${query}`)).status).toBe(400);
		},
	);

	it('refuses lists without brackets, unless the knob allows commas', async () => {
		expect((await call('/bookings?tags=vip,vip_1')).status).toBe(501);
		expect(refusal()).toContain('tags: a list goes as tags[]=');
		state().csvLists = true;
		const wanted = (await bookings('?tags[]=artsvp&tags[]=vip_1&limit=99')).data;
		expect((await bookings('?tags=artsvp,vip_1&limit=99')).data).toEqual(wanted);
		expect((await call('/bookings?event_ids=eve-1')).status).toBe(501);
		expect(refusal()).toContain('event_ids');
	});

	it('updates allowed fields, from JSON and from a form', async () => {
		const [before] = state().bookings();
		const path = `/bookings/${before?.id}`;
		const json = { name: 'A B', email: 'ab@example.com', meta_data: { art: 'fair' } };
		const reply = await patch(path, json);
		expect(reply.status).toBe(200);
		expect(reply.json).toEqual({
			...before,
			...json,
			meta_data: { ...before?.meta_data, art: 'fair' },
			updated_at: expect.any(String),
		});
		expect(state().bookings()[0]).toEqual(reply.json);
		expect(state().bookings()[0]?.updated_at).not.toBe(before?.updated_at);
		await call(path, { method: 'PATCH', headers: FORM, body: 'external_id=test123&name=Lucy' });
		expect(state().bookings()[0]).toMatchObject({ external_id: 'test123', name: 'Lucy' });
		state().metaDataOnUpdate = 'replace';
		await patch(path, { meta_data: { only: 1 } });
		expect(state().bookings()[0]?.meta_data).toEqual({ only: 1 });
	});

	it('refuses to update other fields', async () => {
		const path = `/bookings/${state().bookings()[0]?.id}`;
		for (const body of [{ status: 'is_cancelled' }, { size: 2 }, { meta_data: '{}' }]) {
			expect((await patch(path, body)).status).toBe(501);
			expect(refusal()).toMatch(/body: .*(status|size|meta_data)/);
		}
		expect((await patch(path, { email: 'nobody' })).status).toBe(400);
		expect((await patch('/bookings/boo-nothing', { name: 'x' })).status).toBe(404);
	});
});

describe('creating invites', () => {
	it('creates one by public ID, with every documented field', async () => {
		const reply = await post('/invites', {
			name: 'Lucy Green',
			email: 'lucy@example.com',
			resource: collection().id,
			external_id: 'X1',
			golden: true,
			register_interest: true,
			max_bookings: 3,
			tags: ['artsvp', 'vip'],
			meta_data: { seat: 4 },
		});
		expect(reply.status).toBe(201);
		const invite = reply.json as ArtsvpInvite;
		expect(state().invites().at(-1)).toEqual(invite);
		expect(invite).toEqual({
			id: expect.stringMatching(/^inv-[0-9a-f-]{36}$/),
			object: 'invite',
			code: expect.stringMatching(/^[0-9a-f]{6}$/),
			name: 'Lucy Green',
			email: 'lucy@example.com',
			golden: true,
			register_interest: true,
			url: `https://invite.artsvp.com/${invite.code}`,
			used: false,
			amount_used: '0/3',
			resource: collection(),
			tags: ['artsvp', 'vip'],
			resource_tags: collection().resource_tags,
			meta_data: { seat: 4 },
			external_id: 'X1',
			created_at: expect.any(String),
			updated_at: invite.created_at,
		});
	});

	it('finds the resource by code: an event, or with resource_type a collection', async () => {
		const at = async (body: object) => (await post('/invites', body)).json as ArtsvpInvite;
		expect((await at({ resource_id: event().code })).resource).toEqual(event());
		const typed = { resource_id: event(1).code, resource_type: 'event' };
		expect((await at(typed)).resource).toEqual(event(1));
		const other = { resource_id: collection().code, resource_type: 'collection' };
		expect((await at(other)).resource).toEqual(collection());
		expect(await at({ resource: event().id })).toMatchObject({ amount_used: '0/1', name: '' });
	});

	it('accepts the form of the sample', async () => {
		const body = new URLSearchParams({
			name: 'Lucy Green',
			resource_id: event().code,
			golden: 'true',
			tags: '["artsvp", "vip"]',
			max_bookings: '0',
			'meta_data[art]': 'fair',
		}).toString();
		const reply = await call('/invites', { method: 'POST', headers: FORM, body });
		expect(reply.status).toBe(201);
		expect(reply.json).toMatchObject({
			golden: true,
			tags: ['artsvp', 'vip'],
			amount_used: '0/0',
			meta_data: { art: 'fair' },
		});
		state().limitless = '∞';
		const brackets = `resource=${event().id}&tags[]=a&tags[]=b&max_bookings=0`;
		const again = await call('/invites', { method: 'POST', headers: FORM, body: brackets });
		expect(again.json).toMatchObject({ tags: ['a', 'b'], amount_used: '0/∞' });
	});

	it.each<[number, () => object]>([
		[400, () => ({ name: 'x' })],
		[400, () => ({ resource: event().id, resource_id: event().code })],
		[400, () => ({ resource_id: event().code, resource_type: 'Event' })],
		[400, () => ({ resource: event().id, max_bookings: -1 })],
		[400, () => ({ resource: event().id, email: 'nobody' })],
		[400, () => ({ resource: event().id, filter: 'code' })],
		[400, () => ({ resource: event().id, filter: 'email' })],
		[404, () => ({ resource: event().code })],
		[404, () => ({ resource_id: event().id })],
		[404, () => ({ resource_id: collection().code })],
		[404, () => ({ resource_id: event().code, resource_type: 'collection' })],
	])('responds with %i to an invalid body (%#)', async (status, body) => {
		expect((await post('/invites', body())).status).toBe(status);
		expect(state().invites()).toHaveLength(GUESTS);
	});

	it('refuses fields and types that are not documented', async () => {
		for (const extra of [{ golen: true }, { golden: 'true' }, { tags: 'vip' }, { status: 'x' }]) {
			expect((await post('/invites', { resource: event().id, ...extra })).status).toBe(501);
			expect(refusal()).toContain('body: ');
		}
	});

	it.each([
		['name', { name: 'Lucy Green' }],
		['email', { email: 'lucy@example.com' }],
		['external_id', { external_id: 'X9' }],
	])('finds instead of creating, by filter %s', async (filter, own) => {
		const body = { resource: event().id, filter, ...own };
		const first = await post('/invites', body);
		const second = await post('/invites', { ...body, golden: true });
		expect([first.status, second.status]).toEqual([201, 200]);
		expect(second.json).toEqual(first.json);
		expect(state().invites()).toHaveLength(GUESTS + 1);
		expect((await post('/invites', { ...body, resource: event(1).id })).status).toBe(201);
		state().filterScope = 'account';
		expect((await post('/invites', { ...body, resource: event(2).id })).status).toBe(200);
		state().createdStatus = 200;
		const { filter: _filter, ...unfiltered } = body;
		expect((await post('/invites', unfiltered)).status).toBe(200);
		expect(state().invites()).toHaveLength(GUESTS + 3);
	});

	it('creates one for every event and collection with any of the tags', async () => {
		const tags = ['vip', 'preview'];
		const tagged = [...state().events.all(), ...state().collections.all()].filter(
			({ resource_tags: own }) => own.some((tag) => tags.includes(tag)),
		);
		const body = { resource_tags: tags, name: 'Lucy', email: 'l@example.com', filter: 'email' };
		await post('/invites', { resource: tagged[0]?.id, email: 'l@example.com' });
		const reply = await post('/invites/batch', body);
		expect(reply.status).toBe(201);
		expect(reply.json).toEqual({
			object: 'batch',
			url: '/v3/invites/batch',
			data: state().invites().slice(-3),
			total_events: 3,
			total_collection: 1,
			total_resources: 4,
			total_invites_created: 3,
		});
		expect(state().invites()).toHaveLength(GUESTS + 4);
		state().batchListsExisting = true;
		const again = (await post('/invites/batch', body)).json as List<ArtsvpInvite>;
		expect(again).toMatchObject({ total_resources: 4, total_invites_created: 0 });
		expect(again.data.map(({ resource }) => resource.id)).toEqual(tagged.map(({ id }) => id));
		expect((await post('/invites/batch', { name: 'x' })).status).toBe(400);
		expect((await post('/invites/batch', { ...body, resource: event().id })).status).toBe(501);
		expect(refusal()).toContain('resource');
	});
});

describe('invites', () => {
	it('returns one by ID or code, its only booking as an object', async () => {
		const [unused, used] = state().invites();
		const bookingsOf = async (key: string | undefined) => {
			const { json } = await call(`/invites/${key}`);
			return json as ArtsvpInvite & { bookings?: unknown };
		};
		const { bookings: one, ...rest } = await bookingsOf(used?.code);
		expect(rest).toEqual(used);
		expect(one).toEqual(state().bookings()[1]);
		expect(await bookingsOf(used?.id)).toEqual({ ...rest, bookings: one });
		expect((await bookingsOf(unused?.id)).bookings).toEqual([]);
		state().inviteBookings = 'list';
		expect((await bookingsOf(used?.id)).bookings).toEqual([one]);
		state().inviteBookings = 'absent';
		expect(await bookingsOf(used?.id)).not.toHaveProperty('bookings');
		expect((await call('/invites/ffffff')).status).toBe(404);
	});

	it('counts its uses, and lists two bookings', async () => {
		const invite = state().addInvite(event(), { maxBookings: 2, email: 'l@example.com' });
		const first = state().useInvite(invite.code);
		const second = state().useInvite(invite.id, { status: 'is_pending', size: 3 });
		expect(() => state().useInvite(invite.id)).toThrow('used up');
		expect((await call(`/invites/${invite.id}`)).json).toMatchObject({
			used: true,
			amount_used: '2/2',
			bookings: [first, second],
		});
		expect((await bookings('?limit=1')).data).toEqual([second]);
		expect(second).toMatchObject({ email: 'l@example.com', invite_id: invite.code, size: 3 });
	});

	it('updates allowed fields, and the bookings made with it', async () => {
		const used = state().invites()[1];
		const body = {
			tags: ['new'],
			max_bookings: 10,
			golden: true,
			register_interest: true,
			external_id: 'N1',
			meta_data: { a: 1 },
		};
		const reply = await patch(`/invites/${used?.id}`, body);
		const { max_bookings: _max, ...shown } = body;
		const changed = { meta_data: { ...used?.meta_data, a: 1 }, updated_at: expect.any(String) };
		expect(reply.json).toEqual({ ...used, ...shown, amount_used: '1/10', ...changed });
		expect(state().bookings()[1]).toMatchObject({ tags: ['new'], external_id: 'N1' });
		for (const extra of [{ name: 'x' }, { total_count: 10 }]) {
			expect((await patch(`/invites/${used?.id}`, extra)).status).toBe(501);
			expect(refusal()).toContain('body: ');
		}
	});

	it('deletes by ID or, with the knob, by code', async () => {
		const [first, second] = state().invites();
		const remove = async (key: string | undefined) =>
			await call(`/invites/${key}`, { method: 'DELETE' });
		const gone = await remove(first?.id);
		expect([gone.status, gone.text, gone.headers['content-type']]).toEqual([204, '', undefined]);
		expect((await remove(first?.id)).status).toBe(404);
		expect((await remove(second?.code)).status).toBe(404);
		state().inviteCodes = true;
		expect((await remove(second?.code)).status).toBe(204);
		expect(state().invites()).toHaveLength(GUESTS - 2);
		expect((await invites(`?email=${first?.email}`)).data).toEqual([]);
	});

	const meta = encodeURIComponent('{"company":"Acme Corp"}');
	const filters: Array<[string, () => string, (invite: ArtsvpInvite) => boolean]> = [
		['resource_id', () => `resource_id=${event().code}`, (i) => i.resource.id === event().id],
		[
			'resource_type',
			() => `resource_id=${collection().code}&resource_type=collection`,
			(i) => i.resource.id === collection().id,
		],
		['tags[]', () => 'tags[]=vip&tags[]=vip_1', (i) => i.tags.length > 0],
		['resource_tags[]', () => 'resource_tags[]=talk', (i) => i.resource_tags.includes('talk')],
		['external_id', () => 'external_id=EXT-3', (i) => i.external_id === 'EXT-3'],
		['name', () => 'name=Ada%20Almeida', (i) => i.name === 'Ada Almeida'],
		['email', () => 'email=ben.bauer.2@example.com', (i) => i.email.startsWith('ben.bauer.2@')],
		['meta_data', () => `meta_data=${meta}`, (i) => i.meta_data['company'] === 'Acme Corp'],
	];
	it.each(filters)('filters by %s', async (_name, query, matches) => {
		const expected = state().invites().filter(matches).reverse();
		expect(expected.length).toBeGreaterThan(0);
		expect(expected.length).toBeLessThan(GUESTS);
		expect((await invites(`?limit=99&${query()}`)).data).toEqual(expected.slice(0, 99));
	});

	it('filters by a status that is never shown', async () => {
		const total = async (status: string) => {
			state().newestFirst = true;
			let found = 0;
			for (let after = ''; ; ) {
				const page = await invites(`?limit=99&status=${status}${after}`);
				found += page.data.length;
				if (!page.has_more) return found;
				after = `&starting_after=${page.last_invite_id}`;
			}
		};
		const declined = await total('declined');
		expect(declined).toBeGreaterThan(0);
		expect((await total('active')) + declined).toBe(GUESTS);
		state().declineInvite(state().invites()[0]?.code ?? '');
		expect(await total('declined')).toBe(declined + 1);
		expect((await call('/invites?status=used')).status).toBe(400);
		expect((await call('/invites?user_id=123')).status).toBe(501);
		expect(refusal()).toContain('user_id');
	});
});

describe('rate limit', () => {
	const left = ({ headers }: Reply) => headers['x-ratelimit-remaining'];

	it('is 1,000 in 15 minutes for each key, and every response shows it', async () => {
		const { headers } = await call('/events');
		expect(headers).toMatchObject({
			'x-ratelimit-limit': '1000',
			'x-ratelimit-remaining': '999',
			'x-ratelimit-reset': '900',
		});
		expect(left(await call('/events/nothing'))).toBe('998');
		const authorization = ARTSVP_CREDENTIALS.otherApiKey;
		expect(left(await call('/events', { headers: { authorization } }))).toBe('999');
		expect(left(await call('/events', { headers: { authorization: 'wrong' } }))).toBeUndefined();
	});

	it('responds with 429 beyond it until the window ends', async () => {
		Object.assign(state().rateLimit, { limit: 2, windowMs: 300, retryAfter: true });
		const statuses = async (times: number) => {
			const all: number[] = [];
			for (let n = 0; n < times; n++) all.push((await call('/events')).status);
			return all;
		};
		expect(await statuses(3)).toEqual([200, 200, 429]);
		expect(await call('/events')).toMatchObject({
			headers: { 'x-ratelimit-remaining': '0', 'retry-after': '1' },
			json: { error: 'Rate limit has been exceeded.' },
		});
		expect(state().rateLimit.rejected).toBe(2);
		await new Promise((resolve) => setTimeout(resolve, 310));
		expect(await statuses(3)).toEqual([200, 200, 429]);
	});

	it('slides, with the knob', () => {
		const { rateLimit } = state();
		Object.assign(rateLimit, { limit: 2, windowMs: 1000, window: 'sliding' });
		const allowed = [0, 600, 900, 1000, 1100, 1600].map((at) => rateLimit.consume('k', at).allowed);
		expect(allowed).toEqual([true, true, false, true, false, true]);
		rateLimit.restore();
		Object.assign(rateLimit, { limit: 2, windowMs: 1000 });
		const fixed = [0, 600, 900, 1000, 1100, 1600].map((at) => rateLimit.consume('k', at).allowed);
		expect(fixed).toEqual([true, true, false, true, true, false]);
	});

	it.each(['x-ratelimit', 'x-rate-limit', 'ratelimit'] as const)('spells %s', async (headers) => {
		Object.assign(state().rateLimit, { headers, reset: 'epoch' });
		const reply = await call('/events');
		expect(reply.headers[`${headers}-limit`]).toBe('1000');
		const reset = Number(reply.headers[`${headers}-reset`]);
		expect(Math.abs(reset - (Date.now() / 1000 + 900))).toBeLessThan(5);
		state().rateLimit.headers = 'none';
		expect(Object.keys((await call('/events')).headers).join()).not.toContain('limit');
	});

	it('can be switched off', async () => {
		state().rateLimit.limit = null;
		expect(left(await call('/events'))).toBeUndefined();
	});
});

describe('control server', () => {
	it('sets knobs, adds and changes records', async () => {
		const control = `${sandbox.control.url}/artsvp`;
		const knobs = { csvLists: true, rateLimit: { limit: 5, windowMs: 100, window: 'sliding' } };
		expect((await send(`${control}/knobs`, { method: 'PATCH', body: knobs })).status).toBe(200);
		expect(state()).toMatchObject(knobs);
		const bad = await send(`${control}/knobs`, { method: 'PATCH', body: { limit: 5 } });
		expect(bad.status).toBe(400);
		const made = (path: string, body: unknown, method = 'POST') =>
			send(`${control}${path}`, { method, body });
		await made('/events', { name: 'New', tags: ['new'] });
		expect(state().events.all().at(-1)).toMatchObject({ name: 'New', resource_tags: ['new'] });
		await made('/collections', { name: 'Group' });
		expect(state().collections.all().at(-1)?.name).toBe('Group');
		const { json } = await made('/bookings', { email: 'new@example.com' });
		const { id } = json as ArtsvpBooking;
		await made(`/bookings/${id}`, { status: 'is_cancelled' }, 'PATCH');
		expect(state().bookings().at(-1)).toMatchObject({ id, status: 'is_cancelled' });
		const [first] = state().invites();
		await made(`/invites/${first?.id}/use`, undefined);
		expect(state().invites()[0]?.amount_used).toBe('1/1');
		const usedUp = await made(`/invites/${first?.id}/use`, undefined);
		expect(usedUp.json).toEqual({ error: `sandbox: invite ${first?.id} is used up` });
		expect((await made(`/invites/${first?.id}/decline`, undefined)).status).toBe(200);
		expect((await send(`${control}/state`)).json).toMatchObject({ csvLists: true });
	});
});

it.each([
	['the singular path of one sample', '/collection/col-1', {}],
	['an unknown query', '/events?limit=5', {}],
	['a body on DELETE', '/invites/inv-1', { method: 'DELETE', body: { a: 1 } }],
	['PUT', '/invites/inv-1', { method: 'PUT', body: {} }],
	['creating a booking', '/bookings', { method: 'POST', body: {} }],
	['text', '/invites', { method: 'POST', body: 'x', headers: { 'content-type': 'text/plain' } }],
	['a broken list in a form', '/invites', { method: 'POST', body: 'tags=[a', headers: FORM }],
])('refuses %s', async (_what, path, sent) => {
	expect((await call(path, sent)).status).toBe(501);
	expect(refusal()).toContain('sandbox: ARTSVP: ');
});
