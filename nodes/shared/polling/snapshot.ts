/**
 * Compares records with what is known of them, and takes note of them once that may be. Pure but for
 * its own notes; nothing is kept until {@link Snapshot.write}.
 */
import type { IDataObject } from 'n8n-workflow';
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

/** A change of one watched field; `was` where it is known. */
export interface FieldChange {
	field: string;
	was?: unknown;
	/** Left out for lists and objects: they are in the record. */
	now?: unknown;
}

/** A record that is not as it was known. */
export interface Difference {
	isNew: boolean;
	/** More changed than fields that are only watched for the sake of an event. */
	isUpdate: boolean;
	changes: FieldChange[];
	/** What a watched field was, where that is known. */
	was(field: string): unknown;
	/** What the ledger will know once the record was {@link Snapshot.commit}ed. */
	row: Pick<KnownRow, 'content' | 'fields'>;
}

/** What is compared, and how. */
export interface SnapshotSettings<R> {
	salt: string;
	watched: readonly WatchedField[];
	/** Those of them, all with `keep: 'value'`, that an event needs and whose change alone is no update. */
	eventOnlyFields: readonly string[];
	observe: (record: R) => IDataObject;
	versionOf?: ((record: R) => unknown) | undefined;
	/** Whether ids are kept as they are: a deletion can only be told by its id. */
	keepIds: boolean;
}

/** What was kept of the records is not what a ledger writes, or was written for other fields. */
export class UnreadableRows extends Error {
	constructor() {
		super('The known records cannot be read');
		this.name = 'UnreadableRows';
	}
}

/** Field characters that say "no value is known by that place". */
const NOT_IN_DICTIONARY = '~~';
const CODE_RADIX = 36;
const MAX_DICTIONARY_SIZE = CODE_RADIX ** FIELD_CHARACTERS;
const COMPACT_ABOVE = MAX_DICTIONARY_SIZE / 2;

export class Snapshot<R> {
	private readonly rows: Map<string, KnownRow>;

	private dictionary: string[];

	private indexByValue: Map<string, number>;

	/**
	 * @param state what was kept
	 * @throws UnreadableRows
	 */
	constructor(
		private readonly settings: SnapshotSettings<R>,
		state: StreamState,
	) {
		const rows = decodeRows(state.rows, settings.watched.length);
		if (rows === undefined || !state.dictionary.every(isJson)) {
			throw new UnreadableRows();
		}
		this.rows = rows;
		this.dictionary = [...state.dictionary];
		this.indexByValue = indexValues(this.dictionary);
	}

	get size(): number {
		return this.rows.size;
	}

	/** How a record is known: its id, where ids are kept. */
	keyOf(id: string): string {
		const { keepIds, salt } = this.settings;
		return keepIds ? id.replace(/[\r\n]/g, ' ') : shortHash(salt, id, KEY_CHARACTERS);
	}

	/**
	 * @param key see {@link keyOf}, as everywhere below
	 * @returns undefined if the record is as it was known
	 */
	compare(key: string, record: R): Difference | undefined {
		const { salt, watched, eventOnlyFields, versionOf, observe } = this.settings;
		const observed = observe(record);
		const values = watched.map(({ name }) => observed[name]);
		const texts = values.map(canonical);
		const isEventOnly = (index: number) => eventOnlyFields.includes(watched[index]?.name ?? '');
		const counted =
			eventOnlyFields.length === 0 ? texts : texts.filter((_, index) => !isEventOnly(index));
		const content = shortHash(
			salt,
			`${counted.join('\u0000')}\u0000${canonical(versionOf?.(record))}`,
			CONTENT_CHARACTERS,
		);
		const known = this.rows.get(key);
		const isUpdate = known?.content !== content;
		if (!isUpdate && eventOnlyFields.length === 0) return undefined;
		const parts = texts.map((text, index) => this.encode(text, watched[index]?.keep === 'value'));
		if (!isUpdate && parts.join('') === known?.fields) return undefined;
		const changes = watched.flatMap((field, index) => {
			const before = known === undefined ? undefined : codeAt(known.fields, index);
			if (before === undefined || before === parts[index]) return [];
			const was = field.keep === 'value' ? this.decode(before) : undefined;
			const now = values[index] ?? null;
			const change: FieldChange = {
				field: field.name,
				...(was === undefined ? {} : { was }),
				...(typeof now === 'object' && now !== null ? {} : { now }),
			};
			return [change];
		});
		return {
			isNew: known === undefined,
			isUpdate,
			changes,
			was: (name) => {
				const index = watched.findIndex((field) => field.name === name);
				if (known === undefined || watched[index]?.keep !== 'value') return undefined;
				return this.decode(codeAt(known.fields, index));
			},
			row: { content, fields: parts.join('') },
		};
	}

