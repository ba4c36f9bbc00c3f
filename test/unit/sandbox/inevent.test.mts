// The InEvent sandbox: tokens and scopes, numbered pages, registration with idempotency, and what the document only
// names.

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { INEVENT_CREDENTIALS } from '../../../sandbox/inevent/credentials.mts';
import {
	type InEventAttendee,
	type InEventOrder,
	type Sandbox,
	startSandbox,
} from '../../../sandbox/start.mts';
import { type Reply, type Sent, send } from './client.mts';

const GUESTS = 120;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const HOUR_MS = 60 * 60 * 1000;
const { production, sandbox: other } = INEVENT_CREDENTIALS;
const KEY = '7c0f1d9d-3b2b-4d2c-9b5f-1e2b1ed0bd0b';
const REQUEST_ID = expect.stringMatching(/^req_[0-9a-f]{8}$/);

interface Page<T> {
	data: T[];
	pagination: { page: number; page_size: number; total?: number; next_page?: number | null };
}

let sandbox: Sandbox<'inEvent'>;
let token: string;
beforeAll(async () => {
	sandbox = await startSandbox({ vendors: ['inEvent'], seed: { guests: GUESTS } });
});
beforeEach(async () => {
	token = await newToken();
});
afterEach(() => {
	expect(sandbox.inEvent.refused).toEqual([]);
	sandbox.inEvent.reset();
});
afterAll(async () => {
	await sandbox.close();
});

const state = () => sandbox.inEvent.state;
const event = () => state().event();
const attendee = (index = 0) => {
	const found = event().attendees()[index];
	if (!found) throw new Error(`no attendee ${index}`);
	return found;
};

async function askToken(fields: Record<string, string>): Promise<Reply> {
	return await send(`${sandbox.inEvent.url}/oauth/token`, {
		method: 'POST',
		headers: FORM,
		body: new URLSearchParams(fields).toString(),
	});
}

interface Client {
	clientId: string;
	clientSecret: string;
}

const credentials = ({ clientId, clientSecret }: Client = production) => ({
	grant_type: 'client_credentials',
	client_id: clientId,
	client_secret: clientSecret,
});

async function newToken(scope?: string, client: Client = production): Promise<string> {
	const reply = await askToken({ ...credentials(client), ...(scope ? { scope } : {}) });
	const { access_token: issued } = reply.json as { access_token: string };
	return issued;
}

async function call(path: string, sent: Sent = {}): Promise<Reply> {
	return await send(`${sandbox.inEvent.url}/v1/events/${production.eventId}${path}`, {
		...sent,
		headers: { authorization: `Bearer ${token}`, ...sent.headers },
	});
}

const post = async (path: string, body?: unknown, headers: Record<string, string> = {}) =>
	await call(path, { method: 'POST', body, headers });

async function page<T>(path: string): Promise<Page<T>> {
	const reply = await call(path);
	expect(reply.status).toBe(200);
	return reply.json as Page<T>;
}

function refusal(): string | undefined {
	return sandbox.inEvent.refused.splice(0)[0]?.reason;
}

const invalid = (...details: Array<[field: string, issue: string]>) => ({
	status: 400,
	json: {
		error: 'validation_error',
		message: expect.any(String),
		details: details.map(([field, issue]) => ({ field, issue })),
		request_id: REQUEST_ID,
	},
});

