// Checks of the repository's text: names, direction of imports, no lint exceptions, no registry in lock files, icons
// and n8n section up to date.

import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from './check.mjs';

const require = createRequire(import.meta.url);
const { filesBelow, findForbiddenImports, layerFindings } = require('../../tools/imports.cjs');
const { toDarkVariant, iconPaths } = require('../../tools/icons.cjs');
const { findForbiddenWords } = require('./words.cjs');
const { packageFolder } = require('../../tools/split.cjs');
const { ROOT, VENDORS, buildN8nSection } = require('../../tools/vendors.cjs');

const read = (file) => readFileSync(file, 'utf8');
const shown = (file) => path.relative(ROOT, file);

/** The scanner ignores such comments, so code that needs one would fail at n8n. */
function lintExceptions() {
	return ['nodes', 'credentials']
		.flatMap((folder) => filesBelow(path.join(ROOT, folder)))
		.filter((file) => file.endsWith('.ts'))
		.filter((file) => /eslint-disable|@ts-ignore|@ts-nocheck/.test(read(file)))
		.map((file) => `${shown(file)} switches a check off`);
}

/** Folders whose names are checked. */
const NAMED_FOLDERS = ['nodes', 'credentials', 'host', 'sandbox'];

/** Every name is a standard term of the field, or of n8n, or of the vendor. */
function forbiddenWords() {
	return NAMED_FOLDERS.flatMap((folder) => filesBelow(path.join(ROOT, folder))).flatMap((file) =>
		findForbiddenWords(shown(file).split(path.sep).join('/'), read(file)),
	);
}

/** A lock file that names hosts only installs where those hosts can be reached. */
function registryHosts() {
	const packages = [
		ROOT,
		path.join(ROOT, 'host'),
		path.join(ROOT, 'host', 'oldest'),
		...VENDORS.map((vendor) => packageFolder(vendor)),
	];
	return packages.flatMap((dir) => {
		const lock = path.join(dir, 'package-lock.json');
		if (!existsSync(lock)) return [`${shown(lock)} is missing`];
		const findings = /"resolved":\s*"[a-z+]+:\/\//.test(read(lock))
			? [`${shown(lock)} names a registry host`]
			: [];
		const settings = path.join(dir, '.npmrc');
		if (existsSync(settings) && /^\s*(@[^=]+:)?registry\s*=|_auth/m.test(read(settings))) {
			findings.push(`${shown(settings)} names a registry`);
		}
		return findings;
	});
}

/** Every listed version is exact, so that everyone installs the same. */
function inexactVersions() {
	const { devDependencies } = JSON.parse(read(path.join(ROOT, 'package.json')));
	return Object.entries(devDependencies)
		.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
		.map(([name, version]) => `${name} ${version} is not an exact version`);
}

/** The committed dark icons match those derived from the light ones. */
function staleIcons() {
	return VENDORS.map(iconPaths)
		.filter(({ light, dark }) => !existsSync(dark) || toDarkVariant(read(light)) !== read(dark))
		.map(({ dark }) => `${shown(dark)} is out of date: run \`npx gulp icons\``);
}

/** The root's `n8n` section names every node and credential that exists. */
function registration() {
	const { n8n } = JSON.parse(read(path.join(ROOT, 'package.json')));
	const wanted = buildN8nSection(VENDORS);
	return ['nodes', 'credentials']
		.filter(
			(key) => JSON.stringify([...n8n[key]].sort()) !== JSON.stringify([...wanted[key]].sort()),
		)
		.map((key) => `package.json: n8n.${key} should be ${JSON.stringify(wanted[key])}`);
}

/** @returns {import('./check.mjs').Check[]} */
export function hygieneChecks() {
	return [
		check('no lint exception in nodes/ and credentials/', lintExceptions()),
		check('no vendor imports from another vendor', VENDORS.flatMap(findForbiddenImports)),
		check('no import in nodes/shared runs upward or in a circle', layerFindings()),
		check('no forbidden word in a name', forbiddenWords()),
		check('no registry host in lock files', registryHosts()),
		check('exact development versions', inexactVersions()),
		check('dark icons follow the light ones', staleIcons()),
		check('package.json registers every node and credential', registration()),
	];
}
