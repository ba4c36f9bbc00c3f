/** Purchase: Get Many of Attendee (eventtia.md, "List of Items bought by Attendee"). */
import { path } from '../../../shared/http/path';
import { attendeeField, eventUriField, readEventUri, readId } from '../../fields';
import { listOperation } from '../../operations/list';
import { PURCHASE_INCLUDES } from './shared';

export const getAllOfAttendee = listOperation({
	value: 'getAllOfAttendee',
	name: 'Get Many of Attendee',
	action: 'Get many purchases of attendee',
	description: 'Retrieve what one attendee has bought',
	fields: [eventUriField, attendeeField],
	include: PURCHASE_INCLUDES,
	path: (item) =>
		path`/events/${readEventUri(item)}/attendees/${readId(item, attendeeField)}/attendee_purchase_items`,
});
