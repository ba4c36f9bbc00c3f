/**
 * ARTSVP's records as its document shows them (artsvp.md, "The … object").
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/values';

/** Every record has an id: `eve-…`, `col-…`, `boo-…`, `inv-…`. */
export interface ArtsvpRecord extends IDataObject {
	id: string;
}

/** Whether a value is a record with an id, whatever its kind. */
export function isRecord(value: unknown): value is ArtsvpRecord {
	return isObject(value) && typeof value.id === 'string' && value.id !== '';
}

/** The invite with `bookings` as a list: the document shows one object and speaks of several. */
export function withBookingList(invite: ArtsvpRecord): ArtsvpRecord {
	const bookings: unknown = invite.bookings;
	if (Array.isArray(bookings)) return invite;
	return { ...invite, bookings: isObject(bookings) && isRecord(bookings) ? [bookings] : [] };
}
