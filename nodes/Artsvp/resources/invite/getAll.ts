/** Invite: Get Many (artsvp.md, "List all invites"). */
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
import type { ArtsvpRecord } from '../../records';
import { simplifyInvite } from '../../simplify';
import { resourceTypeValidator } from './shared';

const filterFields: INodeProperties[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'e.g. jane@example.com',
		description: 'The email of the invite',
	},
	{
		displayName: 'Event or Collection',
		name: 'resourceId',
		type: 'string',
		default: '',
		placeholder: 'e.g. efa400',
		description:
			'Only invites to the event or collection with this code (the end of its address). For a collection also set "Invite To".',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		description: 'Your own ID of the invite',
	},
	{
		displayName: 'Invite To',
		name: 'resourceType',
		type: 'options',
		options: [
			{ name: 'Collection', value: 'collection' },
			{ name: 'Event', value: 'event' },
		],
		default: 'event',
		description: 'Whether the code in "Event or Collection" is that of an event or of a collection',
	},
	...keyValueFields('Meta Data', 'metaData', 'Only invites whose meta data holds these pairs'),
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		description: 'The name of the invite',
	},
	{
		displayName: 'Status',
		name: 'status',
		type: 'options',
		options: [
			{ name: 'Active', value: 'active' },
			{ name: 'Any', value: 'any' },
			{ name: 'Declined', value: 'declined' },
		],
		default: 'any',
		description: 'Whether the guest declined the invite',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
		default: [],
		description: 'Only invites that carry any of these tags',
	},
	{
		displayName: 'Tags of Events and Collections',
		name: 'resourceTags',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
		default: [],
		description: 'Only invites to events and collections that carry any of these tags',
	},
];

const text = optional(requiredText);

function readFilters(item: ItemParameters): IDataObject {
	const filters = item.readCollection('filters', {
		email: text,
		externalId: text,
		name: text,
		resourceId: text,
		resourceTags: stringList,
		resourceType: resourceTypeValidator,
		status: oneOf('any', 'active', 'declined'),
		tags: stringList,
	});
	const metaData = readMetaData(item, 'filters');
	return omitEmpty({
		email: filters.email,
		external_id: filters.externalId,
		meta_data: metaData === undefined ? undefined : JSON.stringify(metaData),
		name: filters.name,
		resource_id: filters.resourceId,
		resource_tags: filters.resourceTags,
		resource_type: filters.resourceType,
		status: filters.status === 'any' ? undefined : filters.status,
		tags: filters.tags,
	});
}

/**
 * An invite does not say whether it was declined. The status that was asked for says it for every
 * invite of the list.
 */
function statusFromFilter(status: unknown): IDataObject {
	if (status === 'declined') return { status, statusGroup: 'declined' };
	return status === 'active' ? { status } : {};
}

export const getAll: Operation<ArtsvpClient> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many invites',
	description: 'Retrieve a list of invites, all or those that match the filters',
	effect: 'read',
	fields: [returnAllField, limitField, simplifyField, filtersField(filterFields)],
	options: cursorOptions,
	async run(item, client) {
		const filters = readFilters(item);
		const status = statusFromFilter(filters.status);
		const shape = readSimplify(item, (invite: ArtsvpRecord) => ({
			...simplifyInvite(invite),
			...status,
		}));
		return (await listRecords(item, client, '/invites', filters)).map(shape);
	},
};
