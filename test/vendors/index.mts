/** Every vendor of the package, for shared test files: `test/vendors/<vendor>.mts`, in catalog order. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { repositoryRoot } from '../support/paths.mts';
import { CATALOG, type CatalogEntry } from './catalog.mts';
import { isVendor, type TestVendor, type VendorKey } from './defineVendor.mts';

const load = createRequire(join(repositoryRoot(), 'package.json'));

/** @throws Error if the vendor's file is missing or does not export a vendor of that name */
function readVendor({ slug, camel }: CatalogEntry): TestVendor {
	const path = `./test/vendors/${slug}.mts`;
	const { default: vendor }: { default?: unknown } = Object(load(path));
	if (!isVendor(vendor) || vendor.key !== camel) {
		throw new Error(`${path} must export defineVendor({ key: '${camel}', … }) as its default`);
	}
	return vendor;
}

const ENTRIES = new Map(CATALOG.map((entry) => [readVendor(entry), entry]));

export const VENDORS: readonly TestVendor[] = [...ENTRIES.keys()];

/** @throws Error for a vendor of the sandbox that is not in the catalog */
export function vendorOf(key: VendorKey): TestVendor {
	const vendor = VENDORS.find((one) => one.key === key);
	if (vendor === undefined) throw new Error(`${key} is not in the catalog`);
	return vendor;
}

/** The entry of a vendor in `tools/vendors.cjs`. */
export function catalogEntry(vendor: TestVendor): CatalogEntry {
	const entry = ENTRIES.get(vendor);
	if (entry === undefined) throw new Error(`${vendor.key} is not in the catalog`);
	return entry;
}

/** A value for every vendor, by its key. */
export async function byVendor<T>(
	make: (vendor: TestVendor) => T | Promise<T>,
): Promise<Record<VendorKey, T>> {
	const made: Partial<Record<VendorKey, T>> = {};
	for (const vendor of VENDORS) made[vendor.key] = await make(vendor);
	if (!isComplete(made)) throw new Error('A vendor of the sandbox is not in the catalog');
	return made;
}

function isComplete<T>(made: Partial<Record<VendorKey, T>>): made is Record<VendorKey, T> {
	return VENDORS.every(({ key }) => key in made);
}

/** The values of a vendor's secrets in the sandbox's credential. */
export function secretValues({ credential }: TestVendor): string[] {
	const data = credential.data('http://127.0.0.1');
	return credential.secrets.map((field) => String(data[field]));
}
