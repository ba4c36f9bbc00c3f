/** Guest: Get Many Changed Since against the sandbox: the requested time, and the output. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { numbered } from '../../rig/items.mts';
import { data } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import invitario from '../../vendors/invitario.mts';
import { ALL, LOG_IN, LOG_OUT, LONG_AGO, RECENT } from './shared.mts';

const PACK = 'n8n-nodes-guestlist';
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;
/** After every seeded change and before now. */
const YESTERDAY = () => new Date(Date.now() - 86_400_000).toISOString();
const rig = useVendor(invitario, { guests: 20 });
const state = () => rig.state;

/** The received `sinceDateTime` values, in order. */
const asked = () =>
	rig
		.sent(RECENT)
		.map(({ body }) =>
			typeof body === 'object' && body !== null && 'sinceDateTime' in body
				? body.sinceDateTime
				: undefined,
		);

/** Runs the operation in a workflow with its own time zone. */
async function runInZone(timezone: string, sinceDateTime: unknown) {
	const main = [[{ node: 'Changes', type: 'main' as const, index: 0 }]];
	return await rig.engine.runWorkflow(
		{
			nodes: [
				{
					id: 'go',
					name: 'Go',
					type: 'n8n-nodes-base.manualTrigger',
					typeVersion: 1,
					position: [0, 0],
					parameters: {},
				},
				{
					id: 'changes',
					name: 'Changes',
					type: `${PACK}.invitario`,
					typeVersion: 1,
					position: [0, 0],
					parameters: {
						resource: 'guest',
						operation: 'getChangedSince',
						sinceDateTime: String(sinceDateTime),
					},
				},
			],
			connections: { Go: { main } },
			settings: { timezone },
		},
		{ credentials: rig.credentials() },
	);
}

describe('the requested time', () => {
	test.each([
		['2018-01-01T18:30:00+02:00', '2018-01-01T18:30:00+02:00'],
		['2018-01-01T18:30:00-03:30', '2018-01-01T18:30:00-03:30'],
		['2018-01-01T18:30:00Z', '2018-01-01T18:30:00+00:00'],
		// Never later than requested: fractions are cut off.
		['2018-01-01T18:30:00.999+02:00', '2018-01-01T18:30:00+02:00'],
		['  2018-01-01T18:30+02:00 ', '2018-01-01T18:30:00+02:00'],
		['20180101T183000+0200', '2018-01-01T18:30:00+02:00'],
	])('%s is sent as %s', async (sinceDateTime, expected) => {
		const result = await rig.run('guest: getChangedSince', { sinceDateTime });

		expect(result.error).toBeUndefined();
		expect(asked()).toEqual([expected]);
		expect(rig.paths()).toEqual([LOG_IN, RECENT, LOG_OUT]);
	});

	test.each([
		['Europe/Vienna', '2026-01-15T12:00:00', '2026-01-15T12:00:00+01:00'],
		['Europe/Vienna', '2026-07-15T12:00:00', '2026-07-15T12:00:00+02:00'],
		['America/New_York', '2026-07-15T12:00:00', '2026-07-15T12:00:00-04:00'],
		['Asia/Kolkata', '2026-07-15', '2026-07-15T00:00:00+05:30'],
		['UTC', '2026-07-15T12:00', '2026-07-15T12:00:00+00:00'],
		// The hour that occurs twice in autumn means its first occurrence.
		['Europe/Vienna', '2026-10-25T02:30:00', '2026-10-25T02:30:00+02:00'],
		// An offset in the text takes precedence over the workflow's zone.
		['America/New_York', '2026-07-15T12:00:00+02:00', '2026-07-15T12:00:00+02:00'],
	])('in the zone %s, %s is sent as %s', async (zone, text, expected) => {
		const result = await runInZone(zone, text);

		expect(result.status).toBe('success');
		expect(asked()).toEqual([expected]);
	});

	test.each([
		['={{ DateTime.fromISO("2026-07-15T12:00:00.5", { zone: "Asia/Tokyo" }) }}', '+09:00'],
		['={{ DateTime.fromISO("2026-07-15T12:00:00Z", { setZone: true }) }}', '+00:00'],
		['={{ "2026-07-15T12:00:00".toDateTime() }}', '+02:00'],
		['={{ new Date("2026-07-15T12:00:00.250Z") }}', '+00:00'],
	])('sends the expression %s with the offset %s', async (expression, offset) => {
		const result = await runInZone('Europe/Vienna', expression);

		expect(result.status).toBe('success');
		expect(asked()).toEqual([`2026-07-15T12:00:00${offset}`]);
	});

	test.each([
		['={{ "soon" }}', '"Since" is not a date and time (e.g. 2026-05-01T18:30:00+02:00)'],
		['={{ "2026-02-30T10:00:00Z" }}', '"Since" is not a date and time'],
		['={{ new Date("soon") }}', '"Since" is not a date and time'],
		['={{ DateTime.fromISO("soon") }}', '"Since" is not a date and time'],
		['={{ 1784116800000 }}', '"Since" is not a date and time'],
		['={{ "" }}', '"Since" is empty'],
		['={{ null }}', '"Since" is empty'],
		['={{ $json.missing }}', '"Since" is empty'],
	])('refuses %s before anything is sent', async (sinceDateTime, message) => {
		const result = await rig.run('guest: getChangedSince', { sinceDateTime });

		expect(result.error?.message).toContain(message);
		expect(result.error?.message).toContain('[item 0]');
		expect(result.error?.failure).toMatchObject({ cause: 'configuration-invalid' });
		expect(rig.paths()).toEqual([]);
	});

	test('is requested once for many items with the same time', async () => {
		const result = await rig.run(
			'guest: getChangedSince',
			{ sinceDateTime: `={{ $json.n % 2 ? "${LONG_AGO}" : "2018-01-01T16:30:00Z" }}` },
			{ items: numbered(6) },
		);

		expect(result.items).toHaveLength(6 * 20);
		expect(asked()).toHaveLength(2);
	});
});