describe('token server', () => {
	it('issues an opaque token with the documented response', async () => {
		const scope = 'read:attendees write:registration read:analytics';
		const reply = await askToken({ ...credentials(), scope });
		expect(reply.status).toBe(200);
		expect(reply.json).toEqual({
			access_token: expect.any(String),
			token_type: 'Bearer',
			expires_in: 3600,
			scope,
		});
		expect(state().tokensIssued).toBe(2);
	});

	it.each([
		[400, 'invalid_request', { client_secret: '' }],
		[400, 'unsupported_grant_type', { grant_type: 'password' }],
		[401, 'invalid_client', { client_id: 'nobody' }],
		[401, 'invalid_client', { client_secret: other.clientSecret }],
		[400, 'invalid_scope', { scope: 'read:attendees read:everything' }],
	])('responds with %i %s to %j', async (status, error, wrong) => {
		const reply = await askToken({ ...credentials(), ...wrong });
		expect(reply).toMatchObject({ status, json: { error, request_id: REQUEST_ID } });
		expect(state().tokensIssued).toBe(1);
	});

	it('grants only the client’s scopes: others are refused, or dropped', async () => {
		state().grantedScopes = ['read:attendees', 'read:orders'];
		const scope = 'read:attendees write:attendees';
		const refused = await askToken({ ...credentials(), scope });
		expect(refused.json).toMatchObject({ message: 'Scope not granted: write:attendees' });
		state().ungrantedScopes = 'dropped';
		const dropped = await askToken({ ...credentials(), scope });
		expect(dropped.json).toMatchObject({ scope: 'read:attendees' });
		const all = await askToken(credentials());
		expect(all.json).toMatchObject({ scope: 'read:attendees read:orders' });
	});

	it('refuses JSON, credentials in a header, and what is not documented', async () => {
		const url = `${sandbox.inEvent.url}/oauth/token`;
		expect((await send(url, { method: 'POST', body: credentials() })).status).toBe(501);
		expect(refusal()).toContain('content-type must be application/x-www-form-urlencoded');
		expect((await askToken({ ...credentials(), audience: 'x' })).status).toBe(501);
		expect(refusal()).toContain('audience');
		const twice = { method: 'POST', headers: FORM, body: 'scope=a&scope=b' };
		expect((await send(url, twice)).status).toBe(501);
		expect(refusal()).toContain('the body is not application/x-www-form-urlencoded');
		const basic = Buffer.from(`${production.clientId}:${production.clientSecret}`);
		const inHeader = await send(url, {
			method: 'POST',
			headers: { ...FORM, authorization: `Basic ${basic.toString('base64')}` },
			body: 'grant_type=client_credentials',
		});
		expect(inHeader.status).toBe(400);
	});
});

describe('access', () => {
	const unauthorized = {
		status: 401,
		json: {
			error: 'unauthorized',
			message: 'Missing or invalid access token',
			request_id: REQUEST_ID,
		},
	};

	it('requires a token', async () => {
		for (const authorization of ['', 'Bearer wrong', token, `Basic ${token}`]) {
			expect(await call('/attendees', { headers: { authorization } })).toMatchObject(unauthorized);
		}
	});

	it('ends when the token expires, by the vendor’s clock', async () => {
		const skew = (ms: number) => sandbox.inEvent.faults.add({ do: { kind: 'clockSkew', ms } });
		skew(HOUR_MS - 1000);
		expect((await call('/attendees')).status).toBe(200);
		skew(HOUR_MS);
		expect(await call('/attendees')).toMatchObject(unauthorized);
		state().tokenLifeSeconds = 60;
		token = await newToken();
		skew(HOUR_MS + 61_000);
		expect(await call('/attendees')).toMatchObject(unauthorized);
	});

	it('ends for one token or all, with the fault', async () => {
		const second = await newToken();
		sandbox.inEvent.faults.add({ do: { kind: 'expireSession', token } });
		expect(await call('/attendees')).toMatchObject(unauthorized);
		token = second;
		expect((await call('/attendees')).status).toBe(200);
		sandbox.inEvent.faults.add({ when: { nth: 2 }, do: { kind: 'expireSession' } });
		const statuses = [await call('/attendees'), await call('/attendees')].map((r) => r.status);
		expect(statuses).toEqual([200, 401]);
	});

	const SCOPED: Array<[string, string, string]> = [
		['read:attendees', 'GET', '/attendees'],
		['read:attendees', 'GET', '/attendees/att_1'],
		['read:attendees', 'GET', '/attendees/att_1/checkins'],
		['write:attendees', 'PATCH', '/attendees/att_1'],
		['write:attendees', 'DELETE', '/attendees/att_1'],
		['write:attendees', 'POST', '/attendees/att_1/checkin'],
		['write:registration', 'POST', '/registration'],
		['read:analytics', 'GET', '/analytics'],
		['read:sessions', 'GET', '/sessions'],
		['read:sessions', 'GET', '/sessions/ses_1'],
		['read:sessions', 'GET', '/sessions/ses_1/speakers'],
		['read:orders', 'GET', '/orders'],
		['read:orders', 'GET', '/orders/ord_1'],
		['write:orders', 'POST', '/orders/ord_1/refund'],
	];
	it.each(SCOPED)('requires %s for %s %s, and nothing else', async (scope, method, path) => {
		const scopes = state().grantedScopes;
		token = await newToken(scopes.filter((name) => name !== scope).join(' '));
		expect(await call(path, { method })).toMatchObject({
			status: 403,
			json: {
				error: 'forbidden',
				message: `Missing required scope: ${scope}`,
				request_id: REQUEST_ID,
			},
		});
		token = await newToken(scope);
		expect((await call(path, { method })).status).not.toBe(403);
	});

	it('covers only the client’s events', async () => {
		const at = async (eventId: string, bearer: string) =>
			await send(`${sandbox.inEvent.url}/v1/events/${eventId}/attendees`, {
				headers: { authorization: `Bearer ${bearer}` },
			});
		const otherToken = await newToken(undefined, other);
		const notFound = { status: 404, json: { error: 'not_found', request_id: REQUEST_ID } };
		expect(await at(other.eventId, token)).toMatchObject(notFound);
		expect(await at('evt_nothing', token)).toMatchObject(notFound);
		expect(await at(production.eventId, otherToken)).toMatchObject(notFound);
		expect((await at(other.eventId, otherToken)).json).toMatchObject({ pagination: { total: 3 } });
	});
});

