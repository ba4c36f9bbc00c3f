/**
 * Guest: Create or Update. Event Vault cannot update a guest, so this only makes sure that they are on
 * the list: a 409 means that they are already (event-vault.md, "POST /addGuest").
 */
import type { Operation } from '../../../shared/action/types';
import type { EventVaultClient } from '../../client';
import { guestOrderingKey, readEventId } from '../../fields';
import { simplifyNewGuest, simplifyWriteResult } from '../../simplify';
import { ADD_GUEST, guestDetailsField, newGuestEmailField, readNewGuest } from './shared';

export const upsert: Operation<EventVaultClient> = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update guest',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: [
		newGuestEmailField,
		{
			displayName:
				'A guest who is on the list already stays as they are: Event Vault has no way to change their details. To replace them, use Remove and then Add.',
			name: 'upsertNotice',
			type: 'notice',
			default: '',
		},
		guestDetailsField,
	],
	orderingKey: guestOrderingKey,
	async run(item, client) {
		const guest = readNewGuest(item);
		const result = await client.write(readEventId(item), ADD_GUEST, guest, true);
		return {
			...simplifyNewGuest(guest),
			...simplifyWriteResult(result, { done: 'created', unchanged: 'existed' }),
		};
	},
};
