// An n8n in queue mode for one test: a main process, workers, Redis and PostgreSQL, which the test can kill and start
// one by one. Started by `stack.mts` as a process with an IPC channel; everything ends when the channel does.
// Messages: { do: 'startMain' } → { url, cookie }; { do: 'startWorker' | 'kill' | 'end', name } → {}; { failed } if
// it did not work. A worker writes its log to `<folder>/<name>.<number of its start>.log`; the first message has
// `folder`.

import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { environment, startN8n } from '../../../host/n8n.mjs';
import { freePort, onShutdown, shutdown, startTree } from '../../../host/processes.mjs';
import { startPostgres, startRedis } from './servers.mjs';

const READY_DEADLINE_MS = 180_000;
const READY_POLL_MS = 200;
const KEY_BYTES = 24;
const MAIN = 'main';
/** Jobs at a time: n8n's own default. */
const CONCURRENCY = '10';

/** How soon a job of a dead worker is found; the default takes one to two minutes. */
const STALLED_JOBS = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

process.on('disconnect', () => void shutdown().then(() => process.exit(0)));

const host = JSON.parse(process.env.GUESTLIST_E2E_HOST ?? '{}');
const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-guestlist-queue-'));
onShutdown(async () => await rm(folder, { recursive: true, force: true }));
const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
const env = {
	EXECUTIONS_MODE: 'queue',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
	N8N_ENCRYPTION_KEY: randomBytes(KEY_BYTES).toString('hex'),
	...STALLED_JOBS,
	...redis,
	...postgres,
};

/**
 * Every process starts as in a new container: a user folder with the packed nodes, and nothing of an earlier start,
 * after which n8n would wait for ten seconds because it crashed.
 */
async function newUserFolder(name) {
	const userFolder = join(folder, name);
	const nodes = process.env.GUESTLIST_E2E_NODES ?? '';
	await cp(nodes, join(userFolder, '.n8n', 'nodes'), { recursive: true });
	return userFolder;
}

const running = new Map();
const starts = new Map();

async function isReady(url) {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(READY_DEADLINE_MS) })).ok;
	} catch {
		return false;
	}
}

/** The name of the next start of a process. */
function nextStart(name) {
	const count = (starts.get(name) ?? 0) + 1;
	starts.set(name, count);
	return `${name}.${count}`;
}

async function startWorker(name) {
	const start = nextStart(name);
	const userFolder = await newUserFolder(start);
	const [healthPort, brokerPort] = await Promise.all([freePort(), freePort()]);
	const health = {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(healthPort),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
	};
	const logFile = join(folder, `${start}.log`);
	const tree = startTree(host.node, [host.n8n, 'worker', `--concurrency=${CONCURRENCY}`], {
		cwd: userFolder,
		env: environment({
			host,
			userFolder,
			port: healthPort,
			brokerPort,
			env: { ...env, ...health },
		}),
		logFile,
	});
	running.set(name, tree);
	let hasEnded = false;
	void tree.exited.then(() => (hasEnded = true));
	const deadline = Date.now() + READY_DEADLINE_MS;
	while (!(await isReady(`http://127.0.0.1:${healthPort}/healthz/readiness`))) {
		if (hasEnded || Date.now() > deadline) {
			throw new Error(`a worker did not start:\n${await readFile(logFile, 'utf8')}`);
		}
		await sleep(READY_POLL_MS);
	}
}

const actions = {
	async startMain() {
		const userFolder = await newUserFolder(nextStart(MAIN));
		const n8n = await startN8n({ host, userFolder, env, log: () => {} });
		running.set(MAIN, n8n);
		await n8n.logIn();
		return { url: n8n.url.replace('localhost', '127.0.0.1'), cookie: n8n.cookie };
	},
	async startWorker({ name }) {
		await startWorker(name);
		return {};
	},
	async kill({ name }) {
		await running.get(name).kill();
		return {};
	},
	async end() {
		await shutdown();
		return {};
	},
};

process.on('message', (message) => {
	actions[message.do](message).then(
		(answer) => process.send(answer),
		(error) => process.send({ failed: error.message }),
	);
});
process.send({ folder });
