/**
 * Turns ARTSVP's records into flat ones with the field names that all vendors of the pack share. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/values';
import type { ArtsvpRecord } from './records';

/** ARTSVP's status of a booking → the `statusGroup` that all vendors of the pack share. */
const BOOKING_STATUS_GROUPS: ReadonlyMap<unknown, string> = new Map([
	['is_pending', 'pending'],
	['is_waitlist', 'waitlisted'],
	['is_confirmed', 'registered'],
	['is_cancelled', 'cancelled'],
	['is_rejected', 'rejected'],
	['is_expired', 'expired'],
	['is_interested', 'pending'],
]);

/** An event (artsvp.md, "The event object"); times keep the UTC offset of the event’s zone. */
export function simplifyEvent(event: ArtsvpRecord): IDataObject {
	return {
		id: event.id,
		code: event.code ?? null,
		name: event.name ?? null,
		reference: event.reference ?? null,
		// The attribute table says `timezone`, every sample `time_zone`.
		timeZone: event.time_zone ?? event.timezone ?? null,
		startTime: event.start_time ?? null,
		endTime: event.end_time ?? null,
		locationName: event.location_name ?? null,
		locationAddress: event.location_address ?? null,
		publicUrl: event.public_url ?? null,
		resourceTags: event.resource_tags ?? [],
		createdAt: event.created_at ?? null,
		updatedAt: event.updated_at ?? null,
	};
}

/** A collection (artsvp.md, "The collection object"). */
export function simplifyCollection(collection: ArtsvpRecord): IDataObject {
	return {
		id: collection.id,
		code: collection.code ?? null,
		name: collection.name ?? null,
		publicUrl: collection.public_url ?? null,
		resourceTags: collection.resource_tags ?? [],
		createdAt: collection.created_at ?? null,
		updatedAt: collection.updated_at ?? null,
	};
}

/** A booking (artsvp.md, "The booking object"); `startTime` is UTC, `startTimeLocal` in the event’s zone. */
export function simplifyBooking(booking: ArtsvpRecord): IDataObject {
	const event = isObject(booking.event) ? booking.event : {};
	return {
		id: booking.id,
		externalId: booking.external_id ?? null,
		reference: booking.reference ?? null,
		email: booking.email ?? null,
		name: booking.name ?? null,
		size: booking.size ?? null,
		status: booking.status ?? null,
		statusGroup: BOOKING_STATUS_GROUPS.get(booking.status) ?? 'unknown',
		startTime: booking.start_time_utc ?? null,
		startTimeLocal: booking.start_time_local ?? null,
		url: booking.url ?? null,
		// `event_id` and `invite_id` are short codes; the event's ID is in `event`.
		eventId: event.id ?? null,
		eventCode: booking.event_id ?? event.code ?? null,
		eventName: booking.event_name ?? event.name ?? null,
		inviteCode: booking.invite_id ?? null,
		tags: booking.tags ?? [],
		resourceTags: booking.resource_tags ?? [],
		agreeToMailingList: booking.agree_to_mailing_list ?? null,
		createdAt: booking.created_at ?? null,
		updatedAt: booking.updated_at ?? null,
		customFields: booking.meta_data ?? {},
	};
}

/** An invite (artsvp.md, "The invite object"); its list of bookings, if it has one, as IDs. */
export function simplifyInvite(invite: ArtsvpRecord): IDataObject {
	const resource = isObject(invite.resource) ? invite.resource : {};
	const { used, max } = amountUsed(invite.amount_used);
	return {
		id: invite.id,
		externalId: invite.external_id ?? null,
		code: invite.code ?? null,
		email: invite.email ?? null,
		name: invite.name ?? null,
		status: null,
		statusGroup: used !== null && used > 0 ? 'registered' : 'invited',
		url: invite.url ?? null,
		golden: invite.golden ?? null,
		registerInterest: invite.register_interest ?? null,
		used: invite.used ?? null,
		amountUsed: used,
		maxBookings: max,
		resourceId: resource.id ?? null,
		resourceType: resource.object ?? null,
		resourceName: resource.name ?? null,
		tags: invite.tags ?? [],
		resourceTags: invite.resource_tags ?? [],
		createdAt: invite.created_at ?? null,
		updatedAt: invite.updated_at ?? null,
		customFields: invite.meta_data ?? {},
		...(Array.isArray(invite.bookings)
			? { bookings: invite.bookings.filter(isObject).map((booking) => booking.id ?? null) }
			: {}),
	};
}

/** Splits ARTSVP's "0/10" into two numbers; null for a part that is not a number (no limit). */
export function amountUsed(text: unknown): { used: number | null; max: number | null } {
	const [used, max] = typeof text === 'string' ? text.split('/') : [];
	return { used: toInteger(used), max: toInteger(max) };
}

function toInteger(text: string | undefined): number | null {
	return text !== undefined && /^\s*\d+\s*$/.test(text) ? Number(text) : null;
}
