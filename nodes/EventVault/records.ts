/**
 * Event Vault's records as its document shows them (event-vault.md, "GET /getGuests",
 * "GET /getAllTickets", "GET /getGuestCount"), and the checks that an answer holds them.
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../shared/values';

export interface VaultGuest extends IDataObject {
	email: string;
}

export interface VaultTicket extends IDataObject {
	EMAIL: string;
	TIER: string;
}

export interface GuestCount extends IDataObject {
	guestCount: number;
	maxAssignedUsers: number;
}

/** What tells guests apart: the address, whatever its case (the document leaves the case open). */
export function guestKey(email: string): string {
	return email.trim().toLowerCase();
}

function isFilled(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

/** Whether a row of `GET /getGuests` can be told apart: it has an email. */
export function isGuest(value: unknown): value is VaultGuest {
	return isObject(value) && isFilled(value.email);
}

/** Whether a row of a ticket list says whose ticket it is, and of which type. */
export function isTicket(value: unknown): value is VaultTicket {
	return isObject(value) && isFilled(value.EMAIL) && isFilled(value.TIER);
}

/** Whether an answer of `GET /getGuestCount` holds the count. */
export function isGuestCount(value: unknown): value is GuestCount {
	return isObject(value) && typeof value.guestCount === 'number';
}
