/**
 * What an invite is for: an event or a collection, ARTSVP's "resource". Picked from a list, or named
 * by its id, its code or its address.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../shared/action/itemParameters';
import { oneOf, requiredText } from '../../../shared/fields/checks';
import { InputError } from '../../../shared/http/errors';

const resourceTypeField: INodeProperties = {
	displayName: 'Invite To',
	name: 'resourceType',
	type: 'options',
	options: [
		{ name: 'Collection', value: 'collection', description: 'All events of a collection' },
		{ name: 'Event', value: 'event', description: 'One event' },
	],
	default: 'event',
	description: 'What the guest is invited to',
};

export const resourceFields: INodeProperties[] = [
	resourceTypeField,
	{
		displayName: 'Event or Collection',
		name: 'resourceId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: 'The event or collection, as chosen in "Invite To"',
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchResources', searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. eve-c60d5868-c4cf-4b55-83f2-6578a5173767',
			},
			{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. efa400' },
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: 'e.g. https://artsvp.com/efa400',
			},
		],
	},
];

export const resourceTypeCheck = oneOf('event', 'collection');

/**
 * The parameters that name the resource: `resource` takes the id, `resource_id` with
 * `resource_type` the code (artsvp.md, "Create an invite").
 */
export function readResource(item: ItemParameters): IDataObject {
	const type = item.read('resourceType', resourceTypeCheck);
	const { mode, value } = item.readLocator('resourceId', requiredText);
	if (mode === 'code') return { resource_id: value, resource_type: type };
	if (mode === 'url') return { resource_id: codeOf(value), resource_type: type };
	return { resource: value };
}

/**
 * The code at the end of an ARTSVP address, e.g. `efa400` of `https://artsvp.com/efa400`.
 *
 * @throws InputError if it is no address, or has nothing after the host
 */
export function codeOf(address: string): string {
	const code = /^https?:\/\/[^/]+\/(?:[^?#]*\/)?([^/?#]+)\/?(?:[?#].*)?$/.exec(address)?.[1];
	if (code !== undefined) return code;
	throw new InputError(
		'The URL does not end with a code',
		'It looks like https://artsvp.com/efa400, with the code after the last slash.',
	);
}
