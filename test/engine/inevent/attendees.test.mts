/** InEvent, Attendee: what each operation sends and outputs. */
import { describe, expect, test } from '@jest/globals';

import { by, crowd } from '../../rig/items.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import inEvent from '../../vendors/inevent.mts';
import { ATTENDEES } from './shared.mts';

const rig = useVendor(inEvent, { guests: 7 });

const first = () => {
	const [attendee] = rig.state.event().attendees();
	if (attendee === undefined) throw new Error('The event has no attendees');
	return attendee;
};
const one = (id = first().id) => `${ATTENDEES}/${id}`;
const calls = () => rig.sent().map(({ method, path }) => `${method} ${path}`);

const FLAT = {
	email: 'ada.almeida.1@example.com',
	name: 'Ada Almeida',
	firstName: 'Ada',
	lastName: 'Almeida',
	phone: null,
	ticketType: 'Entry',
	status: 'registered',
	statusGroup: 'registered',
	checkedIn: false,
	createdAt: '2026-01-10T14:03:11Z',
	updatedAt: '2026-01-20T09:19:44Z',
};
const flat = () => {
	const { id, custom_fields: custom } = first();
	return { id, ...FLAT, company: custom.company, jobTitle: custom.role, customFields: custom };
};

describe('attendee: getAll', () => {
	test('returns flat records with the names that all vendors share', async () => {
		const result = await rig.run('attendee: getAll');

		expect(result.items).toHaveLength(7);
		expect(result.items[0]).toEqual({ json: flat(), pairedItem: { item: 0 } });
		expect(data(result)[2]).toMatchObject({ statusGroup: 'checked_in', checkedIn: true });
		expect(rig.sent().map(({ path, query }) => [path, query])).toEqual([
			[ATTENDEES, { page: '1', page_size: '50' }],
		]);
	});

	test('outputs raw records without Simplify', async () => {
		const result = await rig.run('attendee: getAll', { simplify: false, returnAll: true });

		expect(data(result)).toEqual(rig.state.event().attendees());
		expect(rig.sent()[0]?.query).toEqual({ page: '1', page_size: '100' });
	});

	test('keeps a custom field, and an unknown status', async () => {
		const { attendee } = rig.state.event().register({
			email: 'x@example.com',
			status: 'on_hold',
			custom_fields: { phone: '+1', badge: { colour: 'red' } },
		});
		const result = await rig.run('attendee: getAll', { filters: { search: 'x@example' } });

		expect(data(result)).toEqual([
			expect.objectContaining({
				id: attendee.id,
				name: null,
				firstName: '',
				phone: '+1',
				company: null,
				status: 'on_hold',
				statusGroup: 'unknown',
				customFields: { phone: '+1', badge: { colour: 'red' } },
			}),
		]);
	});

	test.each([
		['search', 'ALMEIDA', 'ALMEIDA', 1],
		['search', ' ada.almeida.1@example.com ', 'ada.almeida.1@example.com', 1],
		['search', '', undefined, 7],
		['status', 'checked_in', 'checked_in', 1],
		['status', 'waitlisted', 'waitlisted', 0],
	])('filters by %s "%s"', async (name, value, sent, found) => {
		const result = await rig.run('attendee: getAll', { filters: { [name]: value } });

		expect(rig.sent()[0]?.query[name]).toBe(sent);
		expect(data(result)).toHaveLength(found);
	});

	test.each([
		['2026-01-20T10:24:44+01:00', '2026-01-20T09:24:44Z'],
		['2026-01-20T04:24:44', '2026-01-20T09:24:44Z'],
		['={{ new Date("2026-01-20T09:24:44Z") }}', '2026-01-20T09:24:44Z'],
		['={{ DateTime.fromISO("2026-01-20T09:24:44.500Z") }}', '2026-01-20T09:24:44.500Z'],
	])('filters by the time %s, sent in UTC', async (updatedSince, sent) => {
		const result = await rig.engine.runWorkflow(
			{
				nodes: [
					{
						id: 'start',
						name: 'Start',
						type: 'n8n-nodes-base.manualTrigger',
						typeVersion: 1,
						position: [0, 0],
						parameters: {},
					},
					{
						id: 'node',
						name: 'Node',
						type: `${rig.engine.packages.ownPackageName}.inEvent`,
						typeVersion: 1,
						position: [0, 0],
						parameters: { eventId: 'evt_123', filters: { updatedSince } },
					},
				],
				connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
				settings: { timezone: 'America/New_York' },
			},
			{ credentials: rig.credentials() },
		);

		expect(result.error).toBeUndefined();
		expect(rig.sent()[0]?.query.updated_since).toBe(sent);
		expect(result.nodes.Node?.outputs[0]).toHaveLength(sent.includes('.500') ? 1 : 2);
	});

	test.each([
		[['email'], 'id,updated_at,email'],
		[['email', 'id', 'email', 'updated_at'], 'id,updated_at,email'],
		['first_name, last_name', 'id,updated_at,first_name,last_name'],
		[[], undefined],
	])('requests the fields %j, always with the ID and the last change', async (fields, sent) => {
		const result = await rig.run('attendee: getAll', { simplify: false, options: { fields } });

		expect(rig.sent()[0]?.query.fields).toBe(sent);
		expect(data(result)).toHaveLength(7);
		for (const json of data(result)) {
			expect(Object.keys(json)).toEqual(expect.arrayContaining(['id', 'updated_at']));
		}
	});

	test('outputs the same fields when only some were requested', async () => {
		const result = await rig.run('attendee: getAll', { limit: 1, options: { fields: ['email'] } });

		expect(data(result)).toEqual([
			{
				...Object.fromEntries(Object.keys(flat()).map((key) => [key, null])),
				id: first().id,
				email: FLAT.email,
				updatedAt: FLAT.updatedAt,
				statusGroup: 'unknown',
				customFields: {},
			},
		]);
	});

	test('reads event, filters and limit from each item', async () => {
		const result = await rig.run(
			'attendee: getAll',
			{
				eventId: '={{ $json.event }}',
				limit: '={{ $json.limit }}',
				filters: { status: '={{ $json.status }}' },
			},
			{
				items: [
					{ json: { event: 'evt_123', limit: 2, status: 'registered' } },
					{ json: { event: ' evt_123 ', limit: 9, status: 'checked_in' } },
				],
			},
		);

		expect(result.items.map(({ json, pairedItem }) => [json.status, pairedItem])).toEqual([
			['registered', { item: 0 }],
			['registered', { item: 0 }],
			['checked_in', { item: 1 }],
		]);
	});
});

