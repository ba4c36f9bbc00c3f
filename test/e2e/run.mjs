// `npm run test:e2e`: installs what is missing, starts the pinned real n8n with the packed nodes in it, and runs the
// end-to-end tests against it. Arguments go on to Jest, e.g. `npm run test:e2e -- credentials`.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureHost, explainNpmFailure, requireNode } from '../../host/install.mjs';
import { startN8n } from '../../host/n8n.mjs';
import { ensureDevPackages, installNodes } from '../../host/pack.mjs';
import { isShuttingDown, onShutdown, shutdown } from '../../host/processes.mjs';
import { HostError, createLog } from '../../host/ui.mjs';
import { ensurePrograms } from './support/programs.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(dirname(HERE));

async function runJest(n8n, host, nodesFolder, programs) {
	const jest = spawn(
		process.execPath,
		[
			join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
			'--config',
			join(HERE, 'jest.config.mjs'),
			'--runInBand',
			...process.argv.slice(2),
		],
		{
			cwd: ROOT,
			stdio: 'inherit',
			env: {
				...process.env,
				...programs,
				GUESTLIST_E2E_URL: n8n.url.replace('localhost', '127.0.0.1'),
				GUESTLIST_E2E_COOKIE: n8n.cookie,
				GUESTLIST_E2E_N8N: host.n8n,
				GUESTLIST_E2E_HOST: JSON.stringify(host),
				GUESTLIST_E2E_NODES: nodesFolder,
			},
		},
	);
	const forget = onShutdown(async () => {
		jest.kill();
	});
	const [code] = await once(jest, 'close');
	forget();
	return code ?? 1;
}

async function main() {
	requireNode();
	const log = createLog();
	await ensureDevPackages({ log, explain: explainNpmFailure });
	const programs = await ensurePrograms({ log });
	const host = await ensureHost({ log });
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-guestlist-e2e-'));
	onShutdown(async () => await rm(userFolder, { recursive: true, force: true }));
	await installNodes({ userFolder, log });
	const n8n = await startN8n({ host, userFolder, log });
	await n8n.logIn();
	return await runJest(n8n, host, join(userFolder, '.n8n', 'nodes'), programs);
}

let exitCode = 1;
try {
	exitCode = await main();
} catch (error) {
	if (!isShuttingDown()) {
		process.stderr.write(
			`\n${error instanceof HostError ? error.message : (error.stack ?? error)}\n`,
		);
	}
}
// An interruption ends this process by itself once everything is stopped.
if (!isShuttingDown()) {
	await shutdown();
	process.exit(exitCode);
}
