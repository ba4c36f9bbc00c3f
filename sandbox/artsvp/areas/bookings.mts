// Bookings: the list with its filters, one, change.

import { z } from 'zod';

import { type Endpoint, json } from '../../shared/endpoint.mts';
import {
	type ArtsvpApi,
	BODIES,
	hasAny,
	requireById,
	checkEmail,
	hash,
	readHash,
	readList,
	metaDataMatches,
	checkOneOf,
	readPage,
	pageQuery,
	equalsIgnoreCase,
	stringList,
} from '../api.mts';
import { Failure } from '../failure.mts';
import { BOOKING_STATUSES, type StoredBooking, toBookingObject } from '../records.mts';
import type { ArtsvpState } from '../state.mts';

const string = z.string().optional();

/** The endpoints of bookings. */
export const bookingEndpoints = (api: ArtsvpApi): Array<Endpoint<ArtsvpState>> => [
	api.endpoint({
		method: 'GET',
		path: '/bookings/:id',
		query: {},
		body: {},
		respond: ({ state, params: { id } }) =>
			json(200, toBookingObject(requireById(state.storedBookings, id))),
	}),
	api.endpoint({
		method: 'PATCH',
		path: '/bookings/:id',
		query: {},
		body: { name: string, email: string, meta_data: hash, external_id: string },
		bodies: BODIES,
		respond: ({ state, params, body }) => {
			const { id } = requireById(state.storedBookings, params['id']);
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
			'tags[]': stringList,
			event_resource_tags: string,
			'event_resource_tags[]': stringList,
			status: string,
			'event_ids[]': stringList,
			meta_data: string,
		},
		body: {},
		respond: ({ state, query }) => {
			checkOneOf('status', query.status, BOOKING_STATUSES);
			const list = (name: 'tags' | 'event_resource_tags') =>
				readList(state, name, query[`${name}[]`], query[name]);
			const [tags, eventTags] = [list('tags'), list('event_resource_tags')];
			const eventIds = readList(state, 'event_ids', query['event_ids[]'], undefined);
			if (eventIds?.some((id) => !id.startsWith('eve-'))) {
				throw new Failure(400, 'event_ids begin with eve-.');
			}
			const meta = readHash('meta_data', query.meta_data);
			const { external_id: externalId, email, reference, status } = query;
			const matches = (booking: StoredBooking) =>
				(externalId === undefined || booking.externalId === externalId) &&
				(email === undefined || equalsIgnoreCase(booking.email, email)) &&
				(reference === undefined || booking.reference === reference) &&
				(status === undefined || booking.status === status) &&
				(eventIds === undefined || eventIds.includes(booking.event.id)) &&
				hasAny(tags, booking.tags) &&
				hasAny(eventTags, booking.event.resource_tags) &&
				metaDataMatches(meta, booking.metaData);
			const { records, hasMore, lastId } = readPage(state, state.storedBookings, query, matches);
			return json(200, {
				object: 'list',
				url: '/v3/bookings',
				has_more: hasMore,
				last_booking_id: lastId,
				data: records.map(toBookingObject),
			});
		},
	}),
];
