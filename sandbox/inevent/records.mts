// The records of the InEvent sandbox. Attendees and check-ins are documented; sessions and orders are only named.

/** An attendee as the document shows it. Times are ISO 8601 in UTC, whole seconds. */
export interface InEventAttendee {
	id: string;
	email: string;
	first_name: string;
	last_name: string;
	status: string;
	ticket_type: string;
	custom_fields: Record<string, unknown>;
	created_at: string;
	updated_at: string;
}

/** A row of the documented dataset `checkins`. */
export interface InEventCheckIn {
	attendee_id: string;
	timestamp: string;
	gate: string;
	mode: string;
	device_id: string;
}

/** A row of any dataset: `from` and `to` filter by `timestamp`. */
export type InEventRow = Record<string, unknown> & { timestamp: string };

/** Shape assumed: the document names "session titles, times, rooms" and "speaker names". */
export interface InEventSession {
	id: string;
	title: string;
	starts_at: string;
	ends_at: string;
	room: string;
}

/** Shape assumed. */
export interface InEventSpeaker {
	id: string;
	name: string;
}

/** Shape assumed. `refunds` counts how many refunds took effect. */
export interface InEventOrder {
	id: string;
	attendee_id: string;
	ticket_type_id: string;
	status: 'paid' | 'refunded';
	refunds: number;
	created_at: string;
	updated_at: string;
}
