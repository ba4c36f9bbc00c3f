/** Guest: Add (event-vault.md, "POST /addGuest"). */
import type { Operation } from '../../../shared/action/types';
import type { EventVaultClient } from '../../client';
import { guestOrderingKey, readEventId } from '../../fields';
import { simplifyNewGuest, simplifyWriteResult } from '../../simplify';
import { ADD_GUEST, guestDetailsField, newGuestEmailField, readNewGuest } from './shared';

export const add: Operation<EventVaultClient> = {
	value: 'add',
	name: 'Add',
	action: 'Add guest',
	description:
		'Put a new guest on the list of the event. A guest whose email is on the list already is refused.',
	effect: 'write',
	fields: [newGuestEmailField, guestDetailsField],
	orderingKey: guestOrderingKey,
	async run(item, client) {
		const guest = readNewGuest(item);
		const result = await client.write(readEventId(item), ADD_GUEST, guest, false);
		return { ...simplifyNewGuest(guest), ...simplifyWriteResult(result, { done: 'added' }) };
	},
};
