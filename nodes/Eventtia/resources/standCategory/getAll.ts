/** Stand Category: Get Many (eventtia.md, "List of Stand Categories"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many stand categories',
	description: 'Retrieve a list of categories of stands at an event',
	fields: [eventUriField],
	path: (item) => path`/events/${readEventUri(item)}/stand_categories`,
});
