/** Event: Get (eventtia.md, "Event"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { getOperation } from '../../operations/get';

export const get = getOperation({
	action: 'Get event',
	description: 'Retrieve everything about one event',
	fields: [eventUriField],
	path: (item) => path`/events/${readEventUri(item)}`,
});
