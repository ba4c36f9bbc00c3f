/** Attendee: Get Many (eventtia.md, "List of Attendees"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';
import { ATTENDEE_INCLUDES, attendeeFilters, readAttendeeFilters } from './shared';

export const getAll = listOperation({
	action: 'Get many attendees',
	description:
		'Retrieve a list of attendees of an event, all or those that match the filters, with their fields by name',
	fields: [eventUriField],
	filters: attendeeFilters,
	include: ATTENDEE_INCLUDES,
	path: (item) => path`/events/${readEventUri(item)}/attendees`,
	query: readAttendeeFilters,
});
