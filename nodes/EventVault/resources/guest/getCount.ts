/** Guest: Get Count (event-vault.md, "GET /getGuestCount"). */
import type { Operation } from '../../../shared/action/types';
import type { EventVaultClient } from '../../client';
import { readEventId } from '../../fields';
import { simplifyGuestCount } from '../../simplify';

export const getCount: Operation<EventVaultClient> = {
	value: 'getCount',
	name: 'Get Count',
	action: 'Get guest count',
	description: 'Retrieve how many guests the event has and how many users can be assigned to it',
	effect: 'read',
	fields: [],
	async run(item, client) {
		return simplifyGuestCount(await client.guestCount(readEventId(item)));
	},
};