describe('attendee: get', () => {
	test.each(['id', 'list'])('finds an attendee in mode %s', async (mode) => {
		const result = await rig.run('attendee: get', { attendeeId: by(mode, ` ${first().id} `) });

		expect(calls()).toEqual([`GET ${one()}`]);
		expect(result.items).toEqual([{ json: flat(), pairedItem: { item: 0 } }]);
	});

	test('outputs the raw record without Simplify', async () => {
		const result = await rig.run('attendee: get', {
			attendeeId: by('id', first().id),
			simplify: false,
		});

		expect(data(result)).toEqual([first()]);
	});

	test('also accepts a record inside `data`, as in lists', async () => {
		rig.fault({ when: { path: one() }, do: { kind: 'wrongJson', body: { data: first() } } });
		const result = await rig.run('attendee: get', { attendeeId: by('id', first().id) });

		expect(data(result)).toEqual([flat()]);
	});

	test('is repeated after a truncated response', async () => {
		rig.fault({ when: { path: one() }, do: { kind: 'truncated' } });
		const { result } = await withShortWaits(
			async () => await rig.run('attendee: get', { attendeeId: by('id', first().id) }),
		);

		expect(data(result)).toEqual([flat()]);
		expect(rig.sent()).toHaveLength(2);
	});
});

