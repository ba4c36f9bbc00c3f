/** Attendee: Get (eventtia.md, "Attendee"). */
import { path } from '../../../shared/http/path';
import { attendeeField, eventUriField, readEventUri, readId } from '../../fields';
import { getOperation } from '../../operations/get';
import { ATTENDEE_INCLUDES } from './shared';

export const get = getOperation({
	action: 'Get attendee',
	description: 'Retrieve one attendee of an event',
	fields: [eventUriField, attendeeField],
	include: ATTENDEE_INCLUDES,
	path: (item) => path`/events/${readEventUri(item)}/attendees/${readId(item, attendeeField)}`,
});
