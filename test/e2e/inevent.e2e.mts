// InEvent in a real n8n: its OAuth2 credential, every operation compared with the vendor's records, expiring tokens,
// registrations with broken connections, and errors.

import { describe, expect, test } from '@jest/globals';
import { INEVENT_CREDENTIALS } from '../../sandbox/inevent/credentials.mts';
import { by } from '../rig/items.mts';
import { hostHas } from './support/host.mts';
import { type Json, saveCredential, testCredential, testWith, errorTexts } from './support/n8n.mts';
import { first, nodeUnderTest } from './support/nodeUnderTest.mts';
import {
	credentialData,
	nodeType,
	SEEDED_GUESTS,
	UNREACHABLE,
	useVendors,
} from './support/vendors.mts';

const { clientSecret, eventId } = INEVENT_CREDENTIALS.production;
const WRONG_SECRET = 'wrong-secret-4711';
const TYPE = 'inEventOAuth2Api';
const TOKEN_PATH = '/oauth/token';
const EVENT_PATH = `/v1/events/${eventId}`;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const CONCURRENCY = 10;

const vendors = useVendors();
const server = () => vendors().sandbox.inEvent;
const state = () => server().state;
const event = () => state().event();
const data = (changes: Json = {}) => ({ ...credentialData('inEvent', server().url), ...changes });

/** A credential without an access token, or with changed fields. */
const freshCredential = async (changes?: Json) => await saveCredential(TYPE, data(changes));

/** Every access token that reached the vendor. */
function tokens(): string[] {
	const headers = server().requests.map(({ headers: { authorization } }) => String(authorization));
	return headers
		.filter((value) => value.startsWith('Bearer '))
		.map((value) => value.slice('Bearer '.length));
}

const { execute, run, listed } = nodeUnderTest({
	type: nodeType('inEvent'),
	credential: () => vendors().inEvent,
	parameters: () => ({ eventId }),
	secrets: () => [clientSecret, WRONG_SECRET, ...tokens()],
});

const attendeeId = (value: string) => by('id', value);
/** The requests to the vendor, except those for tokens and those with an expired one. */
const calls = () =>
	server()
		.requests.filter(({ path, status }) => path !== TOKEN_PATH && status !== 401)
		.map(({ method, path }) => `${method} ${path.replace(EVENT_PATH, '')}`);

describe('the credential test', () => {
	test('succeeds with the right client, and requests the chosen scopes', async () => {
		const scopes = ['read:attendees', 'write:registration'];
		const credential = await freshCredential({ scopes });

		const outcome = await testCredential(credential);

		expect(outcome.status).toBe('OK');
		const asked = server().requests.map(({ path, body }) => [
			path,
			new URLSearchParams(String(body)).get('scope'),
		]);
		expect(asked.length).toBeGreaterThan(0);
		for (const request of asked) expect(request).toEqual([TOKEN_PATH, scopes.join(' ')]);
	});

	test('succeeds with a slash at the end of Base URL', async () => {
		const outcome = await testWith(TYPE, data({ baseUrl: `${server().url}/` }));

		expect(outcome.status).toBe('OK');
	});

	/** n8n's message when it is refused a token. */
	const refused = (words: RegExp) =>
		expect.stringMatching(hostHas('words of a refused token') ? words : /^EAUTH$/);

	test("fails with n8n's own message for a wrong client secret, and does not show it", async () => {
		const outcome = await testWith(TYPE, data({ clientSecret: WRONG_SECRET }));

		expect(outcome).toEqual({
			status: 'Error',
			message: refused(/access token.*Client authentication failed/),
		});
		expect(outcome.message).not.toContain(WRONG_SECRET);
	});

	test("fails with n8n's own message for a scope that is not granted", async () => {
		state().grantedScopes = ['read:attendees'];

		const outcome = await testWith(TYPE, data({ scopes: ['read:attendees', 'read:orders'] }));

		expect(outcome).toEqual({
			status: 'Error',
			message: refused(/access token.*requested scope is invalid/),
		});
	});

	test('fails when the host does not answer', async () => {
		const outcome = await testWith(TYPE, data({ baseUrl: UNREACHABLE }));

		expect(outcome).toEqual({
			status: 'Error',
			message: expect.stringMatching(/refused|could not be reached|ECONNREFUSED/i),
		});
	});

	test('gets the token from its own token URL', async () => {
		const tokenUrl = `${server().url}${TOKEN_PATH}`;

		const outcome = await testWith(TYPE, data({ baseUrl: UNREACHABLE, tokenUrl }));

		expect(outcome.status).toBe('OK');
		expect(server().requests.length).toBeGreaterThan(0);
	});
});

