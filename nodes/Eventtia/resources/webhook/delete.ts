/** Webhook: Delete (eventtia.md, "Deleting a Event Web Hook"). */
import type { Operation } from '../../../shared/action/types';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { eventUriField, readEventUri } from '../../fields';
import { readSubscription, targetUrlField, triggerField } from './shared';

export const deleteWebhook: Operation<EventtiaClient> = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete webhook',
	description: 'Have Eventtia stop sending news of one event to an address',
	effect: 'remove',
	fields: [eventUriField, targetUrlField, triggerField],
	orderingKey: (item) => readSubscription(item).target_url,
	async run(item, client) {
		const subscription = readSubscription(item);
		await client.remove({
			method: 'DELETE',
			path: path`/events/${readEventUri(item)}/event_web_hooks`,
			body: subscription,
			safety: 'idempotent',
		});
		return { deleted: true, targetUrl: subscription.target_url, trigger: subscription.trigger };
	},
};