describe('the changes', () => {
	test('include the server’s time in every item', async () => {
		rig.server.faults.add({ do: { kind: 'clockSkew', ms: 3_600_000 } });
		state().zoneOffsetMinutes = 330;
		const changed = state().addGuest({ fields: { lastName: 'New' } });

		const result = await rig.run('guest: getChangedSince', { sinceDateTime: YESTERDAY() });

		const [item, ...rest] = data(result);
		expect(rest).toEqual([]);
		expect(item).toMatchObject({ id: changed.id, lastName: 'New', statusGroup: 'registered' });
		const dateTime = String(item?.dateTime);
		expect(dateTime).toMatch(DATE_TIME);
		expect(dateTime).toMatch(/\+05:30$/);
		expect(Math.abs(Date.parse(dateTime) - Date.now() - 3_600_000)).toBeLessThan(10_000);
	});

	test('are raw without Simplify', async () => {
		const changed = state().addGuest();

		const result = await rig.run('guest: getChangedSince', {
			sinceDateTime: YESTERDAY(),
			simplify: false,
		});

		expect(data(result)).toEqual([{ ...changed, dateTime: expect.stringMatching(DATE_TIME) }]);
	});

	test('are no items when no one changed', async () => {
		const result = await rig.run('guest: getChangedSince', { sinceDateTime: YESTERDAY() });

		expect(result.status).toBe('success');
		expect(result.items).toEqual([]);
	});

	test('are a summary item when no one changed, so that the time advances', async () => {
		const result = await rig.run('guest: getChangedSince', {
			sinceDateTime: YESTERDAY(),
			options: { serverTime: 'summaryItem' },
		});

		expect(data(result)).toEqual([
			{ dateTime: expect.stringMatching(DATE_TIME), count: 0, guests: [] },
		]);
	});

	test('are one item with all guests as a summary', async () => {
		const ids = [state().addGuest().id, state().addGuest().id];

		const [summary] = data(
			await rig.run('guest: getChangedSince', {
				sinceDateTime: YESTERDAY(),
				options: { serverTime: 'summaryItem' },
			}),
		);

		expect(summary).toMatchObject({ count: 2, guests: ids.map((id) => ({ id })) });
	});

	test('can be requested from the last server time without losing anything', async () => {
		const options = { serverTime: 'summaryItem' };
		const ask = async (sinceDateTime: string): Promise<IDataObject> =>
			data(await rig.run('guest: getChangedSince', { sinceDateTime, options }))[0] ?? {};
		const first = await ask(YESTERDAY());
		const { id } = state().addGuest();

		const second = await ask(String(first.dateTime));

		expect(second).toMatchObject({ count: 1, guests: [{ id }] });
		expect(asked()[1]).toBe(first.dateTime);
	});

	test('include tombstones by default', async () => {
		const [gone] = state().guests();
		state().deleteGuest(gone?.id ?? '');
		const sinceDateTime = YESTERDAY();

		const withThem = await rig.run('guest: getChangedSince', { sinceDateTime });
		const without = await rig.run('guest: getChangedSince', {
			sinceDateTime,
			options: { includeDeleted: false },
		});
		const summary = await rig.run('guest: getChangedSince', {
			sinceDateTime,
			options: { includeDeleted: false, serverTime: 'summaryItem' },
		});

		expect(data(withThem)).toEqual([
			expect.objectContaining({
				id: gone?.id,
				statusGroup: 'deleted',
				deletedAt: expect.stringMatching(DATE_TIME),
			}),
		]);
		expect(without.items).toEqual([]);
		expect(data(summary)).toMatchObject([{ count: 0, guests: [] }]);
	});

	test('resolve companions that did not change, and label custom fields', async () => {
		const host = state()
			.guests()
			.find(({ companions }) => companions.length > 0);
		state().updateGuest(host?.id ?? '', { fields: { notes: 'moved' } });

		const result = await rig.run('guest: getChangedSince', {
			sinceDateTime: YESTERDAY(),
			options: {
				resolveCompanions: true,
				customFieldLabels: { labels: [{ field: '13', label: 'Parking' }] },
			},
		});

		expect(data(result)).toEqual([
			expect.objectContaining({
				notes: 'moved',
				customFields: expect.objectContaining({ Parking: 'yes' }),
				companions: host?.companions.map(({ id }) =>
					expect.objectContaining({
						id,
						customFields: expect.objectContaining({ Parking: expect.any(String) }),
					}),
				),
			}),
		]);
		expect(rig.paths()).toEqual([LOG_IN, RECENT, ALL, LOG_OUT]);
	});

	test('refuse an unknown Server Time', async () => {
		const result = await rig.run('guest: getChangedSince', {
			sinceDateTime: LONG_AGO,
			options: { serverTime: 'never' },
		});

		expect(result.error?.message).toContain(
			'"Server Time" must be one of: onEveryItem, summaryItem',
		);
	});
});

describe('with a machine and a workflow in different time zones', () => {
	const before = process.env.TZ;
	beforeAll(() => {
		process.env.TZ = 'Pacific/Auckland';
	});
	afterAll(() => {
		if (before === undefined) delete process.env.TZ;
		else process.env.TZ = before;
	});

	test('the workflow’s zone is used', async () => {
		await runInZone('Europe/Vienna', '2026-07-15T12:00:00');

		expect(asked()).toEqual(['2026-07-15T12:00:00+02:00']);
	});
});
