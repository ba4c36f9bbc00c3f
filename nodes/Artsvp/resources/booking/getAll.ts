/** Booking: Get Many (artsvp.md, "List all bookings"). */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import type { Operation } from '../../../shared/action/types';
import { oneOf, optional, requiredText, stringList } from '../../../shared/fields/validators';
import { keyValueFields } from '../../../shared/fields/keyValues';
import {
	filtersField,
	limitField,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import { omitEmpty } from '../../../shared/values';
import type { ArtsvpClient } from '../../client';
import { cursorOptions, readMetaData } from '../../fields';
import { listRecords } from '../../listRecords';
import { simplifyBooking } from '../../simplify';

const STATUSES = [
	'is_cancelled',
	'is_confirmed',
	'is_expired',
	'is_interested',
	'is_pending',
	'is_rejected',
	'is_waitlist',
] as const;

const filterFields: INodeProperties[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. jane@example.com',
		description: 'The email that was used for the booking',
	},
	{
		displayName: 'Event Names or IDs',
		name: 'eventIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getEvents' },
		default: [],
		description:
			'Only bookings of these events. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Event Tags',
		name: 'eventResourceTags',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
		default: [],
		description: 'Only bookings of events that carry these tags',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		description: 'Your own ID of the booking',
	},
	...keyValueFields('Meta Data', 'metaData', 'Only bookings whose meta data holds these pairs'),
	{
		displayName: 'Reference',
		name: 'reference',
		type: 'string',
		default: '',
		placeholder: 'e.g. C922-4EBA-1F8C',
		description: 'The reference of the booking',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Any', value: 'any' },
			{ name: 'Cancelled', value: 'is_cancelled' },
			{ name: 'Confirmed', value: 'is_confirmed' },
			{ name: 'Expired', value: 'is_expired' },
			{ name: 'Interested', value: 'is_interested' },
			{ name: 'Pending', value: 'is_pending' },
			{ name: 'Rejected', value: 'is_rejected' },
			{ name: 'Waitlist', value: 'is_waitlist' },
		],
		default: 'any',
		description: 'Where the booking stands',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
		default: [],
		description: 'Only bookings that carry these tags',
	},
];

const text = optional(requiredText);

function readFilters(item: ItemParameters): IDataObject {
	const filters = item.readCollection('filters', {
		email: text,
		eventIds: stringList,
		eventResourceTags: stringList,
		externalId: text,
		reference: text,
		status: oneOf('any', ...STATUSES),
		tags: stringList,
	});
	const metaData = readMetaData(item, 'filters');
	return omitEmpty({
		email: filters.email,
		event_ids: filters.eventIds,
		event_resource_tags: filters.eventResourceTags,
		external_id: filters.externalId,
		meta_data: metaData === undefined ? undefined : JSON.stringify(metaData),
		reference: filters.reference,
		status: filters.status === 'any' ? undefined : filters.status,
		tags: filters.tags,
	});
}

export const getAll: Operation<ArtsvpClient> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many bookings',
	description: 'Retrieve a list of bookings, all or those that match the filters',
	effect: 'read',
	fields: [returnAllField, limitField, simplifyField, filtersField(filterFields)],
	options: cursorOptions,
	async run(item, client) {
		const shape = readSimplify(item, simplifyBooking);
		return (await listRecords(item, client, '/bookings', readFilters(item))).map(shape);
	},
};
