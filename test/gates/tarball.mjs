// Packs a package as npm would publish it, and checks what is inside.

import { createRequire } from 'node:module';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, toFindings, run, runNpm } from './check.mjs';
import { TARBALL_FILE_PATTERNS, scan } from './scan.mjs';

const require = createRequire(import.meta.url);
const { filesBelow, readImports } = require('../../tools/imports.cjs');
const ALLOWED_MODULES = require('./allowedModules.cjs');

const LOADER = fileURLToPath(new URL('load.cjs', import.meta.url));

/** Files outside `dist` that a package may contain. Only the whole package has the entry `index.js`. */
const TOP_LEVEL_FILES = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];

/** Extensions of the sources that ship unchanged; `.ts` ships compiled. */
const COPIED_SOURCES = /(\.svg|\.node\.json|\/__schema__\/.+\.json)$/;

/** The files that a package made from the sources in `dir` must contain, as paths inside the tarball. */
function expectedFiles(dir, manifest) {
	const sources = ['nodes', 'credentials']
		.flatMap((folder) => filesBelow(path.join(dir, folder)))
		.map((file) => path.relative(dir, file).split(path.sep).join('/'));
	const shipped = sources.flatMap((file) => {
		if (file.endsWith('.ts')) return [`dist/${file.slice(0, -'.ts'.length)}.js`];
		return COPIED_SOURCES.test(file) ? [`dist/${file}`] : [];
	});
	return [...TOP_LEVEL_FILES, ...(manifest.main ? [manifest.main] : []), ...shipped];
}

/** Compares the files of the unpacked tarball with the expected ones. */
function contentFindings(actual, expected) {
	return [
		...actual.filter((file) => !expected.includes(file)).map((file) => `${file} must not ship`),
		...expected.filter((file) => !actual.includes(file)).map((file) => `${file} is missing`),
	];
}

/** Lists every module that a shipped file names and n8n does not provide. */
function moduleFindings(unpacked, files) {
	return files
		.filter((file) => file.endsWith('.js'))
		.flatMap((file) =>
			readImports(path.join(unpacked, file))
				.filter((name) => !/^\.{1,2}\//.test(name) && !ALLOWED_MODULES.includes(name))
				.map((name) => `${file} asks for ${name}`),
		);
}

/**
 * Packs a built package and checks the result.
 *
 * @param {string} dir package folder, with `dist`
 * @param {string} workDir folder below the repository (so that n8n-workflow is found) to unpack into; emptied first
 * @returns {Promise<import('./check.mjs').Check[]>}
 */
export async function tarballChecks(dir, workDir) {
	const manifest = require(path.join(dir, 'package.json'));
	await rm(workDir, { recursive: true, force: true });
	await mkdir(workDir, { recursive: true });
	const packed = await runNpm(['pack', '--ignore-scripts', '--pack-destination', workDir], {
		cwd: dir,
	});
	const tarball = (await readdir(workDir)).find((file) => file.endsWith('.tgz'));
	if (!tarball) {
		return [
			check(`${manifest.name}: tarball can be packed`, [packed.output.trim() || 'no tarball']),
		];
	}

	// npm puts everything into a folder named `package`.
	const unpacking = await run('tar', ['-xzf', tarball], { cwd: workDir });
	const unpacked = path.join(workDir, 'package');
	const files = filesBelow(unpacked).map((file) =>
		path.relative(unpacked, file).split(path.sep).join('/'),
	);
	const loading = await run(process.execPath, [LOADER, unpacked]);
	return [
		check(`${manifest.name}: tarball can be packed`, toFindings(unpacking)),
		check(
			`${manifest.name}: tarball holds exactly the product`,
			contentFindings(files, expectedFiles(dir, manifest)),
		),
		check(
			`${manifest.name}: tarball asks only for modules that n8n provides`,
			moduleFindings(unpacked, files),
		),
		check(`${manifest.name}: tarball loads as n8n loads it`, toFindings(loading)),
		check(`${manifest.name}: scanner, tarball`, await scan(unpacked, TARBALL_FILE_PATTERNS)),
	];
}
