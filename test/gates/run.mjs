// Runs the gates over the whole pack and over every vendor's package: strict lint, n8n's scanner on source and
// tarball, contents of the tarball, hygiene. Expects `dist` and `build/packages`. Closes with `N passed, N failed`.

import { createRequire } from 'node:module';
import { mkdir, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { LINT_WARNINGS, check, toFindings, runNpm } from './check.mjs';
import { hygieneChecks } from './hygiene.mjs';
import { SOURCE_FILE_PATTERNS, scan } from './scan.mjs';
import { tarballChecks } from './tarball.mjs';

const require = createRequire(import.meta.url);
const { packageFolder } = require('../../tools/split.cjs');
const { ROOT, VENDORS, toPackageName } = require('../../tools/vendors.cjs');

/** Below the repository, where n8n-workflow can be found, and outside everything that is linted. */
const CHECK_DIR = path.join(ROOT, 'build', 'check');

let passed = 0;
let failed = 0;

/** Prints checks as they end and counts them. */
function report(checks) {
	for (const { name, findings } of checks) {
		if (findings.length === 0) {
			passed++;
			console.log(`  ✓ ${name}`);
		} else {
			failed++;
			console.log(`  ✗ ${name}`);
			for (const finding of findings) console.log(`      ${finding}`);
		}
	}
}

/** A lint that warns is not clean. */
function lintFindings(result) {
	const findings = toFindings(result);
	const warned = findings.length === 0 && LINT_WARNINGS.test(result.output);
	return warned ? result.output.trim().split('\n') : findings;
}

/** Checks the whole pack, which the earlier steps of `npm test` linted and built. */
async function packChecks() {
	return [
		check('n8n-nodes-guestlist: scanner, source', await scan(ROOT, SOURCE_FILE_PATTERNS)),
		...(await tarballChecks(ROOT, path.join(CHECK_DIR, 'n8n-nodes-guestlist'))),
	];
}

/** Checks one vendor's package from source to tarball, with the root's modules at hand while it runs. */
async function vendorChecks(vendor) {
	const name = toPackageName(vendor);
	const dir = packageFolder(vendor);
	const modules = path.join(dir, 'node_modules');
	await rm(modules, { recursive: true, force: true });
	await symlink(path.join(ROOT, 'node_modules'), modules, 'junction');
	try {
		const linted = await runNpm(['run', '--silent', 'lint'], { cwd: dir });
		const env = { ...process.env, CI: 'true' };
		const built = await runNpm(['run', '--silent', 'build'], { cwd: dir, env });
		return [
			check(`${name}: n8n-node lint (strict)`, lintFindings(linted)),
			check(`${name}: n8n-node build`, toFindings(built)),
			check(`${name}: scanner, source`, await scan(dir, SOURCE_FILE_PATTERNS)),
			...(built.code === 0 ? await tarballChecks(dir, path.join(CHECK_DIR, name)) : []),
		];
	} finally {
		await rm(modules);
	}
}

await rm(CHECK_DIR, { recursive: true, force: true });
await mkdir(CHECK_DIR, { recursive: true });
report(hygieneChecks());
report(await packChecks());
// One after the other: `npm test` keeps the other cores busy with the tests meanwhile.
for (const vendor of VENDORS) report(await vendorChecks(vendor));
// The unpacked tarballs of a failed run stay for inspection.
if (failed === 0) await rm(CHECK_DIR, { recursive: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
