/** Attendee: Delete (named in inevent.md: DELETE, 204). Scope write:attendees. */
import type { Operation } from '../../../shared/action/types';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { eventIdField, readEventId, undocumented } from '../../fields';
import { attendeeField, readAttendeeId } from './shared';

export const deleteAttendee: Operation<InEventClient> = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete attendee',
	description: undocumented('Delete an attendee for good'),
	effect: 'remove',
	fields: [eventIdField, attendeeField],
	orderingKey: readAttendeeId,
	async run(item, client) {
		const id = readAttendeeId(item);
		await client.remove(path`/v1/events/${readEventId(item)}/attendees/${id}`);
		return { deleted: true, id };
	},
};
