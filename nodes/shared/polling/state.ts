/**
 * The state of a polling trigger between polls, in n8n's static data of the node. Versioned; contains
 * no names of people. Pure.
 */
import { isObject } from '../values';

/** Increased when the meaning of the stored state changes; see {@link MIGRATIONS}. */
export const STATE_VERSION = 1;

/** Progress of a scan that may take several polls. */
export interface Scan {
	/** The page to continue with; undefined: the first one. */
	pageToken?: string;
	/** Change scans only: the time that was asked for, Unix ms of the server's clock. */
	sinceMs?: number;
	/** The server's time when the scan started, Unix ms. */
	startedMs?: number;
	/** The newest change in the scan, Unix ms. */
	newestMs?: number;
	/** Signature of the last page, to notice a page that repeats. */
	signature?: string;
	/** Some of its items were left for a later poll, so the scan must be repeated. */
	truncated?: true;
}

export interface StreamState {
	/** `baseline` until the first full scan is complete. */
	phase: 'baseline' | 'live';
	/** The known records; see `snapshotCodec.ts`. */
	rows: string;
	/** Values of readable fields; rows refer to them by index. */
	dictionary: string[];
	/** Changes were read up to here, Unix ms of the server's clock. */
	cursorMs?: number;
	/** Generation bit of the last full scan, complete or not; it flips with each scan. */
	scanGeneration: 0 | 1;
	/** The unfinished full scan. */
	fullScan?: Scan;
	/** The unfinished change scan. */
	changeScan?: Scan;
	/** When the last full scan ended, Unix ms of n8n's clock; only used to schedule the next one. */
	fullScanAtMs?: number;
}

export interface TriggerState {
	v: typeof STATE_VERSION;
	salt: string;
	/** A new random text whenever a poll emits items; see `unsavedState.ts`. */
	revision: string;
	/** See `configurationHash.ts`. */
	configurationHash: string;
	/** The chosen *Start From*. */
	start: string;
	/** The trigger was reset by a configuration change: existing records are not emitted again. */
	suppressExisting: boolean;
	streams: Record<string, StreamState>;
}

/**
 * @param saved the stored value, as plain data
 * @returns the state; `absent` on the first poll; `unreadable` for anything else, including a state of
 *   a later version
 */
export function readState(saved: unknown): TriggerState | 'absent' | 'unreadable' {
	if (saved === undefined) return 'absent';
	const migrated = migrate(saved);
	if (!isObject(migrated) || migrated.v !== STATE_VERSION) return 'unreadable';
	const { salt, revision, configurationHash, start, suppressExisting, streams } = migrated;
	if (typeof salt !== 'string' || typeof configurationHash !== 'string') return 'unreadable';
	if (typeof start !== 'string' || !isObject(streams)) return 'unreadable';
	const streamStates: Record<string, StreamState> = {};
	for (const [name, stream] of Object.entries(streams)) {
		const state = readStreamState(stream);
		if (state === undefined) return 'unreadable';
		streamStates[name] = state;
	}
	return {
		v: STATE_VERSION,
		salt,
		revision: typeof revision === 'string' ? revision : '',
		configurationHash,
		start,
		suppressExisting: suppressExisting === true,
		streams: streamStates,
	};
}

/** The revision of a stored state, where it can be read. */
export function revisionOf(saved: unknown): string | undefined {
	return isObject(saved) && typeof saved.revision === 'string' ? saved.revision : undefined;
}

/** One step per version, starting with the step from version 1 to 2. */
const MIGRATIONS: ReadonlyArray<(state: unknown) => unknown> = [];

function migrate(saved: unknown): unknown {
	const version = isObject(saved) ? Number(saved.v) : Number.NaN;
	if (!Number.isInteger(version) || version < 1) return saved;
	return MIGRATIONS.slice(version - 1).reduce((state, step) => step(state), saved);
}

function readStreamState(value: unknown): StreamState | undefined {
	if (!isObject(value)) return undefined;
	const { phase, rows, dictionary, scanGeneration, cursorMs, fullScanAtMs } = value;
	if ((phase !== 'baseline' && phase !== 'live') || typeof rows !== 'string') return undefined;
	if (!Array.isArray(dictionary) || (scanGeneration !== 0 && scanGeneration !== 1)) {
		return undefined;
	}
	const values: unknown[] = dictionary;
	const state: StreamState = { phase, rows, dictionary: values.map(String), scanGeneration };
	if (isFiniteNumber(cursorMs)) state.cursorMs = cursorMs;
	if (isFiniteNumber(fullScanAtMs)) state.fullScanAtMs = fullScanAtMs;
	const fullScan = readScan(value.fullScan);
	const changeScan = readScan(value.changeScan);
	if (fullScan !== undefined) state.fullScan = fullScan;
	if (changeScan !== undefined) state.changeScan = changeScan;
	return state;
}

function readScan(value: unknown): Scan | undefined {
	if (!isObject(value)) return undefined;
	const { pageToken, sinceMs, startedMs, newestMs, signature, truncated } = value;
	const scan: Scan = {};
	if (typeof pageToken === 'string') scan.pageToken = pageToken;
	if (isFiniteNumber(sinceMs)) scan.sinceMs = sinceMs;
	if (isFiniteNumber(startedMs)) scan.startedMs = startedMs;
	if (isFiniteNumber(newestMs)) scan.newestMs = newestMs;
	if (typeof signature === 'string') scan.signature = signature;
	if (truncated === true) scan.truncated = true;
	return scan;
}

function isFiniteNumber(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value);
}

/** The state of a stream before its first poll. */
export function newStreamState(): StreamState {
	return { phase: 'baseline', rows: '', dictionary: [], scanGeneration: 0 };
}
