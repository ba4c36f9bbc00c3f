/** Guest: Get (eventtia.md, "Guest"). */
import { path } from '../../../shared/http/path';
import { eventUriField, guestField, readEventUri, readId } from '../../fields';
import { getOperation } from '../../operations/get';
import { GUEST_INCLUDES } from './shared';

export const get = getOperation({
	action: 'Get guest',
	description: 'Retrieve one person on the invitation list of an event',
	fields: [eventUriField, guestField],
	include: GUEST_INCLUDES,
	path: (item) => path`/events/${readEventUri(item)}/guests/${readId(item, guestField)}`,
});