describe('the access token', () => {
	const getOne = () => ({
		resource: 'attendee',
		operation: 'get',
		attendeeId: attendeeId(first(event().attendees()).id),
		simplify: true,
	});

	test('comes from the token URL of the credential', async () => {
		const { port } = new URL(server().url);
		const credential = await freshCredential({ tokenUrl: `http://localhost:${port}${TOKEN_PATH}` });

		await run(getOne(), undefined, credential);

		expect(server().requests.map(({ path, headers }) => [path, headers.host])).toEqual([
			[TOKEN_PATH, `localhost:${port}`],
			[expect.stringContaining('/attendees/'), `127.0.0.1:${port}`],
		]);
	});

	test('is fetched once and also serves the next run', async () => {
		const credential = await freshCredential();

		await run(getOne(), undefined, credential);
		await run(getOne(), undefined, credential);

		expect(state().tokensIssued).toBe(1);
		expect(new Set(tokens()).size).toBe(1);
	});

	test('costs one new token when it expires in the middle of 200 items', async () => {
		const ITEMS = 200;
		server().reset({ guests: ITEMS });
		// Another test covers the limit of 100 requests a second.
		state().rateLimit.limit = null;
		server().faults.add({ when: { method: 'GET', nth: 100 }, do: { kind: 'expireSession' } });
		const ids = event()
			.attendees()
			.map(({ id }) => id);

		const { output } = await run(
			{
				resource: 'attendee',
				operation: 'get',
				attendeeId: attendeeId('={{ $json.id }}'),
				simplify: false,
				options: { concurrency: CONCURRENCY },
			},
			ids.map((id) => ({ id })),
			await freshCredential(),
		);

		expect(output).toEqual(event().attendees());
		const renewals = state().tokensIssued - 1;
		expect(renewals).toBeGreaterThan(0);
		expect(renewals).toBeLessThanOrEqual(hostHas('one renewal of a token') ? 1 : CONCURRENCY);
		const refused = server().requests.filter(({ status }) => status === 401);
		expect(refused.length).toBeGreaterThan(0);
		expect(refused.length).toBeLessThanOrEqual(CONCURRENCY);
		expect(server().requests.filter(({ status }) => status === 200)).toHaveLength(
			ITEMS + state().tokensIssued,
		);
	});
});

