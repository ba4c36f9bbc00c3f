// What every end-to-end test needs of the sandbox: one per test file, and credentials that open it.

import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { EVENT_VAULT_CREDENTIALS, INVITARIO_CREDENTIALS } from '../../../sandbox/credentials.mts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import { type SavedCredential, saveCredential } from './n8n.mts';

export const EVENT_VAULT_NODE = 'n8n-nodes-guestlist.eventVault';
export const INVITARIO_NODE = 'n8n-nodes-guestlist.invitario';

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

/** The sandbox of a test file and the saved credentials for it; there from the first test on. */
export interface Vendors {
	sandbox: Sandbox;
	eventVault: SavedCredential;
	invitario: SavedCredential;
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
		};
	});
	beforeEach(() => {
		const { sandbox } = get();
		sandbox.eventVault.reset();
		sandbox.invitario.reset();
	});
	afterEach(() => {
		const { sandbox } = get();
		expect([...sandbox.eventVault.refused, ...sandbox.invitario.refused]).toEqual([]);
	});
	afterAll(async () => {
		await vendors?.sandbox.close();
	});
	return get;
}

/** A resource locator's value. */
export function locator(mode: string, value: string) {
	return { __rl: true, mode, value };
}
