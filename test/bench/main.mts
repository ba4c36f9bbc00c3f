/**
 * Runs the rows of the bench under the host's Node and prints them as a table. Arguments: the host's install folder, then
 * `--rows bulk,get,...` (default all of them) and `--rounds <n>`; or `--profile`. A full run is kept in RESULTS.md.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { repositoryRoot } from '../support/paths.mts';
import { measureInInstance, type InstanceTask, type Sample } from './instance.mts';
import type { LoadCost } from './load.mts';
import { installPackages } from './packages.mts';
import {
	LATENCY_MS,
	LIST_LENGTH,
	NUMBERED_PAGE_SIZE,
	RATE_LIMIT,
	CURSOR_PAGE_SIZE,
} from './scale.mts';
import { describe, median, pairedRatio } from './stats.mts';
import { PAGES_IN_PARALLEL } from './subjects.mts';
import type { MemorySample, Task } from './worker.mts';

/** The marks of the design's table "Numbers to reach". */
const REACH = {
	bulkHttp: 0.6,
	bulkFloor: 1.15,
	cursorFloor: 1.15,
	/** Times faster than HTTP Request: the only mark that is a least value. */
	numberedHttp: 6,
	numberedBound: 1.25,
	limited: 1.1,
	cpuPerItem: 0.6,
	loadMs: 50,
	loadMb: 10,
	memory: 1,
};
const ITEMS = 1000;
const ROUNDS = 5;
const LOAD_ROUNDS = 9;
const ALL_ROWS = ['bulk', 'get', 'cursor', 'numbered', 'limit', 'load', 'memory'];
/** Where the search for the least heap starts and how finely it ends, in MB. */
const HEAP_SEARCH = { from: 32, to: 512, step: 2 };
/** A run that collects garbage for longer than this has too little heap. */
const STARVED_MS = 60_000;
/** Load average from which other work on the machine disturbs wall-clock times. */
const QUIET_LOAD = 0.7;
const MS_PER_S = 1000;
const BYTES_PER_GB = 1024 ** 3;

type Measure = Omit<InstanceTask, 'names'>;

interface Row {
	what: string;
	ours: string;
	httpRequest: string;
	bound: string;
	ratio: string;
	reach: string;
	result: 'pass' | 'MISS' | 'info';
}

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

