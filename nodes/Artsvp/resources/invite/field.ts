/** How an invite is named: ARTSVP takes its id and its code alike (artsvp.md, "Retrieve an invite"). */
import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../../../shared/action/itemParameters';
import { requiredText } from '../../../shared/fields/checks';
import { codeOf } from './resource';

export const inviteField: INodeProperties = {
	displayName: 'Invite',
	name: 'inviteId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
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
	const { mode, value } = item.readLocator('inviteId', requiredText);
	return mode === 'url' ? codeOf(value) : value;
}
