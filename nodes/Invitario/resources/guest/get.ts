/** Guest: Get, from the guest list (invitario-check-in.md, "POST /api/v1/guest/list/all"). */
import type { Operation } from '../../../shared/action/types';
import { emailAddress, requiredText, boolean } from '../../../shared/fields/validators';
import { simplifyField } from '../../../shared/fields/lists';
import type { InvitarioClient } from '../../client';
import { customFieldLabelsOption, readGuestOptions, resolveCompanionsOption } from '../../fields';
import { normalizeLookupValue } from '../../records';
import { findGuest, guestShape } from './shared';

export const get: Operation<InvitarioClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get guest',
	description: 'Retrieve one guest of the event by ID, access code or email',
	effect: 'read',
	fields: [
		{
			displayName: 'Guest',
			name: 'guestId',
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			required: true,
			description: 'The guest to retrieve',
			modes: [
				{
					displayName: 'From List',
					name: 'list',
					type: 'list',
					typeOptions: { searchListMethod: 'searchGuests', searchable: true },
				},
				{
					displayName: 'By ID',
					name: 'id',
					type: 'string',
					placeholder: 'e.g. 2e1a7138-9114-496b-8dfe-5b30e3b329f1',
				},
				{
					displayName: 'By Access Code',
					name: 'accessCode',
					type: 'string',
					placeholder: 'e.g. abcdef',
				},
				{
					displayName: 'By Email',
					name: 'email',
					type: 'string',
					placeholder: 'e.g. jane@example.com',
				},
			],
		},
		simplifyField,
	],
	options: [customFieldLabelsOption, resolveCompanionsOption],
	async run(item, client) {
		const { mode, value: wanted } = item.readLocator('guestId', (chosen) =>
			chosen === 'email' ? emailAddress : requiredText,
		);
		const simplify = item.read('simplify', boolean);
		const options = readGuestOptions(item, true);
		const shape = await guestShape(client, options, simplify);
		const by = mode === 'email' || mode === 'accessCode' ? mode : 'id';
		const matching = (await client.guestsBy(by)).get(normalizeLookupValue(by, wanted)) ?? [];
		return shape(findGuest(matching, by, wanted));
	},
};
