/** Webhook: Get Many (eventtia.md, "List Account Web Hooks"; `event_uri` as query works, as body is documented). */
import { orNothing } from '../../../shared/fields/checks';
import { eventUri, eventUriField, optional } from '../../fields';
import { listOperation } from '../../listOperation';

export const getAll = listOperation({
	action: 'Get many webhooks',
	description: 'Retrieve a list of webhooks of the account, all or those of one event',
	fields: [],
	filters: [optional(eventUriField)],
	path: () => '/web_hooks',
	query(item) {
		const given = item.readCollection('filters', { eventUri: orNothing(eventUri) });
		return { event_uri: given.eventUri };
	},
});
