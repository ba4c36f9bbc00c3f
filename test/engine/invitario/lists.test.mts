/** Guest: Get Many, Guest: Get and Event: Get against the sandbox: the output for valid lists. */
import { describe, expect, test } from '@jest/globals';

import type { InvitarioGuest } from '../../../sandbox/start.mts';
import { numbered } from '../../rig/items.mts';
import { data } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import invitario from '../../vendors/invitario.mts';
import { ALL, LOG_IN, LOG_OUT, guestBy } from './shared.mts';

const GUESTS = 120;
const rig = useVendor(invitario, { guests: GUESTS });
const state = () => rig.state;
const EVERYBODY = { returnAll: true, options: { includeDeleted: true } };

function guestWhere(is: (guest: InvitarioGuest) => boolean): Readonly<InvitarioGuest> {
	const found = state().guests().find(is);
	if (found === undefined) throw new Error('The sandbox has no such guest');
	return found;
}

const isDeleted = ({ deleteDateTime }: InvitarioGuest) => deleteDateTime !== null;
const hasCompanions = ({ companions }: InvitarioGuest) => companions.length > 0;

describe('Guest: Get Many', () => {
	test('returns 50 guests by default, simplified and without deleted ones', async () => {
		const result = await rig.run('guest: getAll');

		expect(result.error).toBeUndefined();
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT]);
		expect(result.items).toHaveLength(50);
		expect(
			result.items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}'),
		).toBe(true);
		const [ada] = data(result);
		expect(ada).toEqual({
			id: state().guests()[0]?.id,
			externalId: 'EXT-1',
			accessCode: state().guests()[0]?.accessCode,
			parentId: null,
			email: 'ada.almeida.1@example.com',
			name: 'Ada Almeida',
			salutation: 'Ms.',
			titlePrefix: 'Dr',
			firstName: 'Ada',
			lastName: 'Almeida',
			titleSuffix: null,
			company: 'Acme Corp',
			jobTitle: 'Attendee',
			phone: '+435550001',
			mobilePhone: null,
			fax: null,
			street: 'Example Street',
			houseNumber: '1',
			postalCode: '1010',
			city: 'Vienna',
			country: 'AT',
			notes: null,
			status: 'registered',
			statusGroup: 'checked_in',
			checkedIn: true,
			checkedInAt: '2025-06-02T09:00:01+02:00',
			checkedOutAt: null,
			deletedAt: null,
			updatedAt: '2025-06-02T09:00:01+02:00',
			highlightColor: '#ffeedd',
			companions: state()
				.guests()[0]
				?.companions.map(({ id }) => id),
			customFields: {
				customField1: 'green',
				customField13: 'yes',
				customField47: ['vegetarian', 'vegan'],
			},
		});
	});

	test('outputs the same keys for every guest, whatever the vendor leaves out', async () => {
		state().addGuest();

		const guests = data(await rig.run('guest: getAll', EVERYBODY));

		expect(guests).toHaveLength(GUESTS + 1);
		const keys = guests.map((guest) => Object.keys(guest).join());
		expect(new Set(keys).size).toBe(1);
		expect(guests.at(-1)).toMatchObject({ name: null, email: null, highlightColor: null });
	});

	test('outputs raw guests without Simplify', async () => {
		const result = await rig.run('guest: getAll', { ...EVERYBODY, simplify: false });

		expect(data(result)).toEqual(state().guests());
	});

	test.each([
		[1, 1],
		[3, 3],
		[500, 108],
	])('returns no more than Limit (%i)', async (limit, expected) => {
		const result = await rig.run('guest: getAll', { limit });

		expect(result.items).toHaveLength(expected);
	});

	test('ignores Limit when Return All is on', async () => {
		const result = await rig.run('guest: getAll', { returnAll: true, limit: 1 });

		expect(result.items).toHaveLength(108);
	});

	test('applies Limit after the filters', async () => {
		const filters = { registrationState: 'deregistered' };

		const result = await rig.run('guest: getAll', { limit: 5, filters });

		expect(data(result).map(({ status }) => status)).toEqual(Array(5).fill('deregistered'));
	});

	test.each([
		['registered', 84],
		['deregistered', 12],
		['unknown', 12],
		['any', 108],
	])('filters by Registration State %s', async (registrationState, expected) => {
		const result = await rig.run('guest: getAll', {
			returnAll: true,
			filters: { registrationState },
		});

		const states = new Set(data(result).map(({ status }) => status));
		expect(result.items).toHaveLength(expected);
		if (registrationState !== 'any') expect([...states]).toEqual([registrationState]);
	});

	test.each([
		['checkedIn', 'checked_in', 36],
		['checkedOut', 'checked_out', 12],
		['notCheckedIn', undefined, 60],
		['any', undefined, 108],
	])('filters by Check-In Status %s', async (checkInStatus, group, expected) => {
		const result = await rig.run('guest: getAll', {
			returnAll: true,
			filters: { checkInStatus },
		});

		expect(result.items).toHaveLength(expected);
		const guests = data(result);
		if (group !== undefined) {
			expect(new Set(guests.map(({ statusGroup }) => statusGroup))).toEqual(new Set([group]));
		}
		if (checkInStatus === 'notCheckedIn') {
			expect(guests.every(({ checkedInAt }) => checkedInAt === null)).toBe(true);
		}
		expect(
			guests.every(({ checkedIn, statusGroup }) => checkedIn === (statusGroup === 'checked_in')),
		).toBe(true);
	});

	test('combines filters', async () => {
		const [first] = data(
			await rig.run('guest: getAll', {
				returnAll: true,
				filters: { checkInStatus: 'notCheckedIn', registrationState: 'unknown' },
			}),
		);

		expect(first).toMatchObject({ status: 'unknown', checkedInAt: null, statusGroup: 'unknown' });
	});

	test('distinguishes a guest who came back from one who left, even across offsets', async () => {
		const left = state().addGuest();
		rig.server.faults.add({ do: { kind: 'clockSkew', ms: -60_000 } });
		state().checkIn(left.id);
		rig.server.faults.add({ do: { kind: 'clockSkew', ms: 0 } });
		// An hour earlier in local time, but actually a minute later.
		state().zoneOffsetMinutes = 0;
		state().checkOut(left.id);

		const result = await rig.run('guest: get', guestBy('id', left.id));

		expect(data(result)).toEqual([
			expect.objectContaining({ checkedIn: false, statusGroup: 'checked_out' }),
		]);
	});

	test('includes deleted guests on request', async () => {
		const without = await rig.run('guest: getAll', { returnAll: true });
		const all = await rig.run('guest: getAll', EVERYBODY);

		expect(without.items).toHaveLength(108);
		expect(data(without).some(({ deletedAt }) => deletedAt !== null)).toBe(false);
		expect(all.items).toHaveLength(GUESTS);
		const deleted = data(all).filter(({ deletedAt }) => deletedAt !== null);
		expect(deleted).toHaveLength(12);
		expect(new Set(deleted.map(({ statusGroup }) => statusGroup))).toEqual(new Set(['deleted']));
	});

	test('serves every item, in order, from one list', async () => {
		const result = await rig.run(
			'guest: getAll',
			{ limit: '={{ $json.n + 1 }}' },
			{ items: numbered(3) },
		);

		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			[0, 1, 1, 2, 2, 2].map((item) => ({ item })),
		);
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT]);
	});

	test('sends nothing without input items', async () => {
		const result = await rig.run('guest: getAll', {}, { items: [] });

		expect(result.items).toEqual([]);
		expect(rig.paths()).toEqual([]);
	});

	test('outputs no items when the event has no guests', async () => {
		rig.server.reset({ guests: 0 });

		const result = await rig.run('guest: getAll', { returnAll: true });

		expect(result.status).toBe('success');
		expect(result.items).toEqual([]);
	});

	test.each([
		[{ limit: 0 }, '"Limit" must be from 1 to'],
		[{ limit: '={{ "many" }}' }, '"Limit" must be a whole number'],
		[{ returnAll: '={{ "maybe" }}' }, '"Return All" must be true or false'],
		[{ filters: { checkInStatus: 'gone' } }, '"Check-In Status" must be one of: any, checkedIn'],
		[
			{ filters: { registrationState: 'x' } },
			'"Registration State" must be one of: any, registered',
		],
		[
			{ options: { includeDeleted: '={{ "perhaps" }}' } },
			'"Include Deleted" must be true or false',
		],
		[{ options: { concurrency: 0 } }, '"Concurrency" must be from 1 to 100'],
		[
			{ options: { customFieldLabels: { labels: [{ field: 'colour', label: 'Colour' }] } } },
			'"Custom Field Labels" must name each field like "customField13", or by its number',
		],
	])('refuses %j before anything is sent', async (parameters, message) => {
		const result = await rig.run('guest: getAll', parameters);

		expect(result.error?.message).toContain(message);
		expect(result.error?.failure).toMatchObject({ cause: 'configuration-invalid' });
		expect(rig.paths()).toEqual([]);
	});
});

