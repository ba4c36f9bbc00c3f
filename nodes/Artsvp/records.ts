/**
 * ARTSVP's records as its document shows them (artsvp.md, "The … object"), and their type guards. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/values';

/** Every record has an ID: `eve-…`, `col-…`, `boo-…`, `inv-…`. */
export interface ArtsvpRecord extends IDataObject {
	id: string;
}

/** Whether a value is a record of any kind: an object with an ID. */
export function isRecord(value: unknown): value is ArtsvpRecord {
	return isObject(value) && typeof value.id === 'string' && value.id !== '';
}

/**
 * The invite with `bookings` as a list. The document shows a single object there and describes
 * several (artsvp.md, "The invite object").
 */
export function withBookingList(invite: ArtsvpRecord): ArtsvpRecord {
	const bookings: unknown = invite.bookings;
	if (Array.isArray(bookings)) return invite;
	return { ...invite, bookings: isObject(bookings) && isRecord(bookings) ? [bookings] : [] };
}
