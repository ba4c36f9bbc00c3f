/** Session: Get Many (named in inevent.md: "/sessions"). Scope read:sessions. */
import type { Operation } from '../../../shared/action/types';
import {
	limitField,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import { RECORDS, type InEventClient } from '../../client';
import { eventIdField, namedOnly, pageSizeOption, readEventId } from '../../fields';
import { UNDOCUMENTED_PAGE_SIZE, readUndocumentedList } from '../../undocumented';
import { flatten } from '../../simplify';

export const getAll: Operation<InEventClient> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many sessions',
	description: namedOnly('Retrieve a list of sessions of an event'),
	effect: 'read',
	fields: [eventIdField, returnAllField, limitField, simplifyField],
	options: [pageSizeOption(UNDOCUMENTED_PAGE_SIZE)],
	async run(item, client) {
		const eventId = readEventId(item);
		const shape = readSimplify(item, flatten);
		const list = path`/v1/events/${eventId}/sessions`;
		return (await readUndocumentedList(item, client, list, RECORDS)).map(shape);
	},
};
