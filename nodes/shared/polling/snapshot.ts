/**
 * The records that a stream knows: compares a record with its last known version, and commits the new
 * version once its events are emitted. Has no effects outside the object; {@link Snapshot.write} gives
 * what to store.
 */
import type { IDataObject } from 'n8n-workflow';
import { Dictionary } from './dictionary';
import { canonical, shortHash } from './hash';
import {
	CONTENT_CHARACTERS,
	FIELD_CHARACTERS,
	KEY_CHARACTERS,
	decodeRows,
	encodeRows,
	type KnownRow,
} from './snapshotCodec';
import type { StreamState } from './state';
import type { WatchedField } from './types';

/** A change of one watched field. */
export interface FieldChange {
	field: string;
	/** The previous value, where it is known. */
	was?: unknown;
	/** Left out for lists and objects: they are in the record. */
	now?: unknown;
}

/** How a record differs from its last known version. */
export interface Difference {
	isNew: boolean;
	/** Whether more changed than event-only fields; see {@link SnapshotSettings}. */
	isUpdate: boolean;
	changes: FieldChange[];
	/** The previous value of a watched field, where it is known. */
	was(field: string): unknown;
	/** What {@link Snapshot.commit} stores for this version of the record. */
	row: Pick<KnownRow, 'content' | 'fields'>;
}

/** What is compared, and how. */
export interface SnapshotSettings<R> {
	salt: string;
	watched: readonly WatchedField[];
	/**
	 * Fields read only because an event rule needs them, all with `keep: 'value'`. A change in these
	 * alone is not an *Updated* event.
	 */
	eventOnlyFields: readonly string[];
	observe: (record: R) => IDataObject;
	versionOf?: ((record: R) => unknown) | undefined;
	/** Whether IDs are stored as they are, because a *Deleted* event has nothing else to report. */
	keepIds: boolean;
}

/** The stored records cannot be read, or were written for other fields. */
export class UnreadableRows extends Error {
	constructor() {
		super('The known records cannot be read');
		this.name = 'UnreadableRows';
	}
}

export class Snapshot<R> {
	private readonly rows: Map<string, KnownRow>;

	private dictionary: Dictionary;

	/**
	 * @param state the stored state
	 * @throws UnreadableRows
	 */
	constructor(
		private readonly settings: SnapshotSettings<R>,
		state: Pick<StreamState, 'rows' | 'dictionary'>,
	) {
		const rows = decodeRows(state.rows, settings.watched.length);
		if (rows === undefined || !state.dictionary.every(isJson)) {
			throw new UnreadableRows();
		}
		this.rows = rows;
		this.dictionary = new Dictionary(state.dictionary);
	}

	/** How many records are known. */
	get size(): number {
		return this.rows.size;
	}

	/** The key of a record, which all other methods take: its ID, or a hash of it. */
	keyOf(id: string): string {
		const { keepIds, salt } = this.settings;
		return keepIds ? id.replace(/[\r\n]/g, ' ') : shortHash(salt, id, KEY_CHARACTERS);
	}

	/** @returns undefined if the record has not changed */
	compare(key: string, record: R): Difference | undefined {
		const { watched, eventOnlyFields, observe } = this.settings;
		const observed = observe(record);
		const values = watched.map(({ name }) => observed[name]);
		const texts = values.map(canonical);
		const content = this.contentHash(texts, record);
		const known = this.rows.get(key);
		const isUpdate = known?.content !== content;
		// Event-only fields are not part of the content hash.
		if (!isUpdate && eventOnlyFields.length === 0) return undefined;
		const fields = texts.map((text, index) => this.encode(text, index)).join('');
		if (!isUpdate && fields === known?.fields) return undefined;
		return {
			isNew: known === undefined,
			isUpdate,
			changes: known === undefined ? [] : this.changesBetween(known.fields, fields, values),
			was: (name) => {
				const index = watched.findIndex((field) => field.name === name);
				return known === undefined ? undefined : this.readableValue(known.fields, index);
			},
			row: { content, fields },
		};
	}

	/** Stores a version of a record as the known one. */
	commit(key: string, row: Difference['row'], generation: 0 | 1): void {
		this.rows.set(key, { ...row, generation, missing: false });
	}

