// ARTSVP in a real n8n: its credential, every operation compared with the vendor's records, cursor pages, and errors.

import { describe, expect, test } from '@jest/globals';
import { ARTSVP_CREDENTIALS } from '../../sandbox/artsvp/credentials.mts';
import type { ArtsvpInvite } from '../../sandbox/start.mts';
import { by } from '../rig/items.mts';
import { saveCredential, testCredential, testWith, errorTexts } from './support/n8n.mts';
import { first, nodeUnderTest } from './support/nodeUnderTest.mts';
import { credentialData, nodeType, UNREACHABLE, useVendors } from './support/vendors.mts';

const WRONG_KEY = 'wrong-key-4711';
/** The vendor's largest page (artsvp.md, "a value between 1 and 99"). */
const PAGE_SIZE = 99;
/** Three pages of 99. */
const MANY = 2 * PAGE_SIZE + 30;

const vendors = useVendors();
const server = () => vendors().sandbox.artsvp;
const state = () => server().state;

const { execute, run, listed, offered } = nodeUnderTest({
	type: nodeType('artsvp'),
	credential: () => vendors().artsvp,
	secrets: () => [ARTSVP_CREDENTIALS.apiKey, ARTSVP_CREDENTIALS.otherApiKey, WRONG_KEY],
});

/** The only invite that did not exist before. */
function newInvite(before: readonly ArtsvpInvite[]): ArtsvpInvite {
	const known = new Set(before.map(({ id }) => id));
	const added = state()
		.invites()
		.filter(({ id }) => !known.has(id));
	expect(added).toHaveLength(1);
	return first(added);
}

/** The sandbox lists the newest first. */
const newestFirst = <T,>(records: readonly T[]) => [...records].reverse();
const sent = () => server().requests.map(({ method, path }) => `${method} ${path}`);

describe('the credential test', () => {
	test('succeeds with the right key, and requests one booking', async () => {
		const outcome = await testCredential(vendors().artsvp);

		expect(outcome.status).toBe('OK');
		const { requests } = server();
		expect(requests.map(({ path, query, status }) => [path, query, status])).toEqual([
			['/api/v3/bookings', { limit: '1' }, 200],
		]);
		expect(requests[0]?.headers.authorization).toBe(ARTSVP_CREDENTIALS.apiKey);
	});

	test('succeeds with a slash at the end of Base URL', async () => {
		const data = credentialData('artsvp', server().url);

		const outcome = await testWith('artsvpApi', { ...data, baseUrl: `${data.baseUrl}/` });

		expect(outcome.status).toBe('OK');
	});

	test.each([
		['bearer', true, 'OK'],
		['bearer', false, 'Error'],
		['raw', true, 'Error'],
		['raw', false, 'OK'],
	] as const)('with the key sent %s and Bearer Prefix %s: %s', async (form, prefix, status) => {
		state().authorization = form;

		const outcome = await testWith('artsvpApi', {
			...credentialData('artsvp', server().url),
			bearerPrefix: prefix,
		});

		expect(outcome.status).toBe(status);
		if (status === 'Error') expect(outcome.message).toMatch(/"Bearer Prefix"/);
	});

	test('fails with a wrong key and names the field', async () => {
		const outcome = await testWith('artsvpApi', {
			...credentialData('artsvp', server().url),
			apiKey: WRONG_KEY,
		});

		expect(outcome).toEqual({ status: 'Error', message: expect.stringMatching(/API Key/) });
		expect(outcome.message).not.toContain(WRONG_KEY);
	});

	test('fails when the host does not answer', async () => {
		const outcome = await testWith('artsvpApi', credentialData('artsvp', UNREACHABLE));

		expect(outcome).toEqual({
			status: 'Error',
			message: expect.stringMatching(/refused|could not be reached|ECONNREFUSED/i),
		});
	});
});

describe('events and collections', () => {
	test.each(['event', 'collection'] as const)('%s: Get Many returns all, raw', async (resource) => {
		const all = state()[`${resource}s`].all();

		const { output } = await run({
			resource,
			operation: 'getAll',
			returnAll: true,
			simplify: false,
		});

		expect(all.length).toBeGreaterThan(2);
		expect(output).toEqual(all);
	});

	test('event: Get returns one, simplified', async () => {
		const event = first(state().events.all());

		const { output } = await run({
			resource: 'event',
			operation: 'get',
			eventId: by('id', event.id),
			simplify: true,
		});

		expect(output).toEqual([
			expect.objectContaining({
				id: event.id,
				code: event.code,
				name: event.name,
				startTime: event.start_time,
				timeZone: event.time_zone,
				resourceTags: event.resource_tags,
			}),
		]);
	});

	test('collection: Get returns one, raw', async () => {
		const collection = first(state().collections.all());

		const { output } = await run({
			resource: 'collection',
			operation: 'get',
			collectionId: by('id', collection.id),
			simplify: false,
		});

		expect(output).toEqual([collection]);
	});
});

