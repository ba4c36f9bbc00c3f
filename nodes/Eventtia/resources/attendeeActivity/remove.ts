/** Attendee Activity: Remove (eventtia.md, "Unregistering an Attendee from an Activity"). */
import type { Operation } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { activityField, attendeeField, eventUriField } from '../../fields';
import { registrationRequest, toRegistration, attendeeKey } from './shared';

export const remove: Operation<EventtiaClient> = {
	value: 'remove',
	name: 'Remove',
	action: 'Remove activity from attendee',
	description: 'Take an attendee off an activity (workshop)',
	effect: 'remove',
	fields: [eventUriField, attendeeField, activityField],
	orderingKey: attendeeKey,
	async run(item, client) {
		const request = {
			method: 'DELETE',
			...registrationRequest(item),
			safety: 'idempotent',
		} as const;
		return { ...toRegistration(item, await client.remove(request)), removed: true };
	},
};
