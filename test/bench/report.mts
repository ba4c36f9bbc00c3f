/** The bench's rows as text: a table, and the report that is saved in RESULTS.md. */
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

import type { ProfileSample } from './profile.mts';
import { LATENCY_MS, RATE_LIMIT } from './scale.mts';
import { describe } from './stats.mts';

/** One comparison. */
export interface Row {
	what: string;
	ours: string;
	httpRequest: string;
	bound: string;
	ratio: string;
	reach: string;
	result: 'pass' | 'MISS' | 'info';
	/** The reason, shown in the report if the row misses its target. */
	ifMissed?: string;
}

/** How a report was made. */
export interface Circumstances {
	/** The machine's load average before the run. */
	load: number;
	/** Folder of the n8n package. */
	n8nDir: string;
	rounds: number;
	/** Rounds of the row "load cost". */
	loadRounds: number;
}

/** Load average from which other work on the machine disturbs wall-clock times. */
const QUIET_LOAD = 0.7;
const MS_PER_S = 1000;
const BYTES_PER_GB = 1024 ** 3;

/** Samples in ms as seconds: median, minimum and maximum. */
export const seconds = (values: number[]) =>
	describe(
		values.map((ms) => ms / MS_PER_S),
		's',
		2,
	);

export const times = (value: number) => `${value.toFixed(2)} ×`;

/** What the machine's load means for the run; empty if the machine was idle. */
export const busyNote = (load: number) =>
	load > QUIET_LOAD
		? `The machine was busy with other work (load ${load.toFixed(1)}): wall-clock times are disturbed, processor times less so.`
		: '';

/** The rows as a Markdown table. */
export function table(rows: Row[]): string {
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

/** One paragraph per row that misses its target; empty if all reach theirs. */
export function misses(rows: Row[]): string {
	const missed = rows.map((row, at) => ({ row, at })).filter(({ row }) => row.result === 'MISS');
	if (missed.length === 0) return '';
	const paragraphs = missed.map(({ row, at }) => {
		const { ratio, reach, ifMissed = 'Not explained yet.' } = row;
		return `- **${fullName(rows, at)}: ${ratio || row.ours}, reach ${reach}.** ${ifMissed}`;
	});
	return `\n## What misses its mark, and why\n\n${paragraphs.join('\n')}\n`;
}

/** A row "the same …" is named after the one it continues. */
function fullName(rows: Row[], at: number): string {
	const what = rows[at]?.what ?? '';
	if (!what.startsWith('the same')) return what;
	const whole = rows
		.slice(0, at)
		.filter((row) => !row.what.startsWith('the same'))
		.at(-1);
	return what.replace('the same', whole?.what ?? '');
}

const SUBJECTS: Record<string, string> = {
	addOurs: 'ours',
	addHttp: 'HTTP Request',
	addFloorExpressions: 'bare loop that reads both parameters',
	addFloor: 'bare loop',
};

/** Where the CPU time of the bulk write is spent, in ms: a row per part, a column per subject. */
export function profileTable(samples: ProfileSample[]): string {
	const parts = [...new Set(samples.flatMap((sample) => sample.parts.map(({ part }) => part)))];
	const head = ['processor time in ms', ...samples.map(({ name }) => SUBJECTS[name] ?? name)];
	const lines = parts.map((part) => [
		part,
		...samples.map((sample) => (sample.parts.find((one) => one.part === part)?.ms ?? 0).toFixed(0)),
	]);
	return [head, head.map(() => '---'), ...lines]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

/**
 * The whole of RESULTS.md.
 * @param profile a table, see {@link profileTable}
 */
export function report(
	rows: Row[],
	profile: string,
	{ load, n8nDir, rounds, loadRounds }: Circumstances,
): string {
	const manifest: { version: string } = JSON.parse(
		readFileSync(join(n8nDir, 'package.json'), 'utf8'),
	);
	const gb = Math.round(totalmem() / BYTES_PER_GB);
	const made = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, ${gb} GB, Node ${process.versions.node}, n8n ${manifest.version}. Made by \`npm run bench\`. ${busyNote(load)}`;
	return `# Bench results

${made.trimEnd()}

${table(rows)}

- All but polls, memory and load cost: one workflow in a real n8n (\`n8n execute\`, SQLite, default settings), in which every
  node stands between two that note the time. The vendor is a local server in another process that answers after ${LATENCY_MS} ms.
  Nodes run in turn, ${rounds} rounds after a warm-up: medians (least–greatest); a ratio is the median of the rounds' ratios.
- HTTP Request uses the pack's own credential ("Predefined Credential Type"), so both send the same headers. Its batching
  only waits between batches and never for answers: with interval 0 it sends everything at once (see "in flight").
- Rate limit: the credential's *Rate Limit* is set to the server's. The least time is that of all the calls of a window at its
  beginning and no wait but the windows'; the time to make the last ${RATE_LIMIT.requests} calls is not scaled down with the limit, so it weighs more than in 15 minutes.
  Every other row has a limit that is never met: 50,000 attendees in 24s are 20 minutes of Eventtia's 100 requests in 60 s.
- Polls: the trigger's own poll through n8n's poll executor, without a database, in a process of its own; the sandbox (lists of changes)
  and the stand-in (whole lists) in others, answering at once. ${rounds} quiet polls after a first one, one that told a
  record that was added (lists of changes only) and one to warm up; processor time is that of all
  threads of the polling process (receiving and n8n's request helper included), the state what the node keeps in its static data.
- Memory: n8n's engine without a database, a server that answers at once. The smallest heap (\`--max-old-space-size\`, repeatable to about 5 MB) in which the run ends well,
  less what the idle engine holds; in brackets the most memory the whole process took with an ample heap.
- Load cost: a \`require\` in a fresh process (median of ${loadRounds}) after n8n-workflow; memory is what stays after a collection.
${misses(rows)}
## Where the processor time of the bulk write goes

One run of each in n8n-core's engine, without a database, under the processor profiler, which makes everything slower: only the shares tell.

${profile}
`;
}
