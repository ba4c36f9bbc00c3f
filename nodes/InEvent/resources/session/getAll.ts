/** Session: Get Many (named in inevent.md: "/sessions"). Scope read:sessions. */
import type { Operation } from '../../../shared/action/types';
import {
	limitField,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { eventIdField, pageSizeOption, readEventId, undocumented } from '../../fields';
import { DEFAULT_PAGE_SIZE, listRecords } from '../../listRecords';
import { RECORDS } from '../../records';
import { flatten } from '../../simplify';

export const getAll: Operation<InEventClient> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many sessions',
	description: undocumented('Retrieve a list of sessions of an event'),
	effect: 'read',
	fields: [eventIdField, returnAllField, limitField, simplifyField],
	options: [pageSizeOption(DEFAULT_PAGE_SIZE)],
	async run(item, client) {
		const eventId = readEventId(item);
		const shape = readSimplify(item, flatten);
		const query = { path: path`/v1/events/${eventId}/sessions`, kind: RECORDS };
		return (await listRecords(item, client, query)).map(shape);
	},
};
