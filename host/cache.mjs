// The cache folder for slow installs, shared by all clones, and the lock that lets one process at a time fill it.

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { onShutdown } from './processes.mjs';

const HASH_LENGTH = 12;
const LOCK_BEAT_MS = 3000;
const LOCK_STALE_MS = 30_000;
const LOCK_POLL_MS = 1000;
const LOCK_NOTICE_MS = 10_000;

/**
 * @returns {string} this project's folder in the user's cache folder: `$XDG_CACHE_HOME` if it is set, else the
 * operating system's
 */
export function cacheRoot() {
	const byPlatform = {
		darwin: join(homedir(), 'Library', 'Caches'),
		win32: process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'),
	};
	const base =
		process.env.XDG_CACHE_HOME || (byPlatform[process.platform] ?? join(homedir(), '.cache'));
	return join(base, 'n8n-nodes-guestlist');
}

/**
 * @param {string} file a path
 * @returns {Promise<string>} the first twelve hex digits of the SHA-256 of its content
 */
export async function shortHash(file) {
	return createHash('sha256')
		.update(await readFile(file))
		.digest('hex')
		.slice(0, HASH_LENGTH);
}

async function isStale(lock) {
	try {
		return Date.now() - (await stat(join(lock, 'owner'))).mtimeMs > LOCK_STALE_MS;
	} catch {
		// The owner file is written just after the folder is created; a folder without one is judged by its own age.
		const folder = await stat(lock).catch(() => undefined);
		return folder !== undefined && Date.now() - folder.mtimeMs > LOCK_STALE_MS;
	}
}

/**
 * Runs `work` while no other process holds the same lock. A holder that died is noticed by its missing heartbeat.
 * @template T
 * @param {string} lock path of the lock, a folder that exists while the lock is held
 * @param {(waitedMs: number) => void} onWait called when another process holds it, and every ten seconds from then on
 * @param {() => Promise<T>} work what must run alone
 * @returns {Promise<T>} what `work` returned
 */
export async function withLock(lock, onWait, work) {
	const start = Date.now();
	let nextNotice = start;
	for (;;) {
		try {
			await mkdir(lock);
			break;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		if (Date.now() >= nextNotice) {
			onWait(Date.now() - start);
			nextNotice = Date.now() + LOCK_NOTICE_MS;
		}
		if (await isStale(lock)) {
			// Renaming succeeds in only one of several waiting processes.
			const staleLock = `${lock}.${randomUUID()}`;
			await rename(lock, staleLock).catch(() => {});
			await rm(staleLock, { recursive: true, force: true });
			continue;
		}
		await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
	}
	const owner = join(lock, 'owner');
	const release = async () => await rm(lock, { recursive: true, force: true });
	const unregister = onShutdown(release);
	await writeFile(owner, `${process.pid}\n`);
	const heartbeat = setInterval(() => {
		utimes(owner, new Date(), new Date()).catch(() => {});
	}, LOCK_BEAT_MS);
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		unregister();
		await release();
	}
}
