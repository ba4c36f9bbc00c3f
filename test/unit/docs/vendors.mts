/** The vendors of `tools/vendors.cjs`, and the READMEs of their packages, with types. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { z } from 'zod';

import { repositoryRoot } from '../../support/paths.mts';

const load = createRequire(join(repositoryRoot(), 'package.json'));

const vendorSchema = z.object({
	name: z.string(),
	folder: z.string(),
	credentials: z.array(z.string()),
	about: z.string(),
});
const namesSchema = z.object({
	VENDORS: z.array(vendorSchema),
	slugOf: z.function().args(vendorSchema).returns(z.string()),
	camelOf: z.function().args(vendorSchema).returns(z.string()),
});
const readmeSchema = z.object({ readmeOf: z.function().args(vendorSchema).returns(z.string()) });

const { VENDORS: listed, slugOf, camelOf } = namesSchema.parse(load('./tools/vendors.cjs'));
const { readmeOf } = readmeSchema.parse(load('./tools/splitReadme.cjs'));

/** Every vendor: `slug` as in `event-vault`, `camel` as in `eventVault`, `folder` as in `EventVault`. */
export const VENDORS = listed.map((vendor) => ({
	...vendor,
	slug: slugOf(vendor),
	camel: camelOf(vendor),
	/** The README of the package that holds this vendor alone. */
	splitReadme: () => readmeOf(vendor),
}));
