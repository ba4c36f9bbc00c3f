/** Attendee Activity: Add (eventtia.md, "Registering an Attendee to an Activity"). */
import type { Operation } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { activityField, attendeeField, eventUriField } from '../../fields';
import { registrationRequest, toRegistration, attendeeKey } from './shared';

export const add: Operation<EventtiaClient> = {
	value: 'add',
	name: 'Add',
	action: 'Add activity to attendee',
	description: 'Register an attendee for an activity (workshop)',
	effect: 'write',
	fields: [eventUriField, attendeeField, activityField],
	orderingKey: attendeeKey,
	async run(item, client) {
		// It is not documented what happens if the attendee is registered already.
		const request = {
			method: 'POST',
			...registrationRequest(item),
			safety: 'nonIdempotent',
		} as const;
		return { ...toRegistration(item, await client.create(request)), added: true };
	},
};
