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
	slugOf: z.function().args(vendorSchema).returns(z.string()),
	camelOf: z.function().args(vendorSchema).returns(z.string()),
	packageNameOf: z.function().args(vendorSchema).returns(z.string()),
	nodeClassesOf: z.function().args(vendorSchema).returns(z.array(z.string())),
});
const readmeSchema = z.object({ readmeOf: z.function().args(vendorSchema).returns(z.string()) });

const tools = toolsSchema.parse(load('./tools/vendors.cjs'));
const { readmeOf } = readmeSchema.parse(load('./tools/splitReadme.cjs'));

/** Every vendor: `slug` as in `event-vault`, `camel` as in `eventVault`, `folder` as in `EventVault`. */
export const CATALOG = tools.VENDORS.map((vendor) => ({
	...vendor,
	slug: tools.slugOf(vendor),
	camel: tools.camelOf(vendor),
	/** The package with this vendor alone. */
	packageName: tools.packageNameOf(vendor),
	/** Class names of its nodes: `EventVault`, `EventVaultTrigger`. */
	nodeClasses: tools.nodeClassesOf(vendor),
	/** Names of its nodes: `eventVault`, `eventVaultTrigger`. */
	nodeTypes: tools
		.nodeClassesOf(vendor)
		.map((name) => `${tools.camelOf(vendor)}${name.slice(vendor.folder.length)}`),
	/** The README of the package with this vendor alone. */
	splitReadme: () => readmeOf(vendor),
}));

export type CatalogEntry = (typeof CATALOG)[number];
