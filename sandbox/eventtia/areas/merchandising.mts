// Merchandise: purchase items, and what attendees bought.

import type { Endpoint } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { notFound } from '../failure.mts';
import {
	type Serializer,
	type Resource,
	includeQuery,
	respondWithList,
	respondWithOne,
	pageQuery,
} from '../jsonapi.mts';
import type { Purchase, PurchaseItem } from '../records/merchandising.mts';
import { image } from '../records/seeding.mts';
import type { EventtiaState } from '../state.mts';
import { shownAttendee } from './attendees.mts';

function shownItem(event: EventtiaEvent, { id, updated_at: at, ...item }: PurchaseItem): Resource {
	const attributes = { ...item, image: image('images', null), updated_at: event.local(at) };
	return { id, type: 'purchase_items', attributes };
}

/** "along with attendee (attendee) and purchase item details (purchase_item), if requested" */
function purchaseListing(event: EventtiaEvent): Serializer<Purchase> {
	return {
		serialize: ({ id, quantity, paid, updated_at: at, attendeeId, itemId }) => ({
			id,
			type: 'attendee_purchase_items',
			attributes: { quantity, paid, updated_at: event.local(at) },
			relationships: {
				attendee: { data: { id: attendeeId, type: 'attendees' } },
				purchase_item: { data: { id: itemId, type: 'purchase_items' } },
			},
		}),
		includes: {
			attendee: ({ attendeeId }) => {
				const attendee = event.attendees.find(attendeeId);
				return attendee ? [shownAttendee(event, attendee)] : [];
			},
			purchase_item: ({ itemId }) => {
				const item = event.merchandising.items.get(itemId);
				return item ? [shownItem(event, item)] : [];
			},
		},
	};
}

/** The endpoints of purchase items and purchases. */
export const merchandisingEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/purchase_items',
		query: pageQuery,
		body: {},
		respond: (call, event) =>
			respondWithList(call, Array.from(event.merchandising.items.values()), {
				serialize: (item) => shownItem(event, item),
			}),
	}),
	api.ofEvent({
		method: 'GET',
		path: '/purchase_items/:purchase_item_id',
		query: {},
		body: {},
		respond(call, event) {
			const item = event.merchandising.items.get(call.params['purchase_item_id'] ?? '');
			if (!item) throw notFound();
			return respondWithOne(call, item, { serialize: (row) => shownItem(event, row) });
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/attendee_purchase_items',
		query: { ...pageQuery, ...includeQuery },
		body: {},
		respond: (call, event) =>
			respondWithList(
				call,
				Array.from(event.merchandising.purchases.values()),
				purchaseListing(event),
			),
	}),
	api.ofEvent({
		method: 'GET',
		path: '/attendees/:attendee_id/attendee_purchase_items',
		query: { ...pageQuery, ...includeQuery },
		body: {},
		respond(call, event) {
			const attendee = event.attendees.find(call.params['attendee_id'] ?? '');
			if (!attendee) throw notFound();
			return respondWithList(
				call,
				event.merchandising.ofAttendee(attendee.id),
				purchaseListing(event),
			);
		},
	}),
];
