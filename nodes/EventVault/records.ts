/**
 * Event Vault's records as its document shows them (event-vault.md, "GET /getGuests",
 * "GET /getAllTickets", "GET /getGuestCount"), and their type guards. Pure.
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

/**
 * Identifies a guest: the email in lower case. Whether Event Vault distinguishes upper and lower case is
 * not documented.
 */
export function guestKey(email: string): string {
	return email.trim().toLowerCase();
}

function isNonBlank(value: unknown): boolean {
	return typeof value === 'string' && value.trim() !== '';
}

/** Whether a row of `GET /getGuests` is a guest: it has an email. */
export function isGuest(value: unknown): value is VaultGuest {
	return isObject(value) && isNonBlank(value.email);
}

/** Whether a row of a ticket list is a ticket: it has the guest's email and a type. */
export function isTicket(value: unknown): value is VaultTicket {
	return isObject(value) && isNonBlank(value.EMAIL) && isNonBlank(value.TIER);
}

/** Whether a response of `GET /getGuestCount` has the count. */
export function isGuestCount(value: unknown): value is GuestCount {
	return isObject(value) && typeof value.guestCount === 'number';
}