/** Starts a bench module in a process of its own and waits for its message; rejects when it ends without one. */
async function ask<T>(
	module: string,
	args: string[],
	execArgv: string[] = [],
	quietLimitMs?: number,
): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const child = fork(join(benchDir, module), args, {
			execArgv,
			// n8n makes its own packages visible to community nodes in this way.
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
const seconds = (values: number[]) =>
	describe(
		values.map((ms) => ms / MS_PER_S),
		's',
		2,
	);
const verdict = (value: number, reach: number) => (value <= reach ? 'pass' : 'MISS');
const times = (value: number) => `${value.toFixed(2)} ×`;

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

function benchNumbered(task: Measure): Row[] {
	const names = ['numberedOurs', 'numberedFloor', 'numberedFloorCredential', 'numberedHttp'];
	const samples = measureInInstance({ ...task, names, items: 1 });
	const wall = (name: string) => bySubject(samples, name, 'wallMs');
	const cpu = (name: string) => bySubject(samples, name, 'cpuMs');
	const ours = wall('numberedOurs');
	const floors = ['numberedFloor', 'numberedFloorCredential'];
	const faster = pairedRatio(wall('numberedHttp'), ours);
	// The first page tells how many there are.
	const pages = Math.ceil(LIST_LENGTH / NUMBERED_PAGE_SIZE);
	const latencyMs = LATENCY_MS * (1 + Math.ceil((pages - 1) / PAGES_IN_PARALLEL));
	const bounds = cpu('numberedFloor').map((ms) => Math.max(ms, latencyMs));
	const toBound = pairedRatio(ours, bounds);
	return [
		{
			what: `Return All, numbered pages: ${LIST_LENGTH} InEvent attendees, ${NUMBERED_PAGE_SIZE} a page`,
			ours: `${seconds(ours)}, ${Math.max(...bySubject(samples, 'numberedOurs', 'peakRequests'))} pages in flight`,
			httpRequest: seconds(wall('numberedHttp')),
			bound: '',
			ratio: `${times(faster)} faster`,
			reach: `≥ ${REACH.numberedHttp} × faster`,
			result: faster >= REACH.numberedHttp ? 'pass' : 'MISS',
		},
		{
			what: `the same against the larger of latency (${pages} pages, ${PAGES_IN_PARALLEL} at a time: ${seconds([latencyMs])}) and the processor time of a bare loop`,
			ours: seconds(ours),
			httpRequest: '',
			bound: `${seconds(bounds)}; the bare loop takes ${seconds(wall('numberedFloor'))}`,
			ratio: times(toBound),
			reach: `≤ ${REACH.numberedBound} ×`,
			result: verdict(toBound, REACH.numberedBound),
		},
		{
			what: "the same, processor time (floor: bare loop; bare loop with n8n's OAuth2)",
			ours: seconds(cpu('numberedOurs')),
			httpRequest: seconds(cpu('numberedHttp')),
			bound: floors.map((name) => seconds(cpu(name))).join('; '),
			ratio: floors.map((name) => times(pairedRatio(cpu('numberedOurs'), cpu(name)))).join('; '),
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
	// All of a window at once, at its beginning.
	const leastMs = (Math.ceil(ITEMS / requests) - 1) * windowSeconds * MS_PER_S + LATENCY_MS;
	const ratio = median(wall) / leastMs;
	// The probe saw every item come out; every call arrived once.
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

/** The smallest heap (old generation) in which a subject's run succeeds, less what the idle engine holds, in MB. */
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
	return [
		await compare('memory: Return All of 50,000 Event Vault guests', 'listOurs', vault, true),
		await compare('the same with Simplify off', 'listOursRaw', vault, false),
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

const busyNote = (load: number) =>
	`The machine was busy with other work (load ${load.toFixed(1)}): wall-clock times are disturbed, processor times less so.`;

function table(rows: Row[]): string {
	const head = ['row', 'ours', 'HTTP Request', 'floor', 'ratio', 'reach', 'result'];
	const lines = rows.map((row) => [
		row.what,
		row.ours,
		row.httpRequest,
		row.bound,
		row.ratio,
		row.reach,
		row.result,
	]);
	const all = [head, head.map(() => '---'), ...lines];
	return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function results(rows: Row[], load: number): string {
	const manifest: { version: string } = JSON.parse(
		readFileSync(join(n8nDir, 'package.json'), 'utf8'),
	);
	const gb = Math.round(totalmem() / BYTES_PER_GB);
	return `# Bench results

${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${gb} GB, Node ${process.versions.node}, n8n ${manifest.version}. Made by \`npm run bench\`.${load > QUIET_LOAD ? ` ${busyNote(load)}` : ''}

${table(rows)}

- All but memory and load cost: one workflow in a real n8n (\`n8n execute\`, SQLite, default settings), in which every
  node stands between two that note the time. The vendor is a local server in another process that answers after ${LATENCY_MS} ms.
  Nodes run in turn, ${rounds} rounds after a warm-up: medians (least–greatest); a ratio is the median of the rounds' ratios.
- HTTP Request uses the pack's own credential ("Predefined Credential Type"), so both send the same headers. Its batching
  only waits between batches and never for answers: with interval 0 it sends everything at once (see "in flight").
- Rate limit: the credential's *Rate Limit* is set to the server's. The least time is that of all the calls of a window at its
  beginning and no wait but the windows'; the time to make the last ${RATE_LIMIT.requests} calls is not scaled down with the limit, so it weighs more than in 15 minutes.
- Memory: n8n's engine without a database, a server that answers at once. The smallest heap (\`--max-old-space-size\`, repeatable to about 5 MB) in which the run ends well,
  less what the idle engine holds; in brackets the most memory the whole process took with an ample heap.
- Load cost: a \`require\` in a fresh process (median of ${LOAD_ROUNDS}) after n8n-workflow; memory is what stays after a collection.
`;
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
		numbered: async () => benchNumbered(measure),
		limit: async () => benchLimit(measure),
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
	if (load > QUIET_LOAD) console.log(busyNote(load));
	try {
		if (options.profile) {
			const names = ['addOurs', 'addHttp', 'addFloor', 'addFloorExpressions', 'getOurs', 'getHttp'];
			const profiled: Task = { ...task, names, items: ITEMS, profile: true };
			await ask<MemorySample[]>('worker.mts', [JSON.stringify(profiled)]);
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
		if (isFull) writeFileSync(join(benchDir, 'RESULTS.md'), results(rows, load));
	} finally {
		server.disconnect();
		rmSync(userFolder, { recursive: true, force: true });
	}
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
