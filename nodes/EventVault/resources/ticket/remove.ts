/** Ticket: Remove (event-vault.md, "POST /removeTicket"). */
import type { Operation } from '../../../shared/action/types';
import { oneOf } from '../../../shared/fields/validators';
import { Status } from '../../../shared/http/status';
import type { EventVaultClient, Write } from '../../client';
import { TICKET_NOT_FOUND } from '../../errors';
import { guestField, readEmail, readEventId, readTicketType, ticketTypeField } from '../../fields';
import { simplifyWriteResult } from '../../simplify';
import { ticketOrderingKey } from './shared';

const REMOVE_TICKET: Write = {
	path: '/removeTicket',
	success: 'Ticket removed successfully.',
	unchanged: { status: Status.notFound, text: TICKET_NOT_FOUND },
};

const ifNotFound = oneOf('error', 'ignore');

export const remove: Operation<EventVaultClient> = {
	value: 'remove',
	name: 'Remove',
	action: 'Remove ticket',
	description: 'Take a ticket of one type away from a guest',
	effect: 'remove',
	fields: [
		guestField,
		ticketTypeField,
		{
			displayName: 'If Not Found',
			name: 'ifNotFound',
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
					description: 'Go on: the guest has no such ticket, as wanted',
				},
			],
			default: 'error',
			description: 'What to do when the guest has no ticket of this type',
		},
	],
	orderingKey: ticketOrderingKey,
	async run(item, client) {
		const userEmail = readEmail(item);
		const ticketType = readTicketType(item);
		const ignore = item.read('ifNotFound', ifNotFound) === 'ignore';
		const body = { userEmail, ticketType };
		const result = await client.write(readEventId(item), REMOVE_TICKET, body, ignore);
		return {
			deleted: result.outcome === 'done',
			email: userEmail,
			ticketType,
			...simplifyWriteResult(result, { done: 'removed', unchanged: 'notFound' }),
		};
	},
};
