/** Attendee: Get Check-Ins (named in inevent.md: "/attendees/{attendeeId}/checkins"). Scope read:attendees. */
import type { Operation } from '../../../shared/action/types';
import {
	limitField,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { eventIdField, pageSizeOption, readEventId, undocumented } from '../../fields';
import { DEFAULT_PAGE_SIZE, listRecords } from '../../listRecords';
import { ROWS } from '../../records';
import { flatten } from '../../simplify';
import { attendeeField, readAttendeeId } from './shared';

export const getCheckIns: Operation<InEventClient> = {
	value: 'getCheckIns',
	name: 'Get Check-Ins',
	action: 'Get check ins of attendee',
	description: undocumented('Retrieve when and where an attendee was checked in'),
	effect: 'read',
	fields: [eventIdField, attendeeField, returnAllField, limitField, simplifyField],
	options: [pageSizeOption(DEFAULT_PAGE_SIZE)],
	async run(item, client) {
		const eventId = readEventId(item);
		const id = readAttendeeId(item);
		const shape = readSimplify(item, flatten);
		const query = { path: path`/v1/events/${eventId}/attendees/${id}/checkins`, kind: ROWS };
		return (await listRecords(item, client, query)).map(shape);
	},
};
