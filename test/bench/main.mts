/**
 * Runs the rows of the bench under the host's Node and prints them as a table. Arguments: the host's install folder,
 * then `--rows bulk,get,...` (default: all) and `--rounds <n>`; or `--profile`. A full run is saved in RESULTS.md.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { repositoryRoot } from '../support/paths.mts';
import { measureInInstance, type InstanceTask, type Sample } from './instance.mts';
import type { LoadCost } from './load.mts';
import { installPackages } from './packages.mts';
import type { PollSample, PollTask } from './polls.mts';
import type { ProfileSample } from './profile.mts';
import { busyNote, profileTable, report, seconds, table, times, type Row } from './report.mts';
import {
	IDLE_LENGTH,
	LATENCY_MS,
	LIST_LENGTH,
	NUMBERED_PAGE_SIZE,
	RATE_LIMIT,
	CURSOR_PAGE_SIZE,
	EVENTTIA_PAGE_SIZE,
} from './scale.mts';
import { describe, median, pairedRatio } from './stats.mts';
import { CONCURRENCY, PAGES_IN_PARALLEL } from './subjects.mts';
import type { MemorySample, Task } from './worker.mts';

/** The targets in the design's table "Numbers to reach". */
const REACH = {
	bulkHttp: 0.6,
	bulkFloor: 1.15,
	cursorFloor: 1.15,
	/** Times faster than HTTP Request: the only target that is a minimum. */
	numberedHttp: 6,
	numberedBound: 1.25,
	limited: 1.1,
	cpuPerItem: 0.6,
	loadMs: 50,
	loadMb: 10,
	memory: 1,
	idleRequests: 1,
	snapshotMs: 1000,
	stateMb: 2,
};
const ITEMS = 1000;
const ROUNDS = 3;
const LOAD_ROUNDS = 9;
const ALL_ROWS = [
	'bulk',
	'get',
	'cursor',
	'eventtia',
	'inevent',
	'limit',
	'poll',
	'load',
	'memory',
];
/** Where the search for the smallest heap starts and its final precision, in MB. */
const HEAP_SEARCH = { from: 32, to: 512, step: 2 };
/** A run that spends more time than this on garbage collection has too little heap. */
const STARVED_MS = 60_000;
const MS_PER_S = 1000;
const BYTES_PER_MB = 1024 * 1024;

type Measure = Omit<InstanceTask, 'names'>;

const { values: options, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		rows: { type: 'string', default: ALL_ROWS.join(',') },
		rounds: { type: 'string', default: String(ROUNDS) },
		profile: { type: 'boolean', default: false },
	},
});
const [hostDir = ''] = positionals;
const n8nDir = join(hostDir, 'node_modules', 'n8n');
const rounds = Number(options.rounds);
const wanted = options.rows.split(',');
const benchDir = join(repositoryRoot(), 'test', 'bench');

/** Starts a bench module in its own process and waits for its message; rejects if it ends without one. */
async function ask<T>(
	module: string,
	args: string[],
	execArgv: string[] = [],
	quietLimitMs?: number,
): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const child = fork(join(benchDir, module), args, {
			execArgv,
			// This is how n8n makes its own packages visible to community nodes.
			env: { ...process.env, NODE_ENV: 'production', NODE_PATH: join(hostDir, 'node_modules') },
			stdio: ['ignore', 'inherit', quietLimitMs === undefined ? 'inherit' : 'ignore', 'ipc'],
			...(quietLimitMs === undefined ? {} : { timeout: quietLimitMs, killSignal: 'SIGKILL' }),
		});
		child.once('message', (message) => resolve(message as T));
		child.once('exit', (code, signal) => reject(new Error(`${module} ended: ${code ?? signal}`)));
	});
}

async function startServer(latencyMs: number): Promise<{ server: ChildProcess; baseUrl: string }> {
	const server = fork(join(benchDir, 'server.mts'), [String(latencyMs)], { execArgv: [] });
	const port = await new Promise((resolve, reject) => {
		server.once('message', (message: { port: number }) => resolve(message.port));
		server.once('exit', () => reject(new Error('The server did not start')));
	});
	return { server, baseUrl: `http://127.0.0.1:${String(port)}` };
}

const bySubject = (samples: Sample[], name: string, field: Exclude<keyof Sample, 'name'>) =>
	samples.filter((sample) => sample.name === name).map((sample) => sample[field]);
