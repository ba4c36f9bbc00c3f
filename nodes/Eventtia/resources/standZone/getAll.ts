/** Stand Zone: Get Many (eventtia.md, "List of Stand Zones"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many stand zones',
	description: 'Retrieve a list of zones of an event where stands are',
	fields: [eventUriField],
	path: (item) => path`/events/${readEventUri(item)}/zones`,
});
