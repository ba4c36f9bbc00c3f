/**
 * What a polling trigger keeps between polls, in n8n's static data of the node. Versioned; holds no
 * names. Pure.
 */
import { isObject } from '../values';

/** Raised when the meaning of what is kept changes; see {@link readState}. */
export const STATE_VERSION = 1;

/** A reading that did not come to its end in one poll. */
export interface Scan {
	/** Where it goes on; undefined: at the beginning. */
	pageToken?: string;
	/** Of a list of changes: since when, Unix ms of the vendor's clock. */
	sinceMs?: number;
	/** The vendor's clock at its beginning, Unix ms. */
	startedMs?: number;
	/** The newest change it saw, Unix ms. */
	newestMs?: number;
	/** What tells the last page apart from the next. */
	signature?: string;
	/** Records had to be left for later polls. */
	truncated?: true;
}

export interface StreamState {
	/** `baseline` until the list was read to its end once. */
	phase: 'baseline' | 'live';
	/** See `knownRows.ts`. */
	rows: string;
	/** Readable values of watched fields, by their place. */
	dictionary: string[];
	/** Up to when changes were read, Unix ms of the vendor's clock. */
	cursorMs?: number;
	/** The mark of the last complete reading, or of the one under way. */
	scanGeneration: 0 | 1;
	/** A complete reading under way. */
	fullScan?: Scan;
	/** A reading of changes under way. */
	changeScan?: Scan;
	/** When the last complete reading ended, Unix ms of this n8n's clock: only tells when the next is due. */
	fullScanAtMs?: number;
}

export interface TriggerState {
	v: typeof STATE_VERSION;
	salt: string;
	/** Another one each time that items came out; see `handover.ts`. */
	revision: string;
	/** What the trigger watches; see `fingerprint`. */
	configurationHash: string;
	/** What was chosen under *Start From*. */
	start: string;
	/** It began anew after a change of its configuration: nothing old comes out again. */
	suppressExisting: boolean;
	streams: Record<string, StreamState>;
}

/**
 * @returns the state; `absent` on the first poll; `unreadable` for anything else, also for a state of
 *   a later version
 */
export function readState(saved: unknown): TriggerState | 'absent' | 'unreadable' {
	if (saved === undefined) return 'absent';
	const migrated = migrate(saved);
	if (!isObject(migrated) || migrated.v !== STATE_VERSION) return 'unreadable';
	const { salt, revision, configurationHash, start, suppressExisting, streams } = migrated;
	if (typeof salt !== 'string' || typeof configurationHash !== 'string') return 'unreadable';
	if (typeof start !== 'string' || !isObject(streams)) return 'unreadable';
	const read: Record<string, StreamState> = {};
	for (const [name, stream] of Object.entries(streams)) {
		const state = readStreamState(stream);
		if (state === undefined) return 'unreadable';
		read[name] = state;
	}
	return {
		v: STATE_VERSION,
		salt,
		revision: typeof revision === 'string' ? revision : '',
		configurationHash,
		start,
		suppressExisting: suppressExisting === true,
		streams: read,
	};
}

/** The turn of what was kept, if it can be read. */
export function revisionOf(saved: unknown): string | undefined {
	return isObject(saved) && typeof saved.revision === 'string' ? saved.revision : undefined;
}

/** From the oldest version on, one step each; version 1 is the first. */
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
	if (!Array.isArray(dictionary) || (scanGeneration !== 0 && scanGeneration !== 1))
		return undefined;
	const listed: unknown[] = dictionary;
	const fullScan = readScan(value.fullScan);
	const changeScan = readScan(value.changeScan);
	return {
		phase,
		rows,
		dictionary: listed.map(String),
		scanGeneration,
		...numberEntry('cursorMs', cursorMs),
		...numberEntry('fullScanAtMs', fullScanAtMs),
		...(fullScan === undefined ? {} : { fullScan }),
		...(changeScan === undefined ? {} : { changeScan }),
	};
}

function readScan(value: unknown): Scan | undefined {
	if (!isObject(value)) return undefined;
	return {
		...(typeof value.pageToken === 'string' ? { pageToken: value.pageToken } : {}),
		...(typeof value.signature === 'string' ? { signature: value.signature } : {}),
		...numberEntry('sinceMs', value.sinceMs),
		...numberEntry('startedMs', value.startedMs),
		...numberEntry('newestMs', value.newestMs),
		...(value.truncated === true ? { truncated: true } : {}),
	};
}

function numberEntry<Key extends string>(key: Key, value: unknown): { [K in Key]?: number } {
	const entry: { [K in Key]?: number } = {};
	if (typeof value === 'number' && Number.isFinite(value)) Object.assign(entry, { [key]: value });
	return entry;
}

/** A stream of which nothing is known yet. */
export function newStreamState(): StreamState {
	return { phase: 'baseline', rows: '', dictionary: [], scanGeneration: 0 };
}
