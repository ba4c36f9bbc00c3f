/** Guest: Get Many (event-vault.md, "GET /getGuests"; the API has no filters, so they are applied here). */
import type { Operation } from '../../../shared/action/types';
import { oneOf, optional, requiredText } from '../../../shared/fields/validators';
import {
	filtersField,
	limitField,
	readLimit,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import type { EventVaultClient } from '../../client';
import { readEventId, ticketTypeField } from '../../fields';
import { guestKey } from '../../records';
import { simplifyGuest } from '../../simplify';
import { guestFilter } from './shared';

const text = optional(requiredText);
const FILTER_VALIDATORS = {
	company: text,
	country: text,
	email: text,
	name: text,
	registered: oneOf('any', 'true', 'false'),
	role: text,
	ticketType: text,
};

export const getAll: Operation<EventVaultClient> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many guests',
	description: 'Retrieve a list of guests of the event, all or those that match the filters',
	effect: 'read',
	fields: [
		returnAllField,
		limitField,
		simplifyField,
		filtersField([
			{
				displayName: 'Company',
				name: 'company',
				type: 'string',
				default: '',
				description: 'Any part of the company, in upper or lower case',
			},
			{
				displayName: 'Country',
				name: 'country',
				type: 'string',
				default: '',
				description: 'The whole country as it is written in Event Vault, in upper or lower case',
			},
			{
				displayName: 'Email',
				name: 'email',
				type: 'string',
				default: '',
				placeholder: 'e.g. @example.com',
				description: 'Any part of the email, in upper or lower case',
			},
			{
				displayName: 'Name',
				name: 'name',
				type: 'string',
				default: '',
				description: 'Any part of the name, in upper or lower case',
			},
			{
				displayName: 'Registered',
				name: 'registered',
				type: 'options',
				options: [
					{ name: 'Any', value: 'any' },
					{ name: 'No', value: 'false' },
					{ name: 'Yes', value: 'true' },
				],
				default: 'any',
				description: 'What Event Vault says in the field "registered" of the guest',
			},
			{
				displayName: 'Role',
				name: 'role',
				type: 'string',
				default: '',
				description: 'Any part of the job title or role, in upper or lower case',
			},
			{
				...ticketTypeField,
				required: false,
				description: 'Only guests who hold a ticket of this type, spelled as in Event Vault',
			},
		]),
	],
	async run(item, client) {
		const eventId = readEventId(item);
		const limit = readLimit(item);
		const shape = readSimplify(item, simplifyGuest);
		const { ticketType, ...filters } = item.readCollection('filters', FILTER_VALIDATORS);
		const matches = guestFilter(filters);
		const holders =
			ticketType === undefined
				? undefined
				: new Set(
						(await client.tickets(eventId, { ticketType })).map((ticket) => guestKey(ticket.EMAIL)),
					);
		const found = [];
		for (const guest of await client.guests(eventId)) {
			if (found.length >= limit) break;
			if (holders !== undefined && !holders.has(guestKey(guest.email))) continue;
			if (matches(guest)) found.push(shape(guest));
		}
		return found;
	},
};
