/** Records where CPU time is spent. */
import { Session, type Profiler } from 'node:inspector/promises';

const TOP_ENTRIES = 25;
const SAMPLING_INTERVAL_US = 500;
const PERCENT = 100;
const US_PER_MS = 1000;

/** CPU time of one run, in ms, by the part of the run, longest first. */
export interface ProfileSample {
	name: string;
	parts: Array<{ part: string; ms: number }>;
}

/**
 * Runs `work` under the processor profiler and prints the functions with the most time of their own.
 * @param name of the subject that is run
 */
export async function profileRun(name: string, work: () => Promise<void>): Promise<ProfileSample> {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL_US });
	await session.post('Profiler.start');
	await work();
	const { profile } = await session.post('Profiler.stop');
	session.disconnect();
	const parts = partsOf(profile);
	console.log(`\nProcessor profile of ${name}`);
	for (const { part, ms } of parts) console.log(`  ${ms.toFixed(0).padStart(7)} ms  ${part}`);
	console.log('  by function, own time:');
	for (const line of topEntries(profile)) console.log(`  ${line}`);
	return { name, parts };
}

/** The parts of a run; time counts for the first one on the stack. */
const PARTS: Array<{ part: string; isIn: (name: string, url: string) => boolean }> = [
	{ part: 'reading parameters (n8n)', isIn: (name) => /getNodeParameter$/.test(name) },
	{ part: 'checking parameters (zod)', isIn: (name) => name === 'safeParse' },
	{
		part: 'sending (n8n, axios, Node.js)',
		isIn: (name, url) =>
			/^httpRequest|^requestWithAuthentication/.test(name) ||
			/axios|follow-redirects|node:(_?http|net|internal\/(stream|timers|async_hooks))/.test(url),
	},
	{ part: 'the pack itself', isIn: (_, url) => url.includes('n8n-nodes-guestlist/dist/') },
	{ part: 'the rest of n8n', isIn: (_, url) => /n8n/.test(url) },
];

function partsOf({
	nodes,
	samples = [],
	timeDeltas = [],
}: Profiler.Profile): ProfileSample['parts'] {
	const parents = new Map<number, number>();
	for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);
	const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
	const partOf = (id: number): string => {
		if (frames.get(id)?.functionName === '(idle)') return '';
		const stack: Array<{ functionName: string; url: string }> = [];
		for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
			const frame = frames.get(at);
			if (frame) stack.push(frame);
		}
		const found = PARTS.find(({ isIn }) =>
			stack.some(({ functionName, url }) => isIn(functionName, url)),
		);
		return found?.part ?? 'Node.js';
	};
	const known = new Map(nodes.map(({ id }) => [id, partOf(id)]));
	const spent = new Map<string, number>();
	samples.forEach((id, index) => {
		const part = known.get(id) ?? '';
		if (part !== '') spent.set(part, (spent.get(part) ?? 0) + (timeDeltas[index] ?? 0) / US_PER_MS);
	});
	return [...spent].map(([part, ms]) => ({ part, ms })).sort((a, b) => b.ms - a.ms);
}

function topEntries(profile: Profiler.Profile): string[] {
	const names = new Map<number, string>();
	for (const { id, callFrame } of profile.nodes) {
		const file = callFrame.url.split(/node_modules\/|\/dist\/(?=nodes|credentials)/).at(-1);
		names.set(
			id,
			`${callFrame.functionName || '(anonymous)'} ${String(file)}:${callFrame.lineNumber + 1}`,
		);
	}
	const counts = new Map<string, number>();
	const samples = (profile.samples ?? []).map((id) => names.get(id) ?? '');
	const busy = samples.filter((name) => !name.startsWith('(idle)'));
	for (const name of busy) counts.set(name, (counts.get(name) ?? 0) + 1);
	return [...counts]
		.sort(([, a], [, b]) => b - a)
		.slice(0, TOP_ENTRIES)
		.map(
			([name, count]) => `${((PERCENT * count) / busy.length).toFixed(1).padStart(5)} %  ${name}`,
		);
}
