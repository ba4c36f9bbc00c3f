// Builds the nodes, packs them as npm would publish them, and installs the tarball as n8n's own installer does.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, runNpm } from './processes.mjs';
import { HostError, withHeartbeat } from './ui.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = [
	'nodes',
	'credentials',
	'tools',
	'index.js',
	'gulpfile.js',
	'package.json',
	'tsconfig.json',
];
const ERROR_LINES_SHOWN = 30;

/** The time of the last change in a file, or in a folder and everything under it; 0 if it does not exist. */
async function lastChange(path) {
	if (!existsSync(path)) return 0;
	const own = await stat(path);
	if (!own.isDirectory()) return own.mtimeMs;
	const times = await Promise.all(
		(await readdir(path)).map(async (name) => await lastChange(join(path, name))),
	);
	// A folder's own time shows deleted files.
	return Math.max(own.mtimeMs, ...times);
}

async function isBuildStale() {
	const built = join(ROOT, 'dist');
	if (!existsSync(built)) return true;
	const sources = await Promise.all(SOURCES.map((name) => lastChange(join(ROOT, name))));
	return Math.max(...sources) > (await lastChange(built));
}

function failed(what, output) {
	const tail = output.trim().split('\n').slice(-ERROR_LINES_SHOWN).join('\n');
	return new HostError(`${what} failed:\n${tail}`);
}

/** Whether every package of the lock file that this machine needs is installed in the locked version. */
async function areDevPackagesInstalled() {
	const listPackages = async (...path) =>
		JSON.parse(await readFile(join(ROOT, ...path), 'utf8')).packages;
	try {
		const wanted = await listPackages('package-lock.json');
		// npm's own record of what it installed.
		const installed = await listPackages('node_modules', '.package-lock.json');
		return Object.entries(wanted).every(
			([path, { version, optional, devOptional }]) =>
				path === '' || optional || devOptional || installed[path]?.version === version,
		);
	} catch {
		return false;
	}
}

/**
 * Installs the project's own development packages if they are missing or differ from the lock file.
 * @param {{ log: (text: string) => void, explain: (what: string, output: string) => Error }} options `explain` turns
 * npm's output into a message
 */
export async function ensureDevPackages({ log, explain }) {
	if (await areDevPackagesInstalled()) return;
	const what = 'Installing the development packages';
	log('The development packages come into node_modules, once per clone: minutes, 1.1 GB');
	const { code, output } = await withHeartbeat(
		log,
		what,
		async () => await runNpm(['ci', '--no-progress', '--loglevel=error'], { cwd: ROOT }),
	);
	if (code !== 0) throw explain(what, output);
}

/**
 * Builds the nodes if `dist` is missing or older than the sources.
 * @param {{ log: (text: string) => void }} options
 */
export async function ensureBuild({ log }) {
	if (!(await isBuildStale())) return;
	const { code, output } = await withHeartbeat(log, 'Building the nodes', async () => {
		return await runNpm(['run', 'build'], { cwd: ROOT });
	});
	if (code !== 0) throw failed('Building the nodes (npm run build)', output);
}

/** Processes an unpacked tarball as n8n does (community-packages.service.js, `downloadPackage`, n8n 2.41.1). */
async function finishLikeN8n(folder) {
	const manifestFile = join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	await writeFile(manifestFile, JSON.stringify(manifest, null, 2));
	if (Object.keys(manifest.dependencies ?? {}).length > 0) {
		const { code, output } = await runNpm(
			[
				'install',
				'--audit=false',
				'--fund=false',
				'--bin-links=false',
				'--install-strategy=shallow',
				'--ignore-scripts=true',
				'--package-lock=false',
			],
			{ cwd: folder },
		);
		if (code !== 0) throw failed('Installing what the nodes depend on', output);
	}
	return manifest.version;
}

/** The packages of a nodes folder are the dependencies of its package.json, as n8n's own installer leaves it. */
async function addToList(nodesFolder, name, version) {
	const file = join(nodesFolder, 'package.json');
	const list = existsSync(file)
		? JSON.parse(await readFile(file, 'utf8'))
		: { name: 'installed-nodes', private: true };
	list.dependencies = { ...list.dependencies, [name]: version };
	await writeFile(file, JSON.stringify(list, null, 2));
}

/**
 * Packs a built package as npm would publish it, and installs the tarball as n8n's own installer does. n8n must not
 * be running there.
 * @param {{ source: string, nodesFolder: string }} options `source`: folder of the package, with `dist`;
 * `nodesFolder`:
 * `.n8n/nodes` of a user folder, or a folder that will be copied there
 * @returns {Promise<{ name: string, version: string, folder: string }>} the package, and its installed folder
 * @throws {HostError} if the packing fails
 */
export async function installPackage({ source, nodesFolder }) {
	const { name } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'));
	const folder = join(nodesFolder, 'node_modules', name);
	const temporary = await mkdtemp(join(tmpdir(), `${name}-`));
	try {
		const packed = await runNpm(
			['pack', '--json', '--loglevel=error', '--pack-destination', temporary],
			{ cwd: source },
		);
		const what = `Packing ${name} (npm pack)`;
		if (packed.code !== 0) throw failed(what, packed.output);
		const tarball = (await readdir(temporary)).find((file) => file.endsWith('.tgz'));
		if (tarball === undefined) throw failed(what, packed.output);
		await rm(folder, { recursive: true, force: true });
		await mkdir(folder, { recursive: true });
		const untar = ['-xzf', join(temporary, tarball), '-C', folder, '--strip-components=1'];
		const unpacked = await run('tar', untar, { cwd: temporary });
		if (unpacked.code !== 0) throw failed(`Unpacking ${name} (tar)`, unpacked.output);
	} finally {
		await rm(temporary, { recursive: true, force: true });
	}
	const version = await finishLikeN8n(folder);
	await addToList(nodesFolder, name, version);
	return { name, version, folder };
}

/**
 * Builds and packs the nodes and installs them for the n8n of a user folder. n8n must not be running there.
 * @param {{ userFolder: string, log: (text: string) => void }} options `userFolder`: what n8n calls N8N_USER_FOLDER
 * @returns {Promise<{ version: string, folder: string }>} the version, and the installed folder
 * @throws {HostError} if the build or the packing fails
 */
export async function installNodes({ userFolder, log }) {
	await ensureBuild({ log });
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const { name, version, folder } = await installPackage({ source: ROOT, nodesFolder });
	log(`The nodes (${name} ${version}, as packed for npm) are installed in n8n`);
	return { version, folder };
}
