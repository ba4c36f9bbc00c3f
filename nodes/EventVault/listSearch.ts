/**
 * What *From List* shows in the node: the guests of the event and the ticket types in use.
 */
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { toNodeError } from '../shared/action/nodeError';
import { limitsOf } from '../shared/fields/runOptions';
import { searchPage } from '../shared/fields/search';
import { CREDENTIAL_TYPE, EventVaultClient } from './client';
import { simplifyGuest } from './simplify';

type List = (
	client: EventVaultClient,
	eventId: string | undefined,
) => Promise<INodeListSearchItems[]>;

const guestEntries: List = async (client, eventId) =>
	(await client.guests(eventId)).map((guest) => {
		const { email, name } = simplifyGuest(guest);
		const label = typeof name === 'string' && name !== '' ? `${name} (${guest.email})` : email;
		return { name: String(label), value: guest.email };
	});

const ticketTypeEntries: List = async (client, eventId) => {
	const types = new Set((await client.tickets(eventId, {})).map((ticket) => ticket.TIER));
	return [...types].map((type) => ({ name: type, value: type }));
};

function search(list: List) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const credentials = await this.getCredentials(CREDENTIAL_TYPE);
		try {
			const client = new EventVaultClient({ context: this, credentials, limits: limitsOf({}) });
			const entries = await list(client, chosenEventId(this));
			entries.sort((a, b) => a.name.localeCompare(b.name));
			return searchPage(entries, filter, paginationToken);
		} catch (error) {
			throw toNodeError(this.getNode(), error);
		}
	};
}

function chosenEventId(context: ILoadOptionsFunctions): string | undefined {
	const eventId = context.getCurrentNodeParameter('options.eventId');
	return typeof eventId === 'string' && eventId.trim() !== '' ? eventId.trim() : undefined;
}

export const listSearch = {
	searchGuests: search(guestEntries),
	searchTicketTypes: search(ticketTypeEntries),
};
