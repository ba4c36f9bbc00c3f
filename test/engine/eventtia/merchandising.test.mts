/** Eventtia: purchase items and purchases: what each operation sends and outputs. */
import { describe, expect, test } from '@jest/globals';

import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { below, listed, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 30, credential: loggedIn });

const PAGE = { 'page[number]': '1', 'page[size]': '24' };
const ITEMS = below('/purchase_items');
const PURCHASES = below('/attendee_purchase_items');
const TYPES = below('/attendee_types');
const items = () => Array.from(rig.state.event().merchandising.items.values());
const purchases = () => Array.from(rig.state.event().merchandising.purchases.values());
const PRICES = { 'General Public': '5', VIP: '5', 'Leader Group': '5' };

describe('purchase items', () => {
	test('getAll: prices by attendee type name', async () => {
		const flat = await rig.run('purchaseItem: getAll');
		const raw = await rig.run('purchaseItem: getAll', { simplify: false });

		expect(rig.calls()).toEqual([`GET ${ITEMS}`, `GET ${TYPES}`, `GET ${ITEMS}`]);
		expect(nth(rig.sent(ITEMS)).query).toEqual(PAGE);
		expect(data(flat)[0]).toEqual({
			id: nth(items()).id,
			name: 'Merch',
			description: 'Merch Test',
			quantity: 3,
			maximumQuantityPerAttendee: 1,
			availableForAttendeeTypes: PRICES,
			image: null,
			updatedAt: rig.state.event().local(nth(items()).updated_at),
		});
		expect(data(raw)).toEqual(await listed(rig, ITEMS));
	});

	test('a deleted attendee type keeps its ID', async () => {
		nth(items()).available_for_attendee_types['999'] = '1';
		const result = await rig.run('purchaseItem: getAll', { limit: 1 });

		expect(only(result).availableForAttendeeTypes).toEqual({ ...PRICES, '999': '1' });
	});

	test.each(['id', 'list'])('get in mode %s', async (mode) => {
		const { id } = nth(items(), 1);
		const flat = only(await rig.run('purchaseItem: get', { purchaseItemId: by(mode, id) }));
		const raw = only(await rig.run('purchaseItem: get', { purchaseItemId: id, simplify: false }));

		expect(rig.calls()).toEqual([`GET ${ITEMS}/${id}`, `GET ${TYPES}`, `GET ${ITEMS}/${id}`]);
		expect(nth(rig.sent(`${ITEMS}/${id}`)).query).toEqual({});
		expect(flat).toMatchObject({ id, name: 'Merch 2', availableForAttendeeTypes: { VIP: '1' } });
		expect(raw).toEqual((await listed(rig, ITEMS))[1]);
	});

	test('get with many items reads the attendee types once', async () => {
		const result = await rig.run(
			'purchaseItem: get',
			{ purchaseItemId: '={{ $json.id }}' },
			{ items: items().map(({ id }) => ({ json: { id } })) },
		);

		expect(data(result).map(({ name }) => name)).toEqual(items().map(({ name }) => name));
		expect(rig.sent(TYPES)).toHaveLength(1);
	});
});

describe('purchases', () => {
	test('getAll: all pages in order, other records as IDs', async () => {
		const flat = await rig.run('purchase: getAll', { returnAll: true });
		const raw = await rig.run('purchase: getAll', { returnAll: true, simplify: false });

		expect(rig.sent(PURCHASES)).toHaveLength(4);
		expect(purchases()).toHaveLength(30);
		expect(data(flat)).toEqual(
			purchases().map(({ id, quantity, paid, updated_at: at, attendeeId, itemId }) => ({
				id,
				quantity,
				paid,
				updatedAt: rig.state.event().local(at),
				attendeeId,
				purchaseItemId: itemId,
			})),
		);
		expect(data(raw)).toEqual(await listed(rig, PURCHASES));
	});

	test('getAll: with attendee and item included, both by name', async () => {
		const include = ['attendee', 'purchase_item'];
		const flat = only(await rig.run('purchase: getAll', { limit: 1, options: { include } }));

		expect(nth(rig.sent(PURCHASES)).query).toEqual({ ...PAGE, include: 'attendee,purchase_item' });
		expect(flat).toMatchObject({
			attendee: { name: 'Ada Almeida', ticketType: 'General Public' },
			purchaseItem: { name: 'Merch', availableForAttendeeTypes: PRICES },
		});
	});

	test('getAllOfAttendee: the purchases of one attendee', async () => {
		const attendee = rig.state.event().attendees.at(3);
		const path = below(`/attendees/${attendee.id}/attendee_purchase_items`);
		const asked = { attendeeId: by('id', attendee.id) };
		const flat = await rig.run('purchase: getAllOfAttendee', asked);
		const raw = await rig.run('purchase: getAllOfAttendee', { ...asked, simplify: false });
		const joined = await rig.run('purchase: getAllOfAttendee', {
			...asked,
			options: { include: ['purchase_item'] },
		});

		expect(rig.sent(path).map(({ query }) => query)).toEqual([
			PAGE,
			PAGE,
			{ ...PAGE, include: 'purchase_item' },
		]);
		const own = purchases().filter(({ attendeeId }) => attendeeId === attendee.id);
		expect(own.length).toBeGreaterThan(0);
		expect(data(flat).map(({ id }) => id)).toEqual(own.map(({ id }) => id));
		expect(data(raw)).toEqual(await listed(rig, path));
		expect(data(joined)[0]).toMatchObject({ purchaseItem: { name: expect.any(String) } });
	});
});
