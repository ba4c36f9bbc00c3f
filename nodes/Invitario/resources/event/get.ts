/** Event: Get, from the response to the log-in (invitario-check-in.md, "POST /api/v1/login"). */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import type { InvitarioClient } from '../../client';
import { simplifyEvent } from '../../simplify';

export const get: Operation<InvitarioClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get event',
	description: 'Retrieve the event of the credential: its name, company, start and end',
	effect: 'read',
	fields: [simplifyField],
	async run(item, client) {
		const shape = readSimplify(item, simplifyEvent);
		return shape(await client.event());
	},
};
