/** Attendee: Get by Email (eventtia.md, "Attendee by email"). */
import { textField } from '../../../shared/fields/builders';
import { emailAddress } from '../../../shared/fields/validators';
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { getOperation } from '../../operations/get';
import { ATTENDEE_INCLUDES } from './shared';

export const getByEmail = getOperation({
	value: 'getByEmail',
	name: 'Get by Email',
	action: 'Get attendee by email',
	description: 'Find the attendee of an event who registered with an email',
	fields: [
		eventUriField,
		{
			...textField('Email', 'email', 'The email of the attendee', 'e.g. jane@example.com'),
			required: true,
		},
	],
	include: ATTENDEE_INCLUDES,
	path: (item) => path`/events/${readEventUri(item)}/attendees/by_email`,
	query: (item) => ({ email: item.read('email', emailAddress) }),
});
