// What every end-to-end test needs of the sandbox: one per test file, and credentials that open it.

import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import {
	ARTSVP_CREDENTIALS,
	EVENTTIA_CREDENTIALS,
	EVENT_VAULT_CREDENTIALS,
	INEVENT_CREDENTIALS,
	INVITARIO_CREDENTIALS,
} from '../../../sandbox/credentials.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { type SavedCredential, saveCredential } from './n8n.mts';

export const EVENT_VAULT_NODE = 'n8n-nodes-guestlist.eventVault';
export const INVITARIO_NODE = 'n8n-nodes-guestlist.invitario';
export const ARTSVP_NODE = 'n8n-nodes-guestlist.artsvp';
export const INEVENT_NODE = 'n8n-nodes-guestlist.inEvent';
export const EVENTTIA_NODE = 'n8n-nodes-guestlist.eventtia';

/** Port 1 (tcpmux) is never served: connections are refused at once. */
export const UNREACHABLE = 'http://127.0.0.1:1';

/** How many guests each vendor starts every test with. */
export const SEEDED_GUESTS = 25;

/** What opens the Event Vault sandbox, as the credential's fields. */
export function eventVaultData(baseUrl: string) {
	const { apiKey, clientId, eventId } = EVENT_VAULT_CREDENTIALS;
	return { apiKey, clientId, eventId, baseUrl };
}

/** What opens the Invitario sandbox, as the credential's fields. */
export function invitarioData(baseUrl: string) {
	return { ...INVITARIO_CREDENTIALS, baseUrl };
}

/** What opens the ARTSVP sandbox, as the credential's fields. */
export function artsvpData(url: string) {
	return { apiKey: ARTSVP_CREDENTIALS.apiKey, baseUrl: `${url}/api/v3` };
}

/** Every scope that an operation of the InEvent node needs. */
const INEVENT_SCOPES = [
	'read:analytics',
	'read:attendees',
	'read:orders',
	'read:sessions',
	'write:attendees',
	'write:orders',
	'write:registration',
];

/** What opens the InEvent sandbox, as the credential's fields. */
export function inEventData(baseUrl: string) {
	const { clientId, clientSecret } = INEVENT_CREDENTIALS.production;
	return { clientId, clientSecret, baseUrl, scopes: INEVENT_SCOPES };
}

/** So much that nothing waits: the pace has tests of its own. */
const UNPACED_REQUESTS = 100_000;

/** What opens the Eventtia sandbox with email and password, as the credential's fields. */
export function eventtiaData(baseUrl: string) {
	const { email, password, accountApiKey } = EVENTTIA_CREDENTIALS;
	return {
		authenticateAs: 'user',
		email,
		password,
		accountApiKey,
		baseUrl,
		rateLimitRequests: UNPACED_REQUESTS,
	};
}

/** The sandbox of a test file and the saved credentials for it; there from the first test on. */
export interface Vendors {
	sandbox: Sandbox;
	eventVault: SavedCredential;
	invitario: SavedCredential;
	artsvp: SavedCredential;
	inEvent: SavedCredential;
	eventtia: SavedCredential;
}

function vendorsOf({ eventVault, invitario, artsvp, inEvent, eventtia }: Sandbox) {
	return [eventVault, invitario, artsvp, inEvent, eventtia];
}

/**
 * Starts a sandbox for the test file, seeds it anew before every test, and ends it. After every test nothing may have
 * been refused: the nodes sent only what the vendors' documents describe.
 * @returns a function that gives the sandbox and its credentials inside a test
 */
export function useVendors(): () => Vendors {
	let vendors: Vendors | undefined;
	const get = (): Vendors => {
		if (vendors === undefined) throw new Error('the sandbox is not running yet');
		return vendors;
	};
	beforeAll(async () => {
		const sandbox = await startSandbox({ seed: { guests: SEEDED_GUESTS } });
		vendors = {
			sandbox,
			eventVault: await saveCredential('eventVaultApi', eventVaultData(sandbox.eventVault.url)),
			invitario: await saveCredential('invitarioApi', invitarioData(sandbox.invitario.url)),
			artsvp: await saveCredential('artsvpApi', artsvpData(sandbox.artsvp.url)),
			inEvent: await saveCredential('inEventOAuth2Api', inEventData(sandbox.inEvent.url)),
			eventtia: await saveCredential('eventtiaApi', eventtiaData(sandbox.eventtia.url)),
		};
	});
	beforeEach(() => {
		for (const vendor of vendorsOf(get().sandbox)) vendor.reset();
	});
	afterEach(() => {
		expect(vendorsOf(get().sandbox).flatMap(({ refused }) => refused)).toEqual([]);
	});
	afterAll(async () => {
		await vendors?.sandbox.close();
	});
	return get;
}

/** Nothing of what n8n saved of an execution shows a secret. */
export function expectNoSecret(raw: string, ...secrets: string[]) {
	expect(raw.length).toBeGreaterThan(0);
	for (const secret of secrets) expect(raw).not.toContain(secret);
}

/** A resource locator's value. */
export function locator(mode: string, value: string) {
	return { __rl: true, mode, value };
}
