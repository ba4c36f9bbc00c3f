/** Attendee Activity: Remove (eventtia.md, "Unregistering an Attendee from an Activity"). */
import type { Operation } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { activityField, attendeeField, eventUriField } from '../../fields';
import { registrationCall, registrationOf, sameAttendee } from './registration';

export const remove: Operation<EventtiaClient> = {
	value: 'remove',
	name: 'Remove',
	action: 'Remove activity from attendee',
	description: 'Take an attendee off an activity (workshop)',
	effect: 'remove',
	fields: [eventUriField, attendeeField, activityField],
	orderingKey: sameAttendee,
	async run(item, client) {
		const call = { method: 'DELETE', ...registrationCall(item), safety: 'idempotent' } as const;
		return { ...registrationOf(item, await client.removed(call)), removed: true };
	},
};
