// Countries, regions and cities: public, the same for everybody, and never changed.

import type { Endpoint } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import { notFound } from '../failure.mts';
import {
	type Identifier,
	type Resource,
	respondWithList,
	respondWithOne,
	pageQuery,
} from '../jsonapi.mts';
import { type City, type Country, type Region, CITIES, COUNTRIES, REGIONS } from '../places.mts';
import type { EventtiaState } from '../state.mts';

const to = (id: number, type: string): { data: Identifier } => ({ data: { id: String(id), type } });

function shownCountry({ id, name, currency }: Country): Resource {
	return { id: String(id), type: 'countries', attributes: { name, currency_code: currency } };
}

function shownRegion({ id, name, countryId }: Region): Resource {
	return {
		id: String(id),
		type: 'regions',
		attributes: { name },
		relationships: { country: to(countryId, 'countries') },
	};
}

function regionFor({ regionId }: City): Region {
	const region = REGIONS.find(({ id }) => id === regionId);
	if (!region) throw new Error(`sandbox: no region ${regionId}`);
	return region;
}

function shownCity(city: City): Resource {
	const { id, name, latitude, longitude, zone, regionId } = city;
	return {
		id: String(id),
		type: 'cities',
		attributes: { name, latitude, longitude, time_zone: zone },
		relationships: {
			region: to(regionId, 'regions'),
			country: to(regionFor(city).countryId, 'countries'),
		},
	};
}

/** The record with this id. @throws Failure 404 */
function found<Row extends { id: number }>(rows: readonly Row[], id: string | undefined): Row {
	const row = rows.find((candidate) => String(candidate.id) === id);
	if (!row) throw notFound();
	return row;
}

/** The endpoints of places. */
export const placeEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.endpoint({
		method: 'GET',
		path: '/countries',
		access: 'public',
		query: pageQuery,
		body: {},
		respond: (call) => respondWithList(call, COUNTRIES, { serialize: shownCountry }),
	}),
	api.endpoint({
		method: 'GET',
		path: '/countries/:country_id/regions',
		access: 'public',
		query: pageQuery,
		body: {},
		respond(call) {
			const country = found(COUNTRIES, call.params['country_id']);
			const regions = REGIONS.filter(({ countryId }) => countryId === country.id);
			return respondWithList(call, regions, { serialize: shownRegion });
		},
	}),
	api.endpoint({
		method: 'GET',
		path: '/countries/:country_id/regions/:region_id/cities',
		access: 'public',
		query: pageQuery,
		body: {},
		respond(call) {
			const country = found(COUNTRIES, call.params['country_id']);
			const region = found(REGIONS, call.params['region_id']);
			if (region.countryId !== country.id) throw notFound();
			const cities = CITIES.filter(({ regionId }) => regionId === region.id);
			return respondWithList(call, cities, { serialize: shownCity });
		},
	}),
	api.endpoint({
		method: 'GET',
		path: '/cities/:city_id',
		access: 'public',
		query: {},
		body: {},
		respond: (call) =>
			respondWithOne(call, found(CITIES, call.params['city_id']), {
				serialize: shownCity,
				includes: {
					region: (city) => [shownRegion(regionFor(city))],
					country: (city) => [shownCountry(found(COUNTRIES, String(regionFor(city).countryId)))],
				},
				alwaysIncluded: ['region', 'country'],
			}),
	}),
];