const verdict = (value: number, reach: number) => (value <= reach ? 'pass' : 'MISS');
const inSeconds = (ms: number) => `${(ms / MS_PER_S).toFixed(2)} s`;

function benchBulk(task: Measure): Row[] {
	const names = [
		'addOurs',
		'addHttp',
		'addFloor',
		'addFloorExpressions',
		'addHttpUnbatched',
		'addHttpPaced',
		'addHttpNoCredential',
	];
	const samples = measureInInstance({ ...task, names });
	const wall = (name: string) => bySubject(samples, name, 'wallMs');
	const cpu = (name: string) => bySubject(samples, name, 'cpuMs');
	const peak = (name: string) => Math.max(...bySubject(samples, name, 'peakRequests'));
	const ours = wall('addOurs');
	const floors = ['addFloor', 'addFloorExpressions'];
	const leastMs = (ITEMS / CONCURRENCY) * LATENCY_MS;
	const toHttp = pairedRatio(ours, wall('addHttp'));
	const toFloor = pairedRatio(ours, wall('addFloor'));
	const information = (what: string, name: string): Row => ({
		what,
		ours: seconds(ours),
		httpRequest: `${seconds(wall(name))}, ${peak(name)} in flight`,
		bound: '',
		ratio: times(pairedRatio(ours, wall(name))),
		reach: '',
		result: 'info',
	});
	return [
		{
			what: `bulk write: ${ITEMS} guests added, 10 at a time; HTTP Request: batch size 10, interval 0`,
			ours: `${seconds(ours)}, ${peak('addOurs')} in flight`,
			httpRequest: `${seconds(wall('addHttp'))}, ${peak('addHttp')} in flight`,
			bound: '',
			ratio: times(toHttp),
			reach: `≤ ${REACH.bulkHttp} ×`,
			result: verdict(toHttp, REACH.bulkHttp),
			ifMissed: [
				`With a batch interval of 0 that node does not batch at all: it had ${peak('addHttp')} requests in flight where ours kept to ${peak('addOurs')}.`,
				`In batches of 10 every 20 ms it takes ${inSeconds(median(wall('addHttpPaced')))} (${times(pairedRatio(ours, wall('addHttpPaced')))}).`,
				`${ITEMS} calls of ${LATENCY_MS} ms, ${CONCURRENCY} at a time, take ${inSeconds(leastMs)} at the least, which is ${times(leastMs / median(wall('addHttp')))} what that node took; ours took ${inSeconds(median(ours))},`,
				`of which n8n's evaluation of the two expressions of each item is about ${inSeconds(median(cpu('addFloorExpressions')) - median(cpu('addFloor')))} of processor time.`,
			].join(' '),
		},
		{
			what: 'bulk write against the floor: a bare loop, 10 at a time, no credential',
			ours: seconds(ours),
			httpRequest: '',
			bound: seconds(wall('addFloor')),
			ratio: times(toFloor),
			reach: `≤ ${REACH.bulkFloor} ×`,
			result: verdict(toFloor, REACH.bulkFloor),
		},
		{
			what: 'the same against a bare loop that reads both parameters (two expressions an item)',
			ours: seconds(ours),
			httpRequest: '',
			bound: seconds(wall('addFloorExpressions')),
			ratio: times(pairedRatio(ours, wall('addFloorExpressions'))),
			reach: '',
			result: 'info',
		},
		information('the same, HTTP Request without batching', 'addHttpUnbatched'),
		information('the same, HTTP Request in batches of 10 every 20 ms', 'addHttpPaced'),
		information('the same, HTTP Request without a credential', 'addHttpNoCredential'),
		{
			what: 'the same, processor time (floor: bare loop; bare loop that reads both parameters)',
			ours: seconds(cpu('addOurs')),
			httpRequest: seconds(cpu('addHttp')),
			bound: floors.map((name) => seconds(cpu(name))).join('; '),
			ratio: ['addHttp', ...floors]
				.map((name) => times(pairedRatio(cpu('addOurs'), cpu(name))))
				.join('; '),
			reach: '',
			result: 'info',
		},
	];
}

