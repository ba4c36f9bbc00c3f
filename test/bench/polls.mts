/**
 * Polls triggers in n8n-core's engine while nothing changes, in a separate process: the vendors run in others.
 * Started with `fork`, `--expose-gc` and one JSON argument (a {@link PollTask}); sends one message (a {@link
 * PollSample} for each of {@link Watched}).
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import { EVENTTIA_CREDENTIALS } from '../../sandbox/eventtia/credentials.mts';
import { INEVENT_CREDENTIALS } from '../../sandbox/inevent/credentials.mts';
import { INVITARIO_CREDENTIALS } from '../../sandbox/invitario/credentials.mts';
import { createEngine, type CredentialData, type Engine } from '../support/engine.mts';
import { repositoryRoot } from '../support/paths.mts';
import { createPoller } from '../support/polling.mts';
import type { SandboxUrls } from './sandboxProcess.mts';
import { CURSOR_PAGE_SIZE, IDLE_LENGTH, NO_LIMIT } from './scale.mts';

export interface PollTask {
	/** Folder of the package under test, as installed. */
	packDir: string;
	/** Folder of the n8n package. */
	n8nDir: string;
	/** Measured polls without changes, after the first poll and another one to warm up. */
	rounds: number;
	/**
	 * Which streams: those with a list of changes, polled at the sandbox, or those without, polled at the bench's
	 * server.
	 */
	vendors: { kind: 'changes' } | { kind: 'snapshots'; baseUrl: string };
}

/** The cost of the polls without changes of one trigger; arrays have an entry for each poll. */
export interface PollSample {
	name: string;
	/** Processor time of this process, all threads. */
	cpuMs: number[];
	/** CPU time for parsing the bodies that such a poll reads; empty for a list of changes. */
	parseMs: number[];
	requests: RequestCount[];
	/** The node's static data, as JSON. */
	stateBytes: number;
}

export interface RequestCount {
	all: number;
	/** Without log-in and log-out. */
	lists: number;
}

interface Watched {
	name: string;
	node: string;
	parameters: IDataObject;
	credentials: CredentialData;
	/** The requests since the last call. */
	requests(): Promise<RequestCount>;
	/** The bodies that a poll reads, if whole lists are read. */
	bodies?(): Promise<string[]>;
	/** Adds a record, if one can be added. */
	add?(): Promise<void>;
}

const US_PER_MS = 1000;
const NO_RATE_LIMIT = {
	rateLimitRequests: NO_LIMIT.requests,
	rateLimitSeconds: NO_LIMIT.seconds,
};
/** Invitario's (invitario-check-in.md, "POST /api/v1/login", "POST /api/v1/logout"). */
const SESSION_PATHS = ['/api/v1/login', '/api/v1/logout'];
/** The sandbox event's; with a wrong one the added attendee would not be found. */
const EVENTTIA_ZONE = 'America/Bogota';
/** The sandbox uses TypeScript that Node alone cannot read. */
const TSX = ['--import', import.meta.resolve('tsx')];
const usual = (record: string) => [`${record}Created`, `${record}Updated`, `${record}Deleted`];

/** CPU time of some work, ms; earlier garbage is collected first. */
async function cpuOf(work: () => unknown): Promise<number> {
	globalThis.gc?.();
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / US_PER_MS;
}

async function json(url: string): Promise<unknown> {
	return await (await fetch(url)).json();
}

interface SandboxProcess {
	urls: SandboxUrls;
	/** Adds a guest at a vendor. */
	add(vendor: string): Promise<void>;
}

/** Starts the sandbox; it ends with this process. */
async function startSandboxProcess(): Promise<SandboxProcess> {
	const file = join(repositoryRoot(), 'test', 'bench', 'sandboxProcess.mts');
	const child = fork(file, [String(IDLE_LENGTH)], { execArgv: TSX });
	const answer = async () =>
		await new Promise((resolve, reject) => {
			child.once('message', resolve);
			child.once('exit', () => reject(new Error('The sandbox ended')));
		});
	return {
		urls: (await answer()) as SandboxUrls,
		async add(vendor) {
			const done = answer();
			child.send(vendor);
			await done;
		},
	};
}

/** The streams with a list of changes, each at the sandbox. */
function changeStreams({ urls: sandbox, add }: SandboxProcess): Watched[] {
	const at = (vendor: string) => {
		let seen = 0;
		const requests = async () => {
			const all = await json(`${sandbox.control}/${vendor}/requests`);
			if (!Array.isArray(all)) throw new Error(`No list of requests of ${vendor}`);
			const fresh: Array<{ path: string }> = all.slice(seen);
			seen = all.length;
			const lists = fresh.filter(({ path }) => !SESSION_PATHS.includes(path));
			return { all: fresh.length, lists: lists.length };
		};
		return { requests, add: async () => await add(vendor) };
	};
	const { eventId, apiKey, stationName } = INVITARIO_CREDENTIALS;
	const { clientId, clientSecret, eventId: inEventId } = INEVENT_CREDENTIALS.production;
	const { email, password, eventUri } = EVENTTIA_CREDENTIALS;
	return [
		{
			name: 'Invitario guests',
			node: 'invitarioTrigger',
			parameters: { triggerOn: usual('guest') },
			credentials: {
				invitarioApi: { baseUrl: sandbox.invitario, eventId, apiKey, stationName },
			},
			...at('invitario'),
		},
		{
			name: 'InEvent attendees',
			node: 'inEventTrigger',
			parameters: { triggerOn: usual('attendee'), eventId: inEventId },
			credentials: {
				inEventOAuth2Api: {
					baseUrl: sandbox.inEvent,
					clientId,
					clientSecret,
					scopes: ['read:attendees'],
				},
			},
			...at('inevent'),
		},
		{
			name: 'Eventtia attendees, with Filter Time Zone',
			node: 'eventtiaTrigger',
			parameters: {
				triggerOn: usual('attendee'),
				eventUri,
				options: { filterTimeZone: EVENTTIA_ZONE },
			},
			credentials: {
				eventtiaApi: {
					baseUrl: sandbox.eventtia,
					authenticateAs: 'user',
					email,
					password,
					...NO_RATE_LIMIT,
				},
			},
			...at('eventtia'),
		},
	];
}

