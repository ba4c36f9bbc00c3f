// `npm start`: a real n8n with the nodes, connected to the sandbox. See README.md.

import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheRoot } from './cache.mjs';
import {
	DEMO_EXAMPLE,
	EVENT_VAULT_GUESTS,
	INVITARIO_GUESTS,
	importExamples,
	checkResult,
} from './demo.mjs';
import { ensureHost, explainNpmFailure, requireNode } from './install.mjs';
import { OWNER, startN8n } from './n8n.mjs';
import { ensureDevPackages, installNodes } from './pack.mjs';
import { freePort, isShuttingDown, shutdown } from './processes.mjs';
import { startSandbox } from './sandbox.mjs';
import { HostError, createLog } from './ui.mjs';

const DEFAULT_PORT = 5678;
const MAX_PORT = 65_535;
const USAGE = `Usage: npm start -- [--port ${DEFAULT_PORT}] [--once] [--fresh]

  --port   the editor's port
  --once   run the example and end, with status 0 if its result is right
  --fresh  forget what was done in the demo's n8n before`;

function readOptions() {
	try {
		const { values } = parseArgs({
			options: {
				port: { type: 'string', default: String(DEFAULT_PORT) },
				once: { type: 'boolean', default: false },
				fresh: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
			},
		});
		const port = Number(values.port);
		if (!Number.isInteger(port) || port < 1 || port > MAX_PORT) {
			throw new Error(`--port must be a whole number from 1 to ${MAX_PORT}, not "${values.port}".`);
		}
		return { ...values, port };
	} catch (error) {
		throw new HostError(`${error.message}\n\n${USAGE}`);
	}
}

async function requirePort(port) {
	if ((await freePort(port)) !== undefined) return;
	throw new HostError(
		`Port ${port} is in use, perhaps by an n8n that runs already. End what uses it, or choose another port: ` +
			`npm start -- --port ${port + 2}`,
	);
}

/** @returns {Promise<number | undefined>} the exit code, undefined to keep running until Ctrl-C */
async function main() {
	const options = readOptions();
	if (options.help) {
		process.stdout.write(`${USAGE}\n`);
		return 0;
	}
	requireNode();
	const log = createLog();
	// Checked before a first install, which takes minutes.
	await requirePort(options.port);
	await ensureDevPackages({ log, explain: explainNpmFailure });
	const host = await ensureHost({ log });

	const folder = join(cacheRoot(), `demo-${options.port}`);
	if (options.fresh) await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await installNodes({ userFolder: folder, log });
	const sandbox = await startSandbox({ guests: INVITARIO_GUESTS, folder, log });
	await sandbox.control('POST', '/event-vault/reset', { guests: EVENT_VAULT_GUESTS });
	const n8n = await startN8n({ host, userFolder: folder, port: options.port, log });
	await n8n.logIn();

	const saved = new Map();
	for (const credential of await sandbox.control('GET', '/credentials')) {
		saved.set(credential.type, await n8n.importCredentials(credential));
	}
	const ids = await importExamples(n8n, saved, join(folder, 'imported.json'));
	log(`${saved.size} credentials and ${ids.size} example workflows are in n8n`);

	log('Running the example: guests who are checked in at Invitario go onto the Event Vault list');
	const { status, data } = await n8n.execute(ids.get(DEMO_EXAMPLE));
	let isRight = false;
	if (status === 'success') {
		const { table, summary, problems } = await checkResult(data, sandbox);
		isRight = problems.length === 0;
		process.stdout.write(`\n${table}\n\n`);
		log(`${summary}.`);
		for (const problem of problems) log(`Not right: ${problem}`);
	} else {
		const { message = 'no message', description = '' } = data.resultData.error ?? {};
		log(`The example ended with status "${status}": ${message} ${description}`);
	}
	if (!isRight) log('If the example was changed in the editor: npm start -- --fresh starts over.');
	if (options.once) return isRight ? 0 : 1;

	process.stdout.write(
		`\n  n8n       ${n8n.url}\n` +
			`  log in    ${OWNER.email}   password  ${OWNER.password}\n` +
			`  example   ${n8n.url}/workflow/${ids.get(DEMO_EXAMPLE)}\n\n` +
			'Ctrl-C ends everything.\n',
	);
	void n8n.exited.then((code) => {
		if (isShuttingDown()) return;
		process.stderr.write(`n8n has ended (code ${code}). Its log: ${n8n.logFile}\n`);
		void shutdown().then(() => process.exit(1));
	});
	return undefined;
}

try {
	const exitCode = await main();
	if (exitCode !== undefined) {
		await shutdown();
		process.exit(exitCode);
	}
} catch (error) {
	// An interruption makes the current step fail; only the interruption is reported.
	if (!isShuttingDown()) {
		process.stderr.write(
			`\n${error instanceof HostError ? error.message : (error.stack ?? error)}\n`,
		);
		await shutdown();
		process.exit(1);
	}
}
