// The fake credentials that every sandbox vendor is seeded with. None of them opens anything real.

/** What the Event Vault sandbox accepts: one client with one key and two events. */
export const EVENT_VAULT_CREDENTIALS = {
	apiKey: 'sandbox-key-event-vault',
	clientId: 'sandbox-client-1',
	eventId: 'sandbox-event-1',
	otherEventId: 'sandbox-event-2',
} as const;

/** What the Invitario sandbox accepts: one event with one app configuration. */
export const INVITARIO_CREDENTIALS = {
	eventId: '123',
	apiKey: 'sandbox-key-invitario',
	stationName: 'Main Entrance',
} as const;