function benchGet(task: Measure): Row[] {
	const names = ['getOurs', 'getHttp'];
	const samples = measureInInstance({ ...task, names });
	const perItem = (name: string) => bySubject(samples, name, 'cpuMs').map((ms) => ms / ITEMS);
	const ratio = pairedRatio(perItem('getOurs'), perItem('getHttp'));
	return [
		{
			what: `overhead per item: processor time of one simple GET (tickets of a guest), ${ITEMS} items`,
			ours: describe(perItem('getOurs'), 'ms', 2),
			httpRequest: describe(perItem('getHttp'), 'ms', 2),
			bound: '',
			ratio: times(ratio),
			reach: `≤ ${REACH.cpuPerItem} ×`,
			result: verdict(ratio, REACH.cpuPerItem),
		},
	];
}

function benchCursor(task: Measure): Row[] {
	const samples = measureInInstance({
		...task,
		names: ['cursorOurs', 'cursorFloor', 'cursorHttp'],
		items: 1,
	});
	const wall = (name: string) => bySubject(samples, name, 'wallMs');
	const cpu = (name: string) => bySubject(samples, name, 'cpuMs');
	const ours = wall('cursorOurs');
	const ratio = pairedRatio(ours, wall('cursorFloor'));
	return [
		{
			what: `Return All, cursor pages: ${LIST_LENGTH} ARTSVP bookings, ${CURSOR_PAGE_SIZE} a page; floor: a bare loop, no credential`,
			ours: seconds(ours),
			httpRequest: seconds(wall('cursorHttp')),
			bound: seconds(wall('cursorFloor')),
			ratio: times(ratio),
			reach: `≤ ${REACH.cursorFloor} ×`,
			result: verdict(ratio, REACH.cursorFloor),
		},
		{
			what: 'the same, processor time',
			ours: seconds(cpu('cursorOurs')),
			httpRequest: seconds(cpu('cursorHttp')),
			bound: seconds(cpu('cursorFloor')),
			ratio: times(pairedRatio(cpu('cursorOurs'), cpu('cursorFloor'))),
			reach: '',
			result: 'info',
		},
	];
}

/** A list by page number, read by our node, HTTP Request, a bare loop, and a loop with the credential. */
interface NumberedList {
	what: string;
	pageSize: number;
	/** How n8n sends the credential of the second bare loop. */
	credential: string;
	/** The prefix of the subjects' names. */
	subject: 'eventtia' | 'inEvent';
}

const EVENTTIA_LIST: NumberedList = {
	what: `${LIST_LENGTH} Eventtia attendees with their fields by name, ${EVENTTIA_PAGE_SIZE} a page`,
	pageSize: EVENTTIA_PAGE_SIZE,
	credential: "n8n's authenticate",
	subject: 'eventtia',
};
const IN_EVENT_LIST: NumberedList = {
	what: `${LIST_LENGTH} InEvent attendees, ${NUMBERED_PAGE_SIZE} a page`,
	pageSize: NUMBERED_PAGE_SIZE,
	credential: "n8n's OAuth2, which reads the credential for every page",
	subject: 'inEvent',
};