describe('attendees', () => {
	it('lists them in pages, with every documented field', async () => {
		const first = await page<InEventAttendee>('/attendees');
		expect(first.pagination).toEqual({ page: 1, page_size: 50, total: GUESTS, next_page: 2 });
		expect(first.data).toEqual(event().attendees().slice(0, 50));
		expect(Object.keys(first.data[0] ?? {})).toEqual([
			...['id', 'email', 'first_name', 'last_name', 'status', 'ticket_type'],
			...['custom_fields', 'created_at', 'updated_at'],
		]);
		const last = await page<InEventAttendee>('/attendees?page=3&page_size=50');
		expect(last.pagination).toEqual({ page: 3, page_size: 50, total: GUESTS, next_page: null });
		expect(last.data).toEqual(event().attendees().slice(100));
		const beyond = await page('/attendees?page=4');
		expect(beyond).toMatchObject({ data: [], pagination: { page: 4, next_page: null } });
	});

	it('supports other kinds of paging', async () => {
		Object.assign(state(), { totalShown: false, lastPage: 'absent', newestFirst: true });
		const all = await page<InEventAttendee>(`/attendees?page_size=${GUESTS}`);
		expect(all.pagination).toEqual({ page: 1, page_size: GUESTS });
		expect(all.data).toEqual([...event().attendees()].reverse());
		state().maxPageSize = 7;
		expect(await call('/attendees?page_size=8')).toMatchObject(invalid(['page_size', 'too_large']));
		state().pageSizeOver = 'capped';
		const capped = await page('/attendees?page_size=8');
		expect(capped.pagination).toEqual({ page: 1, page_size: 7, next_page: 2 });
		expect(capped.data).toHaveLength(7);
	});

	it('filters by status, search and time of change', async () => {
		const ids = async (query: string) =>
			(await page<InEventAttendee>(`/attendees?page_size=1000&${query}`)).data.map(({ id }) => id);
		const having = (matches: (guest: InEventAttendee) => boolean) => {
			const found = event().attendees().filter(matches);
			expect(found.length).toBeGreaterThan(0);
			expect(found.length).toBeLessThan(GUESTS);
			return found.map(({ id }) => id);
		};
		const { updated_at: since } = attendee(60);
		expect(await ids('status=cancelled')).toEqual(having((a) => a.status === 'cancelled'));
		expect(await ids('status=waiting')).toEqual([]);
		expect(await ids('search=ADA%20ALM')).toEqual(
			having((a) => a.last_name === 'Almeida' && a.first_name === 'Ada'),
		);
		expect(await ids('search=ada.almeida.1@')).toEqual([attendee().id]);
		expect(await ids(`updated_since=${since}`)).toEqual(having((a) => a.updated_at >= since));
		const offset = encodeURIComponent(since.replace('Z', '+00:00'));
		expect(await ids(`updated_since=${offset}`)).toEqual(having((a) => a.updated_at >= since));
		state().sinceIsExclusive = true;
		expect(await ids(`updated_since=${since}`)).toEqual(having((a) => a.updated_at > since));
	});

	it('shows only the requested fields', async () => {
		const { data } = await page('/attendees?fields=email,status&page_size=2');
		expect(data).toEqual(
			[attendee(0), attendee(1)].map(({ email, status }) => ({ email, status })),
		);
		expect(await call('/attendees?fields=email,shoe')).toMatchObject(
			invalid(['fields', 'unknown_field']),
		);
	});

	it.each([
		['page=0', 'page'],
		['page=x', 'page'],
		['page_size=-1', 'page_size'],
		['updated_since=2026-02-01', 'updated_since'],
		['updated_since=2026-02-01T00:00:00', 'updated_since'],
		['updated_since=2026-13-01T00:00:00Z', 'updated_since'],
	])('responds with 400 to %s', async (query, field) => {
		expect(await call(`/attendees?${query}`)).toMatchObject(invalid([field, 'invalid_format']));
	});

	it('fails a given page twice, and then returns it', async () => {
		sandbox.inEvent.faults.add({
			when: { query: { page: '2' } },
			times: 2,
			do: { kind: 'reset' },
		});
		const statusOf = async (n: number) =>
			await call(`/attendees?page=${n}`).then(
				({ status }) => status,
				() => 'broken',
			);
		const seen: unknown[] = [];
		for (const n of [1, 2, 3, 2, 2]) seen.push(await statusOf(n));
		expect(seen).toEqual([200, 'broken', 200, 'broken', 200]);
	});

	it('pages through 50,000', async () => {
		sandbox.inEvent.reset({ guests: 50_000 });
		token = await newToken();
		const ids = new Set<string>();
		for (let next: number | null | undefined = 1; next; ) {
			const got: Page<InEventAttendee> = await page(`/attendees?page_size=1000&page=${next}`);
			for (const { id } of got.data) ids.add(id);
			next = got.pagination.next_page;
		}
		expect(ids.size).toBe(50_000);
	}, 60_000);
});

