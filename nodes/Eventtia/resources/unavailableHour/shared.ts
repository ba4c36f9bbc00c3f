/**
 * What operations on unavailable hours share: the path, and the slot as query parameters.
 */
import type { INodeProperties } from 'n8n-workflow';
import { dateField } from '../../../shared/fields/builders';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { eventDateTime } from '../../dates';
import {
	businessConferenceField,
	EVENT_ZONE_NOTE,
	eventUriField,
	participantTypeField,
	readEventUri,
	readId,
} from '../../fields';

/** Unavailable hours belong to a participant type of a business conference. */
export const scopeFields: readonly INodeProperties[] = [
	eventUriField,
	businessConferenceField,
	participantTypeField,
];

/** The start and end of a slot. */
export const slotFields: readonly INodeProperties[] = [
	{
		...dateField('Start Date', 'startDate', `When the unavailable time begins. ${EVENT_ZONE_NOTE}`),
		required: true,
	},
	{
		...dateField('End Date', 'endDate', `When the unavailable time ends. ${EVENT_ZONE_NOTE}`),
		required: true,
	},
];

/** @returns the path of the list of unavailable hours */
export function listPath(item: ItemParameters): string {
	const conference = readId(item, businessConferenceField);
	const type = readId(item, participantTypeField);
	return path`/events/${readEventUri(item)}/business_conferences/${conference}/business_conference_participant_types/${type}/unavailable_hours`;
}

/** Reads the slot, in the event's time zone, as query parameters: the document has them there even for POST and PUT. */
export async function readSlot(item: ItemParameters, client: EventtiaClient) {
	const zone = await client.timeZone(readEventUri(item));
	return {
		start_date: item.read('startDate', eventDateTime(zone, 'slot')),
		end_date: item.read('endDate', eventDateTime(zone, 'slot')),
	};
}
