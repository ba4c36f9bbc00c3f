// The Invitario sandbox: sessions, both guest lists, every documented error code, and the changes made at the door.

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { INVITARIO_CREDENTIALS } from '../../../sandbox/invitario/credentials.mts';
import { type InvitarioGuest, type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { invitario, send } from './client.mts';

const HOUR_MS = 60 * 60 * 1000;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;

interface List {
	status: string;
	count: number;
	dateTime: string;
	guests: InvitarioGuest[];
}

let sandbox: Sandbox<'invitario'>;
let base: string;
beforeAll(async () => {
	sandbox = await startSandbox({ seed: { guests: 40 } });
	base = sandbox.invitario.url;
});
afterEach(() => {
	expect(sandbox.invitario.refused).toEqual([]);
	sandbox.invitario.reset();
});
afterAll(async () => {
	await sandbox.close();
});

const failure = (code: number, message: string) => ({
	status: 'error',
	displayMessage: null,
	errors: [{ code, message }],
});
const skew = (ms: number) => sandbox.invitario.faults.add({ do: { kind: 'clockSkew', ms } });

async function logIn(): Promise<string> {
	const reply = await invitario(base, '/login', INVITARIO_CREDENTIALS);
	const { sessionToken } = reply.json as { sessionToken: string };
	return sessionToken;
}

async function list(path: 'all' | 'recent', body: Record<string, unknown>): Promise<List> {
	const reply = await invitario(base, `/guest/list/${path}`, body);
	expect(reply.status).toBe(200);
	return reply.json as List;
}

describe('sessions', () => {
	it('logs in with the documented response', async () => {
		const reply = await invitario(base, '/login', INVITARIO_CREDENTIALS);
		expect(reply.status).toBe(200);
		expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
		expect(reply.json).toEqual({
			status: 'success',
			event: {
				id: '123',
				name: expect.any(String),
				company: expect.any(String),
				startDateTime: expect.stringMatching(DATE_TIME),
				endDateTime: expect.stringMatching(DATE_TIME),
				configuration: expect.any(Object),
			},
			stationName: 'Main Entrance',
			sessionToken: expect.stringMatching(/^[0-9a-f]{40}$/),
		});
	});

	it('allows many sessions and ends only the one that logs out', async () => {
		const [first, second] = [await logIn(), await logIn()];
		expect((await invitario(base, '/logout', { sessionToken: first })).json).toEqual({
			status: 'success',
		});
		expect(sandbox.invitario.state.sessions()).toEqual([second]);
		expect((await invitario(base, '/logout', { sessionToken: first })).json).toEqual(
			failure(30, 'Invalid session token provided.'),
		);
		expect((await list('all', { sessionToken: second })).status).toBe('success');
	});

	it('expires a session 24 hours after its last use, not after its log-in', async () => {
		const sessionToken = await logIn();
		skew(23 * HOUR_MS);
		await list('all', { sessionToken });
		skew(46 * HOUR_MS);
		expect((await list('all', { sessionToken })).status).toBe('success');
		skew(71 * HOUR_MS);
		expect((await invitario(base, '/guest/list/all', { sessionToken })).json).toEqual(
			failure(30, 'Invalid session token provided.'),
		);
	});
});

describe.each([200, 400, 401, 403, 500])('errors with HTTP status %i', (errorStatus) => {
	const expectFailure = async (path: string, body: unknown, code: number, message: string) => {
		sandbox.invitario.state.errorStatus = errorStatus;
		const reply = await invitario(base, path, body);
		expect(reply.status).toBe(errorStatus);
		expect(reply.json).toEqual(failure(code, message));
	};

	it('10 for a body that is not JSON', async () => {
		for (const path of ['/login', '/guest/list/all', '/guest/list/recent', '/logout']) {
			await expectFailure(path, '{"sessionToken":', 10, 'Invalid JSON provided.');
		}
		await expectFailure('/login', '', 10, 'Invalid JSON provided.');
	});

	it.each([
		['/login', {}, 'eventId, apiKey, stationName'],
		['/login', { eventId: '123', stationName: 'x' }, 'apiKey'],
		['/guest/list/all', {}, 'sessionToken'],
		['/guest/list/recent', { sessionToken: 'x' }, 'sinceDateTime'],
		['/logout', { sessionToken: '' }, 'sessionToken'],
	])('20 for %s with %j', async (path, body, names) => {
		await expectFailure(path, body, 20, `Required parameter(s) missing: ${names}`);
	});

	it('30 for an unknown session token', async () => {
		const sessionToken = '0'.repeat(40);
		const sinceDateTime = '2018-01-01T18:30:00+02:00';
		const message = 'Invalid session token provided.';
		await expectFailure('/guest/list/all', { sessionToken }, 30, message);
		await expectFailure('/guest/list/recent', { sessionToken, sinceDateTime }, 30, message);
		await expectFailure('/logout', { sessionToken }, 30, message);
	});

	it('1000 and 1010 for wrong log-in values', async () => {
		const wrongEvent = { ...INVITARIO_CREDENTIALS, eventId: '999' };
		await expectFailure('/login', wrongEvent, 1000, 'Event ID not known.');
		const wrongKey = { ...INVITARIO_CREDENTIALS, apiKey: 'wrong' };
		await expectFailure('/login', wrongKey, 1010, 'API key incorrect.');
	});
});

describe('lists', () => {
	it('shows guests with every documented field', async () => {
		const { count, dateTime, guests } = await list('all', { sessionToken: await logIn() });
		expect(count).toBe(40);
		expect(guests).toHaveLength(40);
		expect(dateTime).toMatch(DATE_TIME);
		const [host, companion] = guests;
		expect(Object.keys(host ?? {})).toEqual([
			'id',
			'parentId',
			'accessCode',
			'clientUpdateDateTime',
			'serverUpdateDateTime',
			'checkInDateTime',
			'checkOutDateTime',
			'deleteDateTime',
			'registrationState',
			'highlightColor',
			'fields',
			'companions',
		]);
		expect(host?.companions[0]).toEqual({ id: companion?.id });
		expect(companion?.parentId).toBe(host?.id);
		expect(Object.keys(host?.fields ?? {})).toEqual([
			...['salutation', 'lastName', 'firstName', 'titlePrefix', 'titleSuffix', 'company'],
			...['position', 'street', 'houseNumber', 'postalCode', 'city', 'country', 'phone'],
			...['mobilePhone', 'fax', 'email', 'externalId', 'notes'],
			...['customField1', 'customField13', 'customField47'],
		]);
		expect(host?.fields.customField47).toEqual(['vegetarian', 'vegan']);
		expect(guests.filter((guest) => !('highlightColor' in guest)).length).toBeGreaterThan(0);
		for (const key of ['checkInDateTime', 'checkOutDateTime', 'deleteDateTime'] as const) {
			const set = guests.filter((guest) => guest[key] !== null).length;
			expect(set).toBeGreaterThan(0);
			expect(set).toBeLessThan(40);
		}
		expect(new Set(guests.map(({ registrationState }) => registrationState))).toEqual(
			new Set(['unknown', 'registered', 'deregistered']),
		);
	});

	it('omits deleted guests from all, but never from recent, depending on the knob', async () => {
		sandbox.invitario.state.allIncludesDeleted = false;
		const sessionToken = await logIn();
		const all = await list('all', { sessionToken });
		expect(all.count).toBe(36);
		expect(all.guests.every(({ deleteDateTime }) => deleteDateTime === null)).toBe(true);
		const recent = await list('recent', {
			sessionToken,
			sinceDateTime: '2018-01-01T18:30:00+02:00',
		});
		expect(recent.guests.filter(({ deleteDateTime }) => deleteDateTime !== null)).toHaveLength(4);
	});

	it('lists the changes since a time: inclusive, or exclusive with the knob', async () => {
		const sessionToken = await logIn();
		const { state } = sandbox.invitario;
		skew(-10_000);
		const early = state.addGuest({ fields: { lastName: 'Early' } });
		skew(0);
		const late = state.addGuest({ fields: { lastName: 'Late' } });
		const ids = async (sinceDateTime: string) =>
			(await list('recent', { sessionToken, sinceDateTime })).guests.map(({ id }) => id);
		expect(await ids(early.clientUpdateDateTime)).toEqual([early.id, late.id]);
		state.sinceIsExclusive = true;
		expect(await ids(early.clientUpdateDateTime)).toEqual([late.id]);
	});

	it('compares times across offsets', async () => {
		const sessionToken = await logIn();
		sandbox.invitario.state.zoneOffsetMinutes = -210;
		const guest = sandbox.invitario.state.addGuest();
		expect(guest.clientUpdateDateTime).toMatch(/-03:30$/);
		const utc = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00');
		const changed = Date.parse(guest.clientUpdateDateTime);
		const since = async (sinceDateTime: string) =>
			(await list('recent', { sessionToken, sinceDateTime })).count;
		expect(await since(utc(changed))).toBe(1);
		expect(await since(utc(changed + 1000))).toBe(0);
	});

	it('shows the skewed server time with the chosen offset', async () => {
		const sessionToken = await logIn();
		sandbox.invitario.state.zoneOffsetMinutes = 120;
		skew(HOUR_MS);
		const { dateTime } = await list('all', { sessionToken });
		expect(dateTime).toMatch(/\+02:00$/);
		expect(Math.abs(Date.parse(dateTime) - Date.now() - HOUR_MS)).toBeLessThan(5000);
	});
});

describe('changes at the door', () => {
	const AN_HOUR_AGO = -HOUR_MS;

	it('moves serverUpdateDateTime with every change', () => {
		const { state } = sandbox.invitario;
		skew(AN_HOUR_AGO);
		const { id, serverUpdateDateTime: created } = state.addGuest();
		skew(0);
		const now = () => Date.now() - Date.parse(state.guest(id).serverUpdateDateTime ?? '');

		expect(state.checkIn(id).checkInDateTime).toMatch(DATE_TIME);
		expect(state.guest(id).serverUpdateDateTime).not.toBe(created);
		expect(now()).toBeLessThan(5000);
		expect(state.checkOut(id).checkOutDateTime).toMatch(DATE_TIME);
		expect(state.undoCheckIn(id)).toMatchObject({ checkInDateTime: null, checkOutDateTime: null });
		expect(
			state.updateGuest(id, { highlightColor: '#ffeedd', fields: { notes: 'x' } }),
		).toMatchObject({ highlightColor: '#ffeedd', fields: { notes: 'x', fax: null } });
		expect(state.updateGuest(id, { highlightColor: null })).not.toHaveProperty('highlightColor');
		expect(state.deleteGuest(id).deleteDateTime).toMatch(DATE_TIME);
		expect(() => state.checkIn('nobody')).toThrow('no guest nobody');
	});

	it('adds a companion to its parent, which changes the parent', async () => {
		const { state } = sandbox.invitario;
		const parent = state.addGuest();
		const companion = state.addGuest({ parentId: parent.id });
		expect(companion.parentId).toBe(parent.id);
		expect(state.guest(parent.id).companions).toEqual([{ id: companion.id }]);
		expect(parent.companions).toEqual([]);
	});

	it('can be controlled through the control server', async () => {
		const control = `${sandbox.control.url}/invitario/guests`;
		const added = await send(control, { method: 'POST', body: { fields: { customField2: 'a' } } });
		const { id } = added.json as InvitarioGuest;
		const guest = () => sandbox.invitario.state.guest(id);
		expect(guest().fields).toMatchObject({ customField2: 'a', email: null });
		for (const [verb, key] of [
			['check-in', 'checkInDateTime'],
			['check-out', 'checkOutDateTime'],
		] as const) {
			expect((await send(`${control}/${id}/${verb}`, { method: 'POST' })).json).toEqual(guest());
			expect(guest()[key]).toMatch(DATE_TIME);
		}
		await send(`${control}/${id}/undo-check-in`, { method: 'POST' });
		expect(guest().checkInDateTime).toBeNull();
		await send(`${control}/${id}`, {
			method: 'PATCH',
			body: { registrationState: 'deregistered' },
		});
		expect(guest().registrationState).toBe('deregistered');
		await send(`${control}/${id}/delete`, { method: 'POST' });
		expect(guest().deleteDateTime).toMatch(DATE_TIME);
		const unknown = await send(`${control}/nobody/check-in`, { method: 'POST' });
		expect(unknown).toMatchObject({ status: 400, json: { error: 'sandbox: no guest nobody' } });
		const badField = await send(control, { method: 'POST', body: { fields: { nickname: 'a' } } });
		expect(badField.status).toBe(400);
	});
});
