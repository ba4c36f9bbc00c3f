/** Guest: Get Many (eventtia.md, "List of Guests"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';
import { GUEST_INCLUDES } from './shared';

export const getAll = listOperation({
	action: 'Get many guests',
	description: 'Retrieve a list of guests of an event: who is invited, and who has registered',
	fields: [eventUriField],
	include: GUEST_INCLUDES,
	path: (item) => path`/events/${readEventUri(item)}/guests`,
});
