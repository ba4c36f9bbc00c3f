/** Participant: Get Agenda (eventtia.md, "Participant Agenda"). */
import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../shared/action/types';
import { boolean } from '../../../shared/fields/validators';
import { simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import {
	businessConferenceField,
	eventUriField,
	participantField,
	readEventUri,
	readId,
} from '../../fields';
import { readShape } from '../../operations/shape';
import { toIsoTimes, toSlots } from '../../simplify';

export const getAgenda: Operation<EventtiaClient> = {
	value: 'getAgenda',
	name: 'Get Agenda',
	action: 'Get agenda of participant',
	description: 'Retrieve the meetings, the slots and the blocked slots of one participant',
	effect: 'read',
	fields: [eventUriField, businessConferenceField, participantField, simplifyField],
	async run(item, client) {
		const eventUri = readEventUri(item);
		const conference = readId(item, businessConferenceField);
		const participant = readId(item, participantField);
		const shape = readShape(item, client, eventUri);
		const agendaPath = path`/events/${eventUri}/business_conferences/${conference}/business_conference_participants/${participant}/agenda`;
		let meta: IDataObject = {};
		const meetings = await client.list({ path: agendaPath }, async (records, page) => {
			meta = { ...page.meta, ...meta };
			return await shape(records, page);
		});
		if (!item.read('simplify', boolean)) return { participantId: participant, meetings, meta };
		const zone = await client.timeZone(eventUri);
		return {
			participantId: participant,
			meetings,
			slots: toSlots(meta.agenda, zone),
			blockedSlots: toIsoTimes(meta.blocked_slots, zone),
		};
	},
};
