/** ARTSVP, Invite: Create or Update by the vendor's filter, and Create Many by Tag. */
import { describe, expect, test } from '@jest/globals';

import { by, crowd } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import artsvp from '../../vendors/artsvp.mts';

const HOUR_MS = 3_600_000;
const rig = useVendor(artsvp, { guests: 10 });
const invites = () => rig.state.invites();
const event = () => nth(rig.state.events.all());
const withEmail = (email: string) => invites().filter((invite) => invite.email === email);
const LUCY = { name: 'Lucy Green', email: 'lucy@example.com', externalId: 'crm-7' };
const upsertLucy = async (changes = {}) =>
	await rig.run('invite: upsert', {
		resourceId: by('id', event().id),
		additionalFields: LUCY,
		...changes,
	});

describe('invite: upsert', () => {
	test.each([
		['email', 'email'],
		['external_id', 'externalId'],
		['name', 'name'],
	])('by %s creates one invite, however often it runs', async (filter) => {
		const [created] = data(await upsertLucy({ filter }));
		// Run again later: a second run within two seconds would take the invite for a new one.
		for (const invite of rig.state.storedInvites.all()) {
			invite.createdAt = new Date(Date.now() - HOUR_MS).toISOString();
		}
		const [existed] = data(await upsertLucy({ filter }));

		expect(rig.sent().map(({ body }) => body)).toEqual(
			Array.from({ length: 2 }, () => ({
				resource: event().id,
				name: 'Lucy Green',
				email: 'lucy@example.com',
				external_id: 'crm-7',
				filter,
			})),
		);
		expect(created).toMatchObject({ email: LUCY.email, result: 'created', amountUsed: 0 });
		expect(existed).toMatchObject({ id: created?.id, url: created?.url, result: 'existed' });
		expect(withEmail(LUCY.email)).toHaveLength(1);
	});

	test.each([200, 201] as const)(
		'distinguishes created from existed when a new invite has the status %d',
		async (createdStatus) => {
			rig.state.createdStatus = createdStatus;
			const old = nth(rig.state.invites());
			const items = [{ json: { email: old.email } }, { json: { email: 'new@example.com' } }];
			const result = await rig.run(
				'invite: upsert',
				{
					resourceId: by('id', old.resource.id),
					additionalFields: { email: '={{ $json.email }}' },
				},
				{ items },
			);

			expect(data(result).map((item) => item.result)).toEqual(['existed', 'created']);
		},
	);

	test.each([-10, 10])('does so with clocks that differ by %d minutes', async (minutes) => {
		rig.state.createdStatus = 200;
		rig.server.clock.skewMs = minutes * 60_000;
		const [created] = data(await upsertLucy());
		const stored = rig.state.storedInvites.all().at(-1);
		if (stored) stored.createdAt = new Date(rig.server.clock.now() - HOUR_MS).toISOString();
		const [existed] = data(await upsertLucy());

		expect([created?.result, existed?.result]).toEqual(['created', 'existed']);
	});

	test('is repeated after a lost response, and says created', async () => {
		rig.state.createdStatus = 200;
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(async () => await upsertLucy());

		expect(rig.statuses()).toEqual([0, 200]);
		expect(data(result)).toMatchObject([{ email: LUCY.email, result: 'created' }]);
		expect(withEmail(LUCY.email)).toHaveLength(1);
	});

	test('outputs the raw record and the outcome without Simplify', async () => {
		const result = await upsertLucy({ simplify: false });

		expect(data(result)).toEqual([{ ...invites().at(-1), result: 'created' }]);
	});

	test.each([
		['email', 'Email'],
		['external_id', 'External ID'],
		['name', 'Name'],
	])('sends nothing when %s is chosen but empty', async (filter, label) => {
		const result = await upsertLucy({ filter, additionalFields: { golden: true } });

		expect(errorOf(result).message).toBe(`"${label}" is empty, but "Find By" needs it [item 0]`);
		expect(rig.sent()).toEqual([]);
	});

	test('creates one invite when a run has the same guest twice, and keeps the order', async () => {
		const twice = [...crowd(15), ...crowd(15)];
		const result = await rig.run(
			'invite: upsert',
			{
				resourceId: by('code', event().code),
				additionalFields: { email: '={{ $json.email }}' },
				options: { concurrency: 10 },
			},
			{ items: twice },
		);

		expect(data(result).map(({ email }) => email)).toEqual(twice.map(({ json }) => json.email));
		expect(invites()).toHaveLength(10 + 15);
	});

	test('leaves exactly 300 invites after lost responses, also after a second run', async () => {
		rig.state.rateLimit.limit = null;
		const items = crowd(300);
		const run = async () =>
			await withShortWaits(
				async () =>
					await rig.run(
						'invite: upsert',
						{
							resourceId: by('id', event().id),
							additionalFields: { email: '={{ $json.email }}' },
							options: { concurrency: 10 },
						},
						{ items },
					),
			);
		rig.fault({ when: { every: 7 }, do: { kind: 'resetAfterEffect' } });
		const { result: one } = await run();
		const { result: two } = await run();

		expect(one.error ?? two.error).toBeUndefined();
		expect(data(one).map(({ email }) => email)).toEqual(items.map(({ json }) => json.email));
		expect(invites()).toHaveLength(10 + 300);
		expect(data(two).map(({ id }) => id)).toEqual(data(one).map(({ id }) => id));
		expect(rig.statuses().filter((status) => status === 0).length).toBeGreaterThan(80);
	}, 60_000);
});