function benchNumbered(task: Measure, list: NumberedList): Row[] {
	const names = ['Ours', 'Floor', 'FloorCredential', 'Http'].map((name) => list.subject + name);
	const samples = measureInInstance({ ...task, names, items: 1 });
	const of = (name: string, field: Exclude<keyof Sample, 'name'>) =>
		bySubject(samples, list.subject + name, field);
	const wall = (name: string) => of(name, 'wallMs');
	const cpu = (name: string) => of(name, 'cpuMs');
	const ours = wall('Ours');
	const floors = ['Floor', 'FloorCredential'];
	const faster = pairedRatio(wall('Http'), ours);
	// The first page has their number.
	const pages = Math.ceil(LIST_LENGTH / list.pageSize);
	const inParallel = PAGES_IN_PARALLEL[list.subject];
	const latencyMs = LATENCY_MS * (1 + Math.ceil((pages - 1) / inParallel));
	const bounds = cpu('Floor').map((ms) => Math.max(ms, latencyMs));
	const toBound = pairedRatio(ours, bounds);
	const bareToBound = times(pairedRatio(wall('Floor'), bounds));
	const slowBecause = `Sending and parsing costs ${inSeconds(median(cpu('Floor')))} of our ${inSeconds(median(cpu('Ours')))} of processor time.`;
	return [
		{
			what: `Return All, numbered pages: ${list.what}`,
			ours: `${seconds(ours)}, ${Math.max(...of('Ours', 'peakRequests'))} pages in flight`,
			httpRequest: seconds(wall('Http')),
			bound: '',
			ratio: `${times(faster)} faster`,
			reach: `≥ ${REACH.numberedHttp} × faster`,
			result: faster >= REACH.numberedHttp ? 'pass' : 'MISS',
			ifMissed: slowBecause,
		},
		{
			what: `the same against the larger of latency (${pages} pages, ${inParallel} at a time: ${seconds([latencyMs])}) and the processor time of a bare loop`,
			ours: seconds(ours),
			httpRequest: '',
			bound: `${seconds(bounds)}; the bare loop takes ${seconds(wall('Floor'))}`,
			ratio: times(toBound),
			reach: `≤ ${REACH.numberedBound} ×`,
			result: verdict(toBound, REACH.numberedBound),
			ifMissed: `A bare loop without a credential takes ${bareToBound} the bound on this machine. ${slowBecause}`,
		},
		{
			what: `the same, processor time (floor: bare loop; bare loop with ${list.credential})`,
			ours: seconds(cpu('Ours')),
			httpRequest: seconds(cpu('Http')),
			bound: floors.map((name) => seconds(cpu(name))).join('; '),
			ratio: floors.map((name) => times(pairedRatio(cpu('Ours'), cpu(name)))).join('; '),
			reach: '',
			result: 'info',
		},
	];
}

function benchLimit(task: Measure): Row[] {
	const samples = measureInInstance({ ...task, names: ['limitedOurs'] });
	const wall = bySubject(samples, 'limitedOurs', 'wallMs');
	const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
	const rejected = sum(bySubject(samples, 'limitedOurs', 'rejected'));
	const served = sum(bySubject(samples, 'limitedOurs', 'served'));
	const { requests, seconds: windowSeconds } = RATE_LIMIT;
	// All requests of a window together, at its start.
	const leastMs = (Math.ceil(ITEMS / requests) - 1) * windowSeconds * MS_PER_S + LATENCY_MS;
	const ratio = median(wall) / leastMs;
	// The probe received every item; every request arrived once.
	const isWhole = rejected === 0 && served === ITEMS * wall.length;
	return [
		{
			what: `under a rate limit: ${ITEMS} ARTSVP calls, ${requests} in any ${windowSeconds} s`,
			ours: `${seconds(wall)}, ${rejected} rejected, ${ITEMS * wall.length - served + rejected} lost`,
			httpRequest: '',
			bound: seconds([leastMs]),
			ratio: times(ratio),
			reach: `≤ ${REACH.limited} ×, 0 rejected, 0 lost`,
			result: isWhole ? verdict(ratio, REACH.limited) : 'MISS',
		},
	];
}

/** Polls of lists of changes: what they request, and what they cost. */
function idleRow({ name, requests, cpuMs }: PollSample): Row {
	const all = Math.max(...requests.map((count) => count.all));
	const lists = Math.max(...requests.map((count) => count.lists));
	const hasSession = lists < all;
	const beside = hasSession ? ` beside ${all - lists} to log in and out` : '';
	return {
		what: `idle poll: ${name}, ${IDLE_LENGTH} known, nothing changed: requests and processor time of a poll`,
		ours: `${lists} request${lists === 1 ? '' : 's'}${beside}, ${describe(cpuMs, 'ms', 0)}`,
		httpRequest: '',
		bound: '',
		ratio: '',
		reach: `${REACH.idleRequests} request${hasSession ? ' beside log-in and log-out' : ''}`,
		result: lists === REACH.idleRequests ? 'pass' : 'MISS',
	};
}

