/** Purchase Item: Get Many (eventtia.md, "List of Purchase Items"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many purchase items',
	description:
		'Retrieve a list of what attendees of an event can buy, with prices by attendee type',
	fields: [eventUriField],
	path: (item) => path`/events/${readEventUri(item)}/purchase_items`,
});
