// Splits the package into one per vendor, builds each on its own, and installs each as n8n's installer does. Usage:
// node splitPackages.mjs <folder>. Then `<folder>/<vendor>` (event-vault, invitario, …) is a nodes folder for n8n
// with this package alone, and `<folder>/all` one with all of them. Needs a built `dist`.

import { rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { installPackage } from '../../../host/pack.mjs';
import { runNpm } from '../../../host/processes.mjs';

const require = createRequire(import.meta.url);
const { writeSplit } = require('../../../tools/split.cjs');
const { ROOT, VENDORS, toSlug } = require('../../../tools/vendors.cjs');

const [folder] = process.argv.slice(2);
const sources = join(folder, 'sources');

/** `CI` stops the spinner of `n8n-node build` from redrawing into logs. */
const env = { ...process.env, CI: 'true' };

async function build(vendor) {
	const source = writeSplit(vendor, sources);
	const modules = join(source, 'node_modules');
	await symlink(join(ROOT, 'node_modules'), modules, 'junction');
	const { code, output } = await runNpm(['run', '--silent', 'build'], { cwd: source, env });
	if (code !== 0) throw new Error(`${source} cannot be built:\n${output}`);
	await rm(modules);
	await installPackage({ source, nodesFolder: join(folder, toSlug(vendor)) });
	return source;
}

// Building takes most of the time. They are installed one after another into the shared folder, because each is added
// to its list.
for (const source of await Promise.all(VENDORS.map(build))) {
	await installPackage({ source, nodesFolder: join(folder, 'all') });
}