describe('attendee: update', () => {
	const update = (updateFields: Record<string, unknown>, more = {}) =>
		({ attendeeId: by('id', first().id), updateFields, ...more }) as Parameters<typeof rig.run>[1];

	test('sends every field, and returns the changed record', async () => {
		const { id } = first();
		const result = await rig.run(
			'attendee: update',
			update({
				email: 'New@Example.com',
				firstName: 'New',
				lastName: 'Name',
				status: 'cancelled',
				ticketTypeId: 'tkt_vip_01',
				customFields: { pairs: [{ key: 'company', value: 'Pairs' }] },
				customFieldsJson: '{"company": "JSON", "table": 7}',
			}),
		);

		expect(calls()).toEqual([`PATCH ${one(id)}`]);
		expect(rig.sent()[0]?.body).toEqual({
			email: 'New@Example.com',
			first_name: 'New',
			last_name: 'Name',
			status: 'cancelled',
			ticket_type_id: 'tkt_vip_01',
			custom_fields: { company: 'JSON', table: 7 },
		});
		expect(data(result)).toEqual([
			expect.objectContaining({
				id,
				updated: true,
				email: 'New@Example.com',
				name: 'New Name',
				company: 'JSON',
				ticketType: 'VIP',
				statusGroup: 'cancelled',
			}),
		]);
	});

	test('sends only the given fields', async () => {
		await rig.run('attendee: update', update({ firstName: 'New', lastName: ' ', email: '' }));

		expect(rig.sent()[0]?.body).toEqual({ first_name: 'New' });
	});

	test('outputs the raw record without Simplify', async () => {
		const result = await rig.run(
			'attendee: update',
			update({ firstName: 'New' }, { simplify: false }),
		);

		expect(data(result)).toEqual([{ ...first(), updated: true }]);
	});

	test('accepts a response without a record (204)', async () => {
		const { id } = first();
		rig.fault({ when: { path: one() }, do: { kind: 'statusAfterEffect', status: 204, body: '' } });
		const result = await rig.run('attendee: update', update({ firstName: 'New' }));

		expect(data(result)).toEqual([{ id, updated: true }]);
		expect(rig.state.event().attendee(id)?.first_name).toBe('New');
	});

	test('is repeated after a broken connection, because it is idempotent', async () => {
		rig.fault({ when: { path: one() }, do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(
			async () => await rig.run('attendee: update', update({ firstName: 'New' })),
		);

		expect(data(result)).toMatchObject([{ firstName: 'New', updated: true }]);
		expect(rig.sent()).toHaveLength(2);
	});

	test.each([{}, { firstName: '', customFields: {}, customFieldsJson: '{}' }])(
		'sends nothing for an update without changes (%j)',
		async (fields) => {
			const result = await rig.run('attendee: update', update(fields));

			expect(errorOf(result).message).toBe('There is nothing to update [item 0]');
			expect(rig.sent()).toEqual([]);
		},
	);

	test('keeps the order of two items for the same attendee', async () => {
		rig.fault({ when: { path: one(), nth: 1 }, do: { kind: 'slow', ms: 60 } });
		await rig.run('attendee: update', update({ firstName: '={{ $json.n }}' }), { items: crowd(3) });

		expect(rig.sent().map(({ body }) => body)).toEqual(
			['1', '2', '3'].map((first_name) => ({ first_name })),
		);
	});
});

describe('attendee: delete', () => {
	test('deletes an attendee', async () => {
		const { id } = first();
		const result = await rig.run('attendee: delete', { attendeeId: by('id', id) });

		expect(calls()).toEqual([`DELETE ${one(id)}`]);
		expect(result.items).toEqual([{ json: { deleted: true, id }, pairedItem: { item: 0 } }]);
		expect(rig.state.event().attendee(id)).toBeUndefined();
	});

	test('accepts a 404 after a lost response, but not at the first attempt', async () => {
		const { id } = first();
		rig.fault({ when: { path: one(id) }, do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(
			async () => await rig.run('attendee: delete', { attendeeId: by('id', id) }),
		);
		const again = await rig.run('attendee: delete', { attendeeId: by('id', id) });

		expect(data(result)).toEqual([{ deleted: true, id }]);
		expect(rig.sent().map(({ status }) => status)).toEqual([0, 404, 404]);
		expect(errorOf(again)).toMatchObject({ httpCode: '404' });
		expect(errorOf(again).description).toContain('"Event ID"');
	});
});

describe('attendee: checkIn', () => {
	const checkIn = (id: string) => ({ attendeeId: by('id', id) });

	test.each([
		[204, {}],
		[200, { firstName: 'Ada', status: 'checked_in' }],
	] as const)('checks in with a response %i', async (status, more) => {
		rig.state.actionStatus = status;
		const { id } = first();
		const result = await rig.run('attendee: checkIn', checkIn(id));

		expect(calls()).toEqual([`POST ${one(id)}/checkin`]);
		expect(rig.sent()[0]?.body).toBeUndefined();
		expect(data(result)).toMatchObject([{ attendeeId: id, checkedIn: true, ...more }]);
		expect(rig.state.event().attendee(id)?.status).toBe('checked_in');
	});

	test.each(['resetAfterEffect', 'truncated'] as const)(
		'is sent once, and says that it may have happened: %s',
		async (kind) => {
			rig.state.actionStatus = 200;
			const { id } = first();
			rig.fault({
				when: { path: `${one(id)}/checkin` },
				do: kind === 'truncated' ? { kind, variant: 'connection' } : { kind },
			});
			const result = await rig.run('attendee: checkIn', checkIn(id));

			expect(rig.sent()).toHaveLength(1);
			expect(errorOf(result).description).toContain('not known whether the change was made');
			expect(rig.state.event().attendee(id)?.status).toBe('checked_in');
		},
	);

	test('is repeated if it certainly did not happen', async () => {
		const { id } = first();
		rig.fault({
			when: { path: `${one(id)}/checkin` },
			do: { kind: 'rateLimit', retryAfterSeconds: 0 },
		});
		const { result } = await withShortWaits(
			async () => await rig.run('attendee: checkIn', checkIn(id)),
		);

		expect(data(result)).toEqual([{ attendeeId: id, checkedIn: true }]);
		expect(rig.state.event().checkIns.filter(({ attendee_id: who }) => who === id)).toHaveLength(1);
	});

	test('says so if the attendee is already checked in', async () => {
		const { id } = first();
		rig.state.event().checkIn(first());
		const result = await rig.run('attendee: checkIn', checkIn(id));

		expect(errorOf(result)).toMatchObject({
			message: 'Attendee is checked_in [item 0]',
			httpCode: '409',
		});
	});
});

describe('attendee: getCheckIns', () => {
	test('returns all of them, including those without an ID, flat and raw', async () => {
		const { id } = first();
		for (let n = 0; n < 3; n++) rig.state.event().checkIn(first(), 'north');
		const parameters = { attendeeId: by('id', id), returnAll: true, options: { pageSize: 2 } };
		const flatResult = await rig.run('attendee: getCheckIns', parameters);
		const raw = await rig.run('attendee: getCheckIns', { ...parameters, simplify: false });
		const own = rig.state.event().checkIns.filter(({ attendee_id: who }) => who === id);

		expect(data(raw)).toEqual(own);
		expect(data(flatResult)).toEqual(
			own.map(({ timestamp }) => ({
				attendeeId: id,
				timestamp,
				gate: 'north',
				mode: 'manual',
				deviceId: 'api',
			})),
		);
		expect(calls().slice(0, 2)).toEqual([`GET ${one(id)}/checkins`, `GET ${one(id)}/checkins`]);
		expect(rig.sent().map(({ query }) => query.page)).toEqual(['1', '2', '1', '2']);
	});

	test('stops at the limit', async () => {
		for (let n = 0; n < 3; n++) rig.state.event().checkIn(first());
		const result = await rig.run('attendee: getCheckIns', {
			attendeeId: by('id', first().id),
			limit: 2,
		});

		expect(data(result)).toHaveLength(2);
		expect(rig.sent().map(({ query }) => query)).toEqual([{ page: '1', page_size: '2' }]);
	});
});
