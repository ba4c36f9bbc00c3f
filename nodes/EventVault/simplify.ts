/**
 * Turns Event Vault's records into flat ones with the field names that all vendors of the pack share. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import type { WriteResult } from './client';
import { guestKey, type GuestCount, type VaultGuest, type VaultTicket } from './records';
import { isObject } from '../shared/values';

/**
 * A guest (event-vault.md, "GET /getGuests"). In `vCardData`, FN is the name, ROLE the job title, ORG the
 * company, TEL the phone number. The meaning of `registered` is not documented: it is returned unchanged,
 * and only `true` counts as registered.
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

/** A guest as sent by *Add*, under the names of {@link simplifyGuest}. */
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
 * The result of a write, as part of its output item.
 *
 * @param labels what `result` says if the write changed something (`done`) and if it did not (`unchanged`)
 */
export function simplifyWriteResult(
	write: WriteResult,
	labels: { done: string; unchanged?: string },
): IDataObject {
	return {
		result: write.outcome === 'done' ? labels.done : (labels.unchanged ?? labels.done),
		message: write.message,
		...(write.ambiguous
			? { note: 'The answer to the first try was lost; a second try found the change made.' }
			: {}),
	};
}

/** A ticket (event-vault.md, "GET /getAllTickets"); an empty `sessionId` means general admission. */
export function simplifyTicket(ticket: VaultTicket): IDataObject {
	return {
		email: ticket.EMAIL,
		ticketType: ticket.TIER,
		sessionId: ticket.sessionId === '' ? null : (ticket.sessionId ?? null),
	};
}

/** The two documented numbers and nothing else (event-vault.md, "GET /getGuestCount"). */
export function simplifyGuestCount(count: GuestCount): IDataObject {
	return { guestCount: count.guestCount, maxAssignedUsers: count.maxAssignedUsers };
}
