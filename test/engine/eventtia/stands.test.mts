/** Eventtia: stand categories, zones, reservations and leads: what each operation sends and outputs. */
import { describe, expect, test } from '@jest/globals';

import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { below, listed, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 5, credential: loggedIn });

const PAGE = { 'page[number]': '1', 'page[size]': '24' };
const RESERVATIONS = below('/stand_reservations');
const exhibitors = () => rig.state.event().exhibitors;

describe.each([
	['standCategory', '/stand_categories', () => exhibitors().categories],
	['standZone', '/zones', () => exhibitors().zones],
] as const)('%s: getAll', (resource, path, held) => {
	test('simplified and raw', async () => {
		const flat = await rig.run(`${resource}: getAll`);
		const raw = await rig.run(`${resource}: getAll`, { simplify: false });

		expect(rig.calls()).toEqual([`GET ${below(path)}`, `GET ${below(path)}`]);
		expect(nth(rig.sent()).query).toEqual(PAGE);
		expect(data(flat).length).toBeGreaterThan(1);
		expect(data(flat)).toEqual(
			Array.from(held().values(), ({ id, name, updated_at: at }) => ({
				id,
				name,
				updatedAt: rig.state.event().local(at),
			})),
		);
		expect(data(raw)).toEqual(await listed(rig, below(path)));
	});
});

describe('standReservation: getAll', () => {
	const shown = () => Array.from(exhibitors().reservations.values()).filter((one) => one.isPublic);

	test('with zone and category included, the logo as a URL', async () => {
		const flat = await rig.run('standReservation: getAll');
		const raw = await rig.run('standReservation: getAll', { simplify: false });
		const [first, second] = shown();

		expect(rig.calls()).toEqual([`GET ${RESERVATIONS}`, `GET ${RESERVATIONS}`]);
		expect(data(flat).map(({ id }) => id)).toEqual(shown().map(({ id }) => id));
		expect(data(flat)[0]).toEqual({
			id: first?.id,
			displayName: first?.display_name,
			profileLogo: null,
			profileDescription: 'company description',
			website: 'www.example.com',
			profileExtraFields: {},
			updatedAt: rig.state.event().local(first?.updated_at ?? 0),
			zoneId: first?.zoneId,
			zone: expect.objectContaining({ name: 'Hall A' }),
			standCategoryId: first?.categoryId,
			standCategory: expect.objectContaining({ name: 'Sofware' }),
		});
		expect(data(flat)[1]?.profileLogo).toBe(
			`https://s3.amazonaws.com/eventtia/profile_logos/large/${second?.id}.png`,
		);
		const own = data(raw).map(({ included: _included, ...record }) => record);
		expect(own).toEqual(await listed(rig, RESERVATIONS));
		expect(data(raw)[0]?.included).toEqual([
			expect.objectContaining({ type: 'zones' }),
			expect.objectContaining({ type: 'stand_categories' }),
		]);
	});

	test.each([
		['companyName', 'company_name', () => nth(shown(), 2).display_name],
		['zone', 'zone', () => nth(exhibitors().zones.keys(), 1)],
		['category', 'category', () => nth(exhibitors().categories.keys(), 1)],
	] as const)('the filter %s', async (filter, parameter, value) => {
		const given = filter === 'companyName' ? value() : by('list', value());
		const result = await rig.run('standReservation: getAll', { filters: { [filter]: given } });

		expect(nth(rig.sent()).query).toEqual({ ...PAGE, [parameter]: value() });
		const wanted = shown().filter((one) =>
			[one.display_name, one.zoneId, one.categoryId].includes(value()),
		);
		expect(wanted.length).toBeGreaterThan(0);
		expect(wanted.length).toBeLessThan(shown().length);
		expect(data(result).map(({ id }) => id)).toEqual(wanted.map(({ id }) => id));
	});

	test('ignores an empty filter', async () => {
		await rig.run('standReservation: getAll', {
			filters: { companyName: '', zone: by('list', ''), category: by('id', '') },
		});

		expect(nth(rig.sent()).query).toEqual(PAGE);
	});
});

describe('lead: getAll', () => {
	test('all pages of one reservation', async () => {
		const { id } = nth(exhibitors().reservations.values());
		const path = `${RESERVATIONS}/${id}/leads`;
		const asked = { standReservationId: by('list', id), returnAll: true };
		const flat = await rig.run('lead: getAll', asked);
		const raw = await rig.run('lead: getAll', { ...asked, simplify: false });
		const held = exhibitors().leadsFor(id);

		expect(rig.sent(path).map(({ query }) => query['page[number]'])).toEqual(['1', '2', '1', '2']);
		expect(held).toHaveLength(30);
		expect(data(flat).map((lead) => lead.id)).toEqual(held.map((lead) => lead.id));
		const first = nth(held);
		expect(data(flat)[0]).toEqual({
			id: first.id,
			uuid: first.uuid,
			name: first.name,
			company: first.company,
			email: first.email,
			phone: '',
			notes: '',
			priority: first.priority,
			updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
		});
		expect(data(raw)).toEqual(await listed(rig, path));
	});
});
