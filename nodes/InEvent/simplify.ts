/**
 * Turns InEvent's records into flat ones with the field names that all vendors of the pack share. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject, setOwn } from '../shared/values';

/** InEvent's status of an attendee → the `statusGroup` that all vendors of the pack share. */
const STATUS_GROUPS = new Map([
	['invited', 'invited'],
	['pending', 'pending'],
	['waitlisted', 'waitlisted'],
	['registered', 'registered'],
	['checked_in', 'checked_in'],
	['checked_out', 'checked_out'],
	['cancelled', 'cancelled'],
	['canceled', 'cancelled'],
	['declined', 'declined'],
	['rejected', 'rejected'],
	['expired', 'expired'],
]);

/** An attendee (inevent.md, "GET /v1/events/{eventId}/attendees"). */
export function simplifyAttendee(attendee: IDataObject): IDataObject {
	const custom = isObject(attendee.custom_fields) ? attendee.custom_fields : {};
	const name = [attendee.first_name, attendee.last_name]
		.filter((part) => typeof part === 'string' && part !== '')
		.join(' ');
	return {
		id: attendee.id ?? null,
		email: attendee.email ?? null,
		name: name === '' ? null : name,
		firstName: attendee.first_name ?? null,
		lastName: attendee.last_name ?? null,
		company: custom.company ?? null,
		jobTitle: custom.role ?? null,
		phone: custom.phone ?? null,
		ticketType: attendee.ticket_type ?? null,
		status: attendee.status ?? null,
		statusGroup: STATUS_GROUPS.get(String(attendee.status)) ?? 'unknown',
		checkedIn: attendee.status === undefined ? null : attendee.status === 'checked_in',
		createdAt: attendee.created_at ?? null,
		updatedAt: attendee.updated_at ?? null,
		customFields: custom,
	};
}

/** The response to a registration (inevent.md, "Example success response"). */
export function simplifyRegistration(registration: IDataObject): IDataObject {
	const links = isObject(registration.links) ? registration.links : {};
	return {
		id: registration.id ?? null,
		status: registration.status ?? null,
		statusGroup: STATUS_GROUPS.get(String(registration.status)) ?? 'unknown',
		checkInCode: registration.check_in_code ?? null,
		selfLink: links.self ?? null,
		ticketLink: links.ticket ?? null,
	};
}

/**
 * Simplifies records whose fields are not documented: `snake_case` becomes `camelCase`, and the fields of
 * an object move one level up (`venue.name` becomes `venueName`, or stays `venue.name` if that name is
 * taken).
 */
export function flatten(record: IDataObject): IDataObject {
	const flat: IDataObject = {};
	const outer = Object.entries(record).filter(([, value]) => !isObject(value));
	const taken = new Set(outer.map(([key]) => camelCase(key)));
	for (const [key, value] of Object.entries(record)) {
		if (!isObject(value)) {
			setOwn(flat, camelCase(key), value);
			continue;
		}
		for (const [inner, innerValue] of Object.entries(value)) {
			const name = camelCase(`${key}_${inner}`);
			const isTaken = taken.has(name) || Object.hasOwn(flat, name);
			setOwn(flat, isTaken ? `${key}.${inner}` : name, innerValue);
		}
	}
	return flat;
}

function camelCase(key: string): string {
	return key.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
