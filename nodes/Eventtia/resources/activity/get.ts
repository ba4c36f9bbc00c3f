/** Activity: Get (eventtia.md, "Activity"). */
import { path } from '../../../shared/http/path';
import { activityField, eventUriField, readEventUri, readId } from '../../fields';
import { getOperation } from '../../operations/get';

export const get = getOperation({
	action: 'Get activity',
	description: 'Retrieve one activity (workshop) of an event',
	fields: [eventUriField, activityField],
	path: (item) => path`/events/${readEventUri(item)}/workshops/${readId(item, activityField)}`,
});
