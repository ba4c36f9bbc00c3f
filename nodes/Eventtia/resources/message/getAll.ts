/** Message: Get Many (eventtia.md, "List of Event Massive Messages"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many messages',
	description: 'Retrieve a list of mass messages of an event with how many were sent and opened',
	fields: [eventUriField],
	path: (item) => path`/events/${readEventUri(item)}/massive_messages`,
});