describe('registration: Create', () => {
	test('sends every field, and registers exactly the described attendee', async () => {
		const { output } = await run({
			resource: 'registration',
			operation: 'create',
			email: 'jane.doe@example.com',
			simplify: true,
			additionalFields: {
				firstName: 'Jane',
				lastName: 'Doe',
				ticketTypeId: 'tkt_vip_01',
				source: 'website',
				utmCampaign: 'launch_2026',
				utmMedium: 'email',
				utmSource: 'crm',
				customFields: { pairs: [{ key: 'company', value: 'Acme Corp' }] },
				customFieldsJson: '{"dietary":"vegetarian"}',
				privacyPolicy: true,
				marketingOptIn: false,
			},
		});

		const attendee = first(event().attendees().slice(SEEDED_GUESTS));
		const sent = first(server().requests, ({ path }) => path === `${EVENT_PATH}/registration`);
		expect(event().attendees()).toHaveLength(SEEDED_GUESTS + 1);
		expect(attendee).toMatchObject({
			email: 'jane.doe@example.com',
			first_name: 'Jane',
			last_name: 'Doe',
			status: 'registered',
			ticket_type: 'VIP',
			custom_fields: { company: 'Acme Corp', dietary: 'vegetarian' },
		});
		expect(sent.body).toEqual({
			email: 'jane.doe@example.com',
			first_name: 'Jane',
			last_name: 'Doe',
			ticket_type_id: 'tkt_vip_01',
			source: 'website',
			utm: { campaign: 'launch_2026', medium: 'email', source: 'crm' },
			custom_fields: { company: 'Acme Corp', dietary: 'vegetarian' },
			consents: { privacy_policy: true, marketing_opt_in: false },
		});
		const key = sent.headers['idempotency-key'];
		expect(key).toMatch(UUID);
		expect(output).toEqual([
			{
				id: attendee.id,
				email: 'jane.doe@example.com',
				status: 'registered',
				statusGroup: 'registered',
				checkInCode: expect.stringMatching(/^QR_/),
				selfLink: `${EVENT_PATH}/attendees/${attendee.id}`,
				ticketLink: expect.stringContaining(`${EVENT_PATH}/orders/`),
				idempotencyKey: key,
			},
		]);
	});

	test('300 with resets before and after the effect leave 300 attendees, and a second run changes nothing', async () => {
		const ITEMS = 300;
		const RESET_EVERY = 20;
		server().reset({ guests: 0 });
		const when = { path: `${EVENT_PATH}/registration`, every: RESET_EVERY };
		server().faults.add({ when, do: { kind: 'reset' } });
		server().faults.add({ when, do: { kind: 'resetAfterEffect' } });
		const input = Array.from({ length: ITEMS }, (_, index) => ({
			email: `bulk-${index}@example.com`,
			name: `Guest ${index}`,
		}));
		const emails = input.map(({ email }) => email);
		const register = async () =>
			await run(
				{
					resource: 'registration',
					operation: 'create',
					email: '={{ $json.email }}',
					simplify: true,
					additionalFields: { firstName: '={{ $json.name }}' },
					options: { concurrency: CONCURRENCY },
				},
				input,
			);

		const once = await register();

		const registered = [...event().attendees()];
		const idOf = new Map(registered.map(({ id, email }) => [email, id]));
		expect(registered.map(({ email, first_name: name }) => `${email} ${name}`).sort()).toEqual(
			input.map(({ email, name }) => `${email} ${name}`).sort(),
		);
		expect(event().orders.size).toBe(ITEMS);
		expect(once.output.map(({ email }) => email)).toEqual(emails);
		expect(once.output.map(({ id }) => id)).toEqual(emails.map((email) => idOf.get(email)));
		expect(once.items('').map(({ pairedItem }) => pairedItem)).toEqual(
			emails.map((_, item) => ({ item })),
		);
		const struck = server()
			.faults.list()
			.map((fault) => fault.struck);
		expect(Math.min(...struck)).toBeGreaterThanOrEqual(ITEMS / RESET_EVERY - 1);

		const again = await register();

		expect(event().attendees()).toEqual(registered);
		expect(event().orders.size).toBe(ITEMS);
		expect(again.output).toEqual(once.output);
	});
});

