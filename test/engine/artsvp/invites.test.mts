/** ARTSVP, Invite: what creating, reading, changing and deleting send and output. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { by, crowd } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import artsvp from '../../vendors/artsvp.mts';

const rig = useVendor(artsvp, { guests: 30 });
const invites = () => rig.state.invites();
const newestFirst = () => invites().reverse();
const ids = (records: ReadonlyArray<{ id?: unknown }>) => records.map(({ id }) => id);
const event = () => nth(rig.state.events.all());
const collection = () => nth(rig.state.collections.all());
/** The invite of the second guest, which was used. */
const usedInvite = () => nth(invites().slice(1));

describe('invite: create', () => {
	test('sends the event and every detail, and returns the invite with its link', async () => {
		const result = await rig.run('invite: create', {
			resourceId: by('id', event().id),
			additionalFields: {
				name: ' Lucy Green ',
				email: 'Lucy@Example.com',
				externalId: 'crm-7',
				golden: true,
				registerInterest: false,
				maxBookings: 10,
				tags: ['artsvp', 'vip'],
				metaData: { pairs: [{ key: 'door', value: 'A' }] },
			},
		});
		const created = nth(newestFirst());

		expect(rig.calls()).toEqual(['POST /invites']);
		expect(rig.sent()[0]?.body).toEqual({
			resource: event().id,
			name: 'Lucy Green',
			email: 'Lucy@Example.com',
			external_id: 'crm-7',
			golden: true,
			register_interest: false,
			max_bookings: 10,
			tags: ['artsvp', 'vip'],
			meta_data: { door: 'A' },
		});
		expect(result.items).toEqual([
			{
				json: {
					id: created.id,
					externalId: 'crm-7',
					code: created.code,
					email: 'Lucy@Example.com',
					name: 'Lucy Green',
					status: null,
					statusGroup: 'invited',
					url: `https://invite.artsvp.com/${created.code}`,
					golden: true,
					registerInterest: false,
					used: false,
					amountUsed: 0,
					maxBookings: 10,
					resourceId: event().id,
					resourceType: 'event',
					resourceName: 'Summer Party',
					tags: ['artsvp', 'vip'],
					resourceTags: ['vip', 'art_fair'],
					createdAt: created.created_at,
					updatedAt: created.updated_at,
					customFields: { door: 'A' },
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('outputs the raw record without Simplify', async () => {
		const result = await rig.run('invite: create', {
			resourceId: by('id', event().id),
			simplify: false,
		});

		expect(rig.sent()[0]?.body).toEqual({ resource: event().id });
		expect(data(result)).toEqual([nth(newestFirst())]);
	});

	const address = (code: string) => `https://artsvp.com/${code}`;
	test.each([
		['list', (id: string) => id, 'id'],
		['id', (id: string) => id, 'id'],
		['code', (_: string, code: string) => code, 'code'],
		['url', (_: string, code: string) => address(code), 'code'],
		['url', (_: string, code: string) => ` ${address(code)}/?from=mail#top `, 'code'],
		['url', (_: string, code: string) => `https://artsvp.com/en/${code}`, 'code'],
	] as const)('invites to an event or a collection in mode %s', async (mode, typed, named) => {
		for (const resource of [event(), collection()]) {
			const resourceType = resource.object;
			const value = typed(resource.id, resource.code);
			const result = await rig.run('invite: create', {
				resourceType,
				resourceId: by(mode, value),
			});

			expect(rig.sent().at(-1)?.body).toEqual(
				named === 'id'
					? { resource: resource.id }
					: { resource_id: resource.code, resource_type: resourceType },
			);
			expect(data(result)).toMatchObject([{ resourceId: resource.id, resourceType }]);
		}
	});

	test.each([
		['https://artsvp.com', 'does not end with a code'],
		['https://artsvp.com/', 'does not end with a code'],
		['artsvp.com/efa400', 'does not end with a code'],
		['={{ " " }}', 'is empty'],
	])('sends nothing for the address %p', async (value, complaint) => {
		const result = await rig.run('invite: create', { resourceId: by('url', value) });

		expect(errorOf(result).message).toContain(complaint);
		expect(rig.sent()).toEqual([]);
	});

	test('creates one invite per item, each with its own details', async () => {
		const result = await rig.run(
			'invite: create',
			{
				resourceId: by('code', event().code),
				additionalFields: {
					email: '={{ $json.email }}',
					maxBookings: '={{ $json.n }}',
					tags: '={{ "vip, seat " + $json.n }}',
				},
			},
			{ items: crowd(20) },
		);

		expect(data(result).map(({ email, maxBookings, tags }) => [email, maxBookings, tags])).toEqual(
			crowd(20).map(({ json }) => [json.email, json.n, ['vip', `seat ${json.n}`]]),
		);
		expect(invites()).toHaveLength(50);
	});

	test('treats max bookings 0 as no limit', async () => {
		const result = await rig.run('invite: create', {
			resourceId: by('id', event().id),
			additionalFields: { maxBookings: 0 },
		});

		expect(rig.sent()[0]?.body).toMatchObject({ max_bookings: 0 });
		expect(data(result)).toMatchObject([{ amountUsed: 0, maxBookings: 0 }]);
	});

	test.each([
		[{ email: 'nobody' }, '"Email" is not an email address'],
		[{ maxBookings: -1 }, '"Max Bookings" must be from 0'],
		[{ maxBookings: 1.5 }, '"Max Bookings" must be a whole number'],
		[{ golden: 'maybe' }, '"Golden" must be true or false'],
		[{ metaDataJson: '[1]' }, '"Meta Data (JSON)" must be a JSON object'],
		[{ metaDataJson: '{"art":' }, '"Meta Data (JSON)" must be a JSON object'],
		[{ metaData: { pairs: [{ key: ' ', value: 'x' }] } }, '"Meta Data" has a pair without a key'],
	])('sends nothing for %j', async (additionalFields, complaint) => {
		const result = await rig.run('invite: create', {
			resourceId: by('id', event().id),
			additionalFields,
		});

		expect(errorOf(result).message).toContain(complaint);
		expect(errorOf(result).message).toContain('[item 0]');
		expect(rig.sent()).toEqual([]);
	});
});

describe('invite: get', () => {
	test.each([
		['list', (invite: { id: string }) => invite.id],
		['id', (invite: { id: string }) => invite.id],
		['code', (invite: { code: string }) => invite.code],
	] as const)('reads one invite with its bookings in mode %s', async (mode, name) => {
		const invite = usedInvite();
		const result = await rig.run('invite: get', { inviteId: by(mode, name(invite)) });

		expect(rig.calls()).toEqual([`GET /invites/${name(invite)}`]);
		expect(data(result)).toMatchObject([
			{
				id: invite.id,
				email: invite.email,
				statusGroup: 'registered',
				used: true,
				amountUsed: 1,
				maxBookings: 1,
				bookings: [{ email: invite.email, inviteCode: invite.code, status: 'is_confirmed' }],
			},
		]);
	});

	test('reads an invite by its URL', async () => {
		const invite = usedInvite();
		const result = await rig.run('invite: get', { inviteId: by('url', invite.url) });

		expect(rig.calls()).toEqual([`GET /invites/${invite.code}`]);
		expect(data(result)).toMatchObject([{ id: invite.id }]);
	});

	test.each(['object', 'list', 'absent'] as const)(
		'outputs bookings as a list when the vendor sends: %s',
		async (inviteBookings) => {
			rig.state.inviteBookings = inviteBookings;
			const inviteId = by('id', usedInvite().id);
			const [raw] = data(await rig.run('invite: get', { inviteId, simplify: false }));
			const [flat] = data(await rig.run('invite: get', { inviteId }));
			const count = inviteBookings === 'absent' ? 0 : 1;

			expect(raw?.bookings).toHaveLength(count);
			expect(flat?.bookings).toHaveLength(count);
			if (count > 0) {
				expect(raw).toMatchObject({ bookings: [{ object: 'booking', meta_data: {} }] });
				expect(flat).toMatchObject({ bookings: [{ statusGroup: 'registered' }] });
			}
		},
	);

	test('outputs an empty list without bookings, and all of several bookings', async () => {
		const [unused] = invites();
		const limitless = invites().find(({ amount_used: used }) => used === '0/0');
		for (let n = 0; n < 3; n++) rig.state.useInvite(String(limitless?.id));
		const read = async (id: unknown) =>
			data(await rig.run('invite: get', { inviteId: by('id', String(id)) }));

		expect(await read(unused?.id)).toMatchObject([{ bookings: [], statusGroup: 'invited' }]);
		expect(await read(limitless?.id)).toMatchObject([
			{ bookings: [{}, {}, {}], amountUsed: 3, maxBookings: 0, statusGroup: 'registered' },
		]);
	});

	test.each([
		['0/10', 0, 10],
		['3/∞', 3, null],
		['3/', 3, null],
		['many', null, null],
		['', null, null],
		[null, null, null],
	])(
		'splits amount used %p into the numbers %p and %p',
		async (amount, amountUsed, maxBookings) => {
			rig.fault({ do: { kind: 'wrongJson', body: { id: 'inv-1', amount_used: amount } } });
			const result = await rig.run('invite: get', { inviteId: by('id', 'inv-1') });

			expect(data(result)).toMatchObject([{ amountUsed, maxBookings }]);
		},
	);
});

describe('invite: getAll', () => {
	test('returns 50 invites by default, newest first', async () => {
		rig.server.reset({ guests: 70 });
		const result = await rig.run('invite: getAll');

		expect(rig.sent().map(({ query }) => query)).toEqual([{ limit: '50' }]);
		expect(ids(data(result))).toEqual(ids(newestFirst().slice(0, 50)));
		expect(data(result)[0]).not.toHaveProperty('bookings');
	});

	test('outputs raw invites without Simplify', async () => {
		const result = await rig.run('invite: getAll', { limit: 3, simplify: false });

		expect(data(result)).toEqual(newestFirst().slice(0, 3));
	});

	const FILTERS: Array<[string, (wanted: IDataObject) => IDataObject, IDataObject]> = [
		['email', ({ email }) => ({ email }), {}],
		['name', ({ name }) => ({ name }), {}],
		['externalId', ({ external_id: externalId }) => ({ externalId }), {}],
	];
	test.each(FILTERS)('filters by %s', async (_, filterOf) => {
		const [invite] = invites();
		const result = await rig.run('invite: getAll', { filters: filterOf({ ...invite }) });

		expect(ids(data(result))).toEqual([invite?.id]);
	});

	test('filters by the code of an event, or of a collection', async () => {
		for (const resource of [event(), collection()]) {
			const type = resource.object;
			const result = await rig.run('invite: getAll', {
				returnAll: true,
				filters: {
					resourceId: resource.code,
					...(type === 'event' ? {} : { resourceType: type }),
				},
			});
			const wanted = newestFirst().filter((invite) => invite.resource.id === resource.id);

			expect(wanted.length).toBeGreaterThan(0);
			expect(ids(data(result))).toEqual(ids(wanted));
		}
		expect(rig.sent().map(({ query }) => query)).toEqual([
			{ limit: '99', resource_id: event().code },
			{ limit: '99', resource_id: collection().code, resource_type: 'collection' },
		]);
	});

	test.each(['active', 'declined'])('filters by the status %s', async (status) => {
		rig.state.declineInvite(nth(rig.state.invites()).id);
		const result = await rig.run('invite: getAll', { returnAll: true, filters: { status } });
		const declined = rig.state.storedInvites.all().filter((one) => one.declined);

		expect(data(result)).toHaveLength(
			status === 'declined' ? declined.length : invites().length - declined.length,
		);
	});

	test('filters by tags, resource tags and meta data', async () => {
		const result = await rig.run('invite: getAll', {
			returnAll: true,
			filters: {
				status: 'any',
				tags: ['vip', 'no such tag'],
				resourceTags: ['art_fair', 'talk'],
				metaDataJson: JSON.stringify({ company: nth(rig.state.invites()).meta_data.company }),
				resourceType: 'event',
			},
		});

		expect(rig.sent()[0]?.query).toEqual({
			limit: '99',
			'tags[]': ['vip', 'no such tag'],
			'resource_tags[]': ['art_fair', 'talk'],
			meta_data: JSON.stringify({ company: nth(rig.state.invites()).meta_data.company }),
			resource_type: 'event',
		});
		expect(result.status).toBe('success');
	});
});

describe('invite: update', () => {
	test('sends the filled-in fields; tags replace the old ones and bookings show the change', async () => {
		const { id, meta_data: before } = usedInvite();
		const result = await rig.run('invite: update', {
			inviteId: by('id', id),
			updateFields: {
				externalId: 'crm-8',
				golden: true,
				registerInterest: true,
				maxBookings: 10,
				tags: ['new'],
				metaDataJson: '{"door":"B"}',
			},
		});

		expect(rig.calls()).toEqual([`PATCH /invites/${id}`]);
		expect(rig.sent()[0]?.body).toEqual({
			external_id: 'crm-8',
			golden: true,
			register_interest: true,
			max_bookings: 10,
			tags: ['new'],
			meta_data: { door: 'B' },
		});
		expect(data(result)).toMatchObject([
			{ id, tags: ['new'], amountUsed: 1, maxBookings: 10, customFields: { ...before, door: 'B' } },
		]);
		expect(rig.state.bookings()[1]).toMatchObject({ tags: ['new'] });
	});

	test('removes all tags with an empty list', async () => {
		const { id } = nth(rig.state.invites());
		await rig.run('invite: update', { inviteId: by('id', id), updateFields: { tags: [] } });

		expect(rig.sent()[0]?.body).toEqual({ tags: [] });
		expect(nth(rig.state.invites()).tags).toEqual([]);
	});

	test.each(['code', 'url'])('looks up the ID when mode %s identifies the invite', async (mode) => {
		const { id, code, url } = nth(rig.state.invites());
		const result = await rig.run('invite: update', {
			inviteId: by(mode, mode === 'code' ? code : url),
			updateFields: { golden: true },
			simplify: false,
		});

		expect(rig.calls()).toEqual([`GET /invites/${code}`, `PATCH /invites/${id}`]);
		expect(data(result)).toEqual([nth(rig.state.invites())]);
	});

	test('refuses an update without changes before it looks anything up', async () => {
		const result = await rig.run('invite: update', { inviteId: by('code', 'abc') });

		expect(errorOf(result).message).toBe('There is nothing to update [item 0]');
		expect(rig.sent()).toEqual([]);
	});
});

describe('invite: delete', () => {
	test.each(['list', 'id', 'code', 'url'])('deletes one invite in mode %s', async (mode) => {
		const { id, code, url } = nth(rig.state.invites());
		const value = { list: id, id, code, url }[mode] ?? '';
		const result = await rig.run('invite: delete', { inviteId: by(mode, value) });

		expect(rig.calls().at(-1)).toBe(`DELETE /invites/${id}`);
		expect(rig.sent().at(-1)).toMatchObject({ body: undefined, status: 204 });
		expect(data(result)).toEqual([{ deleted: true, id }]);
		expect(ids(invites())).not.toContain(id);
		expect(invites()).toHaveLength(29);
	});

	test('reports an invite that does not exist', async () => {
		const result = await rig.run('invite: delete', { inviteId: by('id', 'inv-none') });

		expect(errorOf(result)).toMatchObject({
			message: 'Data could not be found. [item 0]',
			httpCode: '404',
		});
	});
});
