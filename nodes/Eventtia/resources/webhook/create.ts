/** Webhook: Create (eventtia.md, "Creating a Event Web Hook"). */
import type { Operation } from '../../../shared/action/types';
import { simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { eventUriField, readEventUri } from '../../fields';
import { readShape, shapeOne } from '../../operations/shape';
import { readSubscription, targetUrlField, triggerField } from './shared';

export const create: Operation<EventtiaClient> = {
	value: 'create',
	name: 'Create',
	action: 'Create webhook',
	description: 'Have Eventtia send news of one event to an address',
	effect: 'write',
	fields: [eventUriField, targetUrlField, triggerField, simplifyField],
	orderingKey: (item) => readSubscription(item).target_url,
	async run(item, client) {
		const shape = readShape(item, client);
		const document = await client.create({
			method: 'POST',
			path: path`/events/${readEventUri(item)}/event_web_hooks`,
			body: readSubscription(item),
			// A target URL must be unique: if the first request created the webhook and its response was lost, a
			// second one would fail.
			safety: 'nonIdempotent',
		});
		return await shapeOne(shape, document);
	},
};