describe('Resolve Companions', () => {
	const options = { resolveCompanions: true, includeDeleted: true };

	test('outputs IDs when it is off: a list of them, or the vendor’s objects', async () => {
		const host = guestWhere(hasCompanions);
		const simplified = await rig.run('guest: get', guestBy('id', host.id));
		const raw = await rig.run('guest: get', { ...guestBy('id', host.id), simplify: false });

		expect(data(simplified)[0]?.companions).toEqual(host.companions.map(({ id }) => id));
		expect(data(raw)[0]?.companions).toEqual(host.companions);
	});

	test('outputs flat records, and raw ones without Simplify', async () => {
		const host = guestWhere(hasCompanions);
		const first = state().guest(host.companions[0]?.id ?? '');

		const simplified = await rig.run('guest: getAll', { limit: 1, options });
		const raw = await rig.run('guest: getAll', { limit: 1, simplify: false, options });

		expect(data(simplified)[0]?.companions).toMatchObject([
			{ id: first.id, email: first.fields.email, parentId: host.id, checkedIn: true },
			{ id: host.companions[1]?.id },
		]);
		expect(data(raw)[0]).toEqual({
			...host,
			companions: host.companions.map(({ id }) => state().guest(id)),
		});
		expect(rig.sent(ALL)).toHaveLength(2);
	});

	test('leaves an unlisted companion as an ID', async () => {
		const host = guestWhere(hasCompanions);
		const [gone, stays] = host.companions;
		state().allIncludesDeleted = false;
		state().deleteGuest(gone?.id ?? '');

		const result = await rig.run('guest: get', {
			...guestBy('id', host.id),
			options: { resolveCompanions: true },
		});

		expect(data(result)[0]?.companions).toEqual([
			{ id: gone?.id },
			expect.objectContaining({ id: stays?.id, lastName: expect.any(String) }),
		]);
	});
});