/** Polls of complete lists: their cost in addition to parsing, and the size of their state. */
function snapshotRows(sample: PollSample, isMark: boolean): Row[] {
	const { name, requests, cpuMs, parseMs, stateBytes } = sample;
	const pages = Math.max(...requests.map((count) => count.all));
	const beyondMs = median(cpuMs.map((ms, round) => ms - (parseMs[round] ?? NaN)));
	const stateMb = stateBytes / BYTES_PER_MB;
	return [
		{
			what: `snapshot poll: ${LIST_LENGTH} ${name}, nothing changed, ${pages} request${pages === 1 ? '' : 's'}: processor time of a poll; floor: JSON.parse of the same bodies`,
			ours: seconds(cpuMs),
			httpRequest: '',
			bound: seconds(parseMs),
			ratio: `${inSeconds(beyondMs)} beyond the floor`,
			reach: isMark ? `≤ ${inSeconds(REACH.snapshotMs)} beyond the floor` : '',
			result: isMark ? verdict(beyondMs, REACH.snapshotMs) : 'info',
		},
		{
			what: 'the same, size of the kept state as JSON',
			ours: `${stateMb.toFixed(2)} MB`,
			httpRequest: '',
			bound: '',
			ratio: '',
			reach: isMark ? `≤ ${REACH.stateMb} MB` : '',
			result: isMark ? verdict(stateMb, REACH.stateMb) : 'info',
		},
	];
}

async function benchPoll(packDir: string): Promise<Row[]> {
	const measurePolls = async (vendors: PollTask['vendors']) => {
		const task: PollTask = { packDir, n8nDir, rounds, vendors };
		return await ask<PollSample[]>('polls.mts', [JSON.stringify(task)], ['--expose-gc']);
	};
	const instant = await startServer(0);
	try {
		const idle = await measurePolls({ kind: 'changes' });
		const snapshots = await measurePolls({ kind: 'snapshots', baseUrl: instant.baseUrl });
		return [
			...idle.map(idleRow),
			// The targets are for one list in one response; streams that store IDs or read pages are reported
			// separately.
			...snapshots.flatMap((sample, at) => snapshotRows(sample, at === 0)),
		];
	} finally {
		instant.server.disconnect();
	}
}

async function benchLoad(packageDir: string): Promise<Row[]> {
	const costs: LoadCost[] = [];
	for (let round = 0; round < LOAD_ROUNDS; round++) {
		costs.push(await ask<LoadCost>('load.mts', [packageDir, n8nDir], ['--expose-gc']));
	}
	const ms = costs.map((cost) => cost.ms);
	const mb = costs.map((cost) => cost.mb);
	return [
		{
			what: `load cost: all ${costs[0]?.files ?? 0} node and credential files`,
			ours: `${describe(ms, 'ms', 0)}, ${describe(mb, 'MB', 1)}`,
			httpRequest: '',
			bound: '',
			ratio: '',
			reach: `≤ ${REACH.loadMs} ms, ≤ ${REACH.loadMb} MB`,
			result: median(ms) <= REACH.loadMs && median(mb) <= REACH.loadMb ? 'pass' : 'MISS',
		},
	];
}

/** The smallest heap (old generation) in which a subject's run succeeds, minus what the idle engine uses, in MB. */
async function leastHeap(task: Omit<Task, 'names'>, name: string) {
	const single: Task = { ...task, names: [name] };
	const run = async (limitMb: number) => {
		// A small young generation leaves little heap outside the limit, and makes the search repeatable (± 5 MB).
		const execArgv = ['--expose-gc', '--max-semi-space-size=1', `--max-old-space-size=${limitMb}`];
		const [sample] = await ask<MemorySample[]>(
			'worker.mts',
			[JSON.stringify(single)],
			execArgv,
			limitMb === HEAP_SEARCH.to ? undefined : STARVED_MS,
		);
		return sample;
	};
	const ample = await run(HEAP_SEARCH.to);
	if (!ample) throw new Error(`${name} gave no sample`);
	let { from: tooSmall, to: enough } = HEAP_SEARCH;
	while (enough - tooSmall > HEAP_SEARCH.step) {
		const limit = Math.round((enough + tooSmall) / 2);
		const succeeded = await run(limit).then(
			() => true,
			() => false,
		);
		if (succeeded) enough = limit;
		else tooSmall = limit;
	}
	return { needMb: enough - ample.baseHeapMb, rssMb: ample.maxRssMb };
}

