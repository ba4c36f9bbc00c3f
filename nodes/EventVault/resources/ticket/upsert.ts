/** Ticket: Create or Update (event-vault.md, "POST /addTicket"). */
import { collectionField } from '../../../shared/fields/builders';
import type { Operation } from '../../../shared/action/types';
import { optionalText } from '../../../shared/fields/validators';
import type { EventVaultClient, Write } from '../../client';
import { guestField, readEmail, readEventId, readTicketType, ticketTypeField } from '../../fields';
import { simplifyTicket, simplifyWriteResult } from '../../simplify';
import { ticketOrderingKey } from './shared';

const ADD_TICKET: Write = { path: '/addTicket', success: 'Ticket created successfully.' };

export const upsert: Operation<EventVaultClient> = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update ticket',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: [
		guestField,
		ticketTypeField,
		{
			displayName:
				'A guest has one ticket of each type. If the guest has one of this type already, it is overwritten, also when it was for another session.',
			name: 'overwriteNotice',
			type: 'notice',
			default: '',
		},
		collectionField('additionalFields', [
			{
				displayName: 'Session ID',
				name: 'sessionId',
				type: 'string',
				default: '',
				description: 'The session that the ticket grants access to; empty for general admission',
			},
		]),
	],
	orderingKey: ticketOrderingKey,
	async run(item, client) {
		const userEmail = readEmail(item);
		const ticketType = readTicketType(item);
		const { sessionId } = item.readCollection('additionalFields', { sessionId: optionalText });
		const body = { userEmail, ticketType, ...(sessionId === undefined ? {} : { sessionId }) };
		const result = await client.write(readEventId(item), ADD_TICKET, body, false);
		return {
			...simplifyTicket({ EMAIL: userEmail, TIER: ticketType, sessionId: sessionId ?? '' }),
			...simplifyWriteResult(result, { done: 'createdOrUpdated' }),
		};
	},
};
