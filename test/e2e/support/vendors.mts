// The sandbox for an end-to-end test file, and credentials for it.

import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../../sandbox/start.mts';
import type { VendorKey } from '../../vendors/defineVendor.mts';
import { VENDORS, byVendor, vendorOf } from '../../vendors/index.mts';
import { type SavedCredential, saveCredential } from './n8n.mts';

/** Port 1 (tcpmux) is never served: connections are refused at once. */
export const UNREACHABLE = 'http://127.0.0.1:1';

/** How many guests each vendor has at the start of every test. */
export const SEEDED_GUESTS = 25;

/** The full name of a node: `n8n-nodes-guestlist.eventVault`. */
export function nodeType(name: string): string {
	return `n8n-nodes-guestlist.${name}`;
}

/**
 * The credential for a vendor of the sandbox, as its fields, with a rate limit that no test reaches.
 * @param url of the vendor's server, without a path
 */
export function credentialData(key: VendorKey, url: string) {
	const { credential } = vendorOf(key);
	return { ...credential.data(url), ...credential.unlimited };
}

/** The sandbox of a test file and the saved credentials for it; available from the first test on. */
export interface Vendors extends Record<VendorKey, SavedCredential> {
	sandbox: Sandbox;
}

/**
 * Starts a sandbox for the test file, resets it before every test, and ends it. After every test checks that it
 * refused no request: the nodes sent only what the vendors' documents describe.
 * @returns a function that returns the sandbox and its credentials inside a test
 */
export function useVendors(): () => Vendors {
	let vendors: Vendors | undefined;
	const get = (): Vendors => {
		if (vendors === undefined) throw new Error('the sandbox is not running yet');
		return vendors;
	};
	const servers = () => VENDORS.map(({ key }) => get().sandbox[key]);
	beforeAll(async () => {
		const sandbox = await startSandbox({ seed: { guests: SEEDED_GUESTS } });
		const credentials = await byVendor(
			async ({ key, credential }) =>
				await saveCredential(credential.type, credentialData(key, sandbox[key].url)),
		);
		vendors = { sandbox, ...credentials };
	});
	beforeEach(() => {
		for (const server of servers()) server.reset();
	});
	afterEach(() => {
		expect(servers().flatMap(({ refused }) => refused)).toEqual([]);
	});
	afterAll(async () => {
		await vendors?.sandbox.close();
	});
	return get;
}

/** Checks that what n8n saved of an execution shows no secret. */
export function expectNoSecret(raw: string, ...secrets: string[]) {
	expect(raw.length).toBeGreaterThan(0);
	for (const secret of secrets) expect(raw).not.toContain(secret);
}
