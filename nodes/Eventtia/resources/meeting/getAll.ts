/** Meeting: Get Many (eventtia.md, "Meetings in a Business Conference"). */
import { path } from '../../../shared/http/path';
import { businessConferenceField, eventUriField, readEventUri, readId } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many meetings',
	description:
		'Retrieve a list of meetings of a business conference with those who take part in them',
	fields: [eventUriField, businessConferenceField],
	path(item) {
		const conference = readId(item, businessConferenceField);
		return path`/events/${readEventUri(item)}/business_conferences/${conference}/business_conference_meetings`;
	},
});