describe('Custom Field Labels', () => {
	const labels = (...rows: Array<[string, string]>) => ({
		customFieldLabels: { labels: rows.map(([field, label]) => ({ field, label })) },
	});
	const customFieldsOf = async (...rows: Array<[string, string]>) => {
		const result = await rig.run('guest: getAll', { limit: 2, options: labels(...rows) });
		expect(result.error).toBeUndefined();
		return data(result).map(({ customFields }) => customFields);
	};

	test('names fields by their key or number, and leaves the others', async () => {
		const [first] = await customFieldsOf(['customField1', 'Wristband'], [' 47 ', 'Diet']);

		expect(first).toEqual({
			Wristband: 'green',
			customField13: 'yes',
			Diet: ['vegetarian', 'vegan'],
		});
	});

	test('keeps both values when two fields have the same label', async () => {
		const [first] = await customFieldsOf(['1', 'Note'], ['13', 'Note']);

		expect(first).toEqual({
			'Note (customField1)': 'green',
			'Note (customField13)': 'yes',
			customField47: ['vegetarian', 'vegan'],
		});
	});

	test('keeps both values when a label is the key of another field', async () => {
		const [first] = await customFieldsOf(['1', 'customField13']);

		expect(first).toEqual({
			'customField13 (customField1)': 'green',
			'customField13 (customField13)': 'yes',
			customField47: ['vegetarian', 'vegan'],
		});
	});

	test('names the fields of every guest alike, even if a guest has only one of two', async () => {
		rig.server.reset({ guests: 0 });
		state().addGuest({ fields: { customField1: 'a', customField13: 'b' } });
		state().addGuest({ fields: { customField1: 'c' } });

		expect(await customFieldsOf(['1', 'Note'], ['13', 'Note'])).toEqual([
			{ 'Note (customField1)': 'a', 'Note (customField13)': 'b' },
			{ 'Note (customField1)': 'c' },
		]);
	});

	test('does not rename fields of raw guests', async () => {
		const result = await rig.run('guest: getAll', {
			limit: 1,
			simplify: false,
			options: labels(['1', 'Wristband']),
		});

		expect(data(result)[0]?.fields).toMatchObject({ customField1: 'green' });
	});
});

