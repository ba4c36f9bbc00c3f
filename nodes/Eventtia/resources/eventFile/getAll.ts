/** Event File: Get Many (eventtia.md, "List of Files in a Category"). */
import { eventUriField } from '../../fields';
import { listOperation } from '../../operations/list';
import { categoryField, filesPath } from './shared';

export const getAll = listOperation({
	action: 'Get many event files',
	description: 'Retrieve a list of files of one category of an event',
	fields: [eventUriField, categoryField],
	path: filesPath,
});
