/**
 * What the operations on invites share: how an invite and its event or collection are chosen, which
 * details an invite has, and ARTSVP's `filter` for existing invites.
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { InputError } from '../../../shared/errors';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import {
	oneOf,
	recordId,
	requiredText,
	validator,
	type Validator,
	firstIssue,
} from '../../../shared/fields/validators';
import { path } from '../../../shared/http/path';
import type { ArtsvpClient } from '../../client';
import type { ArtsvpRecord } from '../../records';

/** The invite that an operation works on. */
export const inviteField: INodeProperties = {
	displayName: 'Invite',
	name: 'inviteId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description: 'The invite: choose it from the list, or give its ID, code or address',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchInvites', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. inv-b48ed250-8ebb-448e-a7a0-940d9fcf5dc0',
		},
		{ displayName: 'By Code', name: 'code', type: 'string', placeholder: 'e.g. 372abb' },
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://invite.artsvp.com/372abb',
		},
	],
};

/** @returns the invite's ID or code */
export function readInviteId(item: ItemParameters): string {
	return item.readLocator('inviteId', idOrCode).value;
}

/** Retrieves the invite by its ID or its code (artsvp.md, "Retrieve an invite"). */
export async function readInvite(
	item: ItemParameters,
	client: ArtsvpClient,
): Promise<ArtsvpRecord> {
	const id = readInviteId(item);
	return await client.record(path`/invites/${id}`);
}

/**
 * The invite's ID, for updating and deleting it. Only retrieving accepts a code too (artsvp.md,
 * "Retrieve an invite"), so an invite chosen by its code is retrieved first.
 */
export async function findInviteId(item: ItemParameters, client: ArtsvpClient): Promise<string> {
	const { mode, value } = item.readLocator('inviteId', idOrCode);
	return mode === 'code' || mode === 'url' ? (await readInvite(item, client)).id : value;
}

/** The event or collection that the guest is invited to. ARTSVP calls it the "resource". */
export const resourceFields: INodeProperties[] = [
	{
		displayName: 'Invite To',
		name: 'resourceType',
		type: 'options',
		options: [
			{ name: 'Collection', value: 'collection', description: 'All events of a collection' },
			{ name: 'Event', value: 'event', description: 'One event' },
		],
		default: 'event',
		description: 'What the guest is invited to',
	},
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

export const resourceTypeValidator = oneOf('event', 'collection');

/**
 * The body parameters that identify the event or collection: an ID is sent as `resource`, a code as
 * `resource_id` with `resource_type` (artsvp.md, "Create an invite").
 */
export function readResource(item: ItemParameters): IDataObject {
	const type = item.read('resourceType', resourceTypeValidator);
	const { mode, value } = item.readLocator('resourceId', idOrCode);
	return mode === 'code' || mode === 'url'
		? { resource_id: value, resource_type: type }
		: { resource: value };
}

const ADDRESS = /^https?:\/\/[^/]+\/(?:[^?#]*\/)?([^/?#]+)\/?(?:[?#].*)?$/;

/** The code at the end of an ARTSVP address, e.g. `efa400` of `https://artsvp.com/efa400`. */
export const codeInAddress: Validator<string> = validator<string>((value) => {
	const address = requiredText.safeParse(value);
	if (!address.success) return { issue: firstIssue(address.error) };
	const code = recordId.safeParse(ADDRESS.exec(address.data)?.[1]);
	return code.success
		? { value: code.data }
		: { issue: 'does not end with a code, like https://artsvp.com/efa400' };
});

/** The validator for a resource locator in this mode: an address gives its code, an ID or a code itself. */
function idOrCode(mode: string): Validator<string> {
	return mode === 'url' ? codeInAddress : recordId;
}

/** Details of a new invite (artsvp.md, "Create an invite"). */
export const CREATE_DETAILS = [
	'name',
	'email',
	'externalId',
	'golden',
	'registerInterest',
	'maxBookings',
	'tags',
] as const;

/** Details that can be changed later (artsvp.md, "Update an invite"). */
export const UPDATE_DETAILS = [
	'externalId',
	'golden',
	'registerInterest',
	'maxBookings',
	'tags',
] as const;

/** The details that ARTSVP's `filter` can compare to find an existing invite. */
export const filterOptions = [
	{ name: 'Email', value: 'email' },
	{ name: 'External ID', value: 'external_id' },
	{ name: 'Name', value: 'name' },
];

export const filterValidator = oneOf('email', 'external_id', 'name');

const FILTER_LABELS = { email: 'Email', external_id: 'External ID', name: 'Name' } as const;

/**
 * Checks that there is a value to compare: without one ARTSVP would create a new invite.
 *
 * @param body the details of the invite, under the vendor's names
 * @throws InputError if the detail to find by is missing
 */
export function assertFilterValue(findBy: keyof typeof FILTER_LABELS, body: IDataObject): void {
	if (body[findBy] !== undefined) return;
	throw new InputError(
		`"${FILTER_LABELS[findBy]}" is empty, but "Find By" needs it`,
		`Fill in "${FILTER_LABELS[findBy]}" under "Additional Fields", or choose another field in "Find By".`,
	);
}