describe('registration', () => {
	const BODY = {
		email: 'alex@example.com',
		first_name: 'Alex',
		last_name: 'Chen',
		ticket_type_id: 'tkt_vip_01',
		source: 'website',
		utm: { campaign: 'launch_2026', medium: 'email', source: 'crm' },
		custom_fields: { company: 'ExampleCo', role: 'CTO', dietary: 'vegetarian' },
		consents: { privacy_policy: true, marketing_opt_in: false },
	};
	const registered = () => event().attendees().length - GUESTS;

	it('registers with the documented response, and links that work', async () => {
		const reply = await post('/registration', BODY);
		expect(reply.status).toBe(201);
		const { id } = reply.json as { id: string };
		const self = `/v1/events/evt_123/attendees/${id}`;
		expect(reply.headers['location']).toBe(self);
		expect(reply.json).toEqual({
			id: expect.stringMatching(/^att_[0-9a-f]{8}$/),
			status: 'registered',
			check_in_code: expect.stringMatching(/^QR_[0-9A-F]{8}$/),
			links: { self, ticket: `/v1/events/evt_123/orders/ord_${GUESTS + 1}` },
		});
		const shown = (await call(`/attendees/${id}`)).json;
		expect(shown).toEqual(attendee(GUESTS));
		expect(shown).toMatchObject({
			email: 'alex@example.com',
			first_name: 'Alex',
			last_name: 'Chen',
			ticket_type: 'VIP',
			custom_fields: BODY.custom_fields,
			created_at: expect.stringMatching(/T\d\d:\d\d:\d\dZ$/),
		});
		expect((await call(`/orders/ord_${GUESTS + 1}`)).json).toMatchObject({ attendee_id: id });
		state().registrationStatus = 200;
		const second = await post('/registration', { email: 'b@example.com' });
		expect([second.status, second.headers['location']]).toEqual([200, undefined]);
	});

	it('responds with 400 and details', async () => {
		const wrong = {
			email: 'nobody',
			ticket_type_id: 'tkt_none',
			consents: { marketing_opt_in: true },
		};
		expect(await post('/registration', wrong)).toMatchObject(
			invalid(
				['email', 'invalid_format'],
				['ticket_type_id', 'not_found'],
				['consents.privacy_policy', 'required_true'],
			),
		);
		expect(await post('/registration', {})).toMatchObject(invalid(['email', 'required']));
		state().privacyPolicyRequired = true;
		expect(await post('/registration', { email: 'a@example.com' })).toMatchObject(
			invalid(['consents.privacy_policy', 'required_true']),
		);
		expect(registered()).toBe(0);
	});

	it('returns the same result for the same key, also after a reset connection', async () => {
		sandbox.inEvent.faults.add({ do: { kind: 'resetAfterEffect' } });
		state().duplicateEmails = 'allowed';
		const key = { 'idempotency-key': KEY };
		await expect(post('/registration', BODY, key)).rejects.toThrow();
		const first = await post('/registration', BODY, key);
		const { email, ...rest } = BODY;
		const second = await post('/registration', { ...rest, email }, key);
		expect(first.status).toBe(201);
		expect(second).toMatchObject({ status: 201, json: first.json });
		expect(second.headers['location']).toBe(first.headers['location']);
		expect(registered()).toBe(1);
		const reused = await post('/registration', { ...BODY, first_name: 'A' }, key);
		expect(reused).toMatchObject({ status: 409, json: { error: 'conflict' } });
		expect((await post('/registration', BODY)).status).toBe(201);
		expect(registered()).toBe(2);
	});

	it('does not remember failures', async () => {
		const key = { 'idempotency-key': KEY };
		expect((await post('/registration', { email: 'nobody' }, key)).status).toBe(400);
		expect((await post('/registration', BODY, key)).status).toBe(201);
	});

	it('responds with 409 to an e-mail that is already registered, under another key or none', async () => {
		const email = attendee().email.toUpperCase();
		const another = { 'idempotency-key': KEY };
		for (const headers of [{}, another]) {
			expect(await post('/registration', { email }, headers)).toMatchObject({
				status: 409,
				json: { error: 'conflict', request_id: REQUEST_ID },
			});
		}
		expect((await call(`/attendees/${attendee().id}`, { method: 'DELETE' })).status).toBe(204);
		expect((await post('/registration', { email })).status).toBe(201);
	});

	it('refuses a key that is not a UUID, unless the knob allows it', async () => {
		const key = { 'idempotency-key': 'order-1' };
		expect((await post('/registration', BODY, key)).status).toBe(501);
		expect(refusal()).toContain('Idempotency-Key must be a UUID');
		expect(registered()).toBe(0);
		state().anyIdempotencyKey = true;
		expect((await post('/registration', BODY, key)).status).toBe(201);
	});

	it.each([
		{ ticket_type: 'VIP' },
		{ email: 5 },
		{ utm: { term: 'x' } },
		{ consents: { privacy_policy: 'true' } },
		{ custom_fields: [] },
	])('refuses %j', async (wrong) => {
		expect((await post('/registration', { ...BODY, ...wrong })).status).toBe(501);
		expect(refusal()).toContain(`body: `);
	});
});