describe('attendee', () => {
	test('Get Many returns every attendee over several pages, once each', async () => {
		const MANY = 250;
		const PAGE_SIZE = 40;
		server().reset({ guests: MANY });

		const { output } = await run({
			resource: 'attendee',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			filters: {},
			options: { pageSize: PAGE_SIZE },
		});

		expect(output).toEqual(event().attendees());
		expect(output).toHaveLength(MANY);
		const pages = server()
			.requests.filter(({ path }) => path === `${EVENT_PATH}/attendees`)
			.filter(({ status }) => status === 200)
			.map(({ query }) => query);
		expect(pages.map(({ page }) => Number(page)).sort((a, b) => a - b)).toEqual([
			1, 2, 3, 4, 5, 6, 7,
		]);
		expect(new Set(pages.map(({ page_size: size }) => size))).toEqual(new Set(['40']));
	});

	test('Get Many accepts all filters together, and always returns id and updated_at', async () => {
		const since = new Date(Date.now() - 60_000).toISOString();
		const { attendee } = event().register({ email: 'wanted@example.com', first_name: 'Wanted' });
		event().checkIn(attendee);
		event().register({ email: 'wanted-too@example.com' });

		const { output } = await run({
			resource: 'attendee',
			operation: 'getAll',
			returnAll: false,
			limit: 5,
			simplify: false,
			filters: { search: 'wanted', status: 'checked_in', updatedSince: since },
			options: { fields: ['email'] },
		});

		expect(output).toEqual([
			{ id: attendee.id, email: 'wanted@example.com', updated_at: expect.any(String) },
		]);
	});

	test('Get returns one, simplified', async () => {
		const attendee = first(event().attendees());

		const { output } = await run({
			resource: 'attendee',
			operation: 'get',
			attendeeId: attendeeId(attendee.id),
			simplify: true,
		});

		expect(output).toEqual([
			expect.objectContaining({
				id: attendee.id,
				email: attendee.email,
				firstName: attendee.first_name,
				company: attendee.custom_fields.company,
				ticketType: attendee.ticket_type,
				updatedAt: attendee.updated_at,
			}),
		]);
	});

	test('Update changes the given fields, and nothing else', async () => {
		const before = [...event().attendees()];
		const attendee = first(before);

		const { output } = await run({
			resource: 'attendee',
			operation: 'update',
			attendeeId: attendeeId(attendee.id),
			simplify: false,
			updateFields: {
				firstName: 'Jane',
				ticketTypeId: 'tkt_workshop_01',
				customFields: { pairs: [{ key: 'dietary', value: 'vegan' }] },
			},
		});

		const changed = {
			...attendee,
			first_name: 'Jane',
			ticket_type: 'Workshop',
			custom_fields: { ...attendee.custom_fields, dietary: 'vegan' },
			updated_at: expect.any(String),
		};
		expect(event().attendees()).toEqual([changed, ...before.slice(1)]);
		expect(output).toEqual([{ ...event().attendee(attendee.id), updated: true }]);
	});

	test('Delete removes exactly the attendees of the items', async () => {
		const before = [...event().attendees()];
		const doomed = before.slice(1, 4).map(({ id }) => id);

		const { output } = await run(
			{
				resource: 'attendee',
				operation: 'delete',
				attendeeId: attendeeId('={{ $json.id }}'),
			},
			doomed.map((id) => ({ id })),
		);

		expect(output).toEqual(doomed.map((id) => ({ deleted: true, id })));
		expect(event().attendees()).toEqual(before.filter(({ id }) => !doomed.includes(id)));
	});

	test('Check In checks an attendee in, and Get Check-Ins returns the time', async () => {
		const attendee = first(event().attendees(), ({ status }) => status === 'registered');
		const others = event()
			.attendees()
			.filter(({ id }) => id !== attendee.id);
		const who = { resource: 'attendee', attendeeId: attendeeId(attendee.id) };

		const { output } = await run({ ...who, operation: 'checkIn' });

		expect(output).toEqual([{ attendeeId: attendee.id, checkedIn: true }]);
		expect(event().attendee(attendee.id)?.status).toBe('checked_in');
		expect(
			event()
				.attendees()
				.filter(({ id }) => id !== attendee.id),
		).toEqual(others);

		const checkIns = await run({
			...who,
			operation: 'getCheckIns',
			returnAll: true,
			simplify: false,
		});

		const own = event().checkIns.filter(({ attendee_id: id }) => id === attendee.id);
		expect(own).toHaveLength(1);
		expect(checkIns.output).toEqual(own);
		expect(calls()).toEqual([
			`POST /attendees/${attendee.id}/checkin`,
			`GET /attendees/${attendee.id}/checkins`,
		]);
	});
});

describe('session', () => {
	test('Get Many returns every session over several pages', async () => {
		const { output } = await run({
			resource: 'session',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			options: { pageSize: 5 },
		});

		expect(event().sessions.length).toBeGreaterThan(10);
		expect(output).toEqual(event().sessions);
	});

	test('Get returns one, simplified', async () => {
		const session = first(event().sessions);

		const { output } = await run({
			resource: 'session',
			operation: 'get',
			sessionId: by('id', session.id),
			simplify: true,
		});

		expect(output).toEqual([
			{
				id: session.id,
				title: session.title,
				room: session.room,
				startsAt: session.starts_at,
				endsAt: session.ends_at,
			},
		]);
	});

	test('Get Speakers returns the speakers of the session', async () => {
		const session = first(event().sessions);

		const { output } = await run({
			resource: 'session',
			operation: 'getSpeakers',
			sessionId: by('id', session.id),
			returnAll: true,
			simplify: false,
		});

		expect(output.length).toBeGreaterThan(0);
		expect(output).toEqual(event().speakers.get(session.id));
	});
});

