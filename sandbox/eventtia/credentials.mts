// The fake credentials of the Eventtia sandbox. They open nothing real.

import type { CredentialField, VendorCredential } from '../shared/credential.mts';

/** What the sandbox accepts: one account with three events. `foreignEventUri` belongs to another account. */
export const EVENTTIA_CREDENTIALS = {
	email: 'sandbox@example.com',
	password: 'sandbox-password-eventtia',
	clientId: 'sandbox-client-eventtia',
	clientSecret: 'sandbox-secret-eventtia',
	accountApiKey: 'sandbox-account-key-eventtia',
	eventUri: 'test-event-1',
	otherEventUri: 'vienna-summit',
	templateEventUri: 'template-event',
	foreignEventUri: 'foreign-event',
} as const;

/** @param baseUrl of the running vendor */
export function credential(baseUrl: string): VendorCredential {
	const { email, password, accountApiKey } = EVENTTIA_CREDENTIALS;
	return {
		type: 'eventtiaApi',
		displayName: 'Eventtia API',
		data: { authenticateAs: 'user', email, password, accountApiKey, baseUrl },
	};
}

/** @param baseUrl of the running vendor */
export function credentialFields(baseUrl: string): CredentialField[] {
	const own = EVENTTIA_CREDENTIALS;
	return [
		{ label: 'Base URL', key: 'baseUrl', value: baseUrl },
		{ label: 'Email', key: 'email', value: own.email },
		{ label: 'Password', key: 'password', value: own.password },
		{ label: 'Client ID', key: 'clientId', value: own.clientId },
		{ label: 'Client Secret', key: 'clientSecret', value: own.clientSecret },
		{ label: 'Account API Key', key: 'accountApiKey', value: own.accountApiKey },
		{
			label: 'Event',
			key: 'eventUri',
			value: own.eventUri,
			alternatives: {
				[own.otherEventUri]: 'Vienna, 3 attendees',
				[own.templateEventUri]: 'a template, nobody',
				[own.foreignEventUri]: 'another account’s, answers 403',
			},
			isNodeParameter: true,
		},
	];
}
