/** Eventtia: countries, regions and cities: what each operation sends and outputs. */
import { describe, expect, test } from '@jest/globals';

import { CITIES, COUNTRIES, REGIONS } from '../../../sandbox/eventtia/places.mts';
import { by } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf, only } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import eventtia from '../../vendors/eventtia.mts';
import { listed, loggedIn } from './shared.mts';

const rig = useVendor(eventtia, { guests: 2, credential: loggedIn });

const PAGE = { 'page[number]': '1', 'page[size]': '24' };
const COLOMBIA = by('list', '51');
const ANTIOQUIA = by('id', '722');
const PLACES = { region: '/countries/51/regions', city: '/countries/51/regions/722/cities' };

describe('country: getAll', () => {
	test('all pages, simplified and raw', async () => {
		const flat = await rig.run('country: getAll', { returnAll: true });
		const raw = await rig.run('country: getAll', { returnAll: true, simplify: false });

		expect(rig.calls()).toEqual(Array.from({ length: 4 }, () => 'GET /countries'));
		expect(rig.sent().map(({ query }) => query['page[number]'])).toEqual(['1', '2', '1', '2']);
		expect(data(flat)).toEqual(
			COUNTRIES.map(({ id, name, currency }) => ({ id: String(id), name, currencyCode: currency })),
		);
		expect(data(raw)).toEqual(await listed(rig, '/countries'));
	});

	test('needs no event', async () => {
		const result = await rig.run('country: getAll', { limit: 1, eventUri: by('list', '') });

		expect(only(result).name).toBe('Afghanistan');
	});
});

describe('region: getAll', () => {
	test('simplified and raw', async () => {
		const flat = await rig.run('region: getAll', { countryId: COLOMBIA });
		const raw = await rig.run('region: getAll', { countryId: COLOMBIA, simplify: false });

		expect(rig.calls()).toEqual([`GET ${PLACES.region}`, `GET ${PLACES.region}`]);
		expect(nth(rig.sent()).query).toEqual(PAGE);
		expect(data(flat)).toEqual(
			REGIONS.filter(({ countryId }) => countryId === 51).map(({ id, name }) => ({
				id: String(id),
				name,
				countryId: '51',
			})),
		);
		expect(data(raw)).toEqual(await listed(rig, PLACES.region));
	});
});

describe('cities', () => {
	const MEDELLIN = {
		id: '7993',
		name: 'Medellín',
		latitude: 6.29,
		longitude: -75.54,
		timeZone: 'America/Bogota',
		regionId: '722',
		countryId: '51',
	};

	test('getAll: simplified and raw', async () => {
		const asked = { countryId: COLOMBIA, regionId: ANTIOQUIA };
		const flat = await rig.run('city: getAll', asked);
		const raw = await rig.run('city: getAll', { ...asked, simplify: false });

		expect(rig.calls()).toEqual([`GET ${PLACES.city}`, `GET ${PLACES.city}`]);
		expect(data(flat)).toHaveLength(CITIES.filter(({ regionId }) => regionId === 722).length);
		expect(data(flat)[1]).toEqual(MEDELLIN);
		expect(data(raw)).toEqual(await listed(rig, PLACES.city));
	});

	test('get: by ID alone, with region and country included', async () => {
		const flat = only(await rig.run('city: get', { cityId: by('id', '7993') }));
		const raw = only(await rig.run('city: get', { cityId: '7993', simplify: false }));

		expect(rig.calls()).toEqual(['GET /cities/7993', 'GET /cities/7993']);
		expect(nth(rig.sent()).query).toEqual({});
		const region = { id: '722', name: 'Antioquia', countryId: '51' };
		const country = { id: '51', name: 'Colombia', currencyCode: 'COP' };
		expect(flat).toMatchObject({ ...MEDELLIN, region, country });
		expect(raw).toMatchObject({
			type: 'cities',
			attributes: { name: 'Medellín' },
			included: [
				{ type: 'regions', id: '722' },
				{ type: 'countries', id: '51' },
			],
		});
	});

	test('getAll: reports a region of another country', async () => {
		const result = await rig.run('city: getAll', {
			countryId: by('id', '14'),
			regionId: ANTIOQUIA,
		});

		expect(errorOf(result).message).toBe('There is no such record [item 0]');
	});
});
