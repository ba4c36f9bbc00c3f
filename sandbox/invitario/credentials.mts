// The fake credentials of the Invitario sandbox. They open nothing real.

import type { CredentialField, VendorCredential } from '../shared/credential.mts';

/** What the sandbox accepts: one event with one app configuration. */
export const INVITARIO_CREDENTIALS = {
	eventId: '123',
	apiKey: 'sandbox-key-invitario',
	stationName: 'Main Entrance',
} as const;

/** @param baseUrl of the running vendor */
export function credential(baseUrl: string): VendorCredential {
	return {
		type: 'invitarioApi',
		displayName: 'Invitario Check-In API',
		data: { ...INVITARIO_CREDENTIALS, baseUrl },
	};
}

/** @param baseUrl of the running vendor */
export function credentialFields(baseUrl: string): CredentialField[] {
	const { eventId, apiKey, stationName } = INVITARIO_CREDENTIALS;
	return [
		{ label: 'Base URL', key: 'baseUrl', value: baseUrl },
		{ label: 'Event ID', key: 'eventId', value: eventId },
		{ label: 'App Code', key: 'apiKey', value: apiKey },
		{ label: 'Station Name', key: 'stationName', value: stationName },
	];
}
