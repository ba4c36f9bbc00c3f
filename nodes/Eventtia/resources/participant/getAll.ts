/** Participant: Get Many (eventtia.md, "List of Participants"). */
import { optional } from '../../../shared/fields/validators';
import { path } from '../../../shared/http/path';
import {
	businessConferenceField,
	eventUriField,
	numericId,
	optionalField,
	participantTypeField,
	readEventUri,
	readId,
} from '../../fields';
import { listOperation } from '../../operations/list';
import { readUpdatedSince, updatedSinceFilter } from '../../dates';

export const getAll = listOperation({
	action: 'Get many participants',
	description: 'Retrieve a list of participants of a business conference, all or those of one type',
	fields: [eventUriField, businessConferenceField],
	filters: [
		optionalField(participantTypeField, 'Only participants of this type'),
		updatedSinceFilter('participants'),
	],
	path(item) {
		const conference = readId(item, businessConferenceField);
		return path`/events/${readEventUri(item)}/business_conferences/${conference}/business_conference_participants`;
	},
	async query(item, client) {
		const { participantTypeId } = item.readCollection('filters', {
			participantTypeId: optional(numericId),
		});
		return {
			participant_type_id: participantTypeId,
			updated_since: await readUpdatedSince(item, client),
		};
	},
});