describe('booking', () => {
	test('Get Many returns every booking over three pages, once each', async () => {
		server().reset({ guests: MANY });

		const { output } = await run({
			resource: 'booking',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			filters: {},
		});

		expect(output).toEqual(newestFirst(state().bookings()));
		expect(output).toHaveLength(MANY);
		const lasts = [output[PAGE_SIZE - 1], output[2 * PAGE_SIZE - 1]].map((booking) => booking?.id);
		expect(server().requests.map(({ query }) => query)).toEqual([
			{ limit: String(PAGE_SIZE) },
			...lasts.map((id) => ({ limit: String(PAGE_SIZE), starting_after: id })),
		]);
	});

	test('Get Many accepts all filters together, with several events', async () => {
		const { id, metaData } = { id: first(state().events.all()).id, metaData: { table: '7' } };
		const wanted = state().addBooking({
			eventId: id,
			email: 'wanted@example.com',
			name: 'Wanted Guest',
			status: 'is_waitlist',
			tags: ['vip_1'],
			externalId: 'CRM-1',
			metaData,
		});
		state().addBooking({ eventId: id, email: 'wanted@example.com', metaData });

		const { output } = await run({
			resource: 'booking',
			operation: 'getAll',
			returnAll: false,
			limit: 10,
			simplify: true,
			filters: {
				email: 'wanted@example.com',
				eventIds: state()
					.events.all()
					.slice(0, 2)
					.map((event) => event.id),
				eventResourceTags: ['vip'],
				externalId: 'CRM-1',
				metaData: { pairs: [{ key: 'table', value: '7' }] },
				reference: wanted.reference,
				status: 'is_waitlist',
				tags: ['vip_1'],
			},
		});

		expect(output).toEqual([
			expect.objectContaining({
				id: wanted.id,
				email: 'wanted@example.com',
				name: 'Wanted Guest',
				status: 'is_waitlist',
				statusGroup: 'waitlisted',
				eventId: id,
				customFields: metaData,
			}),
		]);
	});

	test('Get returns one, raw', async () => {
		const booking = first(state().bookings(), ({ invite_id: invite }) => invite !== null);

		const { output } = await run({
			resource: 'booking',
			operation: 'get',
			bookingId: by('id', booking.id),
			simplify: false,
		});

		expect(output).toEqual([booking]);
	});

	test('Update changes the given fields, and nothing else', async () => {
		const before = state().bookings();
		const [booking] = before;

		const { output } = await run({
			resource: 'booking',
			operation: 'update',
			bookingId: by('id', first(before).id),
			simplify: true,
			updateFields: {
				name: 'Jane Doe',
				externalId: 'CRM-2',
				metaData: { pairs: [{ key: 'table', value: '12' }] },
			},
		});

		const changed = {
			...booking,
			name: 'Jane Doe',
			external_id: 'CRM-2',
			meta_data: { ...booking?.meta_data, table: '12' },
			updated_at: expect.any(String),
		};
		expect(state().bookings()).toEqual([changed, ...before.slice(1)]);
		expect(output).toEqual([
			expect.objectContaining({ id: booking?.id, name: 'Jane Doe', externalId: 'CRM-2' }),
		]);
	});
});

