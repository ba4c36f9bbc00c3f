/** Participant Type: Get Many (eventtia.md, "List of Business Conference Participant Types"). */
import { path } from '../../../shared/http/path';
import { businessConferenceField, eventUriField, readEventUri, readId } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many participant types',
	description:
		'Retrieve a list of kinds of participants of a business conference, with the slots of each',
	fields: [eventUriField, businessConferenceField],
	path(item) {
		const conference = readId(item, businessConferenceField);
		return path`/events/${readEventUri(item)}/business_conferences/${conference}/business_conference_participant_types`;
	},
});
