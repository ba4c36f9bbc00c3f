/** InEvent: orders, sessions and analytics: what each operation sends and outputs; and From List. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by, crowd } from '../../rig/items.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import inEvent from '../../vendors/inevent.mts';
import { ANALYTICS, ATTENDEES, EVENT, ORDERS, SESSIONS } from './shared.mts';

const rig = useVendor(inEvent, { guests: 12 });

const calls = () => rig.sent().map(({ method, path }) => `${method} ${path}`);
const AMBIGUOUS = 'not known whether the change was made';

describe('order: refund', () => {
	const ORDER = 'ord_3';
	const REFUND = `${ORDERS}/${ORDER}/refund`;
	const refund = async () => await rig.run('order: refund', { orderId: by('id', ORDER) });
	const refunds = () => rig.state.event().orders.get(ORDER)?.refunds;

	test.each([
		[204, {}],
		[200, { status: 'refunded', id: ORDER }],
	] as const)('refunds once (response %i)', async (status, more) => {
		rig.state.actionStatus = status;
		const result = await refund();

		expect(calls()).toEqual([`POST ${REFUND}`]);
		expect(rig.sent()[0]?.body).toBeUndefined();
		expect(data(result)).toMatchObject([{ orderId: ORDER, refunded: true, ...more }]);
		expect(refunds()).toBe(1);
	});

	test.each([
		['the connection breaks after it', { kind: 'resetAfterEffect' as const }, 1, true],
		['the connection breaks before it', { kind: 'reset' as const }, 0, true],
		['a gateway fails after it', { kind: 'statusAfterEffect' as const, status: 502 }, 1, true],
		['InEvent is not available', { kind: 'status' as const, status: 503 }, 0, true],
		['InEvent fails', { kind: 'status' as const, status: 500 }, 0, true],
		[
			'InEvent says when to come back',
			{ kind: 'status' as const, status: 503, headers: { 'retry-after': '1' } },
			0,
			false,
		],
		['there are too many requests', { kind: 'rateLimit' as const, retryAfterSeconds: 1 }, 0, false],
	])('is never repeated: %s', async (_title, fault, happened, ambiguous) => {
		rig.fault({ when: { path: REFUND }, do: fault });
		const { result, waits } = await withShortWaits(refund);

		expect(calls()).toEqual([`POST ${REFUND}`]);
		expect(waits).toEqual([]);
		expect(refunds()).toBe(happened);
		expect(result.status).toBe('error');
		expect(errorOf(result).description?.includes(AMBIGUOUS)).toBe(ambiguous);
	});

	test('is never repeated when no response comes in time', async () => {
		rig.fault({ when: { path: REFUND }, do: { kind: 'slow', ms: 1_500, afterEffect: true } });
		const result = await rig.run('order: refund', {
			orderId: by('id', ORDER),
			options: { timeout: 1 },
		});

		expect(calls()).toEqual([`POST ${REFUND}`]);
		expect(errorOf(result).message).toContain('no answer came in time');
		expect(errorOf(result).description).toContain(AMBIGUOUS);
		expect(refunds()).toBe(1);
	});

	test('says in the failed item that it may have happened, with continue on fail', async () => {
		rig.fault({ when: { path: REFUND }, do: { kind: 'resetAfterEffect' } });
		const result = await rig.run(
			'order: refund',
			{ orderId: by('id', '={{ $json.id }}') },
			{
				items: [{ json: { id: ORDER } }, { json: { id: 'ord_4' } }],
				onError: 'continueErrorOutput',
			},
		);

		expect(data(result)).toMatchObject([{ orderId: 'ord_4', refunded: true }]);
		expect(result.errorItems?.map(({ json }) => json.details)).toMatchObject([{ ambiguous: true }]);
		expect(calls().sort()).toEqual([`POST ${REFUND}`, `POST ${ORDERS}/ord_4/refund`]);
	});

	test('shows InEvent’s message about a second refund', async () => {
		rig.state.repeatedRefunds = 'conflict';
		await refund();
		const result = await refund();

		expect(errorOf(result)).toMatchObject({
			message: 'Order is refunded [item 0]',
			httpCode: '409',
		});
	});
});

describe('orders', () => {
	const [RAW, FLAT] = [
		(n: number) => rig.state.event().orders.get(`ord_${n}`),
		(n: number): IDataObject => {
			const order = RAW(n);
			return {
				id: order?.id,
				attendeeId: order?.attendee_id,
				ticketTypeId: order?.ticket_type_id,
				status: 'paid',
				refunds: 0,
				createdAt: order?.created_at,
				updatedAt: order?.updated_at,
			};
		},
	];

	test.each(['id', 'list'])('order: get in mode %s', async (mode) => {
		const result = await rig.run('order: get', { orderId: by(mode, 'ord_2') });
		const raw = await rig.run('order: get', { orderId: by(mode, 'ord_2'), simplify: false });

		expect(calls()).toEqual([`GET ${ORDERS}/ord_2`, `GET ${ORDERS}/ord_2`]);
		expect(result.items).toEqual([{ json: FLAT(2), pairedItem: { item: 0 } }]);
		expect(data(raw)).toEqual([RAW(2)]);
	});

	test('order: getAll', async () => {
		const result = await rig.run('order: getAll', { limit: 2 });
		const raw = await rig.run('order: getAll', { returnAll: true, simplify: false });

		expect(calls()).toEqual([`GET ${ORDERS}`, `GET ${ORDERS}`]);
		expect(data(result)).toEqual([FLAT(1), FLAT(2)]);
		expect(data(raw)).toEqual(Array.from(rig.state.event().orders.values()));
	});

	test('keeps undocumented fields, with objects flattened by one level', async () => {
		const body = {
			id: 'ord_1',
			total: { amount: 12.5, currency: 'EUR', tax: { rate: 7 } },
			line_items: [{ sku: 'a' }],
			total_amount: 'own',
			invoice: null,
		};
		rig.fault({ when: { path: `${ORDERS}/ord_1` }, do: { kind: 'wrongJson', body } });
		const [json] = data(await rig.run('order: get', { orderId: by('id', 'ord_1') }));

		expect(json).toMatchObject({
			id: 'ord_1',
			totalCurrency: 'EUR',
			totalTax: { rate: 7 },
			lineItems: [{ sku: 'a' }],
			invoice: null,
		});
		expect(json).toMatchObject({ totalAmount: 'own' });
		expect(json?.['total.amount']).toBe(12.5);
	});
});

describe('sessions', () => {
	const flat = (n: number) => {
		const session = rig.state.event().sessions[n - 1];
		return {
			id: `ses_${n}`,
			title: `Session ${n}`,
			startsAt: session?.starts_at,
			endsAt: session?.ends_at,
			room: session?.room,
		};
	};

	test.each(['id', 'list'])('session: get in mode %s', async (mode) => {
		const result = await rig.run('session: get', { sessionId: by(mode, 'ses_2') });
		const raw = await rig.run('session: get', { sessionId: by(mode, 'ses_2'), simplify: false });

		expect(calls()).toEqual([`GET ${SESSIONS}/ses_2`, `GET ${SESSIONS}/ses_2`]);
		expect(data(result)).toEqual([flat(2)]);
		expect(data(raw)).toEqual([rig.state.event().sessions[1]]);
	});

	test('session: getAll', async () => {
		const result = await rig.run('session: getAll', { returnAll: true });
		const raw = await rig.run('session: getAll', { limit: 3, simplify: false });

		expect(calls()).toEqual([`GET ${SESSIONS}`, `GET ${SESSIONS}`]);
		expect(data(result)).toEqual(rig.state.event().sessions.map((_, index) => flat(index + 1)));
		expect(data(raw)).toEqual(rig.state.event().sessions.slice(0, 3));
	});

	test.each(['id', 'list'])('session: getSpeakers in mode %s', async (mode) => {
		const sessionId = by(mode, 'ses_2');
		const result = await rig.run('session: getSpeakers', { sessionId, returnAll: true });
		const limited = await rig.run('session: getSpeakers', { sessionId, limit: 1, simplify: false });

		expect(calls()[0]).toBe(`GET ${SESSIONS}/ses_2/speakers`);
		expect(rig.sent().map(({ query }) => query)).toEqual([
			{ page: '1', page_size: '100' },
			{ page: '1', page_size: '1' },
		]);
		expect(data(result)).toEqual(rig.state.event().speakers.get('ses_2'));
		expect(data(limited)).toEqual(rig.state.event().speakers.get('ses_2')?.slice(0, 1));
	});
});

describe('analytics: getAll', () => {
	test.each([
		['list', 'checkins'],
		['name', ' checkins '],
	])('returns the rows of a dataset, in mode %s', async (mode, dataset) => {
		const result = await rig.run('analytics: getAll', { dataset: by(mode, dataset) });
		const raw = await rig.run('analytics: getAll', {
			dataset: by(mode, dataset),
			returnAll: true,
			simplify: false,
		});
		const rows = rig.state.event().datasets.get('checkins') ?? [];

		expect(rows.length).toBeGreaterThan(1);
		expect(rig.sent().map(({ path, query }) => [path, query])).toEqual([
			[ANALYTICS, { dataset: 'checkins', page: '1', page_size: '50' }],
			[ANALYTICS, { dataset: 'checkins', page: '1', page_size: '1000' }],
		]);
		expect(data(raw)).toEqual(rows);
		expect(data(result)).toEqual(
			rows.map(({ attendee_id: attendeeId, device_id: deviceId, timestamp, gate, mode: how }) => ({
				attendeeId,
				timestamp,
				gate,
				mode: how,
				deviceId,
			})),
		);
	});

	test('filters by times, sent in UTC, each bound on its own', async () => {
		const rows = rig.state.event().datasets.get('checkins') ?? [];
		const [from, to] = [rows[1]?.timestamp, rows[1]?.timestamp];
		const result = await rig.run('analytics: getAll', { filters: { from, to } });
		await rig.run('analytics: getAll', { filters: { from: '2026-02-01T01:00:00+01:00', to: '' } });

		expect(data(result)).toHaveLength(1);
		expect(rig.sent()[0]?.query).toMatchObject({ from, to });
		expect(rig.sent()[1]?.query).toMatchObject({ from: '2026-02-01T00:00:00Z' });
		expect(rig.sent()[1]?.query.to).toBeUndefined();
	});

	test('names the field if InEvent does not know the dataset', async () => {
		const result = await rig.run('analytics: getAll', { dataset: by('name', 'gossip') });

		expect(errorOf(result).description).toContain('"Dataset": not_found.');
	});

	test.each([
		[{ filters: { from: 'yesterday' } }, '"From" is not a date'],
		[{ dataset: by('name', '={{ "" }}') }, '"Dataset" is empty'],
	])('sends nothing for %j', async (given, complaint) => {
		const result = await rig.run('analytics: getAll', given);

		expect(errorOf(result).message).toContain(complaint);
		expect(rig.server.requests).toEqual([]);
	});
});

describe('From List', () => {
	const search = async (method: string, filter = '', paginationToken = '') =>
		await rig.engine.listSearch('inEvent', method, {
			parameters: { eventId: ` ${EVENT} ` },
			credentials: rig.credentials(),
			filter,
			...(paginationToken === '' ? {} : { paginationToken }),
		});

	test('shows attendees by name and email, searched by InEvent', async () => {
		const { results, paginationToken } = await search('searchAttendees');
		const found = await search('searchAttendees', ' ALMEIDA ');
		const [first] = rig.state.event().attendees();

		expect(results).toHaveLength(12);
		expect(results[0]).toEqual({
			name: 'Ada Almeida, ada.almeida.1@example.com',
			value: first?.id,
		});
		expect(paginationToken).toBeUndefined();
		expect(found.results).toEqual([results[0]]);
		expect(rig.sent().map(({ path, query }) => [path, query])).toEqual([
			[ATTENDEES, { page: '1', page_size: '100' }],
			[ATTENDEES, { page: '1', page_size: '100', search: 'ALMEIDA' }],
		]);
	});

	test('continues page by page', async () => {
		rig.state.maxPageSize = 5;
		rig.state.pageSizeOver = 'capped';
		const first = await search('searchAttendees');
		const second = await search('searchAttendees', '', first.paginationToken);
		const third = await search('searchAttendees', '', second.paginationToken);

		expect([first, second, third].map(({ results }) => results.length)).toEqual([5, 5, 2]);
		expect(third.paginationToken).toBeUndefined();
		expect(
			[first, second, third].flatMap(({ results }) => results.map(({ value }) => value)),
		).toEqual(
			rig.state
				.event()
				.attendees()
				.map(({ id }) => id),
		);
	});

	test('shows sessions by title and orders by ID, filtered by the typed text', async () => {
		const sessions = await search('searchSessions', 'session 11');
		const orders = await search('searchOrders', 'ORD_12');

		expect(sessions.results).toEqual([{ name: 'Session 11', value: 'ses_11' }]);
		expect(orders.results).toEqual([{ name: 'ord_12', value: 'ord_12' }]);
		expect(calls()).toEqual([`GET ${SESSIONS}`, `GET ${ORDERS}`]);
		expect(rig.sent()[0]?.query.search).toBeUndefined();
	});

	test('shows the documented dataset without a request', async () => {
		expect((await search('searchDatasets')).results).toEqual([
			{ name: 'Check-Ins', value: 'checkins' },
		]);
		expect((await search('searchDatasets', 'x')).results).toEqual([]);
		expect(rig.server.requests).toEqual([]);
	});

	test('requires an event first', async () => {
		const searching = rig.engine.listSearch('inEvent', 'searchAttendees', {
			parameters: { eventId: '' },
			credentials: rig.credentials(),
		});

		await expect(searching).rejects.toThrow('"Event ID" is empty');
		expect(rig.server.requests).toEqual([]);
	});

	test('says which scope is missing', async () => {
		const searching = rig.engine.listSearch('inEvent', 'searchOrders', {
			parameters: { eventId: EVENT },
			credentials: rig.credentials({ scopes: ['read:attendees'] }),
		});

		await expect(searching).rejects.toMatchObject({
			message: 'Missing required scope: read:orders',
			description: expect.stringContaining('"Read Orders" (read:orders)'),
		});
	});
});

describe('IDs that contain path characters', () => {
	test.each(['..', '.', '={{ "" }}', ' '])('sends nothing for %s', async (id) => {
		const attendee = await rig.run('attendee: delete', { attendeeId: by('id', id || ' ') });
		const event = await rig.run('order: getAll', { eventId: id || ' ' });

		for (const result of [attendee, event]) expect(errorOf(result).message).toMatch(/empty|dots/);
		expect(rig.server.requests).toEqual([]);
	});

	test.each([
		['a/b', 'a%2Fb'],
		['../../evt_456/attendees/att_1', '..%2F..%2Fevt_456%2Fattendees%2Fatt_1'],
		['att?x=1#y', 'att%3Fx%3D1%23y'],
		['50%', '50%25'],
		['%2e%2e', '%252e%252e'],
		['ä b', '%C3%A4%20b'],
	])('keeps %s within its path segment', async (id, encoded) => {
		const result = await rig.run('order: refund', { orderId: by('id', id) });

		expect(errorOf(result).httpCode).toBe('404');
		expect(calls()).toEqual([`POST ${ORDERS}/${encoded}/refund`]);
	});

	test('applies to the event as well', async () => {
		await rig.run('registration: create', {
			eventId: 'evt_123/../evt_456',
			email: 'a@example.com',
		});

		expect(calls()).toEqual(['POST /v1/events/evt_123%2F..%2Fevt_456/registration']);
	});

	test('are read from their own item', async () => {
		const result = await rig.run(
			'session: get',
			{ sessionId: by('id', '=ses_{{ $json.n }}') },
			{ items: crowd(12) },
		);

		expect(data(result).map(({ id }) => id)).toEqual(crowd(12).map(({ json }) => `ses_${json.n}`));
	});
});
