/**
 * Invitario's records as its document shows them (invitario-check-in.md, "3. Fetch the Guest
 * List"), and their type guards. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/values';

export interface InvitarioGuest extends IDataObject {
	id: string;
}

export interface GuestList {
	/** The server's time of the response, ISO 8601 with offset: the next query for changes starts here. */
	dateTime: string;
	guests: InvitarioGuest[];
}

/** Whether an entry of a guest list is a guest: it has an ID. */
export function isGuest(value: unknown): value is InvitarioGuest {
	return isObject(value) && typeof value.id === 'string' && value.id !== '';
}

/** Whether the guest was deleted. Lists of changes include deleted guests. */
export function isDeleted(guest: InvitarioGuest): boolean {
	return isNonEmptyString(guest.deleteDateTime);
}

/** Whether a value is there: dates and texts that do not apply are `null`, empty or left out. */
export function isNonEmptyString(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

/** The guest's `fields` (names, address, `customField<N>`); an empty object if there are none. */
export function readFields(guest: InvitarioGuest): IDataObject {
	return isObject(guest.fields) ? guest.fields : {};
}

/** The IDs of the guest's companions; a companion without an ID is left out. */
export function companionIds(guest: InvitarioGuest): string[] {
	const companions: unknown = guest.companions;
	return Array.isArray(companions)
		? companions.flatMap((companion) => (isGuest(companion) ? [companion.id] : []))
		: [];
}

/** The values by which a guest can be found. */
export type FindBy = 'id' | 'accessCode' | 'email';

/** The form in which values are compared: emails in lower case, IDs and access codes exactly. */
export function normalizeLookupValue(by: FindBy, value: unknown): string {
	if (typeof value !== 'string') return '';
	return by === 'email' ? value.trim().toLowerCase() : value;
}

/** The guest's own value in that form; empty if the guest has none. */
export function lookupKey(guest: InvitarioGuest, by: FindBy): string {
	return normalizeLookupValue(by, by === 'email' ? readFields(guest).email : guest[by]);
}