describe('Guest: Get', () => {
	test.each(['list', 'id'] as const)('finds a guest in mode %s', async (mode) => {
		const guest = guestWhere(hasCompanions);

		const result = await rig.run('guest: get', guestBy(mode, guest.id));

		expect(data(result)).toEqual([expect.objectContaining({ id: guest.id, name: 'Ada Almeida' })]);
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT]);
	});

	test('finds a guest by access code, in its exact case', async () => {
		const guest = state().addGuest({ accessCode: 'AbC123' });
		const other = state().addGuest({ accessCode: 'abc123' });

		const found = await rig.run('guest: get', guestBy('accessCode', 'AbC123'));
		const second = await rig.run('guest: get', guestBy('accessCode', ' abc123 '));

		expect(data(found)[0]?.id).toBe(guest.id);
		expect(data(second)[0]?.id).toBe(other.id);
	});

	test('finds a guest by email, ignoring case', async () => {
		const result = await rig.run('guest: get', guestBy('email', ' Ada.Almeida.1@Example.COM '));

		expect(data(result)[0]?.email).toBe('ada.almeida.1@example.com');
	});

	test('outputs the raw guest, even a deleted one, without Simplify', async () => {
		const guest = guestWhere(isDeleted);

		const result = await rig.run('guest: get', {
			...guestBy('id', guest.id),
			simplify: false,
		});

		expect(data(result)).toEqual([guest]);
	});

	test('reads the list once for many items', async () => {
		const emails = state()
			.guests()
			.slice(0, 40)
			.map(({ fields }) => String(fields.email));

		const result = await rig.run('guest: get', guestBy('email', '={{ $json.email }}'), {
			items: emails.map((email) => ({ json: { email } })),
		});

		expect(data(result).map(({ email }) => email)).toEqual(emails);
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
			emails.map((_, item) => ({ item })),
		);
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT]);
	});

	test('prefers a guest who is not deleted', async () => {
		const email = 'twice@example.com';
		const deleted = state().addGuest({ fields: { email } });
		state().deleteGuest(deleted.id);
		const guest = state().addGuest({ fields: { email } });

		const result = await rig.run('guest: get', guestBy('email', email));

		expect(data(result)[0]?.id).toBe(guest.id);
	});

	test('prefers the guest over companions with the same email', async () => {
		const email = 'family@example.com';
		const host = state().addGuest({ fields: { email } });
		state().addGuest({ parentId: host.id, fields: { email } });

		const result = await rig.run('guest: get', guestBy('email', email));

		expect(data(result)[0]?.id).toBe(host.id);
	});

	test('refuses to choose between several guests', async () => {
		const email = 'office@example.com';
		state().addGuest({ fields: { email } });
		state().addGuest({ fields: { email } });

		const result = await rig.run('guest: get', guestBy('email', email));

		expect(result.error).toMatchObject({
			message: '2 guests of the event have this email [item 0]',
			description: 'Choose "By ID" or "By Access Code" in "Guest", or use "Get Many".',
		});
		expect(rig.sent(LOG_OUT)).toHaveLength(1);
	});

	test.each([
		['id', 'nobody', 'ID'],
		['list', 'nobody', 'ID'],
		['accessCode', 'nobody', 'access code'],
		['email', 'nobody@example.com', 'email'],
	] as const)('reports an unknown guest in mode %s', async (mode, value, name) => {
		const result = await rig.run('guest: get', guestBy(mode, value));

		expect(result.error?.message).toBe(`No guest of the event has this ${name} [item 0]`);
		expect(result.error?.description).toContain('Check "Guest"');
		expect(result.error?.description).toContain('segment');
	});

	test.each([
		['email', '={{ "ada" }}', '"Guest" is not an email address [item 0]'],
		['id', '={{ "" }}', '"Guest" is empty [item 0]'],
		['id', '={{ null }}', '"Guest" is empty [item 0]'],
	] as const)('refuses %s %j', async (mode, value, message) => {
		const result = await rig.run('guest: get', guestBy(mode, value));

		expect(result.error?.message).toBe(message);
		expect(rig.sent(ALL)).toEqual([]);
	});
});

