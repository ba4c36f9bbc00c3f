// Every operation of the Invitario node once, compared with the vendor's records, and its sessions.

import { afterEach, describe, expect, test } from '@jest/globals';
import { INVITARIO_CREDENTIALS } from '../../sandbox/invitario/credentials.mts';
import { by } from '../rig/items.mts';
import { type Json, listChoices, runNode } from './support/n8n.mts';
import { nodeType, useVendors } from './support/vendors.mts';

const vendors = useVendors();
const state = () => vendors().sandbox.invitario.state;
const present = () =>
	state()
		.guests()
		.filter(({ deleteDateTime }) => deleteDateTime === null);

const run = async (parameters: Json) =>
	await runNode({
		type: nodeType('invitario'),
		credential: vendors().invitario,
		parameters: { options: {}, ...parameters },
	});

afterEach(() => {
	expect(state().sessions()).toEqual([]);
});

function firstGuest() {
	const [guest] = present();
	if (guest === undefined) throw new Error('the sandbox is empty');
	return guest;
}

describe('guest', () => {
	test('Get Many returns everyone who is not deleted, raw', async () => {
		const { output } = await run({
			resource: 'guest',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			filters: {},
		});

		expect(present().length).toBeLessThan(state().guests().length);
		expect(output).toEqual(present());
	});

	test('Get Many finds checked-in guests, up to the limit', async () => {
		const inside = present().filter(
			({ checkInDateTime, checkOutDateTime }) =>
				checkInDateTime !== null && checkOutDateTime === null,
		);
		expect(inside.length).toBeGreaterThan(2);

		const { output } = await run({
			resource: 'guest',
			operation: 'getAll',
			returnAll: false,
			limit: 2,
			simplify: true,
			filters: { checkInStatus: 'checkedIn', registrationState: 'registered' },
		});

		expect(output).toEqual(
			inside.slice(0, 2).map(({ id, fields, checkInDateTime }) =>
				expect.objectContaining({
					id,
					email: fields.email,
					lastName: fields.lastName,
					checkedIn: true,
					checkedInAt: checkInDateTime,
				}),
			),
		);
	});

	test('Get Many includes deleted guests, resolves companions and labels custom fields', async () => {
		const { output } = await run({
			resource: 'guest',
			operation: 'getAll',
			returnAll: true,
			simplify: true,
			filters: {},
			options: {
				includeDeleted: true,
				resolveCompanions: true,
				customFieldLabels: { labels: [{ field: '13', label: 'Speaks' }] },
			},
		});

		const all = state().guests();
		expect(output.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
		expect(output.map(({ customFields }) => customFields)).toEqual(
			all.map(({ fields }) => expect.objectContaining({ Speaks: fields.customField13 })),
		);
		const hosts = all.filter(({ companions }) => companions.length > 0);
		expect(hosts.length).toBeGreaterThan(0);
		for (const host of hosts) {
			expect(output.find(({ id }) => id === host.id)?.companions).toEqual(
				host.companions.map(({ id }) =>
					expect.objectContaining({ id, email: state().guest(id).fields.email }),
				),
			);
		}
	});

	test('Get Many Changed Since returns the changes with the server’s time', async () => {
		const [first, second] = present();
		if (first === undefined || second === undefined) throw new Error('the sandbox is empty');
		const since = state().dateTime();
		state().checkIn(first.id);
		state().deleteGuest(second.id);

		const { output } = await run({
			resource: 'guest',
			operation: 'getChangedSince',
			sinceDateTime: since,
			simplify: true,
		});

		const [request] = vendors().sandbox.invitario.requests.filter(({ path }) =>
			path.endsWith('/recent'),
		);
		expect(output).toEqual([
			expect.objectContaining({ id: first.id, checkedIn: true, deletedAt: null }),
			expect.objectContaining({ id: second.id, statusGroup: 'deleted' }),
		]);
		for (const { dateTime } of output) {
			expect(Date.parse(String(dateTime))).toBeGreaterThanOrEqual(Date.parse(since));
		}
		expect(request?.body).toEqual({
			sessionToken: expect.any(String),
			sinceDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/),
		});
	});

	test('Get Many Changed Since outputs a summary even when no one changed', async () => {
		const { output } = await run({
			resource: 'guest',
			operation: 'getChangedSince',
			sinceDateTime: '2040-01-01T00:00:00+02:00',
			simplify: true,
			options: { serverTime: 'summaryItem' },
		});

		expect(output).toEqual([{ dateTime: expect.any(String), count: 0, guests: [] }]);
	});

	test.each([
		['id', () => firstGuest().id],
		['accessCode', () => firstGuest().accessCode],
		['email', () => String(firstGuest().fields.email)],
	])('Get finds a guest by %s', async (mode, value) => {
		const { output } = await run({
			resource: 'guest',
			operation: 'get',
			guestId: by(mode, value()),
			simplify: false,
		});

		expect(output).toEqual([firstGuest()]);
	});
});

test('event: Get returns the credential’s event', async () => {
	const { output } = await run({ resource: 'event', operation: 'get', simplify: true });

	const { id, name, company, startDateTime, endDateTime } = state().event;
	expect(output).toEqual([{ id, name, company, startDateTime, endDateTime }]);
});

test('an expired session is opened again once, and the request is repeated once', async () => {
	vendors().sandbox.invitario.faults.add({
		when: { path: '/api/v1/guest/list/all', nth: 1 },
		do: { kind: 'expireSession' },
	});

	const { status, output } = await run({
		resource: 'guest',
		operation: 'getAll',
		returnAll: true,
		simplify: false,
		filters: {},
	});

	const paths = vendors().sandbox.invitario.requests.map(({ path }) => path);
	expect(status).toBe('success');
	expect(output).toEqual(present());
	expect(paths.filter((path) => path === '/api/v1/login')).toHaveLength(2);
	expect(paths.filter((path) => path === '/api/v1/guest/list/all')).toHaveLength(2);
});

test('every session is opened with the documented values only', async () => {
	await run({ resource: 'event', operation: 'get', simplify: false });

	const [login] = vendors().sandbox.invitario.requests;
	expect(login).toMatchObject({ method: 'POST', path: '/api/v1/login', status: 200 });
	expect(login?.body).toEqual(INVITARIO_CREDENTIALS);
});

test('From List lists the guests that match the typed text', async () => {
	const guest = firstGuest();

	const choices = await listChoices({
		type: nodeType('invitario'),
		parameter: 'guestId',
		method: 'searchGuests',
		parameters: { resource: 'guest', operation: 'get', options: {} },
		credential: vendors().invitario,
		filter: String(guest.fields.lastName),
	});

	expect(choices.map(({ value }) => value)).toContain(guest.id);
	expect(choices.length).toBeLessThan(present().length);
});
