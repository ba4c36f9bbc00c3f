// Undocumented requests are refused with 501 and a reason, and recorded; nothing is changed.

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { INVITARIO_CREDENTIALS } from '../../../sandbox/invitario/credentials.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { type Sent, send, vaultHeaders } from './client.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ seed: { guests: 2 } });
});
afterEach(() => {
	sandbox.eventVault.reset();
	sandbox.invitario.reset();
});
afterAll(async () => {
	await sandbox.close();
});

const userEmail = 'ada@example.com';
const since = (sinceDateTime: unknown) => ({ sessionToken: 'x', sinceDateTime });

const VAULT: Array<[string, string, Sent, RegExp]> = [
	['an unknown path', '/getGuest', {}, /GET \/getGuest is not in the document/],
	['a trailing slash', '/getGuests/', {}, /not in the document/],
	['another case', '/getguests', {}, /not in the document/],
	['another method', '/getGuests', { method: 'DELETE' }, /DELETE \/getGuests is not/],
	['HEAD', '/getGuests', { method: 'HEAD' }, /HEAD \/getGuests is not/],
	['GET for a write', '/addGuest', {}, /GET \/addGuest is not/],
	['an unknown query parameter', '/getGuests?limit=5', {}, /query: .*limit/],
	[
		'a repeated query parameter',
		'/getTicketsByType?ticketType=A&ticketType=B',
		{},
		/query: ticketType: Expected string, received array/,
	],
	[
		'a query on a POST',
		'/addGuest?userEmail=a',
		{ method: 'POST', body: { userEmail } },
		/query: .*userEmail/,
	],
	[
		'an unknown body field',
		'/addGuest',
		{ method: 'POST', body: { userEmail, email: 'x' } },
		/body: .*email/,
	],
	[
		'a wrong type',
		'/addGuest',
		{ method: 'POST', body: { userEmail: 5 } },
		/body: userEmail: Expected string, received number/,
	],
	['null for text', '/addGuest', { method: 'POST', body: { userEmail, name: null } }, /body: name/],
	['an array', '/addGuest', { method: 'POST', body: [{ userEmail }] }, /body: Expected object/],
	['a body that is not JSON', '/addGuest', { method: 'POST', body: 'userEmail=a' }, /not JSON/],
	[
		'a form',
		'/addGuest',
		{
			method: 'POST',
			body: `userEmail=${userEmail}`,
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
		},
		/content-type must be application\/json/,
	],
	['a body on GET', '/getGuests', { body: {} }, /a GET request has no body/],
	[
		'a timestamp that is not in digits',
		'/getGuests',
		{ headers: { 'x-timestamp': new Date().toISOString() } },
		/x-timestamp must be/,
	],
];

const INVITARIO: Array<[string, string, Sent, RegExp]> = [
	['an unknown path', '/api/v1/guest/list', { body: {} }, /not in the document/],
	['GET', '/api/v1/guest/list/all', { method: 'GET' }, /GET \/api\/v1\/guest\/list\/all is not/],
	['a query', '/api/v1/login?eventId=123', { body: INVITARIO_CREDENTIALS }, /query: .*eventId/],
	[
		'a number as event id',
		'/api/v1/login',
		{ body: { ...INVITARIO_CREDENTIALS, eventId: 123 } },
		/eventId: Expected string, received number/,
	],
	[
		'an unknown field',
		'/api/v1/logout',
		{ body: { sessionToken: 'x', force: true } },
		/body: .*force/,
	],
	[
		'text/plain',
		'/api/v1/logout',
		{ body: '{"sessionToken":"x"}', headers: { 'content-type': 'text/plain' } },
		/content-type/,
	],
	[
		'a time in UTC short form',
		'/api/v1/guest/list/recent',
		{ body: since('2018-01-01T18:30:00Z') },
		/sinceDateTime/,
	],
	[
		'a time with fractions',
		'/api/v1/guest/list/recent',
		{ body: since('2018-01-01T18:30:00.000+02:00') },
		/sinceDateTime/,
	],
	[
		'a time as a number',
		'/api/v1/guest/list/recent',
		{ body: since(1514824200000) },
		/sinceDateTime/,
	],
];

describe('Event Vault', () => {
	it.each(VAULT)('refuses %s', async (_what, path, sent, reason) => {
		const { eventVault } = sandbox;
		const reply = await send(`${eventVault.url}${path}`, {
			...sent,
			headers: { ...vaultHeaders(), ...sent.headers },
		});
		expect(reply.status).toBe(501);
		expect(eventVault.refused).toHaveLength(1);
		expect(eventVault.refused[0]?.reason).toMatch(/^sandbox: Event Vault: /);
		expect(eventVault.refused[0]?.reason).toMatch(reason);
		if (sent.method !== 'HEAD') {
			expect(reply.json).toEqual({ error: eventVault.refused[0]?.reason });
		}
		expect(eventVault.requests).toHaveLength(1);
		expect(eventVault.requests[0]?.status).toBe(501);
		expect(eventVault.state.event().guestCount).toBe(2);
	});

	it('refuses an oversized body, and records it once', async () => {
		const { eventVault } = sandbox;
		const body = { userEmail, name: 'x'.repeat(2_000_000) };
		const reply = await send(`${eventVault.url}/addGuest`, {
			method: 'POST',
			body,
			headers: vaultHeaders(),
		}).catch(() => undefined);
		expect([501, undefined]).toContain(reply?.status);
		expect(eventVault.refused).toHaveLength(1);
		expect(eventVault.requests).toHaveLength(1);
	});
});

describe('Invitario', () => {
	it.each(INVITARIO)('refuses %s', async (_what, path, sent, reason) => {
		const { invitario } = sandbox;
		const reply = await send(`${invitario.url}${path}`, { method: 'POST', ...sent });
		expect(reply.status).toBe(501);
		expect(invitario.refused[0]?.reason).toMatch(/^sandbox: Invitario: /);
		expect(invitario.refused[0]?.reason).toMatch(reason);
		expect(invitario.state.sessions()).toEqual([]);
	});
});

it('accepts every documented form of a request', async () => {
	const { eventVault } = sandbox;
	const reply = await send(`${eventVault.url}/addGuest`, {
		method: 'POST',
		body: { userEmail },
		headers: { ...vaultHeaders(), 'content-type': 'application/json; charset=utf-8' },
	});
	expect(reply.status).toBe(200);
	expect(eventVault.refused).toEqual([]);
	expect(eventVault.requests).toMatchObject([
		{
			method: 'POST',
			path: '/addGuest',
			query: {},
			body: { userEmail },
			status: 200,
			headers: { 'x-client-id': 'sandbox-client-1' },
		},
	]);
});
