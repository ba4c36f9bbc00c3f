/** Starts the sandbox server of one vendor, without the others. */
import { startSandbox, type Vendors } from '../../sandbox/start.mts';
import type { VendorKey } from '../vendors/defineVendor.mts';

/** A running sandbox server, and how to stop it. */
export interface StartedVendor<Key extends VendorKey> {
	server: Vendors[Key];
	close(): Promise<void>;
}

/** @param guests how many guests the vendor starts with, also after each reset; default: the sandbox's */
export async function startVendor<Key extends VendorKey>(
	key: Key,
	guests?: number,
): Promise<StartedVendor<Key>> {
	const seed = guests === undefined ? {} : { seed: { guests } };
	const sandbox = await startSandbox({ vendors: [key], ...seed });
	const vendors: { [Name in Key]: Vendors[Name] } = sandbox;
	return { server: vendors[key], close: sandbox.close };
}