describe('analytics', () => {
	it('pages through check-ins without a total', async () => {
		const rows = event().checkIns;
		const got = await page('/analytics?dataset=checkins&page_size=10');
		expect(got).toEqual({
			dataset: 'checkins',
			data: rows.slice(0, 10),
			pagination: { page: 1, page_size: 10, next_page: 2 },
			schema_version: '2026-01',
		});
		expect(Object.keys(rows[0] ?? {})).toEqual([
			...['attendee_id', 'timestamp', 'gate', 'mode', 'device_id'],
		]);
		const [from, to] = [rows[3]?.timestamp, rows[5]?.timestamp];
		const some = await page(`/analytics?dataset=checkins&from=${from}&to=${to}`);
		expect(some.data).toEqual(rows.slice(3, 6));
	});

	it('has the datasets that a test adds, and no others', async () => {
		const row = { timestamp: '2026-02-07T08:15:12Z', poll: 'p1' };
		event().datasets.set('polls', [row]);
		expect((await page('/analytics?dataset=polls')).data).toEqual([row]);
		expect(await call('/analytics?dataset=x')).toMatchObject(invalid(['dataset', 'not_found']));
		expect(await call('/analytics')).toMatchObject(invalid(['dataset', 'required']));
		expect(await call('/analytics?dataset=polls&from=today')).toMatchObject(
			invalid(['from', 'invalid_format']),
		);
	});
});

