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
import { readList } from '../../readList';
import type { ArtsvpRecord } from '../../records';
import { simplifyInvite } from '../../simplify';
import { resourceTypeCheck } from './resource';

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
	const given = item.readCollection('filters', {
		email: text,
		externalId: text,
		name: text,
		resourceId: text,
		resourceTags: stringList,
		resourceType: resourceTypeCheck,
		status: oneOf('any', 'active', 'declined'),
		tags: stringList,
	});
	const metaData = readMetaData(item, 'filters');
	return omitEmpty({
		email: given.email,
		external_id: given.externalId,
		meta_data: metaData === undefined ? undefined : JSON.stringify(metaData),
		name: given.name,
		resource_id: given.resourceId,
		resource_tags: given.resourceTags,
		resource_type: given.resourceType,
		status: given.status === 'any' ? undefined : given.status,
		tags: given.tags,
	});
}

/** An invite does not say whether it was declined; that it comes when declined ones are asked for does. */
function statusQuery(status: unknown): IDataObject {
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
		const checkInStatus = statusQuery(filters.status);
		const shape = readSimplify(item, (invite: ArtsvpRecord) => ({
			...simplifyInvite(invite),
			...checkInStatus,
		}));
		return (await readList(item, client, '/invites', filters)).map(shape);
	},
};
