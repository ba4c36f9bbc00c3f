/** Order: Get (named in inevent.md: `links.ticket`). Scope read:orders. */
import type { Operation } from '../../../shared/action/types';
import { recordId } from '../../../shared/fields/validators';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { orderField, eventIdField, namedOnly, readEventId } from '../../fields';
import { flatten } from '../../simplify';

export const get: Operation<InEventClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get order',
	description: namedOnly('Retrieve one order of an event'),
	effect: 'read',
	fields: [eventIdField, orderField, simplifyField],
	async run(item, client) {
		const id = item.read('orderId', recordId);
		const shape = readSimplify(item, flatten);
		return shape(await client.record(path`/v1/events/${readEventId(item)}/orders/${id}`));
	},
};
