/** Runs that together produce every field of each operation of the Event Vault node, for its output schemas. */
import type { Samples } from './defineVendor.mts';

const NEW = 'new@example.com';
const ADA = 'ada.almeida.1@example.com';

export const eventVaultSamples = (): Samples => ({
	'guest: add': () => [
		{ parameters: { userEmail: NEW } },
		{
			parameters: { userEmail: 'lost@example.com', additionalFields: { name: 'Lost' } },
			lost: '/addGuest',
		},
	],
	'guest: upsert': () => [
		{ parameters: { userEmail: ADA } },
		{ parameters: { userEmail: NEW }, lost: '/addGuest' },
	],
	'guest: remove': () => [
		{ parameters: { userEmail: ADA } },
		{ parameters: { userEmail: NEW, ifNotRegistered: 'ignore' } },
		{ parameters: { userEmail: 'ben.bauer.2@example.com' }, lost: '/removeGuest' },
	],
	'guest: get': () => [{ parameters: { userEmail: ADA } }],
	'guest: getAll': () => [{ parameters: { returnAll: true } }],
	'guest: getCount': () => [{ parameters: {} }],
	'ticket: upsert': () => [
		{ parameters: { userEmail: ADA, ticketType: 'VIP' } },
		{ parameters: { userEmail: ADA, ticketType: 'TALK', additionalFields: { sessionId: 's1' } } },
	],
	'ticket: remove': () => [
		{ parameters: { userEmail: ADA, ticketType: 'ENTRY' } },
		{ parameters: { userEmail: ADA, ticketType: 'NONE', ifNotFound: 'ignore' } },
		{
			parameters: { userEmail: 'ben.bauer.2@example.com', ticketType: 'ENTRY' },
			lost: '/removeTicket',
		},
	],
	'ticket: getAll': () => [{ parameters: { returnAll: true } }],
});