	/** Takes note of a record as it is now. */
	commit(key: string, row: Difference['row'], generation: 0 | 1): void {
		this.rows.set(key, { ...row, generation, missing: false });
	}

	/** A reading begins that has seen nothing yet; its own mark is the other one. */
	beginScan(generation: 0 | 1): void {
		for (const row of this.rows.values()) row.generation = generation;
	}

	/** Notes that a reading has seen a record, changed or not. */
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

	/** The keys of records that a reading did not see: ids, where they are kept. */
	unseen(generation: 0 | 1): string[] {
		return [...this.rows].filter(([, row]) => row.generation !== generation).map(([key]) => key);
	}

	/** Whether a key was missing from the complete reading before, too. */
	wasMissing(key: string): boolean {
		return this.rows.get(key)?.missing === true;
	}

	/** Notes that a complete reading did not see a key. */
	markMissing(key: string): void {
		const row = this.rows.get(key);
		if (row !== undefined) row.missing = true;
	}

	/** The last readable values of a key. */
	lastValues(key: string): Record<string, unknown> {
		const row = this.rows.get(key);
		const values: Record<string, unknown> = {};
		this.settings.watched.forEach((field, index) => {
			if (row === undefined || field.keep !== 'value') return;
			const value = this.decode(codeAt(row.fields, index));
			if (value !== undefined) values[field.name] = value;
		});
		return values;
	}

	write(): Pick<StreamState, 'rows' | 'dictionary'> {
		if (this.dictionary.length > COMPACT_ABOVE) this.compactDictionary();
		return { rows: encodeRows(this.rows), dictionary: this.dictionary };
	}

	/** Words that no record has any more make room for new ones. */
	private compactDictionary(): void {
		const { watched } = this.settings;
		const dictionary: string[] = [];
		const moved = new Map<string, string>();
		const move = (part: string): string => {
			const text =
				part === NOT_IN_DICTIONARY ? undefined : this.dictionary[parseInt(part, CODE_RADIX)];
			if (text === undefined) return part;
			const known = moved.get(part) ?? toCode(dictionary.push(text) - 1);
			moved.set(part, known);
			return known;
		};
		for (const row of this.rows.values()) {
			row.fields = watched
				.map(({ keep }, index) => [keep, codeAt(row.fields, index)] as const)
				.map(([keep, part]) => (keep === 'value' ? move(part) : part))
				.join('');
		}
		this.dictionary = dictionary;
		this.indexByValue = indexValues(dictionary);
	}

	/** A value as its place among the words, anything else as a hash. */
	private encode(text: string, isReadable: boolean): string {
		if (!isReadable) return shortHash(this.settings.salt, text, FIELD_CHARACTERS);
		let index = this.indexByValue.get(text);
		if (index === undefined) {
			index = this.dictionary.length;
			if (index >= MAX_DICTIONARY_SIZE - 1) return NOT_IN_DICTIONARY;
			this.dictionary.push(text);
			this.indexByValue.set(text, index);
		}
		return toCode(index);
	}

	private decode(part: string): unknown {
		const text =
			part === NOT_IN_DICTIONARY ? undefined : this.dictionary[parseInt(part, CODE_RADIX)];
		if (text === undefined) return undefined;
		const value: unknown = JSON.parse(text);
		return value;
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

function indexValues(dictionary: readonly string[]): Map<string, number> {
	return new Map(dictionary.map((text, index) => [text, index]));
}

function toCode(index: number): string {
	return index.toString(CODE_RADIX).padStart(FIELD_CHARACTERS, '0');
}

function codeAt(fields: string, index: number): string {
	return fields.slice(index * FIELD_CHARACTERS, (index + 1) * FIELD_CHARACTERS);
}
