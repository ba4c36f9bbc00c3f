/**
 * Fields that several Event Vault operations share, and how they are read.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../shared/fields/itemParameters';
import { emailAddress, headerText, optional, requiredText } from '../shared/fields/validators';
import { omitEmpty } from '../shared/values';
import { guestKey } from './records';

const EMAIL_PLACEHOLDER = 'e.g. jane@example.com';

/** A guest that need not be on the list yet. */
export const newGuestEmailField: INodeProperties = {
	displayName: 'Email',
	name: 'userEmail',
	type: 'string',
	placeholder: EMAIL_PLACEHOLDER,
	default: '',
	required: true,
	description: 'The address by which Event Vault knows the guest',
};

/** A guest of the list. */
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

/** A ticket type that is in use, or a new one by its name. */
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

/** Added to the *Options* of every operation: one key serves many events. */
export const eventIdOption: INodeProperties = {
	displayName: 'Event ID',
	name: 'eventId',
	type: 'string',
	default: '',
	description: 'Another event than the one in the credential',
};

/** Made once: every item is checked by it, and making a check takes longer than using it. */
const EVENT_ID_CHECKS = { eventId: optional(headerText) };

/** @returns the event that the node names instead of the credential's, if it does */
export function readEventId(item: ItemParameters): string | undefined {
	return item.readCollection('options', EVENT_ID_CHECKS).eventId;
}

/** @returns the guest’s email, trimmed; @throws InputError if it is none */
export function readEmail(item: ItemParameters): string {
	return item.read('userEmail', emailAddress);
}

/** @returns the ticket type; @throws InputError if it is empty */
export function readTicketType(item: ItemParameters): string {
	return item.read('ticketType', requiredText);
}

/**
 * Writes to the same guest keep their order, whichever event they name: the credential's event may be
 * named or not.
 */
export function guestOrderingKey(item: ItemParameters): string {
	return guestKey(readEmail(item));
}

/** What may be said of a guest besides the address (event-vault.md, "POST /addGuest"). */
export const guestDetailsField: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		{
			displayName: 'Company',
			name: 'company',
			type: 'string',
			default: '',
			description: 'The company or organisation of the guest',
		},
		{
			displayName: 'Country',
			name: 'country',
			type: 'string',
			default: '',
			description: 'The country of the guest',
		},
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'The full name of the guest',
		},
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			default: '',
			placeholder: 'e.g. +1234567890',
			description: 'The phone number of the guest',
		},
		{
			displayName: 'Role',
			name: 'role',
			type: 'string',
			default: '',
			placeholder: 'e.g. Speaker',
			description: 'The job title or role of the guest',
		},
		{
			displayName: 'URL',
			name: 'url',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/jane',
			description: 'The website or profile page of the guest',
		},
	],
};

const detail = optional(requiredText);
const DETAIL_CHECKS = {
	company: detail,
	country: detail,
	name: detail,
	phone: detail,
	role: detail,
	url: detail,
};

/** The body of `POST /addGuest`; details left empty are not sent. */
export function readNewGuest(item: ItemParameters): IDataObject & { userEmail: string } {
	const details = item.readCollection('additionalFields', DETAIL_CHECKS);
	return { userEmail: readEmail(item), ...omitEmpty(details) };
}
