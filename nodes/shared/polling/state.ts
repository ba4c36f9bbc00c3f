/**
 * What a polling trigger keeps between polls, in n8n's static data of the node. Versioned; holds no
 * names. Pure.
 */
import { isObject } from '../isObject';

/** Raised when the meaning of what is kept changes; see {@link readState}. */
export const STATE_VERSION = 1;

/** A reading that did not come to its end in one poll. */
export interface Pass {
	/** Where it goes on; undefined: at the beginning. */
	mark?: string;
	/** Of a list of changes: since when, Unix ms of the vendor's clock. */
	sinceMs?: number;
	/** The vendor's clock at its beginning, Unix ms. */
	startedMs?: number;
	/** The newest change it saw, Unix ms. */
	newestMs?: number;
	/** What tells the last page apart from the next. */
	signature?: string;
	/** Records had to be left for later polls. */
	left?: true;
}

export interface StreamState {
	/** `baseline` until the list was read to its end once. */
	phase: 'baseline' | 'live';
	/** See `knownRows.ts`. */
	rows: string;
	/** Readable values of watched fields, by their place. */
	words: string[];
	/** Up to when changes were read, Unix ms of the vendor's clock. */
	cursorMs?: number;
	/** The mark of the last complete reading, or of the one under way. */
	passMark: 0 | 1;
	/** A complete reading under way. */
	full?: Pass;
	/** A reading of changes under way. */
	delta?: Pass;
	/** When the last complete reading ended, Unix ms of this n8n's clock: only tells when the next is due. */
	fullAtMs?: number;
}

export interface TriggerState {
	v: typeof STATE_VERSION;
	salt: string;
	/** Another one each time that items came out; see `handover.ts`. */
	turn: string;
	/** What the trigger watches; see `fingerprint`. */
	fingerprint: string;
	/** What was chosen under *Start From*. */
	start: string;
	/** It began anew after a change of its configuration: nothing old comes out again. */
	quiet: boolean;
	streams: Record<string, StreamState>;
}

/**
 * @returns the state; `absent` on the first poll; `unreadable` for anything else, also for a state of
 *   a later version
 */
export function readState(kept: unknown): TriggerState | 'absent' | 'unreadable' {
	if (kept === undefined) return 'absent';
	const migrated = migrate(kept);
	if (!isObject(migrated) || migrated.v !== STATE_VERSION) return 'unreadable';
	const { salt, turn, fingerprint, start, quiet, streams } = migrated;
	if (typeof salt !== 'string' || typeof fingerprint !== 'string') return 'unreadable';
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
		turn: typeof turn === 'string' ? turn : '',
		fingerprint,
		start,
		quiet: quiet === true,
		streams: read,
	};
}

/** The turn of what was kept, if it can be read. */
export function turnOf(kept: unknown): string | undefined {
	return isObject(kept) && typeof kept.turn === 'string' ? kept.turn : undefined;
}

/** From the oldest version on, one step each; version 1 is the first. */
const MIGRATIONS: ReadonlyArray<(state: unknown) => unknown> = [];

function migrate(kept: unknown): unknown {
	const version = isObject(kept) ? Number(kept.v) : Number.NaN;
	if (!Number.isInteger(version) || version < 1) return kept;
	return MIGRATIONS.slice(version - 1).reduce((state, step) => step(state), kept);
}

function readStreamState(value: unknown): StreamState | undefined {
	if (!isObject(value)) return undefined;
	const { phase, rows, words, passMark, cursorMs, fullAtMs } = value;
	if ((phase !== 'baseline' && phase !== 'live') || typeof rows !== 'string') return undefined;
	if (!Array.isArray(words) || (passMark !== 0 && passMark !== 1)) return undefined;
	const listed: unknown[] = words;
	const full = readPass(value.full);
	const delta = readPass(value.delta);
	return {
		phase,
		rows,
		words: listed.map(String),
		passMark,
		...numberEntry('cursorMs', cursorMs),
		...numberEntry('fullAtMs', fullAtMs),
		...(full === undefined ? {} : { full }),
		...(delta === undefined ? {} : { delta }),
	};
}

function readPass(value: unknown): Pass | undefined {
	if (!isObject(value)) return undefined;
	return {
		...(typeof value.mark === 'string' ? { mark: value.mark } : {}),
		...(typeof value.signature === 'string' ? { signature: value.signature } : {}),
		...numberEntry('sinceMs', value.sinceMs),
		...numberEntry('startedMs', value.startedMs),
		...numberEntry('newestMs', value.newestMs),
		...(value.left === true ? { left: true } : {}),
	};
}

function numberEntry<Key extends string>(key: Key, value: unknown): { [K in Key]?: number } {
	const entry: { [K in Key]?: number } = {};
	if (typeof value === 'number' && Number.isFinite(value)) Object.assign(entry, { [key]: value });
	return entry;
}

/** A stream of which nothing is known yet. */
export function freshStream(): StreamState {
	return { phase: 'baseline', rows: '', words: [], passMark: 0 };
}
