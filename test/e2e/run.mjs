// `npm run test:e2e`: installs what is missing, and runs the end-to-end tests in each pinned n8n (hosts.mjs) with the
// packed nodes. Arguments are passed to Jest, e.g. `npm run test:e2e -- credentials`; `--host newest` or `--host
// oldest` runs them only in that n8n. The last line sums up all runs: `N passed, N failed`.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureHost, explainNpmFailure, requireNode } from '../../host/install.mjs';
import { startN8n } from '../../host/n8n.mjs';
import { ensureDevPackages, installNodes } from '../../host/pack.mjs';
import { isShuttingDown, onShutdown, run, shutdown } from '../../host/processes.mjs';
import { HostError, createLog } from '../../host/ui.mjs';
import { HOSTS, ignorePatterns } from './hosts.mjs';
import { ensurePrograms } from './support/programs.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(HERE));
const JEST = [
	join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
	'--config',
	join(HERE, 'jest.config.mjs'),
	// A connection that a test left open must not keep the whole run from ending.
	'--forceExit',
];
const HOST_OPTION = '--host';

/**
 * @param {string[]} given the command's arguments
 * @returns {{ hosts: import('./hosts.mjs').Host[], rest: string[] }} the n8n versions to test in, and Jest's
 * arguments
 * @throws {HostError} if there is no such n8n
 */
function readArguments(given) {
	const at = given.findIndex((one) => one === HOST_OPTION || one.startsWith(`${HOST_OPTION}=`));
	if (at < 0) return { hosts: HOSTS, rest: given };
	const isSplit = given[at] === HOST_OPTION;
	const wanted = isSplit ? given[at + 1] : given[at].slice(HOST_OPTION.length + 1);
	const hosts = HOSTS.filter(({ release }) => release === wanted);
	if (hosts.length === 0) {
		const known = HOSTS.map(({ release }) => release).join(' or ');
		throw new HostError(`${HOST_OPTION} must be ${known}, not "${wanted}".`);
	}
	return { hosts, rest: given.toSpliced(at, isSplit ? 2 : 1) };
}

/** Jest's arguments on a host. A list of patterns ends at the next option. */
function jestArguments(host, rest) {
	const ignored = ignorePatterns(host);
	const leaveOut = ignored.length === 0 ? [] : ['--testPathIgnorePatterns', ...ignored];
	return [...leaveOut, '--runInBand', ...rest];
}

/** Whether a host has anything to run: a pattern may name tests that are excluded there. */
async function hasTests(host, rest) {
	const listing = [...JEST, '--listTests', ...jestArguments(host, rest)];
	const { code, output } = await run(process.execPath, listing, { cwd: ROOT });
	return code !== 0 || output.includes('.e2e.mts');
}

/** Runs Jest, and reads from its report how many tests passed and failed. */
async function runJest({ n8n, installed, nodesFolder, programs, host, rest, folder }) {
	const report = join(folder, 'jest.json');
	const jest = spawn(
		process.execPath,
		[...JEST, '--json', '--outputFile', report, ...jestArguments(host, rest)],
		{
			cwd: ROOT,
			stdio: 'inherit',
			env: {
				...process.env,
				...programs,
				GUESTLIST_E2E_URL: n8n.url.replace('localhost', '127.0.0.1'),
				GUESTLIST_E2E_COOKIE: n8n.cookie,
				GUESTLIST_E2E_N8N: installed.n8n,
				GUESTLIST_E2E_HOST: JSON.stringify(installed),
				GUESTLIST_E2E_NODES: nodesFolder,
				GUESTLIST_E2E_LACKS: JSON.stringify(host.lacks.map(({ feature }) => feature)),
			},
		},
	);
	const forget = onShutdown(async () => {
		jest.kill();
	});
	const [code] = await once(jest, 'close');
	forget();
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
		await readFile(report, 'utf8'),
	);
	const failed = numFailedTests + numRuntimeErrorTestSuites;
	// Jest also fails for reasons other than a test, such as a pattern that matches no file.
	return { passed: numPassedTests, failed: code === 0 || failed > 0 ? failed : 1 };
}

/** Starts the n8n of a host, runs the tests in it, and ends it. */
async function testIn(host, rest, log) {
	const programs = host.needsPrograms ? await ensurePrograms({ log }) : {};
	const installed = await ensureHost({ log, release: host.release });
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-guestlist-e2e-'));
	const removeFolder = async () => await rm(folder, { recursive: true, force: true });
	const forget = onShutdown(removeFolder);
	await installNodes({ userFolder: folder, log });
	const n8n = await startN8n({ host: installed, userFolder: folder, log });
	try {
		await n8n.logIn();
		const nodesFolder = join(folder, '.n8n', 'nodes');
		return await runJest({ n8n, installed, nodesFolder, programs, host, rest, folder });
	} finally {
		await n8n.stop();
		forget();
		await removeFolder();
	}
}

function tell(error) {
	process.stderr.write(
		`\n${error instanceof HostError ? error.message : (error.stack ?? error)}\n`,
	);
}

/** @returns {Promise<number>} how many tests failed; an n8n that could not be tested counts as one */
async function main() {
	requireNode();
	const log = createLog();
	const { hosts, rest } = readArguments(process.argv.slice(2));
	await ensureDevPackages({ log, explain: explainNpmFailure });
	const lines = [];
	const sum = { passed: 0, failed: 0 };
	for (const host of hosts) {
		const title = `the ${host.release} n8n`;
		if (hosts.length > 1 && host.release !== 'newest' && !(await hasTests(host, rest))) {
			lines.push(`In ${title}: none of these tests is run there`);
			continue;
		}
		log(`Testing in ${title}`);
		const { passed, failed } = await testIn(host, rest, log).catch((error) => {
			if (isShuttingDown()) throw error;
			tell(error);
			return { passed: 0, failed: 1 };
		});
		sum.passed += passed;
		sum.failed += failed;
		lines.push(`In ${title}: ${passed} passed, ${failed} failed`);
	}
	process.stdout.write(`\n${lines.join('\n')}\n\n${sum.passed} passed, ${sum.failed} failed\n`);
	return sum.failed;
}

let exitCode = 1;
try {
	exitCode = (await main()) === 0 ? 0 : 1;
} catch (error) {
	if (!isShuttingDown()) tell(error);
}
// After an interruption this process ends by itself once everything has stopped.
if (!isShuttingDown()) {
	await shutdown();
	process.exit(exitCode);
}
