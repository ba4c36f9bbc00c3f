/** Records where processor time goes during a piece of work, and prints the top entries. */
import { Session, type Profiler } from 'node:inspector/promises';

const TOP_ENTRIES = 25;
const SAMPLING_INTERVAL_US = 500;
const PERCENT = 100;

/** Runs `work` under the processor profiler and prints the functions with the most time of their own. */
export async function profileRun(title: string, work: () => Promise<void>): Promise<void> {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.setSamplingInterval', { interval: SAMPLING_INTERVAL_US });
	await session.post('Profiler.start');
	await work();
	const { profile } = await session.post('Profiler.stop');
	session.disconnect();
	console.log(`\nProcessor profile of ${title}`);
	for (const line of topEntries(profile)) console.log(`  ${line}`);
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
