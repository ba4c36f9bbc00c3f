/** Survey: Get Many (eventtia.md, "List of Surveys"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many surveys',
	description: 'Retrieve a list of surveys of an event, with their questions if wanted',
	fields: [eventUriField],
	include: [{ name: 'Questions', value: 'custom_fields' }],
	path: (item) => path`/events/${readEventUri(item)}/surveys`,
});
