/** Attendee: Get Check-Ins (named in inevent.md: "/attendees/{attendeeId}/checkins"). Scope read:attendees. */
import type { Operation } from '../../../shared/action/types';
import { recordId } from '../../../shared/fields/validators';
import {
	limitField,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import { ROWS, type InEventClient } from '../../client';
import { attendeeField, eventIdField, namedOnly, pageSizeOption, readEventId } from '../../fields';
import { UNDOCUMENTED_PAGE_SIZE, readUndocumentedList } from '../../undocumented';
import { flatten } from '../../simplify';

export const getCheckIns: Operation<InEventClient> = {
	value: 'getCheckIns',
	name: 'Get Check-Ins',
	action: 'Get check ins of attendee',
	description: namedOnly('Retrieve when and where an attendee was checked in'),
	effect: 'read',
	fields: [eventIdField, attendeeField, returnAllField, limitField, simplifyField],
	options: [pageSizeOption(UNDOCUMENTED_PAGE_SIZE)],
	async run(item, client) {
		const eventId = readEventId(item);
		const id = item.read('attendeeId', recordId);
		const shape = readSimplify(item, flatten);
		const list = path`/v1/events/${eventId}/attendees/${id}/checkins`;
		return (await readUndocumentedList(item, client, list, ROWS)).map(shape);
	},
};