describe('what the document only names', () => {
	it('updates an attendee', async () => {
		const before = attendee();
		const patch = async (body: unknown) =>
			await call(`/attendees/${before.id}`, { method: 'PATCH', body });
		const reply = await patch({
			email: 'new@example.com',
			ticket_type_id: 'tkt_workshop_01',
			custom_fields: { diet: 'vegan' },
		});
		expect(reply.status).toBe(200);
		expect(reply.json).toEqual({
			...before,
			email: 'new@example.com',
			ticket_type: 'Workshop',
			custom_fields: { ...before.custom_fields, diet: 'vegan' },
			updated_at: expect.not.stringMatching(before.updated_at),
		});
		expect(attendee()).toEqual(reply.json);
		expect((await post('/registration', { email: before.email })).status).toBe(201);
		expect((await patch({ email: 'NEW@example.com' })).status).toBe(200);
		expect((await patch({ email: before.email })).status).toBe(409);
		expect(await patch({ email: 'x' })).toMatchObject(invalid(['email', 'invalid_format']));
		expect(await patch({ ticket_type_id: 'x' })).toMatchObject(
			invalid(['ticket_type_id', 'not_found']),
		);
		expect((await patch({ id: 'x' })).status).toBe(501);
		expect(refusal()).toContain('id');
	});

	it('deletes an attendee', async () => {
		const { id } = attendee();
		const gone = await call(`/attendees/${id}`, { method: 'DELETE' });
		expect([gone.status, gone.text]).toEqual([204, '']);
		for (const method of ['GET', 'DELETE']) {
			expect((await call(`/attendees/${id}`, { method })).status).toBe(404);
		}
		expect((await page('/attendees')).pagination.total).toBe(GUESTS - 1);
	});

	it('checks an attendee in once, and shows it', async () => {
		const { id } = attendee();
		const cancelled = event()
			.attendees()
			.find(({ status }) => status === 'cancelled');
		const done = await post(`/attendees/${id}/checkin`);
		expect([done.status, done.text]).toEqual([204, '']);
		expect(attendee().status).toBe('checked_in');
		expect((await post(`/attendees/${id}/checkin`)).status).toBe(409);
		expect((await post(`/attendees/${cancelled?.id}/checkin`)).status).toBe(409);
		expect((await post('/attendees/att_none/checkin')).status).toBe(404);
		const { data, pagination } = await page(`/attendees/${id}/checkins`);
		expect(pagination).toEqual({ page: 1, page_size: 50, total: 1, next_page: null });
		expect(data).toEqual([expect.objectContaining({ attendee_id: id, gate: 'api' })]);
		expect(event().datasets.get('checkins')?.at(-1)).toEqual(data[0]);
		Object.assign(state(), { actionStatus: 200, repeatedCheckIns: 'accepted' });
		const again = await post(`/attendees/${id}/checkin`, {});
		expect([again.status, again.json]).toEqual([200, attendee()]);
		expect((await page(`/attendees/${id}/checkins`)).data).toHaveLength(2);
	});

	it('shows sessions and speakers', async () => {
		const { data, pagination } = await page('/sessions?page_size=5');
		expect(data).toEqual(event().sessions.slice(0, 5));
		expect(pagination).toEqual({ page: 1, page_size: 5, total: 12, next_page: 2 });
		expect((await call('/sessions/ses_2')).json).toEqual(event().sessions[1]);
		expect((await page('/sessions/ses_2/speakers')).data).toEqual([
			{ id: 'spk_3', name: 'Chloé Costa' },
			{ id: 'spk_4', name: 'David Dubois' },
		]);
		for (const path of ['/sessions/ses_99', '/sessions/ses_99/speakers']) {
			expect((await call(path)).status).toBe(404);
		}
	});

	it('shows orders, and counts every refund', async () => {
		const { data, pagination } = await page<InEventOrder>('/orders?page=2');
		expect(data[0]?.id).toBe('ord_51');
		expect(pagination).toMatchObject({ page: 2, total: GUESTS });
		const order = async () => (await call('/orders/ord_7')).json as InEventOrder;
		expect(await order()).toMatchObject({ status: 'paid', refunds: 0 });
		expect((await post('/orders/ord_7/refund')).status).toBe(204);
		expect(await order()).toMatchObject({ status: 'refunded', refunds: 1 });
		state().actionStatus = 200;
		expect((await post('/orders/ord_7/refund')).json).toEqual(await order());
		expect((await order()).refunds).toBe(2);
		state().repeatedRefunds = 'conflict';
		expect((await post('/orders/ord_7/refund')).status).toBe(409);
		expect((await order()).refunds).toBe(2);
		expect((await post('/orders/ord_none/refund')).status).toBe(404);
	});
});

