/**
 * Invitario's records as its document shows them (invitario-check-in.md, "3. Fetch the Guest
 * List").
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/values';

export interface InvitarioGuest extends IDataObject {
	id: string;
}

export interface GuestList {
	/** The server's time when it answered, ISO 8601 with offset: where to ask for changes next. */
	dateTime: string;
	guests: InvitarioGuest[];
}

/** Whether an entry of a guest list can be told apart: it has an id. */
export function isGuest(value: unknown): value is InvitarioGuest {
	return isObject(value) && typeof value.id === 'string' && value.id !== '';
}

/** Whether the guest was deleted: such guests still come in lists of changes. */
export function isDeleted(guest: InvitarioGuest): boolean {
	return isFilled(guest.deleteDateTime);
}

/** Dates are `null` or left out where they do not apply. */
export function isFilled(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}

/** The guest's `fields`: names, address, `customField<N>`. */
export function fieldsOf(guest: InvitarioGuest): IDataObject {
	return isObject(guest.fields) ? guest.fields : {};
}

/** The ids of the guest's companions. */
export function companionIds(guest: InvitarioGuest): string[] {
	const companions: unknown = guest.companions;
	return Array.isArray(companions)
		? companions.flatMap((companion) => (isGuest(companion) ? [companion.id] : []))
		: [];
}

/** What one guest can be looked up by. */
export type FindBy = 'id' | 'accessCode' | 'email';

/** A value as it is compared: addresses whatever their case, the others exactly. */
export function lookupKey(by: FindBy, value: unknown): string {
	if (typeof value !== 'string') return '';
	return by === 'email' ? value.trim().toLowerCase() : value;
}

/** The same of a guest; empty if there is none. */
export function lookupKeyOf(guest: InvitarioGuest, by: FindBy): string {
	return lookupKey(by, by === 'email' ? fieldsOf(guest).email : guest[by]);
}