describe('Event: Get', () => {
	const EVENT = {
		id: '123',
		name: 'Sandbox Summer Party',
		company: 'Acme Corp',
		startDateTime: '2025-06-02T09:00:00+02:00',
		endDateTime: '2025-06-02T18:00:00+02:00',
	};

	test('returns the event from the log-in alone', async () => {
		const result = await rig.run('event: get');

		expect(data(result)).toEqual([EVENT]);
		expect(rig.paths()).toEqual([LOG_IN, LOG_OUT]);
	});

	test('adds the configuration without Simplify', async () => {
		const result = await rig.run('event: get', { simplify: false });

		expect(data(result)).toEqual([{ ...EVENT, configuration: { sandbox: true } }]);
		expect(result.items[0]?.pairedItem).toEqual({ item: 0 });
	});
});

describe('From List', () => {
	const search = async (filter?: string, paginationToken?: string) =>
		await rig.engine.listSearch('invitario', 'searchGuests', {
			credentials: rig.credentials(),
			parameters: { resource: 'guest', operation: 'get' },
			...(filter === undefined ? {} : { filter }),
			...(paginationToken === undefined ? {} : { paginationToken }),
		});

	test('shows guests who are not deleted, sorted by name, in pages', async () => {
		const first = await search();
		const second = await search(undefined, String(first.paginationToken));

		expect(first.results).toHaveLength(100);
		expect(second.results).toHaveLength(8);
		expect(second.paginationToken).toBeUndefined();
		const all = [...first.results, ...second.results];
		const names = all.map(({ name }) => name);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		expect(names).toContain('Ada Almeida, Acme Corp');
		const present = state()
			.guests()
			.filter((guest) => !isDeleted(guest));
		expect(new Set(all.map(({ value }) => value))).toEqual(new Set(present.map(({ id }) => id)));
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT, LOG_IN, ALL, LOG_OUT]);
	});

	test('finds by any part of the name or company', async () => {
		const { results } = await search(' aDA alm');

		expect(results).toEqual([{ name: 'Ada Almeida, Acme Corp', value: state().guests()[0]?.id }]);
	});

	test('shows a guest without a name by email, and without both by ID', async () => {
		rig.server.reset({ guests: 0 });
		const nameless = state().addGuest({ fields: { email: 'x@example.com' } });
		const unknown = state().addGuest();

		const { results } = await search();

		expect(results).toContainEqual({ name: 'x@example.com', value: nameless.id });
		expect(results).toContainEqual({ name: unknown.id, value: unknown.id });
	});

	test('says what is wrong with the credential', async () => {
		const searching = rig.engine.listSearch('invitario', 'searchGuests', {
			credentials: rig.credentials({ apiKey: 'wrong-app-code' }),
		});

		await expect(searching).rejects.toThrow('API key incorrect.');
		expect(rig.paths()).toEqual([LOG_IN]);
	});
});
