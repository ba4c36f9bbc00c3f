/** Attendee: Check In (named in inevent.md: the action "/attendees/{id}/checkin"). Scope write:attendees. */
import type { Operation } from '../../../shared/action/types';
import { recordId } from '../../../shared/fields/validators';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { attendeeField, eventIdField, namedOnly, readEventId } from '../../fields';
import { flatten } from '../../simplify';

export const checkIn: Operation<InEventClient> = {
	value: 'checkIn',
	name: 'Check In',
	action: 'Check in attendee',
	description: namedOnly('Check an attendee in'),
	effect: 'write',
	fields: [eventIdField, attendeeField],
	orderingKey: (item) => item.read('attendeeId', recordId),
	async run(item, client) {
		const id = item.read('attendeeId', recordId);
		// Whether a second check-in counts is not documented, so it is not repeated blindly.
		const response = await client.change({
			method: 'POST',
			path: path`/v1/events/${readEventId(item)}/attendees/${id}/checkin`,
			safety: 'nonIdempotent',
		});
		return { ...flatten(response), attendeeId: id, checkedIn: true };
	},
};
