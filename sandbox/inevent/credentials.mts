// The fake credentials of the InEvent sandbox. They open nothing real.

import type { CredentialField, VendorCredential } from '../shared/credential.mts';

/** What the sandbox accepts: one client for `production` and one for `sandbox`, each with its own event. */
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

/** Every scope that an operation of the node needs, so that each can be tried. */
export const INEVENT_NODE_SCOPES = [
	'read:analytics',
	'read:attendees',
	'read:orders',
	'read:sessions',
	'write:attendees',
	'write:orders',
	'write:registration',
] as const;

const { production, sandbox } = INEVENT_CREDENTIALS;

/** @param baseUrl of the running vendor */
export function credential(baseUrl: string): VendorCredential {
	const { clientId, clientSecret } = production;
	return {
		type: 'inEventOAuth2Api',
		displayName: 'InEvent OAuth2 API',
		data: { clientId, clientSecret, scopes: INEVENT_NODE_SCOPES, baseUrl },
	};
}

/** @param baseUrl of the running vendor */
export function credentialFields(baseUrl: string): CredentialField[] {
	const { clientId, clientSecret, eventId } = production;
	const about = 'the client of InEvent’s own sandbox';
	return [
		{ label: 'Base URL', key: 'baseUrl', value: baseUrl },
		{ label: 'Token URL', key: 'tokenUrl', value: `${baseUrl}/oauth/token` },
		{
			label: 'Client ID',
			key: 'clientId',
			value: clientId,
			alternatives: { [sandbox.clientId]: about },
		},
		{
			label: 'Client Secret',
			key: 'clientSecret',
			value: clientSecret,
			alternatives: { [sandbox.clientSecret]: about },
		},
		{
			label: 'Event ID',
			key: 'eventId',
			value: eventId,
			alternatives: {
				[sandbox.eventId]: 'the event of that client, with 3 attendees; neither sees the other’s',
			},
			isNodeParameter: true,
		},
	];
}
