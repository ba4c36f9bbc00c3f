/** Attendee Activity: Add (eventtia.md, "Registering an Attendee to an Activity"). */
import type { Operation } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { activityField, attendeeField, eventUriField } from '../../fields';
import { registrationCall, registrationOf, sameAttendee } from './registration';

export const add: Operation<EventtiaClient> = {
	value: 'add',
	name: 'Add',
	action: 'Add activity to attendee',
	description: 'Register an attendee for an activity (workshop)',
	effect: 'write',
	fields: [eventUriField, attendeeField, activityField],
	orderingKey: sameAttendee,
	async run(item, client) {
		// What Eventtia says to one who is registered already is not documented.
		const call = { method: 'POST', ...registrationCall(item), safety: 'nonIdempotent' } as const;
		return { ...registrationOf(item, await client.changed(call)), added: true };
	},
};