/** The streams that are compared whole, at the bench's stand-in. */
function snapshotStreams(baseUrl: string): Watched[] {
	const read = async (path: string) => await (await fetch(baseUrl + path)).text();
	const requests = async () => {
		const counts: { served: number } = JSON.parse(await read('/bench/counts'));
		return { all: counts.served, lists: counts.served };
	};
	const eventVault = {
		node: 'eventVaultTrigger',
		credentials: {
			eventVaultApi: { baseUrl, apiKey: 'key', clientId: 'client', eventId: 'event' },
		},
		requests,
		bodies: async () => [await read('/getGuests')],
	};
	const artsvp = {
		node: 'artsvpTrigger',
		credentials: { artsvpApi: { baseUrl, apiKey: 'key', ...NO_RATE_LIMIT } },
		requests,
		async bodies() {
			const bodies: string[] = [];
			let next = `/bookings?limit=${CURSOR_PAGE_SIZE}`;
			for (let hasMore = true; hasMore; ) {
				const body = await read(next);
				bodies.push(body);
				const page: { has_more: boolean; last_booking_id: string } = JSON.parse(body);
				hasMore = page.has_more;
				next = `/bookings?limit=${CURSOR_PAGE_SIZE}&starting_after=${page.last_booking_id}`;
			}
			return bodies;
		},
	};
	const [guestCreated = '', guestUpdated = ''] = usual('guest');
	const [bookingCreated = '', bookingUpdated = ''] = usual('booking');
	return [
		{
			...eventVault,
			name: 'Event Vault guests (Guest Created, Guest Updated)',
			parameters: { triggerOn: [guestCreated, guestUpdated] },
		},
		{
			...eventVault,
			name: 'Event Vault guests, with Guest Deleted, which keeps ids',
			parameters: { triggerOn: usual('guest') },
		},
		{
			...artsvp,
			name: 'ARTSVP bookings (Booking Created, Booking Updated)',
			parameters: { triggerOn: [bookingCreated, bookingUpdated] },
		},
	];
}

async function measure(engine: Engine, watched: Watched, rounds: number): Promise<PollSample> {
	const poller = await createPoller({ engine, ...watched });
	const quiet = async () => {
		const { emitted, error } = await poller.poll();
		if (error !== undefined) throw new Error(`${watched.name}: ${error.message}`);
		if (emitted !== null) throw new Error(`${watched.name} told something, but nothing changed`);
	};
	// Existing records are treated as known.
	await quiet();
	if (watched.add !== undefined) {
		await watched.add();
		const { items } = await poller.poll();
		if (items.length !== 1) throw new Error(`${watched.name}: ${items.length} items instead of 1`);
	}
	// To warm up.
	await quiet();
	const bodies = (await watched.bodies?.()) ?? [];
	const parse = () => {
		for (const body of bodies) JSON.parse(body);
	};
	await watched.requests();
	const sample: PollSample = {
		name: watched.name,
		cpuMs: [],
		parseMs: [],
		requests: [],
		stateBytes: 0,
	};
	for (let round = 0; round < rounds; round++) {
		sample.cpuMs.push(await cpuOf(quiet));
		if (bodies.length > 0) sample.parseMs.push(await cpuOf(parse));
		sample.requests.push(await watched.requests());
	}
	const [warning] = poller.logs.filter(({ level }) => level === 'warn' || level === 'error');
	if (warning !== undefined) throw new Error(`${watched.name}: ${warning.message}`);
	sample.stateBytes = Buffer.byteLength(poller.held());
	return sample;
}

async function work({ packDir, n8nDir, rounds, vendors }: PollTask): Promise<PollSample[]> {
	const engine = await createEngine({ packageDirs: [packDir], modulesFrom: n8nDir });
	const streams =
		vendors.kind === 'changes'
			? changeStreams(await startSandboxProcess())
			: snapshotStreams(vendors.baseUrl);
	const samples: PollSample[] = [];
	for (const watched of streams) samples.push(await measure(engine, watched, rounds));
	return samples;
}

const task: PollTask = JSON.parse(process.argv[2] ?? '{}');
work(task).then(
	(samples) => process.send?.(samples, () => process.exit()),
	(error: unknown) => {
		console.error(error);
		process.exit(1);
	},
);
