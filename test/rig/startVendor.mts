/** Starts the stand-in of one vendor, without the others. */
import { startSandbox, type Sandbox } from '../../sandbox/start.mts';
import type { VendorKey } from '../vendors/defineVendor.mts';

/** A running stand-in, and how it ends. */
export interface StartedVendor<Key extends VendorKey> {
	server: Sandbox[Key];
	close(): Promise<void>;
}

/**
 * @param guests how many guests the vendor starts with, also after each reset; the sandbox's default where it is left out
 */
export async function startVendor<Key extends VendorKey>(
	key: Key,
	guests?: number,
): Promise<StartedVendor<Key>> {
	const sandbox = await startSandbox(guests === undefined ? {} : { seed: { guests } });
	return { server: sandbox[key], close: sandbox.close };
}
