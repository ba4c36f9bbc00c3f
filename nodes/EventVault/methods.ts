/**
 * What *From List* shows in the node: the guests of the event and the ticket types in use.
 */
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { createListSearch } from '../shared/action/editorMethods';
import { simplifyGuest } from './simplify';
import { vendor } from './vendor';

export const listSearch = {
	searchGuests: createListSearch(vendor, async (client, context) =>
		(await client.guests(chosenEventId(context))).map((guest) => {
			const { name } = simplifyGuest(guest);
			const known = typeof name === 'string' && name !== '';
			return { name: known ? `${name} (${guest.email})` : guest.email, value: guest.email };
		}),
	),

	searchTicketTypes: createListSearch(vendor, async (client, context) => {
		const tickets = await client.tickets(chosenEventId(context), {});
		const types = [...new Set(tickets.map((ticket) => ticket.TIER))];
		return types.map((type) => ({ name: type, value: type }));
	}),
};

function chosenEventId(context: ILoadOptionsFunctions): string | undefined {
	const eventId = context.getCurrentNodeParameter('options.eventId');
	return typeof eventId === 'string' && eventId.trim() !== '' ? eventId.trim() : undefined;
}
