/** Business Conference: Get Many (eventtia.md, "List of Business Conferences"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';
import { readUpdatedSince, updatedSinceFilter } from '../../dates';

export const getAll = listOperation({
	action: 'Get many business conferences',
	description: 'Retrieve a list of business conferences of an event with their participant types',
	fields: [eventUriField],
	filters: [updatedSinceFilter('business conferences')],
	path: (item) => path`/events/${readEventUri(item)}/business_conferences`,
	query: async (item, client) => ({
		updated_since: await readUpdatedSince(item, client),
	}),
});
