/** Analytics: Get Many (inevent.md, "GET /v1/events/{eventId}/analytics"). Scope read:analytics. */
import type { Operation } from '../../../shared/action/types';
import { optional, requiredText } from '../../../shared/fields/validators';
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
import { listRecords } from '../../listRecords';
import { ROWS } from '../../records';
import { flatten } from '../../simplify';

/** As in the document's sample. */
const PAGE_SIZE = 1000;

export const getAll: Operation<InEventClient> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many analytics rows',
	description: 'Retrieve a list of rows of an analytics dataset, e.g. all check-ins of an event',
	effect: 'read',
	fields: [
		eventIdField,
		{
			displayName: 'Dataset',
			name: 'dataset',
			type: 'resourceLocator',
			default: { mode: 'list', value: 'checkins' },
			required: true,
			description:
				'Which rows to read. InEvent documents one name, checkins; others exist for registrations, sessions, engagement, sponsors and content.',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchDatasets', searchable: true },
				},
				{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. checkins' },
			],
		},
		returnAllField,
		limitField,
		simplifyField,
		filtersField([
			{
				displayName: 'From',
				name: 'from',
				type: 'dateTime',
				default: '',
				description: 'Only rows from this moment on',
			},
			{
				displayName: 'To',
				name: 'to',
				type: 'dateTime',
				default: '',
				description: 'Only rows up to this moment',
			},
		]),
	],
	options: [pageSizeOption(PAGE_SIZE)],
	async run(item, client) {
		const eventId = readEventId(item);
		const shape = readSimplify(item, flatten);
		const date = optional(dateTime(item.timeZone));
		const { from, to } = item.readCollection('filters', { from: date, to: date });
		const qs = omitEmpty({
			dataset: item.read('dataset', requiredText),
			from: from?.toUTC().toISO({ suppressMilliseconds: true }) ?? undefined,
			to: to?.toUTC().toISO({ suppressMilliseconds: true }) ?? undefined,
		});
		const rows = await listRecords(item, client, {
			path: path`/v1/events/${eventId}/analytics`,
			kind: ROWS,
			qs,
			pageSize: PAGE_SIZE,
		});
		return rows.map(shape);
	},
};
