/**
 * Event Vault's records as flat records with the names that all vendors of the pack share
 * (design §4.7). Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import type { WriteResult } from './client';
import { guestKey, type GuestCount, type VaultGuest, type VaultTicket } from './records';
import { isObject } from '../shared/values';

/**
 * `vCardData` holds FN = name, ROLE, ORG = company, TEL = phone, URL. What `registered` means is
 * not documented, so it stays as it is, and only `true` counts as registered.
 */
export function simplifyGuest(guest: VaultGuest): IDataObject {
	const card = isObject(guest.vCardData) ? guest.vCardData : {};
	return {
		id: guestKey(guest.email),
		email: guest.email,
		name: card.FN ?? null,
		company: card.ORG ?? null,
		jobTitle: card.ROLE ?? null,
		phone: card.TEL ?? null,
		country: guest.country ?? null,
		url: card.URL ?? null,
		registered: guest.registered ?? null,
		statusGroup: guest.registered === true ? 'registered' : 'unknown',
	};
}

/** The guest as they were sent, under the same names. */
export function simplifyNewGuest(guest: IDataObject & { userEmail: string }): IDataObject {
	return {
		id: guestKey(guest.userEmail),
		email: guest.userEmail,
		name: guest.name ?? null,
		company: guest.company ?? null,
		jobTitle: guest.role ?? null,
		phone: guest.phone ?? null,
		country: guest.country ?? null,
		url: guest.url ?? null,
	};
}

/**
 * How a write ended, as part of its item.
 *
 * @param results the words for `done` and `already`
 */
export function simplifyWritten(
	written: WriteResult,
	results: { done: string; already?: string },
): IDataObject {
	return {
		result: written.outcome === 'done' ? results.done : (results.already ?? results.done),
		message: written.message,
		...(written.ambiguous
			? { note: 'The answer to the first try was lost; a second try found the change made.' }
			: {}),
	};
}

/** An empty `sessionId` is general admission. */
export function simplifyTicket(ticket: VaultTicket): IDataObject {
	return {
		email: ticket.EMAIL,
		ticketType: ticket.TIER,
		sessionId: ticket.sessionId === '' ? null : (ticket.sessionId ?? null),
	};
}

/** Only the two documented numbers. */
export function simplifyGuestCount(count: GuestCount): IDataObject {
	return { guestCount: count.guestCount, maxAssignedUsers: count.maxAssignedUsers };
}
