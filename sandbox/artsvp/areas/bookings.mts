// Bookings: the list with its filters, one, change.

import { z } from 'zod';

import { type Endpoint, json } from '../../shared/endpoint.mts';
import {
	type ArtsvpApi,
	BODIES,
	anyOf,
	byId,
	checkEmail,
	hash,
	hashIn,
	listIn,
	metaMatches,
	oneOf,
	pageOf,
	pageQuery,
	sameText,
	strings,
} from '../api.mts';
import { Failure } from '../failure.mts';
import { BOOKING_STATUSES, type StoredBooking, shownBooking } from '../records.mts';
import type { ArtsvpState } from '../state.mts';

const string = z.string().optional();

/** The endpoints of bookings. */
export const bookingEndpoints = (api: ArtsvpApi): Array<Endpoint<ArtsvpState>> => [
	api.endpoint({
		method: 'GET',
		path: '/bookings/:id',
		query: {},
		body: {},
		answer: ({ state, params: { id } }) => json(200, shownBooking(byId(state.storedBookings, id))),
	}),
	api.endpoint({
		method: 'PATCH',
		path: '/bookings/:id',
		query: {},
		body: { name: string, email: string, meta_data: hash, external_id: string },
		bodies: BODIES,
		answer: ({ state, params, body }) => {
			const { id } = byId(state.storedBookings, params['id']);
			const { name, email, meta_data: metaData, external_id: externalId } = body;
			if (email !== undefined) checkEmail(email);
			return json(200, state.updateBooking(id, { name, email, metaData, externalId }));
		},
	}),
	api.endpoint({
		method: 'GET',
		path: '/bookings',
		query: {
			...pageQuery,
			external_id: string,
			email: string,
			reference: string,
			tags: string,
			'tags[]': strings,
			event_resource_tags: string,
			'event_resource_tags[]': strings,
			status: string,
			'event_ids[]': strings,
			meta_data: string,
		},
		body: {},
		answer: ({ state, query }) => {
			oneOf('status', query.status, BOOKING_STATUSES);
			const list = (name: 'tags' | 'event_resource_tags') =>
				listIn(state, name, query[`${name}[]`], query[name]);
			const [tags, eventTags] = [list('tags'), list('event_resource_tags')];
			const eventIds = listIn(state, 'event_ids', query['event_ids[]'], undefined);
			if (eventIds?.some((id) => !id.startsWith('eve-'))) {
				throw new Failure(400, 'event_ids begin with eve-.');
			}
			const meta = hashIn('meta_data', query.meta_data);
			const { external_id: externalId, email, reference, status } = query;
			const matches = (booking: StoredBooking) =>
				(externalId === undefined || booking.externalId === externalId) &&
				(email === undefined || sameText(booking.email, email)) &&
				(reference === undefined || booking.reference === reference) &&
				(status === undefined || booking.status === status) &&
				(eventIds === undefined || eventIds.includes(booking.event.id)) &&
				anyOf(tags, booking.tags) &&
				anyOf(eventTags, booking.event.resource_tags) &&
				metaMatches(meta, booking.metaData);
			const { records, hasMore, lastId } = pageOf(state, state.storedBookings, query, matches);
			return json(200, {
				object: 'list',
				url: '/v3/bookings',
				has_more: hasMore,
				last_booking_id: lastId,
				data: records.map(shownBooking),
			});
		},
	}),
];
