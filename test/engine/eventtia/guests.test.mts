/** Eventtia: the invitation list. */
import { describe, expect, test } from '@jest/globals';

import { by, crowd } from '../../rig/items.mts';
import { existing } from '../../rig/records.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventtia from '../../vendors/eventtia.mts';
import { EVENT, EVENTS } from './shared.mts';

const rig = useVendor(eventtia, { guests: 40 });
const GUESTS = `${EVENTS}/${EVENT}/guests`;
const EMAIL = 'guest@example.com';
const all = () => Array.from(rig.state.event().guests.all());
const vip = () => rig.state.event().attendeeTypes.named('VIP');

describe('adding a guest', () => {
	test('sends every field at the top level', async () => {
		const guest = only(
			await rig.run('guest: create', {
				email: ` ${EMAIL} `,
				additionalFields: {
					firstName: 'Ada',
					lastName: 'Lovelace',
					company: 'Engines',
					attendeeTypeId: by('list', vip().id),
				},
			}),
		);

		expect(rig.sent(GUESTS)).toMatchObject([{ method: 'POST', query: {} }]);
		expect(rig.sent(GUESTS)[0]?.body).toEqual({
			email: EMAIL,
			first_name: 'Ada',
			last_name: 'Lovelace',
			company: 'Engines',
			attendee_type_id: Number(vip().id),
		});
		expect(guest).toMatchObject({
			email: EMAIL,
			name: 'Ada Lovelace',
			firstName: 'Ada',
			lastName: 'Lovelace',
			company: 'Engines',
			ticketType: 'VIP',
			statusGroup: 'invited',
			attendeeId: null,
			externalId: null,
		});
	});

	test('needs only an email', async () => {
		const guest = only(await rig.run('guest: create', { email: EMAIL }));

		expect(rig.sent(GUESTS)[0]?.body).toEqual({ email: EMAIL });
		expect(guest).toMatchObject({ email: EMAIL, name: null, ticketType: null });
	});

	test.each([
		['Email', { email: 'guest' }],
		['Attendee Type', { email: EMAIL, additionalFields: { attendeeTypeId: by('id', 'VIP') } }],
	])('validates "%s" first', async (field, parameters) => {
		const result = await rig.run('guest: create', parameters);

		expect(errorOf(result).message).toContain(`"${field}"`);
		expect(rig.server.requests).toEqual([]);
	});

	test('is never repeated: a lost response is reported as uncertain', async () => {
		const before = all().length;
		rig.fault({ when: { path: GUESTS }, do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(
			async () => await rig.run('guest: create', { email: EMAIL }),
		);

		expect(errorOf(result).description).toContain('It is not known whether the change was made');
		expect(rig.sent(GUESTS)).toHaveLength(1);
		expect(all()).toHaveLength(before + 1);
	});

	test('outputs many guests in the order of the input', async () => {
		const result = await rig.run(
			'guest: create',
			{ email: '={{ $json.email }}' },
			{ items: crowd(60) },
		);

		expect(data(result).map(({ email }) => email)).toEqual(crowd(60).map(({ json }) => json.email));
		expect(rig.sent(GUESTS)).toHaveLength(60);
	});
});

describe('reading guests', () => {
	test('shows who has registered', async () => {
		const guests = data(await rig.run('guest: getAll', { returnAll: true }));

		expect(guests.map(({ id }) => id)).toEqual(all().map(({ id }) => id));
		expect(guests.map(({ statusGroup }) => statusGroup)).toEqual(
			all().map(({ attendeeId }) => (attendeeId === null ? 'invited' : 'registered')),
		);
		expect(new Set(guests.map(({ statusGroup }) => statusGroup)).size).toBe(2);
	});

	test('reads one guest, raw on request', async () => {
		const guest = existing(all()[0]);
		const raw = only(await rig.run('guest: get', { guestId: by('id', guest.id), simplify: false }));

		expect(raw).toMatchObject({
			id: guest.id,
			type: 'guests',
			attributes: { email: guest.email, first_name: guest.firstName },
			relationships: { attendee: { data: { id: guest.attendeeId } } },
		});
		expect(rig.sent().map(({ path }) => path)).toEqual([`${GUESTS}/${guest.id}`]);
	});

	test('shows that a guest who registers becomes an attendee', async () => {
		await rig.run('guest: create', { email: EMAIL });
		await rig.run('attendee: create', {
			attendeeTypeId: by('id', vip().id),
			email: EMAIL,
			fields: { mappingMode: 'defineBelow', value: { 'Badge name': 'G' } },
			additionalFields: { firstName: 'G', lastName: 'H' },
		});
		const guest = only(
			await rig.run('guest: get', { guestId: by('id', existing(all().at(-1)).id) }),
		);

		expect(guest).toMatchObject({ email: EMAIL, statusGroup: 'registered' });
		expect(rig.state.event().attendees.find(String(guest.attendeeId))).toBeDefined();
	});
});
