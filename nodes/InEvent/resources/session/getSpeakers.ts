/** Session: Get Speakers (named in inevent.md: "/sessions/{sessionId}/speakers"). Scope read:sessions. */
import type { Operation } from '../../../shared/action/types';
import { recordId } from '../../../shared/fields/validators';
import {
	limitField,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import { ROWS, type InEventClient } from '../../client';
import { sessionField, eventIdField, namedOnly, pageSizeOption, readEventId } from '../../fields';
import { UNDOCUMENTED_PAGE_SIZE, readUndocumentedList } from '../../undocumented';
import { flatten } from '../../simplify';

export const getSpeakers: Operation<InEventClient> = {
	value: 'getSpeakers',
	name: 'Get Speakers',
	action: 'Get speakers of session',
	description: namedOnly('Retrieve the speakers of a session'),
	effect: 'read',
	fields: [eventIdField, sessionField, returnAllField, limitField, simplifyField],
	options: [pageSizeOption(UNDOCUMENTED_PAGE_SIZE)],
	async run(item, client) {
		const eventId = readEventId(item);
		const id = item.read('sessionId', recordId);
		const shape = readSimplify(item, flatten);
		const list = path`/v1/events/${eventId}/sessions/${id}/speakers`;
		return (await readUndocumentedList(item, client, list, ROWS)).map(shape);
	},
};
