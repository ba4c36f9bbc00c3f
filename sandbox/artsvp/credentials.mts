// The fake credentials of the ARTSVP sandbox. They open nothing real.

import type { CredentialField, VendorCredential } from '../shared/credential.mts';

/** What the sandbox accepts: two keys of one organisation, each with a rate limit of its own. */
export const ARTSVP_CREDENTIALS = {
	apiKey: 'sandbox-key-artsvp',
	otherApiKey: 'sandbox-key-artsvp-2',
} as const;

/** Where the API begins, below the vendor's URL. */
export const BASE_PATH = '/api/v3';
const { apiKey, otherApiKey } = ARTSVP_CREDENTIALS;

/** @param url of the running vendor, to which the API's own path is added */
export function credential(url: string): VendorCredential {
	return {
		type: 'artsvpApi',
		displayName: 'ARTSVP API',
		data: { apiKey, baseUrl: `${url}${BASE_PATH}` },
	};
}

/** @param url of the running vendor, to which the API's own path is added */
export function credentialFields(url: string): CredentialField[] {
	return [
		{ label: 'Base URL', key: 'baseUrl', value: `${url}${BASE_PATH}` },
		{
			label: 'API Key',
			key: 'apiKey',
			value: apiKey,
			alternatives: { [otherApiKey]: 'a second key, with a rate limit of its own' },
		},
	];
}
