/** Attendee: Delete (named in inevent.md: DELETE, 204). Scope write:attendees. */
import type { Operation } from '../../../shared/action/types';
import { recordId } from '../../../shared/fields/validators';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { attendeeField, eventIdField, namedOnly, readEventId } from '../../fields';

export const deleteAttendee: Operation<InEventClient> = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete attendee',
	description: namedOnly('Delete an attendee for good'),
	effect: 'remove',
	fields: [eventIdField, attendeeField],
	orderingKey: (item) => item.read('attendeeId', recordId),
	async run(item, client) {
		const id = item.read('attendeeId', recordId);
		await client.remove(path`/v1/events/${readEventId(item)}/attendees/${id}`);
		return { deleted: true, id };
	},
};
