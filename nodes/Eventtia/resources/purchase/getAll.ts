/** Purchase: Get Many (eventtia.md, "List of Items bought by Event"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';
import { PURCHASE_INCLUDES } from './shared';

export const getAll = listOperation({
	action: 'Get many purchases',
	description: 'Retrieve a list of what the attendees of an event have bought',
	fields: [eventUriField],
	include: PURCHASE_INCLUDES,
	path: (item) => path`/events/${readEventUri(item)}/attendee_purchase_items`,
});
