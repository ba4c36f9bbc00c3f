/** The vendors of `tools/vendors.cjs`, with types. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { z } from 'zod';

import { repositoryRoot } from '../support/paths.mts';

const load = createRequire(join(repositoryRoot(), 'package.json'));

const vendorSchema = z.object({
	name: z.string(),
	folder: z.string(),
	credentials: z.array(z.string()),
	about: z.string(),
});
const toolsSchema = z.object({
	VENDORS: z.array(vendorSchema),
	toSlug: z.function().args(vendorSchema).returns(z.string()),
	toCamel: z.function().args(vendorSchema).returns(z.string()),
	toPackageName: z.function().args(vendorSchema).returns(z.string()),
	listNodeClasses: z.function().args(vendorSchema).returns(z.array(z.string())),
});
const readmeSchema = z.object({ buildReadme: z.function().args(vendorSchema).returns(z.string()) });

const tools = toolsSchema.parse(load('./tools/vendors.cjs'));
const { buildReadme } = readmeSchema.parse(load('./tools/splitReadme.cjs'));

/** Every vendor: `slug` as in `event-vault`, `camel` as in `eventVault`, `folder` as in `EventVault`. */
export const CATALOG = tools.VENDORS.map((vendor) => ({
	...vendor,
	slug: tools.toSlug(vendor),
	camel: tools.toCamel(vendor),
	/** The package with this vendor alone. */
	packageName: tools.toPackageName(vendor),
	/** Class names of its nodes: `EventVault`, `EventVaultTrigger`. */
	nodeClasses: tools.listNodeClasses(vendor),
	/** Names of its nodes: `eventVault`, `eventVaultTrigger`. */
	nodeTypes: tools
		.listNodeClasses(vendor)
		.map((name) => `${tools.toCamel(vendor)}${name.slice(vendor.folder.length)}`),
	/** The README of the package with this vendor alone. */
	splitReadme: () => buildReadme(vendor),
}));

export type CatalogEntry = (typeof CATALOG)[number];
