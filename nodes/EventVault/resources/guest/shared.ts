/**
 * What the operations on guests share: how a new guest is read and written, and which guests the
 * filters match.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { collectionField } from '../../../shared/fields/builders';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { optional, requiredText } from '../../../shared/fields/validators';
import { Status } from '../../../shared/http/status';
import { omitEmpty } from '../../../shared/values';
import type { Write } from '../../client';
import { ALREADY_REGISTERED } from '../../errors';
import { EMAIL_PLACEHOLDER, readEmail } from '../../fields';
import type { VaultGuest } from '../../records';
import { simplifyGuest } from '../../simplify';

/** The email of a guest who may not be on the list yet. */
export const newGuestEmailField: INodeProperties = {
	displayName: 'Email',
	name: 'userEmail',
	type: 'string',
	placeholder: EMAIL_PLACEHOLDER,
	default: '',
	required: true,
	description: 'The address by which Event Vault knows the guest',
};

/** The details of a guest besides the email (event-vault.md, "POST /addGuest"). */
export const guestDetailsField: INodeProperties = collectionField('additionalFields', [
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
]);

const detail = optional(requiredText);
const DETAIL_VALIDATORS = {
	company: detail,
	country: detail,
	name: detail,
	phone: detail,
	role: detail,
	url: detail,
};

/**
 * @returns the body of `POST /addGuest`; details left empty are not sent
 * @throws InputError if the email is not an email address
 */
export function readNewGuest(item: ItemParameters): IDataObject & { userEmail: string } {
	const details = item.readCollection('additionalFields', DETAIL_VALIDATORS);
	return { userEmail: readEmail(item), ...omitEmpty(details) };
}

/** Puts a guest on the list; a 409 means that they are on it already (event-vault.md, "POST /addGuest"). */
export const ADD_GUEST: Write = {
	path: '/addGuest',
	success: 'User added successfully.',
	unchanged: { status: Status.conflict, text: ALREADY_REGISTERED },
};

/** Filters of *Get Many*; one that is left out matches every guest. */
export interface GuestFilters {
	company?: string | undefined;
	country?: string | undefined;
	email?: string | undefined;
	name?: string | undefined;
	registered?: 'any' | 'true' | 'false';
	role?: string | undefined;
}

/**
 * Event Vault has no filters, so they are applied to its list. Upper and lower case are the same. The
 * country must match as a whole, the other texts in any part.
 *
 * @returns whether a guest matches all filters; pure
 */
export function guestFilter(filters: GuestFilters): (guest: VaultGuest) => boolean {
	const { registered = 'any' } = filters;
	const texts = Object.entries({
		company: filters.company,
		email: filters.email,
		jobTitle: filters.role,
		name: filters.name,
	}).flatMap(([key, text]) => (text === undefined ? [] : [{ key, text: fold(text) }]));
	const country = fold(filters.country);
	return (guest) => {
		const flat = simplifyGuest(guest);
		if (registered !== 'any' && String(flat.registered === true) !== registered) return false;
		if (country !== '' && fold(flat.country) !== country) return false;
		return texts.every(({ key, text }) => fold(flat[key]).includes(text));
	};
}

function fold(value: unknown): string {
	return typeof value === 'string' ? value.trim().toLowerCase() : '';
}
