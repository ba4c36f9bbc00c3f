/**
 * The `methods` of the nodes: what *From List* offers, read live from Event Vault.
 */
import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { createListSearch } from '../shared/action/editorMethods';
import { simplifyGuest } from './simplify';
import { vendor } from './vendor';

export const listSearch = {
	searchGuests: createListSearch(vendor, async (client, context) =>
		(await client.guests(currentEventId(context))).map((guest) => {
			const { name } = simplifyGuest(guest);
			const hasName = typeof name === 'string' && name !== '';
			return { name: hasName ? `${name} (${guest.email})` : guest.email, value: guest.email };
		}),
	),

	/** The ticket types in use: no endpoint lists all of them. */
	searchTicketTypes: createListSearch(vendor, async (client, context) => {
		const tickets = await client.tickets(currentEventId(context), {});
		const types = [...new Set(tickets.map((ticket) => ticket.TIER))];
		return types.map((type) => ({ name: type, value: type }));
	}),
};

/** *Event ID* of *Options*, as it is now in the editor. */
function currentEventId(context: ILoadOptionsFunctions): string | undefined {
	const eventId = context.getCurrentNodeParameter('options.eventId');
	return typeof eventId === 'string' && eventId.trim() !== '' ? eventId.trim() : undefined;
}