describe('invite', () => {
	const details = {
		name: 'Jane Doe',
		email: 'jane.doe@example.com',
		externalId: 'CRM-3',
		golden: true,
		registerInterest: true,
		maxBookings: 4,
		tags: ['artsvp', 'vip'],
		metaDataJson: '{"source":"n8n","seats":2}',
	};
	const stored = {
		name: 'Jane Doe',
		email: 'jane.doe@example.com',
		external_id: 'CRM-3',
		golden: true,
		register_interest: true,
		amount_used: '0/4',
		tags: ['artsvp', 'vip'],
		meta_data: { source: 'n8n', seats: 2 },
	};

	test('Create makes exactly the described invite', async () => {
		const before = state().invites();
		const event = first(state().events.all());

		const { output } = await run({
			resource: 'invite',
			operation: 'create',
			resourceType: 'event',
			resourceId: by('id', event.id),
			simplify: false,
			additionalFields: details,
		});

		const created = newInvite(before);
		expect(created).toMatchObject({ ...stored, resource: event });
		expect(output).toEqual([created]);
	});

	test('Create or Update finds the invites of the first run in the second, item by item', async () => {
		const before = state().invites().length;
		const input = ['a', 'b', 'a', 'c'].map((name) => ({ email: `${name}@example.com` }));
		const collection = first(state().collections.all());
		const upsert = async () =>
			await run(
				{
					resource: 'invite',
					operation: 'upsert',
					resourceType: 'collection',
					resourceId: by('code', collection.code),
					filter: 'email',
					simplify: true,
					additionalFields: { email: '={{ $json.email }}' },
				},
				input,
			);

		const once = await upsert();

		expect(once.output.map(({ email }) => email)).toEqual(input.map(({ email }) => email));
		expect(once.output[2]?.id).toBe(once.output[0]?.id);
		expect(once.output.map(({ result }) => result)).toEqual([
			'created',
			'created',
			'existed',
			'created',
		]);
		expect(state().invites()).toHaveLength(before + 3);
		const again = await upsert();
		expect(again.output.map(({ id }) => id)).toEqual(once.output.map(({ id }) => id));
		expect(state().invites()).toHaveLength(before + 3);
	});

	test('Create Many by Tag previews without creating, then creates one for each', async () => {
		const before = state().invites();
		const tagged = [...state().events.all(), ...state().collections.all()].filter(
			({ resource_tags: tags }) => tags.includes('vip'),
		);
		const batch = {
			resource: 'invite',
			operation: 'createBatch',
			resourceTags: ['vip'],
			simplify: false,
			additionalFields: { email: 'jane.doe@example.com' },
		};

		const preview = await run({ ...batch, preview: true });

		expect(tagged.length).toBeGreaterThan(2);
		expect(preview.output).toEqual(
			tagged.map(({ id, object, name, code }) => ({
				preview: true,
				id,
				type: object,
				name,
				code,
				matchingTags: ['vip'],
				hasAllTags: true,
			})),
		);
		expect(state().invites()).toEqual(before);

		const { output } = await run({ ...batch, preview: false, options: { filter: 'email' } });

		const added = state().invites().slice(before.length);
		expect(added.map(({ resource }) => resource.id)).toEqual(tagged.map(({ id }) => id));
		expect(output).toEqual([
			expect.objectContaining({ totalInvitesCreated: tagged.length, invites: added }),
		]);
	});

	test.each([
		['id', (invite: ArtsvpInvite) => invite.id],
		['code', (invite: ArtsvpInvite) => invite.code],
		['url', (invite: ArtsvpInvite) => invite.url],
	])('Get finds an invite by %s, with its bookings as a list', async (mode, value) => {
		const booking = first(state().bookings(), ({ invite_id: invite }) => invite !== null);
		const invite = first(state().invites(), ({ code }) => code === booking.invite_id);

		const { output } = await run({
			resource: 'invite',
			operation: 'get',
			inviteId: by(mode, value(invite)),
			simplify: false,
		});

		expect(output).toEqual([{ ...invite, bookings: [booking] }]);
	});

	test('Get Many returns every invite over three pages, once each', async () => {
		server().reset({ guests: MANY });

		const { output } = await run({
			resource: 'invite',
			operation: 'getAll',
			returnAll: true,
			simplify: true,
			filters: {},
		});

		expect(output.map(({ id }) => id)).toEqual(newestFirst(state().invites()).map(({ id }) => id));
		expect(output).toHaveLength(MANY);
		expect(server().requests).toHaveLength(3);
	});

	test('Get Many accepts all filters together', async () => {
		const event = first(state().events.all(), ({ resource_tags: tags }) => tags.length > 1);
		const given = { name: 'Jane Doe', email: 'jane.doe@example.com', externalId: 'CRM-4' };
		const wanted = state().addInvite(event, {
			...given,
			tags: ['vip'],
			metaData: { source: 'n8n' },
		});
		state().addInvite(event, given);
		state().declineInvite(wanted.id);

		const { output } = await run({
			resource: 'invite',
			operation: 'getAll',
			returnAll: true,
			simplify: false,
			filters: {
				...given,
				resourceId: event.code,
				resourceType: 'event',
				resourceTags: event.resource_tags,
				metaDataJson: '{"source":"n8n"}',
				status: 'declined',
				tags: ['vip', 'other'],
			},
		});

		expect(output).toEqual([first(state().invites(), ({ id }) => id === wanted.id)]);
	});

	test('Update changes the given fields, by code, and nothing else', async () => {
		const before = state().invites();
		const invite = first(before);

		const { output } = await run({
			resource: 'invite',
			operation: 'update',
			inviteId: by('code', invite.code),
			simplify: false,
			updateFields: { golden: true, maxBookings: 3, tags: ['late'] },
		});

		const changed = {
			...invite,
			golden: true,
			amount_used: expect.stringMatching(/\/3$/),
			tags: ['late'],
			updated_at: expect.any(String),
		};
		expect(state().invites()).toEqual([changed, ...before.slice(1)]);
		expect(output).toEqual([state().invites()[0]]);
		expect(sent()).toEqual([
			`GET /api/v3/invites/${invite.code}`,
			`PATCH /api/v3/invites/${invite.id}`,
		]);
	});

	test('Delete removes exactly the invites of the items', async () => {
		const before = state().invites();
		const doomed = before.slice(1, 4).map(({ id }) => id);

		const { output } = await run(
			{
				resource: 'invite',
				operation: 'delete',
				inviteId: by('id', '={{ $json.id }}'),
			},
			doomed.map((id) => ({ id })),
		);

		expect(output).toEqual(doomed.map((id) => ({ deleted: true, id })));
		expect(state().invites()).toEqual(before.filter(({ id }) => !doomed.includes(id)));
	});
});

