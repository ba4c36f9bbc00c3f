// What the host scripts print: one line per step with the elapsed time, and messages for people.

const MS_PER_SECOND = 1000;
const SECONDS_PER_MINUTE = 60;
const HEARTBEAT_MS = 5000;

/** A situation that a person can fix: printed as its message alone, without a stack. */
export class HostError extends Error {}

/**
 * @param {number} milliseconds a duration
 * @returns {string} e.g. `7s` or `3m 05s`
 */
export function formatDuration(milliseconds) {
	const seconds = Math.round(milliseconds / MS_PER_SECOND);
	if (seconds < SECONDS_PER_MINUTE) return `${seconds}s`;
	const rest = String(seconds % SECONDS_PER_MINUTE).padStart(2, '0');
	return `${Math.floor(seconds / SECONDS_PER_MINUTE)}m ${rest}s`;
}

/** @returns {(text: string) => void} prints a line that starts with the time since the log was created */
export function createLog() {
	const start = Date.now();
	return (text) => {
		process.stdout.write(`${formatDuration(Date.now() - start).padStart(7)}  ${text}\n`);
	};
}

/**
 * Runs `work` and shows its progress: a line at the start, one every five seconds, one at the end.
 * @template T
 * @param {(text: string) => void} log from `createLog`
 * @param {string} title what is being done, e.g. `Installing n8n`
 * @param {() => Promise<T>} work the step itself; what it throws is passed on
 * @param {() => Promise<string> | string} [describe] the progress so far, called at every heartbeat
 * @returns {Promise<T>} what `work` returned
 */
export async function withHeartbeat(log, title, work, describe = () => '') {
	const start = Date.now();
	log(`${title} …`);
	let busy = false;
	const timer = setInterval(async () => {
		if (busy) return;
		busy = true;
		try {
			const detail = await describe();
			const elapsed = formatDuration(Date.now() - start);
			log(`  ${title}: ${[detail, `${elapsed} so far`].filter(Boolean).join(', ')}`);
		} catch {
			// If the progress cannot be measured, the heartbeat is skipped: the step itself reports its errors.
		} finally {
			busy = false;
		}
	}, HEARTBEAT_MS);
	try {
		const result = await work();
		log(`  ${title}: done in ${formatDuration(Date.now() - start)}`);
		return result;
	} finally {
		clearInterval(timer);
	}
}

/**
 * @param {string[]} headings the column headers
 * @param {string[][]} rows the cells, one list per row
 * @returns {string} a table in plain text, columns padded to their widest cell
 */
export function formatTable(headings, rows) {
	const widths = headings.map((heading, column) =>
		Math.max(heading.length, ...rows.map((row) => row[column].length)),
	);
	const line = (cells) => cells.map((cell, column) => cell.padEnd(widths[column])).join('  ');
	const rule = widths.map((width) => '─'.repeat(width)).join('  ');
	return [line(headings), rule, ...rows.map(line)].map((text) => text.trimEnd()).join('\n');
}