	/**
	 * Starts a full scan, which has seen no record yet.
	 *
	 * @param previous the generation before it; the scan itself has the other one
	 */
	beginScan(previous: 0 | 1): void {
		for (const row of this.rows.values()) row.generation = previous;
	}

	/** Marks a record as seen by a scan, changed or not. */
	markSeen(key: string, generation: 0 | 1): void {
		const row = this.rows.get(key);
		if (row === undefined || (row.generation === generation && !row.missing)) return;
		row.generation = generation;
		row.missing = false;
	}

	knows(key: string): boolean {
		return this.rows.has(key);
	}

	forget(key: string): void {
		this.rows.delete(key);
	}

	/** The keys of known records that a scan did not see. */
	unseen(generation: 0 | 1): string[] {
		return [...this.rows].filter(([, row]) => row.generation !== generation).map(([key]) => key);
	}

	/** Whether the previous full scan did not see the record either. */
	wasMissing(key: string): boolean {
		return this.rows.get(key)?.missing === true;
	}

	/** Marks a record that a complete full scan did not see. */
	markMissing(key: string): void {
		const row = this.rows.get(key);
		if (row !== undefined) row.missing = true;
	}

	/** The last known values of the readable fields, by name. */
	lastValues(key: string): Record<string, unknown> {
		const row = this.rows.get(key);
		const values: Record<string, unknown> = {};
		if (row === undefined) return values;
		this.settings.watched.forEach(({ name }, index) => {
			const value = this.readableValue(row.fields, index);
			if (value !== undefined) values[name] = value;
		});
		return values;
	}

	/** The part of the state that the constructor reads. */
	write(): Pick<StreamState, 'rows' | 'dictionary'> {
		if (this.dictionary.needsCompacting) this.compactDictionary();
		return { rows: encodeRows(this.rows), dictionary: this.dictionary.toArray() };
	}

	/** Covers the vendor's version and all fields but the event-only ones. */
	private contentHash(texts: readonly string[], record: R): string {
		const { salt, watched, eventOnlyFields, versionOf } = this.settings;
		const included = texts.filter(
			(_, index) => !eventOnlyFields.includes(watched[index]?.name ?? ''),
		);
		const version = canonical(versionOf?.(record));
		return shortHash(salt, `${included.join('\u0000')}\u0000${version}`, CONTENT_CHARACTERS);
	}

	private changesBetween(before: string, after: string, values: readonly unknown[]): FieldChange[] {
		return this.settings.watched.flatMap((field, index) => {
			if (codeAt(before, index) === codeAt(after, index)) return [];
			const was = this.readableValue(before, index);
			const now = values[index] ?? null;
			const change: FieldChange = {
				field: field.name,
				...(was === undefined ? {} : { was }),
				...(typeof now === 'object' && now !== null ? {} : { now }),
			};
			return [change];
		});
	}

	/** The value of a readable field; undefined for other fields and where it is not known. */
	private readableValue(fields: string, index: number): unknown {
		if (this.settings.watched[index]?.keep !== 'value') return undefined;
		return this.dictionary.decode(codeAt(fields, index));
	}

	private encode(text: string, index: number): string {
		const { salt, watched } = this.settings;
		return watched[index]?.keep === 'value'
			? this.dictionary.encode(text)
			: shortHash(salt, text, FIELD_CHARACTERS);
	}

	/** Drops values that no record has any more, to make room for new ones. */
	private compactDictionary(): void {
		const compacted = new Dictionary();
		const recode = (code: string): string => {
			const text = this.dictionary.textAt(code);
			return text === undefined ? code : compacted.encode(text);
		};
		for (const row of this.rows.values()) {
			row.fields = this.settings.watched
				.map(({ keep }, index) => {
					const code = codeAt(row.fields, index);
					return keep === 'value' ? recode(code) : code;
				})
				.join('');
		}
		this.dictionary = compacted;
	}
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function codeAt(fields: string, index: number): string {
	return fields.slice(index * FIELD_CHARACTERS, (index + 1) * FIELD_CHARACTERS);
}
