/**
 * Webhook: Get Many (eventtia.md, "List Account Web Hooks"). `event_uri` is documented in the body of this GET
 * request, but works as a query parameter.
 */
import { optional } from '../../../shared/fields/validators';
import { eventUri, eventUriField, optionalField } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many webhooks',
	description: 'Retrieve a list of webhooks of the account, all or those of one event',
	fields: [],
	filters: [optionalField(eventUriField)],
	path: () => '/web_hooks',
	query(item) {
		const filters = item.readCollection('filters', { eventUri: optional(eventUri) });
		return { event_uri: filters.eventUri };
	},
});
