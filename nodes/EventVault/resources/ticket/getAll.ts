/**
 * Ticket: Get Many: all tickets, those of one guest, or those of one type (event-vault.md, "GET /getAllTickets",
 * "GET /getGuestTickets", "GET /getTicketsByType").
 */
import type { Operation } from '../../../shared/action/types';
import { emailAddress, optional, requiredText } from '../../../shared/fields/validators';
import {
	filtersField,
	limitField,
	readLimit,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import type { EventVaultClient } from '../../client';
import { guestField, readEventId, ticketTypeField } from '../../fields';
import { simplifyTicket } from '../../simplify';

export const getAll: Operation<EventVaultClient> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many tickets',
	description: 'Retrieve a list of tickets: all of the event, those of one guest, or of one type',
	effect: 'read',
	fields: [
		returnAllField,
		limitField,
		simplifyField,
		filtersField([
			{ ...guestField, required: false, description: 'Only the tickets of this guest' },
			{ ...ticketTypeField, required: false, description: 'Only the tickets of this type' },
		]),
	],
	async run(item, client) {
		const limit = readLimit(item);
		const shape = readSimplify(item, simplifyTicket);
		const { userEmail, ticketType } = item.readCollection('filters', {
			userEmail: optional(emailAddress),
			ticketType: optional(requiredText),
		});
		const tickets = await client.tickets(readEventId(item), { userEmail, ticketType });
		const found = [];
		for (const ticket of tickets) {
			if (found.length >= limit) break;
			// No endpoint filters by guest and by type, so the guest's tickets are filtered here.
			if (userEmail !== undefined && ticketType !== undefined && ticket.TIER !== ticketType)
				continue;
			found.push(shape(ticket));
		}
		return found;
	},
};
