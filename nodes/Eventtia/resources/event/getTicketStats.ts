/** Event: Get Ticket Stats (eventtia.md, "Tickets Stats"; a bare list, not JSON:API). */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import type { EventtiaClient } from '../../client';
import { eventUriField, readEventUri } from '../../fields';
import { simplifyTicketStat } from '../../simplify';

export const getTicketStats: Operation<EventtiaClient> = {
	value: 'getTicketStats',
	name: 'Get Ticket Stats',
	action: 'Get ticket stats of event',
	description: 'Retrieve how many seats of each attendee type are taken, and how many there are',
	effect: 'read',
	fields: [eventUriField, simplifyField],
	async run(item, client) {
		const shape = readSimplify(item, simplifyTicketStat);
		return (await client.ticketStats(readEventUri(item))).map(shape);
	},
};
