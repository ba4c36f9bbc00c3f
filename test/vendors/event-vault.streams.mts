/** The streams of the Event Vault Trigger: how the sandbox changes their records, and which events that causes. */
import type { IDataObject } from 'n8n-workflow';

import type { VendorServerOf, WatchedStream } from './defineVendor.mts';
import { byId } from './streamParts.mts';

type Server = VendorServerOf<'eventVault'>;
type Stream = WatchedStream<'eventVault'>;

const vault = (server: Server) => server.state.event();

const guests: Stream = {
	name: 'guest',
	events: { created: 'guestCreated', updated: 'guestUpdated', deleted: 'guestDeleted' },
	specials: [
		{
			event: 'guestRegistered',
			act: (server, id) => void vault(server).setRegistered(id, true),
		},
	],
	scope: () => ({}),
	lists: () => ['/getGuests'],
	timed: false,
	dated: false,
	confirms: false,
	hasChanges: false,
	add(server, n) {
		const userEmail = `added-${n}@example.com`;
		vault(server).addGuest({ userEmail, name: `Guest ${n}`, company: 'Acme' });
		return userEmail;
	},
	change(server, id, n) {
		vault(server).removeGuest(id);
		vault(server).addGuest({ userEmail: id, name: 'Guest', company: `Company ${n}` });
	},
	changedField: 'company',
	remove: (server, id) => void vault(server).removeGuest(id),
	clear(server) {
		for (const { email } of vault(server).guests()) vault(server).removeGuest(email);
	},
	idIn: byId,
};

const ticketId = ({ email, ticketType }: IDataObject) => `${String(email)} ${String(ticketType)}`;

const tickets: Stream = {
	name: 'ticket',
	events: { created: 'ticketAdded', deleted: 'ticketRemoved' },
	specials: [],
	scope: () => ({}),
	lists: () => ['/getAllTickets'],
	timed: false,
	dated: false,
	confirms: false,
	hasChanges: false,
	add(server, n) {
		vault(server).putTicket(`added-${n}@example.com`, 'VIP');
		return `added-${n}@example.com VIP`;
	},
	remove(server, id) {
		const [email = '', ticketType = ''] = id.split(' ');
		vault(server).removeTicket(email, ticketType);
	},
	clear(server) {
		for (const { EMAIL } of vault(server).tickets()) vault(server).removeTicketsFor(EMAIL);
	},
	idIn: ticketId,
};

export const eventVaultStreams = [guests, tickets] as const satisfies readonly Stream[];
