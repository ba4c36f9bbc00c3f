/** Session: Get (named in inevent.md: "/sessions/{sessionId}"). Scope read:sessions. */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { eventIdField, readEventId, undocumented } from '../../fields';
import { flatten } from '../../simplify';
import { sessionField, readSessionId } from './shared';

export const get: Operation<InEventClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get session',
	description: undocumented('Retrieve one session of an event'),
	effect: 'read',
	fields: [eventIdField, sessionField, simplifyField],
	async run(item, client) {
		const id = readSessionId(item);
		const shape = readSimplify(item, flatten);
		return shape(await client.record(path`/v1/events/${readEventId(item)}/sessions/${id}`));
	},
};
