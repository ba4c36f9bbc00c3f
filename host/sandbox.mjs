// Runs the sandbox (local servers for the vendors) as a separate program and sends requests to its control server.

import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { freePort, startTree } from './processes.mjs';
import { HostError, withHeartbeat } from './ui.mjs';

const { ROOT, VENDORS } = createRequire(import.meta.url)('../tools/vendors.cjs');

/** The sandbox uses one port for its control server and the next ones for the vendors (sandbox/cli.mts). */
const PORT_COUNT = VENDORS.length + 1;
const FIRST_PORT_BASE = 7100;
const PORT_BASE_STEP = 10;
const PORT_BASES_TRIED = 50;
const READY_DEADLINE_MS = 30_000;
const READY_POLL_MS = 100;

async function freePortBase() {
	for (let tried = 0; tried < PORT_BASES_TRIED; tried++) {
		const base = FIRST_PORT_BASE + tried * PORT_BASE_STEP;
		const ports = Array.from({ length: PORT_COUNT }, (_, index) => base + index);
		const free = await Promise.all(ports.map(async (port) => await freePort(port)));
		if (free.every((port) => port !== undefined)) return base;
	}
	throw new HostError(
		`The sandbox found no ${PORT_COUNT} free ports in a row from ${FIRST_PORT_BASE} on. End some programs and start again.`,
	);
}

/**
 * Starts the sandbox on the first free ports from 7100 on.
 * @param {{ guests: number, folder: string, log: (text: string) => void }} options `guests` each vendor starts with;
 * `folder`: where its log file goes
 * @returns {Promise<{ control: (method: string, path: string, body?: unknown) => Promise<any>, stop: () =>
 * Promise<void> }>}
 * `control`: one request to the control server, returns parsed JSON
 * @throws {HostError} if it does not start
 */
export async function startSandbox({ guests, folder, log }) {
	await mkdir(folder, { recursive: true });
	const base = await freePortBase();
	const logFile = join(folder, 'sandbox.log');
	const cli = join(ROOT, 'sandbox', 'cli.mts');
	const sandboxArguments = ['--port-base', String(base), '--guests', String(guests)];
	const tree = startTree(process.execPath, ['--import', 'tsx', cli, ...sandboxArguments], {
		cwd: ROOT,
		env: process.env,
		logFile,
	});
	let ended = false;
	void tree.exited.then(() => (ended = true));
	const control = async (method, path, body) => {
		const response = await fetch(`http://127.0.0.1:${base}${path}`, {
			method,
			headers: { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		if (!response.ok)
			throw new Error(`The sandbox answered ${method} ${path} with ${response.status}`);
		return await response.json();
	};
	return await withHeartbeat(log, 'Starting the sandbox', async () => {
		const deadline = Date.now() + READY_DEADLINE_MS;
		for (;;) {
			const health = await control('GET', '/health').catch(() => undefined);
			if (health !== undefined) return { control, stop: tree.stop };
			if (ended || Date.now() > deadline) {
				await tree.stop();
				throw new HostError(`The sandbox did not start. Its log: ${logFile}`);
			}
			await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
		}
	});
}
