/** How an invite is named. Only reading takes its code too (artsvp.md, "Retrieve an invite"). */
import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { path } from '../../../shared/http/path';
import type { ArtsvpClient } from '../../client';
import type { ArtsvpRecord } from '../../records';
import { idOrCode } from './resource';

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

/** @returns the invite's id or code */
export function readInviteId(item: ItemParameters): string {
	return item.readLocator('inviteId', idOrCode).value;
}

/** The invite as ARTSVP has it. */
export async function readInvite(
	item: ItemParameters,
	client: ArtsvpClient,
): Promise<ArtsvpRecord> {
	const id = readInviteId(item);
	return await client.record(path`/invites/${id}`);
}

/** The invite's id, for changing it; a code is looked up first. */
export async function findInviteId(item: ItemParameters, client: ArtsvpClient): Promise<string> {
	const { mode, value } = item.readLocator('inviteId', idOrCode);
	return mode === 'code' || mode === 'url' ? (await readInvite(item, client)).id : value;
}
