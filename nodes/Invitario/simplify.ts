/**
 * Turns Invitario's records into flat ones with the field names that all vendors of the pack share. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import { applyLabels, type Labels } from './customFields';
import {
	companionIds,
	readFields,
	isDeleted,
	isNonEmptyString,
	type InvitarioGuest,
} from './records';

/** Whether a guest is at the event, has left it, or has not come yet. */
export type CheckInStatus = 'checkedIn' | 'checkedOut' | 'notCheckedIn';

/**
 * The later of the two dates decides. They are compared as points in time, because their UTC offsets may
 * differ. Either may come first (the dates of the document's own example are out of order).
 */
export function checkInStatus(guest: InvitarioGuest): CheckInStatus {
	const { checkInDateTime, checkOutDateTime } = guest;
	if (!isNonEmptyString(checkInDateTime))
		return isNonEmptyString(checkOutDateTime) ? 'checkedOut' : 'notCheckedIn';
	if (!isNonEmptyString(checkOutDateTime)) return 'checkedIn';
	return Date.parse(checkOutDateTime) >= Date.parse(checkInDateTime) ? 'checkedOut' : 'checkedIn';
}

/** A guest (invitario-check-in.md, "A guest object looks as follows"); dates as Invitario sends them. */
export function simplifyGuest(guest: InvitarioGuest, labels: Labels): IDataObject {
	const fields = readFields(guest);
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
		customFields: applyLabels(fields, labels),
	};
}

/** The event (invitario-check-in.md, "POST /api/v1/login") without its undocumented configuration. */
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
	const name = [fields.firstName, fields.lastName].filter(isNonEmptyString).join(' ');
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
