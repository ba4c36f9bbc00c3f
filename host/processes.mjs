// Starting and ending other programs: npm, n8n and what they start themselves.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HostError } from './ui.mjs';

const STOP_DEADLINE_MS = 12_000;
const MAX_OUTPUT_LENGTH = 64 * 1024;
const SIGNAL_EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
const SUPERVISOR = fileURLToPath(new URL('./supervise.mjs', import.meta.url));

/** @type {Set<() => Promise<void>>} */
const cleanups = new Set();
let handlersInstalled = false;
let shuttingDown = false;

/** @returns {boolean} whether this process is stopping the programs that it started */
export function isShuttingDown() {
	return shuttingDown;
}

/**
 * Runs every registered clean-up once, the newest first; one that throws does not stop the others.
 * @returns {Promise<void>}
 */
export async function shutdown() {
	shuttingDown = true;
	const pending = [...cleanups].reverse();
	cleanups.clear();
	for (const cleanup of pending) {
		try {
			await cleanup();
		} catch (error) {
			process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		}
	}
}

function installHandlers() {
	if (handlersInstalled) return;
	handlersInstalled = true;
	for (const [signal, exitCode] of Object.entries(SIGNAL_EXIT_CODES)) {
		process.on(signal, () => {
			// npm passes on a signal that the terminal has already delivered, so the second one is ignored.
			if (shuttingDown) return;
			shuttingDown = true;
			void shutdown().then(() => process.exit(exitCode));
		});
	}
}

/**
 * @param {() => Promise<void>} cleanup runs on SIGINT, SIGTERM, SIGHUP and on `shutdown()`
 * @returns {() => void} removes it from the list
 */
export function onShutdown(cleanup) {
	installHandlers();
	cleanups.add(cleanup);
	return () => cleanups.delete(cleanup);
}

/** Spawns a program under supervise.mjs; `stdio` applies to its output and its errors. */
function spawnSupervised(program, programArguments, { cwd, env, stdio }) {
	return spawn(process.execPath, [SUPERVISOR, program, ...programArguments], {
		cwd,
		env,
		detached: process.platform !== 'win32',
		stdio: ['ignore', ...stdio, 'ipc'],
	});
}

/** Asks the supervisor to end its program, and kills the whole group if that takes too long. */
async function stopSupervised(supervisor, exited) {
	if (supervisor.connected) supervisor.send('end', () => {});
	const timer = setTimeout(() => {
		if (process.platform === 'win32') supervisor.kill();
		else process.kill(-supervisor.pid, 'SIGKILL');
	}, STOP_DEADLINE_MS);
	await exited;
	clearTimeout(timer);
}

/**
 * Starts a program that always ends with this process, whether this one ends, is interrupted or is killed.
 * @param {string} program path of the program
 * @param {string[]} programArguments its arguments
 * @param {{ cwd: string, env: Record<string, string | undefined>, logFile: string }} options where its output goes
 * @returns {{ exited: Promise<number>, stop: () => Promise<void>, kill: () => Promise<void> }} `exited`: its exit
 * code;
 * `kill`: ends it without warning (SIGKILL), as a power cut would
 */
export function startTree(program, programArguments, { cwd, env, logFile }) {
	const output = openSync(logFile, 'w');
	const supervisor = spawnSupervised(program, programArguments, {
		cwd,
		env,
		stdio: [output, output],
	});
	closeSync(output);
	const exited = once(supervisor, 'close').then(([code]) => {
		unregister();
		return code ?? 1;
	});
	const stop = async () => {
		unregister();
		await stopSupervised(supervisor, exited);
	};
	const kill = async () => {
		process.kill(process.platform === 'win32' ? supervisor.pid : -supervisor.pid, 'SIGKILL');
		await exited;
	};
	const unregister = onShutdown(stop);
	return { exited, stop, kill };
}

/**
 * Runs a program to its end. Like `startTree`, it does not outlive this process.
 * @param {string} program path of the program
 * @param {string[]} programArguments its arguments
 * @param {{ cwd: string, env?: Record<string, string | undefined> }} options
 * @returns {Promise<{ code: number, output: string }>} `output`: the end of what it printed
 */
export async function run(program, programArguments, { cwd, env = process.env }) {
	const child = spawnSupervised(program, programArguments, { cwd, env, stdio: ['pipe', 'pipe'] });
	const exited = once(child, 'close');
	const unregister = onShutdown(async () => await stopSupervised(child, exited));
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8');
		stream.on('data', (chunk) => {
			output = (output + chunk).slice(-MAX_OUTPUT_LENGTH);
		});
	}
	try {
		const [code] = await exited;
		return { code: code ?? 1, output };
	} finally {
		unregister();
	}
}

/**
 * Finds npm's own script: next to the running npm, next to Node, or behind `npm` in the PATH.
 * @returns {{ program: string, leading: string[] }} what to start, and the arguments that come first
 * @throws {HostError} if there is no npm
 */
export function findNpm() {
	const candidates = [
		process.env.npm_execpath ?? '',
		join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
	];
	const script = candidates.find((path) => /npm-cli\.c?js$/.test(path) && existsSync(path));
	if (script !== undefined) return { program: process.execPath, leading: [script] };
	if (process.platform !== 'win32') {
		const folders = (process.env.PATH ?? '').split(delimiter);
		const npm = folders.map((folder) => join(folder, 'npm')).find((path) => existsSync(path));
		if (npm !== undefined) return { program: npm, leading: [] };
	}
	throw new HostError(
		'npm was not found. It comes with Node from nodejs.org; some Linux distributions pack it separately ' +
			'(for example `apt install npm`). Install it and start again.',
	);
}

/**
 * Runs npm to its end.
 * @param {string[]} npmArguments
 * @param {{ cwd: string, env?: Record<string, string | undefined> }} options as for `run`
 * @returns {ReturnType<typeof run>}
 */
export async function runNpm(npmArguments, options) {
	const { program, leading } = findNpm();
	return await run(program, [...leading, ...npmArguments], options);
}

/**
 * @param {number} port a TCP port, 0 for any free one
 * @returns {Promise<number | undefined>} the port, if a server can listen on it on 127.0.0.1
 */
export async function freePort(port = 0) {
	const server = createServer();
	try {
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		const address = server.address();
		return typeof address === 'object' && address !== null ? address.port : undefined;
	} catch {
		return undefined;
	} finally {
		server.close();
	}
}
