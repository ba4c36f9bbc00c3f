/** Webhook: Delete for Account (eventtia.md, "Deleting a Account Web Hook"). */
import type { Operation } from '../../../shared/action/types';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { readSubscription, targetUrlField, triggerField } from './shared';

export const deleteForAccount: Operation<EventtiaClient> = {
	value: 'deleteForAccount',
	name: 'Delete for Account',
	action: 'Delete webhook for account',
	description:
		'Have Eventtia stop sending news of all events of the account to an address. The credential needs the account API key.',
	effect: 'remove',
	fields: [targetUrlField, triggerField],
	orderingKey: (item) => readSubscription(item).target_url,
	async run(item, client) {
		const subscription = readSubscription(item);
		await client.remove({
			method: 'DELETE',
			path: path`/accounts/${client.requireAccountApiKey()}/web_hooks`,
			body: subscription,
			safety: 'idempotent',
		});
		return { deleted: true, targetUrl: subscription.target_url, trigger: subscription.trigger };
	},
};
