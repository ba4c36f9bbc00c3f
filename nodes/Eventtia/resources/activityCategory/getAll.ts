/** Activity Category: Get Many (eventtia.md, "Categories"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many activity categories',
	description: 'Retrieve a list of categories that activities of an event can have',
	fields: [eventUriField],
	path: (item) => path`/events/${readEventUri(item)}/workshop_categories`,
});
