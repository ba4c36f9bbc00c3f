// The fake credentials of the Event Vault sandbox. They open nothing real.

import type { CredentialField, VendorCredential } from '../shared/credential.mts';

/** What the sandbox accepts: one client with one key and two events. */
export const EVENT_VAULT_CREDENTIALS = {
	apiKey: 'sandbox-key-event-vault',
	clientId: 'sandbox-client-1',
	eventId: 'sandbox-event-1',
	otherEventId: 'sandbox-event-2',
} as const;

const { apiKey, clientId, eventId, otherEventId } = EVENT_VAULT_CREDENTIALS;

/** @param baseUrl of the running vendor */
export function credential(baseUrl: string): VendorCredential {
	return {
		type: 'eventVaultApi',
		displayName: 'Event Vault API',
		data: { apiKey, clientId, eventId, baseUrl },
	};
}

/** @param baseUrl of the running vendor */
export function credentialFields(baseUrl: string): CredentialField[] {
	return [
		{ label: 'Base URL', key: 'baseUrl', value: baseUrl },
		{ label: 'API Key', key: 'apiKey', value: apiKey },
		{ label: 'Client ID', key: 'clientId', value: clientId },
		{
			label: 'Event ID',
			key: 'eventId',
			value: eventId,
			alternatives: { [otherEventId]: 'a second event, with 3 guests' },
		},
	];
}
