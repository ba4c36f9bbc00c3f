/** Guest: Get. No endpoint returns one guest, so the list is searched by email (event-vault.md, "GET /getGuests"). */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { CallError } from '../../../shared/errors';
import type { EventVaultClient } from '../../client';
import { guestField, readEmail, readEventId } from '../../fields';
import { simplifyGuest } from '../../simplify';

export const get: Operation<EventVaultClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get guest',
	description: 'Retrieve one guest of the event by email',
	effect: 'read',
	fields: [guestField, simplifyField],
	async run(item, client) {
		const userEmail = readEmail(item);
		const shape = readSimplify(item, simplifyGuest);
		const guest = await client.guest(readEventId(item), userEmail);
		if (guest !== undefined) return shape(guest);
		throw new CallError({
			message: 'No guest of the event has this email',
			hint: 'Check "Email", and the event in the credential or under "Options".',
		});
	},
};
