/** Message: Get Stats (eventtia.md, "Event Massive Message Stats"; not JSON:API). */
import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../shared/action/types';
import { path } from '../../../shared/http/path';
import { isObject } from '../../../shared/values';
import type { EventtiaClient } from '../../client';
import { eventUriField, messageField, readEventUri, readId } from '../../fields';
import { camelCaseKeys } from '../../simplify';

function areStats(body: unknown): body is IDataObject {
	return isObject(body) && typeof body.errors === 'number' && typeof body.opened === 'number';
}

export const getStats: Operation<EventtiaClient> = {
	value: 'getStats',
	name: 'Get Stats',
	action: 'Get stats of message',
	description: 'Retrieve how many copies of a mass message were opened, and how many failed',
	effect: 'read',
	fields: [eventUriField, messageField],
	async run(item, client) {
		const id = readId(item, messageField);
		const stats = await client.readJson(
			path`/events/${readEventUri(item)}/massive_messages/${id}/stats`,
			areStats,
			'the stats of a message ("errors", "opened")',
		);
		return { messageId: id, ...camelCaseKeys(stats) };
	},
};