describe('invite: createBatch', () => {
	const tagged = (...tags: string[]) => {
		const { events, collections } = rig.state;
		return [...events.all(), ...collections.all()].filter((resource) =>
			resource.resource_tags.some((tag) => tags.includes(tag)),
		);
	};

	test('is a preview by default: it lists what carries the tags and creates nothing', async () => {
		const before = invites().length;
		const result = await rig.run('invite: createBatch', {
			resourceTags: ['vip', 'preview'],
			additionalFields: LUCY,
		});

		expect(rig.sent().map(({ method }) => method)).toEqual(['GET', 'GET']);
		expect(rig.calls().sort()).toEqual(['GET /collections', 'GET /events']);
		expect(data(result)).toEqual(
			tagged('vip', 'preview').map(({ id, object, code, name, resource_tags: tags }) => ({
				preview: true,
				id,
				type: object,
				code,
				name,
				matchingTags: tags.filter((tag) => tag === 'vip' || tag === 'preview'),
				hasAllTags: tags.includes('vip') && tags.includes('preview'),
			})),
		);
		expect(data(result).map(({ hasAllTags }) => hasAllTags)).toContain(true);
		expect(data(result).map(({ type }) => type)).toContain('collection');
		expect(invites()).toHaveLength(before);
	});

	test('shows an empty preview for an unused tag', async () => {
		const result = await rig.run('invite: createBatch', { resourceTags: ['vipp'] });

		expect(result.status).toBe('success');
		expect(result.items).toEqual([]);
	});

	test('creates one invite for each, and returns them with the totals', async () => {
		const before = invites().length;
		const resources = tagged('vip');
		const result = await rig.run('invite: createBatch', {
			resourceTags: ['vip'],
			preview: false,
			additionalFields: { ...LUCY, maxBookings: 2, tags: ['first row'] },
		});

		expect(rig.calls()).toEqual(['POST /invites/batch']);
		expect(rig.sent()[0]?.body).toEqual({
			resource_tags: ['vip'],
			name: LUCY.name,
			email: LUCY.email,
			external_id: LUCY.externalId,
			max_bookings: 2,
			tags: ['first row'],
		});
		expect(result.items).toHaveLength(1);
		expect(data(result)).toMatchObject([
			{
				totalEvents: resources.filter(({ object }) => object === 'event').length,
				totalCollections: resources.filter(({ object }) => object === 'collection').length,
				totalResources: resources.length,
				totalInvitesCreated: resources.length,
				invites: resources.map(({ id, object }) => ({
					email: LUCY.email,
					resourceId: id,
					resourceType: object,
					maxBookings: 2,
				})),
			},
		]);
		expect(invites()).toHaveLength(before + resources.length);
	});

	test('outputs raw invites without Simplify', async () => {
		const [answer] = data(
			await rig.run('invite: createBatch', {
				resourceTags: ['talk'],
				preview: false,
				simplify: false,
			}),
		);

		expect(answer?.invites).toEqual([invites().at(-1)]);
	});

	test('creates nothing with Find By when an invite exists', async () => {
		const run = async () =>
			data(
				await rig.run('invite: createBatch', {
					resourceTags: ['vip'],
					preview: false,
					additionalFields: LUCY,
					options: { filter: 'external_id' },
				}),
			);
		const [one] = await run();
		const [two] = await run();

		expect(rig.sent()[0]?.body).toMatchObject({ filter: 'external_id' });
		expect(one).toMatchObject({ totalInvitesCreated: tagged('vip').length });
		expect(two).toMatchObject({ totalInvitesCreated: 0, invites: [] });
		expect(withEmail(LUCY.email)).toHaveLength(tagged('vip').length);
	});

	test.each([
		[{ resourceTags: [] }, '"Tags of Events and Collections" is empty'],
		[{ resourceTags: '={{ " , " }}' }, '"Tags of Events and Collections" is empty'],
		[
			{ resourceTags: ['vip'], preview: false, options: { filter: 'email' } },
			'"Email" is empty, but "Find By" needs it',
		],
	])('sends nothing for %j', async (parameters, complaint) => {
		const result = await rig.run('invite: createBatch', parameters);

		expect(errorOf(result).message).toBe(`${complaint} [item 0]`);
		expect(rig.sent()).toEqual([]);
	});

	test('is not repeated after a lost response without Find By, and says so', async () => {
		const before = invites().length;
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		const result = await rig.run('invite: createBatch', {
			resourceTags: ['vip'],
			preview: false,
			additionalFields: LUCY,
		});

		expect(rig.statuses()).toEqual([0]);
		expect(errorOf(result).description).toContain('not known whether the change was made');
		expect(invites()).toHaveLength(before + tagged('vip').length);
	});

	test('is repeated after a lost response with Find By, and says what the totals leave out', async () => {
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(
			async () =>
				await rig.run('invite: createBatch', {
					resourceTags: ['vip'],
					preview: false,
					additionalFields: LUCY,
					options: { filter: 'email' },
				}),
		);

		expect(rig.statuses()).toEqual([0, 201]);
		expect(data(result)).toMatchObject([
			{ totalInvitesCreated: 0, note: expect.stringContaining('lost') },
		]);
		expect(withEmail(LUCY.email)).toHaveLength(tagged('vip').length);
	});
});
