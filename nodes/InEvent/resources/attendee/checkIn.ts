/** Attendee: Check In (named in inevent.md: the action "/attendees/{id}/checkin"). Scope write:attendees. */
import type { Operation } from '../../../shared/action/types';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { eventIdField, readEventId, undocumented } from '../../fields';
import { flatten } from '../../simplify';
import { attendeeField, readAttendeeId } from './shared';

export const checkIn: Operation<InEventClient> = {
	value: 'checkIn',
	name: 'Check In',
	action: 'Check in attendee',
	description: undocumented('Check an attendee in'),
	effect: 'write',
	fields: [eventIdField, attendeeField],
	orderingKey: readAttendeeId,
	async run(item, client) {
		const id = readAttendeeId(item);
		// Whether a second check-in counts again is not documented, so it is `nonIdempotent`.
		const response = await client.change({
			method: 'POST',
			path: path`/v1/events/${readEventId(item)}/attendees/${id}/checkin`,
			safety: 'nonIdempotent',
		});
		return { ...flatten(response), attendeeId: id, checkedIn: true };
	},
};
