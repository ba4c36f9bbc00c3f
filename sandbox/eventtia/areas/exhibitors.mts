// Exhibitors: stand categories, zones, stand reservations, leads.

import { z } from 'zod';

import type { Endpoint } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { notFound } from '../failure.mts';
import { type Resource, respondWithList, pageQuery } from '../jsonapi.mts';
import type { Lead, StandGroup, StandReservation } from '../records/exhibitors.mts';
import { image } from '../records/seeding.mts';
import type { EventtiaState } from '../state.mts';
import { localDay } from '../dates.mts';

const string = z.string().optional();

function shownGroup(event: EventtiaEvent, type: string, group: StandGroup): Resource {
	const { id, name, updated_at: at } = group;
	return { id, type, attributes: { name, updated_at: event.local(at) } };
}

function shownReservation(event: EventtiaEvent, reservation: StandReservation): Resource {
	const { id, zoneId, categoryId, hasLogo } = reservation;
	const { medium: _absentInTheSample, ...logo } = image(
		'profile_logos',
		hasLogo ? `${id}.png` : null,
	);
	return {
		id,
		type: 'stand_reservations',
		attributes: {
			display_name: reservation.display_name,
			profile_logo: logo,
			profile_description: reservation.profile_description,
			website: reservation.website,
			profile_extra_fields: reservation.profile_extra_fields,
			updated_at: event.local(reservation.updated_at),
		},
		// The sample leaves out the relationships; these are assumed.
		relationships: {
			zone: { data: { id: zoneId, type: 'zones' } },
			stand_category: { data: { id: categoryId, type: 'stand_categories' } },
		},
	};
}

function shownLead(event: EventtiaEvent, lead: Lead): Resource {
	const { id, reservationId: _shownNowhere, updated_at: at, ...attributes } = lead;
	return {
		id,
		type: 'leads',
		attributes: { ...attributes, updated_at: localDay(at, event.zone) },
	};
}

/** The endpoints of stands and leads. */
export const exhibitorEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/stand_categories',
		query: pageQuery,
		body: {},
		respond: (call, event) =>
			respondWithList(call, Array.from(event.exhibitors.categories.values()), {
				serialize: (category) => shownGroup(event, 'stand_categories', category),
			}),
	}),
	api.ofEvent({
		method: 'GET',
		path: '/zones',
		query: pageQuery,
		body: {},
		respond: (call, event) =>
			respondWithList(call, Array.from(event.exhibitors.zones.values()), {
				serialize: (zone) => shownGroup(event, 'zones', zone),
			}),
	}),
	api.ofEvent({
		method: 'GET',
		path: '/stand_reservations',
		query: { ...pageQuery, company_name: string, zone: string, category: string },
		body: {},
		respond(call, event) {
			const { company_name: company, zone, category } = call.query;
			const words = company?.toLowerCase();
			const { exhibitors } = event;
			const rows = Array.from(exhibitors.reservations.values()).filter(
				(row) =>
					row.isPublic &&
					(words === undefined || row.display_name.toLowerCase().includes(words)) &&
					(zone === undefined || row.zoneId === zone) &&
					(category === undefined || row.categoryId === category),
			);
			return respondWithList(call, rows, {
				serialize: (reservation) => shownReservation(event, reservation),
				includes: {
					zones: ({ zoneId }) => {
						const group = exhibitors.zones.get(zoneId);
						return group ? [shownGroup(event, 'zones', group)] : [];
					},
					stand_categories: ({ categoryId }) => {
						const group = exhibitors.categories.get(categoryId);
						return group ? [shownGroup(event, 'stand_categories', group)] : [];
					},
				},
				alwaysIncluded: ['zones', 'stand_categories'],
			});
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/stand_reservations/:stand_reservation_id/leads',
		query: pageQuery,
		body: {},
		respond(call, event) {
			const id = call.params['stand_reservation_id'] ?? '';
			if (!event.exhibitors.reservations.has(id)) throw notFound();
			return respondWithList(call, event.exhibitors.leadsFor(id), {
				serialize: (lead) => shownLead(event, lead),
			});
		},
	}),
];
