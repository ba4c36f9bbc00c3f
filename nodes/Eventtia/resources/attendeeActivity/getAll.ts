/** Attendee Activity: Get Many (eventtia.md, "List of Activities for an Attendee"). */
import { path } from '../../../shared/http/path';
import { attendeeField, eventUriField, readEventUri, readId } from '../../fields';
import { listOperation } from '../../operations/list';
import { ACTIVITY_INCLUDES } from '../activity/shared';

export const getAll = listOperation({
	action: 'Get many activities of attendee',
	description: 'Retrieve a list of activities (workshops) that an attendee is registered for',
	fields: [eventUriField, attendeeField],
	include: ACTIVITY_INCLUDES,
	path: (item) =>
		path`/events/${readEventUri(item)}/attendees/${readId(item, attendeeField)}/workshops`,
});
