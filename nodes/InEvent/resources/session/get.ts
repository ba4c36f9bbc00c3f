/** Session: Get (named in inevent.md: "/sessions/{sessionId}"). Scope read:sessions. */
import type { Operation } from '../../../shared/action/types';
import { recordId } from '../../../shared/fields/validators';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { sessionField, eventIdField, namedOnly, readEventId } from '../../fields';
import { flatten } from '../../simplify';

export const get: Operation<InEventClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get session',
	description: namedOnly('Retrieve one session of an event'),
	effect: 'read',
	fields: [eventIdField, sessionField, simplifyField],
	async run(item, client) {
		const id = item.read('sessionId', recordId);
		const shape = readSimplify(item, flatten);
		return shape(await client.record(path`/v1/events/${readEventId(item)}/sessions/${id}`));
	},
};
