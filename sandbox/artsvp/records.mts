// The records of the ARTSVP sandbox, and how the vendor's document shows each of them.

/** A "hash" of the document: any keys and values. */
export type Hash = Record<string, unknown>;
export type ResourceType = 'event' | 'collection';

export const BOOKING_STATUSES = [
	'is_pending',
	'is_waitlist',
	'is_confirmed',
	'is_cancelled',
	'is_rejected',
	'is_expired',
	'is_interested',
] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

/** "The event object". */
export interface ArtsvpEvent {
	id: string;
	object: 'event';
	code: string;
	name: string;
	reference: string;
	description: string;
	time_zone: string;
	start_date: string;
	start_time: string;
	end_date: string;
	end_time: string;
	location_name: string;
	location_address: string;
	public_url: string;
	banner_image: string;
	resource_tags: string[];
	created_at: string;
	updated_at: string;
}

/** "The collection object". */
export interface ArtsvpCollection {
	id: string;
	object: 'collection';
	code: string;
	name: string;
	public_url: string;
	banner_image: string;
	resource_tags: string[];
	created_at: string;
	updated_at: string;
}

export type ArtsvpResource = ArtsvpEvent | ArtsvpCollection;

/** "The booking object". `agree_to_mailing_list` is missing in several samples. */
export interface ArtsvpBooking {
	id: string;
	object: 'booking';
	reference: string;
	status: BookingStatus;
	name: string;
	email: string;
	size: number;
	start_time_utc: string;
	start_time_local: string;
	url: string;
	event_id: string;
	event_name: string;
	event_reference: string;
	event_time_zone: string;
	invite_id: string | null;
	event: ArtsvpEvent;
	tags: string[];
	resource_tags: string[];
	agree_to_mailing_list?: boolean;
	meta_data: Hash;
	external_id: string;
	created_at: string;
	updated_at: string;
}

/** "The invite object". */
export interface ArtsvpInvite {
	id: string;
	object: 'invite';
	code: string;
	name: string;
	email: string;
	golden: boolean;
	register_interest: boolean;
	url: string;
	used: boolean;
	amount_used: string;
	resource: ArtsvpResource;
	tags: string[];
	resource_tags: string[];
	meta_data: Hash;
	external_id: string;
	created_at: string;
	updated_at: string;
}

/** A booking as it is stored. Times are ISO 8601 in UTC. */
export interface StoredBooking {
	id: string;
	reference: string;
	status: BookingStatus;
	name: string;
	email: string;
	size: number;
	event: ArtsvpEvent;
	invite: StoredInvite | null;
	tags: string[];
	agreesToMailingList?: boolean | undefined;
	metaData: Hash;
	externalId: string;
	createdAt: string;
	updatedAt: string;
}

/** An invite as it is stored. */
export interface StoredInvite {
	id: string;
	code: string;
	name: string;
	email: string;
	golden: boolean;
	registerInterest: boolean;
	/** 0: no limit. */
	maxBookings: number;
	/** Never shown in the object; it can only be filtered by. */
	declined: boolean;
	resource: ArtsvpResource;
	tags: string[];
	metaData: Hash;
	externalId: string;
	bookings: StoredBooking[];
	createdAt: string;
	updatedAt: string;
}

/** A booking as the document shows it. `event_id` and `invite_id` are the short codes. */
export function toBookingObject(booking: StoredBooking): ArtsvpBooking {
	const { event, invite } = booking;
	return {
		id: booking.id,
		object: 'booking',
		reference: booking.reference,
		status: booking.status,
		name: booking.name,
		email: booking.email,
		size: booking.size,
		start_time_utc: new Date(event.start_time).toISOString(),
		start_time_local: event.start_time,
		url: `https://artsvp.com/bookings/${booking.id.replace(/\W|boo/g, '')}`,
		event_id: event.code,
		event_name: event.name,
		event_reference: event.reference,
		event_time_zone: event.time_zone,
		invite_id: invite?.code ?? null,
		event,
		tags: booking.tags,
		resource_tags: event.resource_tags,
		...(booking.agreesToMailingList === undefined
			? {}
			: { agree_to_mailing_list: booking.agreesToMailingList }),
		meta_data: booking.metaData,
		external_id: booking.externalId,
		created_at: booking.createdAt,
		updated_at: booking.updatedAt,
	};
}

/**
 * An invite as the document shows it.
 * @param limitless what follows the slash of `amount_used` when there is no limit
 */
export function toInviteObject(invite: StoredInvite, limitless: string): ArtsvpInvite {
	const used = invite.bookings.length;
	const max = invite.maxBookings === 0 ? limitless : String(invite.maxBookings);
	return {
		id: invite.id,
		object: 'invite',
		code: invite.code,
		name: invite.name,
		email: invite.email,
		golden: invite.golden,
		register_interest: invite.registerInterest,
		url: `https://invite.artsvp.com/${invite.code}`,
		used: used > 0,
		amount_used: `${used}/${max}`,
		resource: invite.resource,
		tags: invite.tags,
		resource_tags: invite.resource.resource_tags,
		meta_data: invite.metaData,
		external_id: invite.externalId,
		created_at: invite.createdAt,
		updated_at: invite.updatedAt,
	};
}
