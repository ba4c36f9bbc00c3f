/** Point of Interest: Get Many (eventtia.md, "List of Points of Interest"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many points of interest',
	description: 'Retrieve a list of places around an event, e.g. hotels',
	fields: [eventUriField],
	path: (item) => path`/events/${readEventUri(item)}/pois`,
});
