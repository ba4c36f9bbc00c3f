// The data stores of n8n's queue mode: a Redis and a PostgreSQL only for the test, each in a temporary folder and on
// its own port. Both end with the process that started them; `shutdown()` removes their folders.

import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, onShutdown, run, startTree } from '../../../host/processes.mjs';
import { HostError } from '../../../host/ui.mjs';

const HOST = '127.0.0.1';
const READY_DEADLINE_MS = 60_000;
const READY_POLL_MS = 100;
const ROOT = 0;
const DATABASE = 'postgres';
const DATABASE_USER = 'n8n';

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
const POSTGRES_USER = 'postgres';

async function temporaryFolder(name) {
	const folder = await mkdtemp(join(tmpdir(), `n8n-nodes-guestlist-${name}-`));
	onShutdown(async () => await rm(folder, { recursive: true, force: true }));
	return folder;
}

async function until(what, isReady) {
	const deadline = Date.now() + READY_DEADLINE_MS;
	while (!(await isReady())) {
		if (Date.now() > deadline) throw new HostError(`${what} did not become ready.`);
		await sleep(READY_POLL_MS);
	}
}

/** Whether a server sends the expected bytes in reply to the given ones. */
async function answers(port, sent, expected) {
	return await new Promise((resolve) => {
		const socket = createConnection(port, HOST, () => socket.write(sent));
		const done = (isGood) => {
			socket.destroy();
			resolve(isGood);
		};
		socket.on('data', (data) => done(data.toString().startsWith(expected)));
		socket.on('error', () => done(false));
		socket.on('close', () => done(false));
	});
}

/**
 * Starts a Redis that stores nothing on disk.
 * @returns {Promise<Record<string, string>>} n8n's environment variables for it
 */
export async function startRedis() {
	const [folder, port] = await Promise.all([temporaryFolder('redis'), freePort()]);
	const settings = { port, bind: HOST, save: '', appendonly: 'no', dir: folder };
	const asArguments = Object.entries(settings).flatMap(([name, value]) => [
		`--${name}`,
		String(value),
	]);
	startTree(process.env.GUESTLIST_REDIS ?? '', asArguments, {
		cwd: folder,
		env: process.env,
		logFile: join(folder, 'redis.log'),
	});
	await until('Redis', async () => await answers(port, 'PING\r\n', '+PONG'));
	return { QUEUE_BULL_REDIS_HOST: HOST, QUEUE_BULL_REDIS_PORT: String(port) };
}

/** The IDs of a system user. @throws HostError if there is no user of this name */
async function idsOf(user) {
	const ids = await Promise.all(
		['-u', '-g'].map(async (which) => await run('id', [which, user], { cwd: '/' })),
	);
	if (ids.some(({ code }) => code !== 0)) {
		throw new HostError(`PostgreSQL does not run as root, and there is no user ${user} here.`);
	}
	return ids.map(({ output }) => Number(output));
}

/** How to start a program as the user that PostgreSQL runs as: `[program, ...arguments]` → the same with a prefix. */
async function asDatabaseUser(folder) {
	if (process.getuid?.() !== ROOT) return (command) => command;
	const [uid, gid] = await idsOf(POSTGRES_USER);
	await chown(folder, uid, gid);
	const ids = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
	return (command) => ['setpriv', ...ids, '--', ...command];
}

/**
 * Starts a PostgreSQL with an empty database that everybody on this machine may use.
 * @returns {Promise<Record<string, string>>} n8n's environment variables for it
 */
export async function startPostgres() {
	const [folder, port] = await Promise.all([temporaryFolder('postgres'), freePort()]);
	const programs = dirname(process.env.GUESTLIST_INITDB ?? '');
	const asUser = await asDatabaseUser(folder);
	const data = join(folder, 'data');
	const [initdb, ...initArguments] = asUser([
		join(programs, 'initdb'),
		...['--pgdata', data, '--username', DATABASE_USER, '--auth', 'trust'],
		...['--encoding', 'UTF8', '--no-locale', '--no-sync'],
	]);
	const made = await run(initdb, initArguments, { cwd: folder });
	if (made.code !== 0) throw new HostError(`initdb failed:\n${made.output}`);

	// The data need not survive a power cut.
	const settings = {
		listen_addresses: HOST,
		port,
		unix_socket_directories: '',
		fsync: 'off',
		synchronous_commit: 'off',
		full_page_writes: 'off',
	};
	const [postgres, ...serverArguments] = asUser([
		join(programs, 'postgres'),
		...['-D', data],
		...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
	]);
	startTree(postgres, serverArguments, {
		cwd: folder,
		env: process.env,
		logFile: join(folder, 'postgres.log'),
	});
	const isReady = ['-h', HOST, '-p', String(port), '-U', DATABASE_USER, '-d', DATABASE];
	await until('PostgreSQL', async () => {
		const { code } = await run(join(programs, 'pg_isready'), isReady, { cwd: folder });
		return code === 0;
	});
	return {
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: HOST,
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: DATABASE,
		DB_POSTGRESDB_USER: DATABASE_USER,
		DB_POSTGRESDB_PASSWORD: 'any',
	};
}
