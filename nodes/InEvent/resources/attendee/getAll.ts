/** Attendee: Get Many (inevent.md, "GET /v1/events/{eventId}/attendees"). Scope read:attendees. */
import type { Operation } from '../../../shared/action/types';
import { optional, requiredText, stringList } from '../../../shared/fields/validators';
import { dateTime } from '../../../shared/fields/dates';
import {
	filtersField,
	limitField,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import { omitEmpty } from '../../../shared/values';
import { path } from '../../../shared/http/path';
import type { InEventClient } from '../../client';
import { eventIdField, pageSizeOption, readEventId } from '../../fields';
import { DEFAULT_PAGE_SIZE, listRecords } from '../../listRecords';
import { RECORDS } from '../../records';
import { simplifyAttendee } from '../../simplify';

/** Always requested: they identify a record and its version. */
const REQUIRED_FIELDS = ['id', 'updated_at'];

const text = optional(requiredText);

export const getAll: Operation<InEventClient> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many attendees',
	description: 'Retrieve a list of attendees of an event, all or those that match the filters',
	effect: 'read',
	fields: [
		eventIdField,
		returnAllField,
		limitField,
		simplifyField,
		filtersField([
			{
				displayName: 'Search',
				name: 'search',
				type: 'string',
				default: '',
				description: 'Part of the email or name',
			},
			{
				displayName: 'Status',
				name: 'status',
				type: 'string',
				default: '',
				placeholder: 'e.g. checked_in',
				description:
					'InEvent’s word for where the attendee stands: registered, checked_in, cancelled, or another that your event uses',
			},
			{
				displayName: 'Updated Since',
				name: 'updatedSince',
				type: 'dateTime',
				default: '',
				description: 'Only attendees who changed since this moment',
			},
		]),
	],
	options: [
		{
			displayName: 'Fields',
			name: 'fields',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field' },
			default: [],
			description:
				'Ask InEvent only for these fields, by its own names (e.g. email). The ID and the time of the last change always come along.',
		},
		pageSizeOption(DEFAULT_PAGE_SIZE),
	],
	async run(item, client) {
		const eventId = readEventId(item);
		const shape = readSimplify(item, simplifyAttendee);
		const { search, status, updatedSince } = item.readCollection('filters', {
			search: text,
			status: text,
			updatedSince: optional(dateTime(item.timeZone)),
		});
		const { fields = [] } = item.readCollection('options', { fields: stringList });
		const qs = omitEmpty({
			search,
			status,
			updated_since: updatedSince?.toUTC().toISO({ suppressMilliseconds: true }) ?? undefined,
			fields:
				fields.length > 0 ? [...new Set([...REQUIRED_FIELDS, ...fields])].join(',') : undefined,
		});
		const query = { path: path`/v1/events/${eventId}/attendees`, kind: RECORDS, qs };
		return (await listRecords(item, client, query)).map(shape);
	},
};
