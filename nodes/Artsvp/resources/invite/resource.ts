/**
 * What an invite is for: an event or a collection, ARTSVP's "resource". Picked from a list, or named
 * by its id, its code or its address.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import {
	validator,
	oneOf,
	recordId,
	requiredText,
	type Validator,
} from '../../../shared/fields/validators';

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
	const { mode, value } = item.readLocator('resourceId', idOrCode);
	return mode === 'code' || mode === 'url'
		? { resource_id: value, resource_type: type }
		: { resource: value };
}

const ADDRESS = /^https?:\/\/[^/]+\/(?:[^?#]*\/)?([^/?#]+)\/?(?:[?#].*)?$/;

/** The code at the end of an ARTSVP address, e.g. `efa400` of `https://artsvp.com/efa400`. */
export const codeInAddress: Validator<string> = validator<string>((value) => {
	const address = requiredText.safeParse(value);
	if (!address.success) return { issue: address.error.issues[0]?.message ?? 'is empty' };
	const code = recordId.safeParse(ADDRESS.exec(address.data)?.[1]);
	return code.success
		? { value: code.data }
		: { issue: 'does not end with a code, like https://artsvp.com/efa400' };
});

/** What a locator's value must be in its mode. */
export function idOrCode(mode: string): Validator<string> {
	return mode === 'url' ? codeInAddress : recordId;
}
