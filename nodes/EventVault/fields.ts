/**
 * Fields that operations of both resources share, and how they are read.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../shared/fields/itemParameters';
import type { Parameters } from '../shared/fields/parameters';
import { emailAddress, headerText, optional, requiredText } from '../shared/fields/validators';
import { guestKey } from './records';

export const EMAIL_PLACEHOLDER = 'e.g. jane@example.com';

/** A guest on the list of the event. */
export const guestField: INodeProperties = {
	displayName: 'Email',
	name: 'userEmail',
	type: 'resourceLocator',
	default: { mode: 'email', value: '' },
	required: true,
	description: 'The guest, by the address by which Event Vault knows them',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchGuests', searchable: true },
		},
		{ displayName: 'By Email', name: 'email', type: 'string', placeholder: EMAIL_PLACEHOLDER },
	],
};

/** A ticket type in use, or a new one by its name. */
export const ticketTypeField: INodeProperties = {
	displayName: 'Ticket Type',
	name: 'ticketType',
	type: 'resourceLocator',
	default: { mode: 'name', value: '' },
	required: true,
	description: 'The kind of ticket, spelled as in Event Vault',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchTicketTypes', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. VIP' },
	],
};

/** In the *Options* of every operation, because one API key works for many events. */
export const eventIdOption: INodeProperties = {
	displayName: 'Event ID',
	name: 'eventId',
	type: 'string',
	default: '',
	description: 'Another event than the one in the credential',
};

/** Built once: building a validator takes longer than running it, and every item runs this one. */
const EVENT_ID_VALIDATORS = { eventId: optional(headerText) };

/** @returns *Event ID* of *Options*; undefined if it is empty: the event is then that of the credential */
export function readEventId(parameters: Parameters): string | undefined {
	return parameters.readCollection('options', EVENT_ID_VALIDATORS).eventId;
}

/** @returns the guest’s email, trimmed; @throws InputError if it is not an email address */
export function readEmail(item: ItemParameters): string {
	return item.read('userEmail', emailAddress);
}

/** @returns the ticket type; @throws InputError if it is empty */
export function readTicketType(item: ItemParameters): string {
	return item.read('ticketType', requiredText);
}

/**
 * Writes to the same guest keep their order. The event is left out of the key, because the event of the
 * credential may also be given in *Options*.
 */
export function guestOrderingKey(item: ItemParameters): string {
	return guestKey(readEmail(item));
}
