/** Session: Get Speakers (named in inevent.md: "/sessions/{sessionId}/speakers"). Scope read:sessions. */
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
import { ROWS } from '../../records';
import { flatten } from '../../simplify';
import { sessionField, readSessionId } from './shared';

export const getSpeakers: Operation<InEventClient> = {
	value: 'getSpeakers',
	name: 'Get Speakers',
	action: 'Get speakers of session',
	description: undocumented('Retrieve the speakers of a session'),
	effect: 'read',
	fields: [eventIdField, sessionField, returnAllField, limitField, simplifyField],
	options: [pageSizeOption(DEFAULT_PAGE_SIZE)],
	async run(item, client) {
		const eventId = readEventId(item);
		const id = readSessionId(item);
		const shape = readSimplify(item, flatten);
		const query = { path: path`/v1/events/${eventId}/sessions/${id}/speakers`, kind: ROWS };
		return (await listRecords(item, client, query)).map(shape);
	},
};
