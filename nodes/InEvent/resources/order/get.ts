/** Order: Get (named in inevent.md: `links.ticket`). Scope read:orders. */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { eventIdField, readEventId, undocumented } from '../../fields';
import { flatten } from '../../simplify';
import { orderField, readOrderId } from './shared';

export const get: Operation<InEventClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get order',
	description: undocumented('Retrieve one order of an event'),
	effect: 'read',
	fields: [eventIdField, orderField, simplifyField],
	async run(item, client) {
		const id = readOrderId(item);
		const shape = readSimplify(item, flatten);
		return shape(await client.record(path`/v1/events/${readEventId(item)}/orders/${id}`));
	},
};
