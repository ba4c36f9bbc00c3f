/** Webhook: Create for Account (eventtia.md, "Creating a Account Web Hook"). */
import type { Operation } from '../../../shared/action/types';
import { simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { readShape, shapeOne } from '../../operations/shape';
import { readSubscription, targetUrlField, triggerField } from './shared';

export const createForAccount: Operation<EventtiaClient> = {
	value: 'createForAccount',
	name: 'Create for Account',
	action: 'Create webhook for account',
	description:
		'Have Eventtia send news of all events of the account to an address. The credential needs the account API key.',
	effect: 'write',
	fields: [targetUrlField, triggerField, simplifyField],
	orderingKey: (item) => readSubscription(item).target_url,
	async run(item, client) {
		const shape = readShape(item, client);
		const document = await client.create({
			method: 'POST',
			path: path`/accounts/${client.requireAccountApiKey()}/web_hooks`,
			body: readSubscription(item),
			// A target URL must be unique: if the first request created the webhook and its response was lost, a
			// second one would fail.
			safety: 'nonIdempotent',
		});
		return await shapeOne(shape, document);
	},
};