describe('order', () => {
	const orders = () => Array.from(event().orders.values(), (order) => ({ ...order }));

	test('Get Many returns every order over several pages', async () => {
		const { output } = await run({
			resource: 'order',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			options: { pageSize: 10 },
		});

		expect(output).toHaveLength(SEEDED_GUESTS);
		expect(output).toEqual(orders());
	});

	test('Get returns one, raw', async () => {
		const order = first(orders());

		const { output } = await run({
			resource: 'order',
			operation: 'get',
			orderId: by('id', order.id),
			simplify: false,
		});

		expect(output).toEqual([order]);
	});

	test('Refund refunds an order once', async () => {
		const [order, ...others] = orders();

		const { output } = await run({
			resource: 'order',
			operation: 'refund',
			orderId: by('id', order?.id ?? ''),
		});

		expect(output).toEqual([{ orderId: order?.id, refunded: true }]);
		expect(orders()).toEqual([
			{ ...order, status: 'refunded', refunds: 1, updated_at: expect.any(String) },
			...others,
		]);
	});

	test('a refund is not repeated when its response is lost, and the message says so', async () => {
		const [order] = orders();
		server().faults.add({
			when: { path: `${EVENT_PATH}/orders/${order?.id}/refund`, nth: 1 },
			do: { kind: 'resetAfterEffect' },
		});

		const execution = await execute(
			{ resource: 'order', operation: 'refund', orderId: by('id', order?.id ?? '') },
			undefined,
			// Its token is new, so that the connection breaks during the refund.
			await freshCredential(),
		);

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^InEvent could not be reached: the connection broke/),
			description: expect.stringMatching(/not known whether the change was made/),
		});
		expect(orders()[0]?.refunds).toBe(1);
		expect(calls()).toHaveLength(1);
	});
});

test('analytics: Get Many returns the rows of a dataset in a time range', async () => {
	server().reset({ guests: 100 });
	const rows = event().datasets.get('checkins') ?? [];
	const [from, to] = [rows[2]?.timestamp, rows.at(-3)?.timestamp];

	const { output } = await run({
		resource: 'analytics',
		operation: 'getAll',
		dataset: by('list', 'checkins'),
		returnAll: true,
		simplify: false,
		filters: { from, to },
		options: { pageSize: 5 },
	});

	expect(rows.length).toBeGreaterThan(12);
	expect(output).toEqual(rows.slice(2, -2));
});

describe('From List', () => {
	const choices = async (parameter: string, method: string, resource: string, filter?: string) =>
		await listed({
			parameter,
			method,
			parameters: { resource, operation: 'get' },
			...(filter === undefined ? {} : { filter }),
		});

	test('lists the attendees that match the typed text', async () => {
		const attendee = first(event().attendees());

		const found = await choices('attendeeId', 'searchAttendees', 'attendee', attendee.email);

		expect(found.map(({ value }) => value)).toEqual([attendee.id]);
	});

	test('lists the existing sessions and orders', async () => {
		const sessions = await choices('sessionId', 'searchSessions', 'session');
		const orders = await choices('orderId', 'searchOrders', 'order');

		expect(new Set(sessions.map(({ name, value }) => `${value} ${name}`))).toEqual(
			new Set(event().sessions.map(({ id, title }) => `${id} ${title}`)),
		);
		expect(new Set(orders.map(({ value }) => value))).toEqual(new Set(event().orders.keys()));
	});
});

describe('the message of a failed execution', () => {
	const register = {
		resource: 'registration',
		operation: 'create',
		email: 'jane.doe@example.com',
		simplify: true,
		additionalFields: {},
	};

	test('names a missing scope, and where to add it', async () => {
		const execution = await execute(
			register,
			undefined,
			await freshCredential({ scopes: ['read:attendees'] }),
		);

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^Missing required scope: write:registration.*\[item 0\]/),
			description: expect.stringMatching(
				/Add "Write Registration" \(write:registration\) under "Scopes".*request ID is req_.*HTTP 403/,
			),
		});
	});

	test('shows the details of a refused registration field by field', async () => {
		const execution = await execute({
			...register,
			additionalFields: { ticketTypeId: 'tkt_unknown', privacyPolicy: false },
		});

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^Invalid request body.*\[item 0\]/),
			description: expect.stringMatching(
				/"Ticket Type ID": not_found; "Privacy Policy": required_true\..*request ID is req_.*HTTP 400/,
			),
		});
		expect(event().attendees()).toHaveLength(SEEDED_GUESTS);
	});

	test('names a wrong client secret without showing it', async () => {
		const execution = await execute(
			register,
			undefined,
			await freshCredential({ clientSecret: WRONG_SECRET }),
		);

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^Unknown client or wrong secret.*\[item 0\]/),
			description: expect.stringMatching(/"Client ID", "Client Secret".*HTTP 401/),
		});
		expect(calls()).toEqual([]);
	});

	test('names a scope that is not granted when the token is refused', async () => {
		state().grantedScopes = ['read:attendees'];

		const execution = await execute(register, undefined, await freshCredential());

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^Scope not granted: .*write:registration/),
			description: expect.stringMatching(/"Scopes" in the credential.*HTTP 401/),
		});
		expect(calls()).toEqual([]);
	});
});
