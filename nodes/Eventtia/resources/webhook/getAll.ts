/** Webhook: Get Many (eventtia.md, "List Account Web Hooks"; `event_uri` as query works, as body is documented). */
import { orNothing, requiredText } from '../../../shared/fields/checks';
import { optional, eventUriField } from '../../fields';
import { listOperation } from '../../listOperation';

export const getAll = listOperation({
	action: 'Get many webhooks',
	description: 'Retrieve the webhooks of the account, all or those of one event',
	fields: [],
	filters: [optional(eventUriField)],
	path: () => '/web_hooks',
	query(item) {
		const { eventUri } = item.readCollection('filters', { eventUri: orNothing(requiredText) });
		return { event_uri: eventUri };
	},
});
