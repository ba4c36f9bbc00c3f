/** Attendee Type: Get Many (eventtia.md, "List of Attendee Types"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many attendee types',
	description:
		'Retrieve a list of attendee types of an event with the fields of their registration forms',
	fields: [eventUriField],
	// Sent along by default.
	include: [{ name: 'Fields', value: 'attendee_type_custom_fields' }],
	path: (item) => path`/events/${readEventUri(item)}/attendee_types`,
});