async function benchMemory(task: Omit<Task, 'names'>): Promise<Row[]> {
	const measure = async (name: string) => {
		console.log(`  searching for the least heap of ${name}`);
		return await leastHeap(task, name);
	};
	const text = ({ needMb, rssMb }: Awaited<ReturnType<typeof leastHeap>>) =>
		`${needMb.toFixed(0)} MB (process ${rssMb.toFixed(0)} MB)`;
	const compare = async (
		what: string,
		ours: string,
		theirs: Awaited<ReturnType<typeof leastHeap>>,
		isMark: boolean,
	): Promise<Row> => {
		const own = await measure(ours);
		const ratio = own.needMb / theirs.needMb;
		return {
			what,
			ours: text(own),
			httpRequest: text(theirs),
			bound: '',
			ratio: times(ratio),
			reach: isMark ? `≤ ${REACH.memory} ×` : '',
			result: isMark ? verdict(ratio, REACH.memory) : 'info',
		};
	};
	const vault = await measure('listHttp');
	const artsvp = await measure('cursorHttp');
	const invitario = await measure('listInvitarioHttp');
	const eventtia = await measure('eventtiaHttp');
	return [
		await compare('memory: Return All of 50,000 Event Vault guests', 'listOurs', vault, true),
		await compare('the same with Simplify off', 'listOursRaw', vault, false),
		await compare(
			'memory: Return All of 50,000 Eventtia attendees with their fields by name (HTTP Request makes one item of a page)',
			'eventtiaOurs',
			eventtia,
			true,
		),
		await compare('the same with Simplify off', 'eventtiaOursRaw', eventtia, false),
		await compare(
			'50,000 ARTSVP bookings (HTTP Request makes one item of a page)',
			'cursorOurs',
			artsvp,
			false,
		),
		await compare(
			'50,000 Invitario guests (HTTP Request leaves them in one item)',
			'listInvitarioOurs',
			invitario,
			false,
		),
	];
}

async function main(): Promise<void> {
	const userFolder = mkdtempSync(join(tmpdir(), 'guestlist-bench-'));
	const nodeModules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	mkdirSync(nodeModules, { recursive: true });
	const { packDir, benchDir: benchPackageDir } = installPackages(nodeModules);
	const { server, baseUrl } = await startServer(LATENCY_MS);
	const n8n = join(n8nDir, 'bin', 'n8n');
	const measure: Measure = { n8n, userFolder, baseUrl, rounds, items: ITEMS };
	const packageDirs = [packDir, benchPackageDir];
	const task = { packageDirs, n8nDir, baseUrl, items: 1, profile: false };
	const benches: Record<string, () => Promise<Row[]>> = {
		bulk: async () => benchBulk(measure),
		get: async () => benchGet(measure),
		cursor: async () => benchCursor(measure),
		eventtia: async () => benchNumbered(measure, EVENTTIA_LIST),
		inevent: async () => benchNumbered(measure, IN_EVENT_LIST),
		limit: async () => benchLimit(measure),
		poll: async () => await benchPoll(packDir),
		load: async () => await benchLoad(packDir),
		memory: async () => {
			const instant = await startServer(0);
			try {
				return await benchMemory({ ...task, baseUrl: instant.baseUrl });
			} finally {
				instant.server.disconnect();
			}
		},
	};
	const [load = 0] = loadavg();
	if (busyNote(load) !== '') console.log(busyNote(load));
	try {
		const profile = async (names: string[], items: number) => {
			const profiled: Task = { ...task, names, items, profile: true };
			return await ask<ProfileSample[]>('worker.mts', [JSON.stringify(profiled)]);
		};
		if (options.profile) {
			const byItem = [
				'addOurs',
				'addHttp',
				'addFloor',
				'addFloorExpressions',
				'getOurs',
				'getHttp',
			];
			const byList = ['eventtiaOurs', 'eventtiaFloor', 'inEventOurs', 'inEventFloorCredential'];
			await profile(byItem, ITEMS);
			await profile(byList, 1);
			return;
		}
		const rows: Row[] = [];
		for (const name of wanted) {
			const bench = benches[name];
			if (!bench) throw new Error(`No row "${name}": choose from ${ALL_ROWS.join(', ')}`);
			console.log(`Measuring: ${name}`);
			rows.push(...(await bench()));
		}
		console.log(`\n${table(rows)}\n`);
		const isFull = wanted.length === ALL_ROWS.length && rounds >= ROUNDS;
		if (isFull) {
			const bulk = await profile(['addOurs', 'addHttp', 'addFloorExpressions', 'addFloor'], ITEMS);
			const circumstances = { load, n8nDir, rounds, loadRounds: LOAD_ROUNDS };
			const text = report(rows, profileTable(bulk), circumstances);
			writeFileSync(join(benchDir, 'RESULTS.md'), text);
		}
	} finally {
		server.disconnect();
		rmSync(userFolder, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
