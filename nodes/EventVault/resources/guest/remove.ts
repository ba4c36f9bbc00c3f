/** Guest: Remove (event-vault.md, "POST /removeGuest"). */
import type { Operation } from '../../../shared/action/types';
import { oneOf } from '../../../shared/fields/validators';
import { Status } from '../../../shared/http/status';
import type { EventVaultClient, Write } from '../../client';
import { NOT_REGISTERED } from '../../errors';
import { guestField, guestOrderingKey, readEmail, readEventId } from '../../fields';
import { guestKey } from '../../records';
import { simplifyWriteResult } from '../../simplify';

const REMOVE_GUEST: Write = {
	path: '/removeGuest',
	success: 'User removed successfully.',
	unchanged: { status: Status.notFound, text: NOT_REGISTERED },
};

const ifNotRegistered = oneOf('error', 'ignore');

export const remove: Operation<EventVaultClient> = {
	value: 'remove',
	name: 'Remove',
	action: 'Remove guest',
	description:
		'Take a guest off the list of the event. Whether Event Vault also removes their tickets is not documented.',
	effect: 'remove',
	fields: [
		guestField,
		{
			displayName: 'If Not Registered',
			name: 'ifNotRegistered',
			type: 'options',
			options: [
				{
					name: 'Error',
					value: 'error',
					description: 'Stop, or go to the error output if the node is set so',
				},
				{
					name: 'Ignore',
					value: 'ignore',
					description: 'Go on: the guest is not on the list, as wanted',
				},
			],
			default: 'error',
			description: 'What to do when no guest of the event has this email',
		},
	],
	orderingKey: guestOrderingKey,
	async run(item, client) {
		const userEmail = readEmail(item);
		const ignore = item.read('ifNotRegistered', ifNotRegistered) === 'ignore';
		const result = await client.write(readEventId(item), REMOVE_GUEST, { userEmail }, ignore);
		return {
			deleted: result.outcome === 'done',
			id: guestKey(userEmail),
			email: userEmail,
			...simplifyWriteResult(result, { done: 'removed', unchanged: 'notRegistered' }),
		};
	},
};
