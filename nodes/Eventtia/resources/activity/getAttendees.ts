/** Activity: Get Attendees (eventtia.md, "List of Attendees in an Activity"; with the filters of attendees). */
import { path } from '../../../shared/http/path';
import { activityField, eventUriField, readEventUri, readId } from '../../fields';
import { listOperation } from '../../operations/list';
import { ATTENDEE_INCLUDES, attendeeFilters, readAttendeeFilters } from '../attendee/shared';

export const getAttendees = listOperation({
	value: 'getAttendees',
	name: 'Get Attendees',
	action: 'Get attendees of activity',
	description: 'Retrieve who is registered for an activity (workshop)',
	fields: [eventUriField, activityField],
	filters: attendeeFilters,
	include: ATTENDEE_INCLUDES,
	path: (item) =>
		path`/events/${readEventUri(item)}/workshops/${readId(item, activityField)}/attendees`,
	query: readAttendeeFilters,
});
