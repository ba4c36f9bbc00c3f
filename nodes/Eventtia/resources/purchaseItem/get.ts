/** Purchase Item: Get (eventtia.md, "Purchase Item"). */
import { path } from '../../../shared/http/path';
import { eventUriField, purchaseItemField, readEventUri, readId } from '../../fields';
import { getOperation } from '../../operations/get';

export const get = getOperation({
	action: 'Get purchase item',
	description: 'Retrieve one thing that attendees of an event can buy',
	fields: [eventUriField, purchaseItemField],
	path: (item) =>
		path`/events/${readEventUri(item)}/purchase_items/${readId(item, purchaseItemField)}`,
});
