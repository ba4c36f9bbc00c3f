/** Speaker: Get Many (eventtia.md, "List of Speakers"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many speakers',
	description: 'Retrieve a list of speakers of an event, with their activities if wanted',
	fields: [eventUriField],
	include: [
		{ name: 'Activities', value: 'workshops' },
		{ name: 'Activity Categories', value: 'workshop_categories' },
	],
	path: (item) => path`/events/${readEventUri(item)}/speakers`,
});
