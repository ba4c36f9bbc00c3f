// Orders and refunds. The document names them without details.

import { type Endpoint, json } from '../../shared/endpoint.mts';
import { type InEventApi, toActionResponse, toPage, pageQuery } from '../api.mts';
import type { InEventEvent } from '../event.mts';
import { Failure, notFound } from '../failure.mts';
import type { InEventOrder } from '../records.mts';
import type { InEventState } from '../state.mts';

function requireOrder(event: InEventEvent, id: string | undefined): InEventOrder {
	const order = event.orders.get(id ?? '');
	if (!order) throw notFound();
	return order;
}

/** The endpoints of orders. */
export const orderEndpoints = (api: InEventApi): Array<Endpoint<InEventState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/orders',
		scope: 'read:orders',
		query: pageQuery,
		body: {},
		respond: ({ state, query }, event) =>
			json(200, toPage(state, Array.from(event.orders.values()), query, true)),
	}),
	api.ofEvent({
		method: 'GET',
		path: '/orders/:id',
		scope: 'read:orders',
		query: {},
		body: {},
		respond: ({ params }, event) => json(200, requireOrder(event, params['id'])),
	}),
	api.ofEvent({
		method: 'POST',
		path: '/orders/:id/refund',
		scope: 'write:orders',
		query: {},
		body: {},
		respond({ state, params }, event) {
			const order = requireOrder(event, params['id']);
			if (order.refunds > 0 && state.repeatedRefunds === 'conflict') {
				throw new Failure(409, 'conflict', 'Order is refunded');
			}
			return toActionResponse(state, event.refund(order));
		},
	}),
];
