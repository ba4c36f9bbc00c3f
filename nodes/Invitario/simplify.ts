/**
 * Invitario's records as flat records with the names that all vendors of the pack share
 * (design §4.7). Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import { labelled, type Labels } from './customFields';
import { companionIds, fieldsOf, isDeleted, isFilled, type InvitarioGuest } from './records';

/** Where a guest stands; "inside" ends when the check-out is later than the check-in. */
export type CheckInStatus = 'checkedIn' | 'checkedOut' | 'notCheckedIn';

/**
 * The dates are compared as moments: they may have different offsets, and none need come before
 * another (the document's own example has them out of order).
 */
export function checkInStatus(guest: InvitarioGuest): CheckInStatus {
	const { checkInDateTime, checkOutDateTime } = guest;
	if (!isFilled(checkInDateTime)) return isFilled(checkOutDateTime) ? 'checkedOut' : 'notCheckedIn';
	if (!isFilled(checkOutDateTime)) return 'checkedIn';
	return Date.parse(checkOutDateTime) >= Date.parse(checkInDateTime) ? 'checkedOut' : 'checkedIn';
}

/** A guest (invitario-check-in.md, "A guest object looks as follows"); dates as Invitario gives them. */
export function simplifyGuest(guest: InvitarioGuest, labels: Labels): IDataObject {
	const fields = fieldsOf(guest);
	const status = checkInStatus(guest);
	return {
		id: guest.id,
		externalId: fields.externalId ?? null,
		accessCode: guest.accessCode ?? null,
		parentId: guest.parentId ?? null,
		email: fields.email ?? null,
		name: fullName(fields),
		salutation: fields.salutation ?? null,
		titlePrefix: fields.titlePrefix ?? null,
		firstName: fields.firstName ?? null,
		lastName: fields.lastName ?? null,
		titleSuffix: fields.titleSuffix ?? null,
		company: fields.company ?? null,
		jobTitle: fields.position ?? null,
		phone: fields.phone ?? null,
		mobilePhone: fields.mobilePhone ?? null,
		fax: fields.fax ?? null,
		street: fields.street ?? null,
		houseNumber: fields.houseNumber ?? null,
		postalCode: fields.postalCode ?? null,
		city: fields.city ?? null,
		country: fields.country ?? null,
		notes: fields.notes ?? null,
		status: guest.registrationState ?? null,
		statusGroup: statusGroup(guest, status),
		checkedIn: status === 'checkedIn',
		checkedInAt: guest.checkInDateTime ?? null,
		checkedOutAt: guest.checkOutDateTime ?? null,
		deletedAt: guest.deleteDateTime ?? null,
		updatedAt: guest.serverUpdateDateTime ?? null,
		highlightColor: guest.highlightColor ?? null,
		companions: companionIds(guest),
		customFields: labelled(fields, labels),
	};
}

/** The event without its configuration, which is not documented. */
export function simplifyEvent(event: IDataObject): IDataObject {
	return {
		id: event.id ?? null,
		name: event.name ?? null,
		company: event.company ?? null,
		startDateTime: event.startDateTime ?? null,
		endDateTime: event.endDateTime ?? null,
	};
}

function fullName(fields: IDataObject): string | null {
	const name = [fields.firstName, fields.lastName].filter(isFilled).join(' ');
	return name === '' ? null : name;
}

function statusGroup(guest: InvitarioGuest, checkInStatus: CheckInStatus): string {
	if (isDeleted(guest)) return 'deleted';
	if (checkInStatus === 'checkedIn') return 'checked_in';
	if (checkInStatus === 'checkedOut') return 'checked_out';
	if (guest.registrationState === 'registered') return 'registered';
	if (guest.registrationState === 'deregistered') return 'cancelled';
	return 'unknown';
}