describe('From List', () => {
	test.each([
		['eventId', 'searchEvents', 'event', 'get'],
		['collectionId', 'searchCollections', 'collection', 'get'],
		['bookingId', 'searchBookings', 'booking', 'get'],
		['inviteId', 'searchInvites', 'invite', 'get'],
	] as const)('%s lists the existing records', async (parameter, method, resource, operation) => {
		const choices = await listed({
			parameter,
			method,
			parameters: { resource, operation },
		});

		const all = {
			event: state().events.all(),
			collection: state().collections.all(),
			booking: state().bookings(),
			invite: state().invites(),
		}[resource];
		expect(new Set(choices.map(({ value }) => value))).toEqual(new Set(all.map(({ id }) => id)));
		expect(choices.length).toBe(all.length);
	});

	test('Invite To decides whether events or collections are listed', async () => {
		const choices = await listed({
			parameter: 'resourceId',
			method: 'searchResources',
			parameters: { resource: 'invite', operation: 'create', resourceType: 'collection' },
		});

		expect(choices.map(({ value }) => value).sort()).toEqual(
			state()
				.collections.all()
				.map(({ id }) => id)
				.sort(),
		);
	});

	test('the events of a booking filter are listed by name', async () => {
		const choices = await offered({
			parameter: 'filters.eventIds',
			method: 'getEvents',
			parameters: { resource: 'booking', operation: 'getAll', filters: { eventIds: [] } },
		});

		expect(new Map(choices.map(({ name, value }) => [value, name]))).toEqual(
			new Map(
				state()
					.events.all()
					.map(({ id, name }) => [id, name]),
			),
		);
	});
});

describe('the message of a failed execution', () => {
	const getEvents = { resource: 'event', operation: 'getAll', returnAll: true, simplify: true };

	test('names a wrong key without showing it', async () => {
		const data = credentialData('artsvp', server().url);
		const credential = await saveCredential('artsvpApi', { ...data, apiKey: WRONG_KEY });

		const execution = await execute(getEvents, undefined, credential);

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^The API key provided is invalid\./),
			description: expect.stringMatching(/"API Key".*"Bearer Prefix".*HTTP 401/),
		});
	});

	test("starts with ARTSVP's own message, then says what to check", async () => {
		const execution = await execute({
			resource: 'booking',
			operation: 'get',
			bookingId: by('id', 'boo-unknown'),
			simplify: true,
		});

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^Data could not be found\..*\[item 0\]/),
			description: expect.stringMatching(/ID fields.*HTTP 404/),
		});
	});

	test('says when to try again after an exhausted rate limit', async () => {
		server().faults.add({
			when: { path: '/api/v3/events', every: 1 },
			do: { kind: 'rateLimit', retryAfterSeconds: 600 },
		});
		const data = credentialData('artsvp', server().url);
		const credential = await saveCredential('artsvpApi', {
			...data,
			apiKey: ARTSVP_CREDENTIALS.otherApiKey,
		});

		const execution = await execute(
			{ ...getEvents, options: { maxWait: 2 } },
			undefined,
			credential,
		);

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^ARTSVP allows no more requests until .*\d\d:\d\d/),
			description: expect.stringMatching(/in 10 minutes.*"Max Wait".*HTTP 429/),
		});
		expect(server().requests).toHaveLength(1);
	});
});
