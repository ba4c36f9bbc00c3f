/** Order: Refund (named in inevent.md: the action "/orders/{id}/refund"). Scope write:orders. Never retried. */
import type { Operation } from '../../../shared/action/types';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { eventIdField, readEventId, undocumented } from '../../fields';
import { flatten } from '../../simplify';
import { orderField, readOrderId } from './shared';

export const refund: Operation<InEventClient> = {
	value: 'refund',
	name: 'Refund',
	action: 'Refund order',
	description: undocumented(
		'Pay an order back. It is sent once and never tried again, whatever happens',
	),
	effect: 'remove',
	fields: [
		eventIdField,
		orderField,
		{
			displayName:
				'This pays money back. It is sent once: if no clear answer comes, look at the order in InEvent before you run it again.',
			name: 'refundNotice',
			type: 'notice',
			default: '',
		},
	],
	orderingKey: readOrderId,
	async run(item, client) {
		const id = readOrderId(item);
		const response = await client.change({
			method: 'POST',
			path: path`/v1/events/${readEventId(item)}/orders/${id}/refund`,
			safety: 'never',
		});
		return { ...flatten(response), orderId: id, refunded: true };
	},
};
