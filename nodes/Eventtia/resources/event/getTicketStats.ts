/** Event: Get Ticket Stats (eventtia.md, "Tickets Stats"; a bare list, not JSON:API). */
import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import { isObject } from '../../../shared/isObject';
import type { EventtiaClient } from '../../client';
import { eventUriField, readEventUri } from '../../fields';
import { simplifyTicketStat } from '../../simplify';

function areStats(body: unknown): body is IDataObject[] {
	return Array.isArray(body) && body.every(isObject);
}

export const getTicketStats: Operation<EventtiaClient> = {
	value: 'getTicketStats',
	name: 'Get Ticket Stats',
	action: 'Get ticket stats of event',
	description: 'Retrieve how many seats of each attendee type are taken, and how many there are',
	fields: [eventUriField, simplifyField],
	async run(item, client) {
		const shape = readSimplify(item, simplifyTicketStat);
		const statsPath = path`/events/${readEventUri(item)}/tickets-stats`;
		return (await client.plain(statsPath, areStats, 'a list of seats')).map(shape);
	},
};
