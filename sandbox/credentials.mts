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

/** What the ARTSVP sandbox accepts: two keys of one organisation, each with a rate limit of its own. */
export const ARTSVP_CREDENTIALS = {
	apiKey: 'sandbox-key-artsvp',
	otherApiKey: 'sandbox-key-artsvp-2',
} as const;

/** What the InEvent sandbox accepts: a client for `production` and one for `sandbox`, each with an event. */
export const INEVENT_CREDENTIALS = {
	production: {
		clientId: 'sandbox-client-inevent',
		clientSecret: 'sandbox-secret-inevent',
		eventId: 'evt_123',
	},
	sandbox: {
		clientId: 'sandbox-client-inevent-2',
		clientSecret: 'sandbox-secret-inevent-2',
		eventId: 'evt_456',
	},
} as const;

/** What the Eventtia sandbox accepts: one account with two events. The third event belongs to another account. */
export const EVENTTIA_CREDENTIALS = {
	email: 'sandbox@example.com',
	password: 'sandbox-password-eventtia',
	clientId: 'sandbox-client-eventtia',
	clientSecret: 'sandbox-secret-eventtia',
	accountApiKey: 'sandbox-account-key-eventtia',
	eventUri: 'test-event-1',
	otherEventUri: 'vienna-summit',
	foreignEventUri: 'foreign-event',
} as const;