describe('rate limit', () => {
	it('is 100 a second for a client, whatever its token, and every response shows it', async () => {
		state().rateLimit.windowMs = 60_000;
		const { headers } = await call('/attendees');
		expect(headers).toMatchObject({
			'x-ratelimit-limit': '100',
			'x-ratelimit-remaining': '99',
			'x-ratelimit-reset': '60',
		});
		token = await newToken();
		const next = await call('/attendees/none');
		expect(next).toMatchObject({ status: 404, headers: { 'x-ratelimit-remaining': '98' } });
		Object.assign(state().rateLimit, { limit: 2, reset: 'epoch' });
		const over = await call('/attendees');
		expect(over).toMatchObject({
			status: 429,
			json: { error: 'rate_limited', request_id: REQUEST_ID },
		});
		const reset = Number(over.headers['x-ratelimit-reset']);
		expect(Math.abs(reset - (Date.now() / 1000 + 60))).toBeLessThan(5);
		expect((await askToken(credentials())).status).toBe(200);
	});
});

describe('control server', () => {
	it('sets knobs and shows the state', async () => {
		const control = `${sandbox.control.url}/inevent`;
		const body = { grantedScopes: ['read:orders'], actionStatus: 200, rateLimit: { limit: null } };
		expect((await send(`${control}/knobs`, { method: 'PATCH', body })).status).toBe(200);
		expect(state()).toMatchObject(body);
		const wrong = { grantedScopes: ['read:all'] };
		expect((await send(`${control}/knobs`, { method: 'PATCH', body: wrong })).status).toBe(400);
		expect((await send(`${control}/state`)).json).toMatchObject({
			...body,
			tokensIssued: 1,
			openTokens: 1,
			events: { evt_123: { attendees: event().attendees() } },
		});
	});
});

it.each([
	['another path', '/tickets', {}],
	['the bare collection of check-in', '/attendees/att_1/checkin', { method: 'GET' }],
	['an unknown query', '/attendees?limit=5', {}],
	['repeated fields', '/attendees?fields=id&fields=email', {}],
	['a query for one attendee', '/attendees/att_1?fields=id', {}],
	['a form', '/registration', { method: 'POST', body: 'email=a', headers: FORM }],
	['what is not JSON', '/registration', { method: 'POST', body: '{' }],
	['a body for a refund', '/orders/ord_1/refund', { method: 'POST', body: { amount: 1 } }],
])('refuses %s', async (_what, path, sent) => {
	expect((await call(path, sent)).status).toBe(501);
	expect(refusal()).toContain('sandbox: InEvent: ');
});
