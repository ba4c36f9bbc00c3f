/** Attendee: Get (named in inevent.md: "/attendees/{attendeeId}", and `links.self`). */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { eventIdField, readEventId, undocumented } from '../../fields';
import { simplifyAttendee } from '../../simplify';
import { attendeeField, readAttendeeId } from './shared';

export const get: Operation<InEventClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get attendee',
	description: undocumented('Retrieve one attendee of an event'),
	effect: 'read',
	fields: [eventIdField, attendeeField, simplifyField],
	async run(item, client) {
		const id = readAttendeeId(item);
		const shape = readSimplify(item, simplifyAttendee);
		return shape(await client.record(path`/v1/events/${readEventId(item)}/attendees/${id}`));
	},
};
