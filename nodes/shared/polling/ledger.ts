/**
 * Compares records with what is known of them, and takes note of them once that may be. Pure but for
 * its own notes; nothing is kept until {@link Ledger.write}.
 */
import type { IDataObject } from 'n8n-workflow';
import { canonical, shortHash } from './hash';
import {
	CONTENT_CHARACTERS,
	FIELD_CHARACTERS,
	KEY_CHARACTERS,
	readRows,
	writeRows,
	type KnownRow,
} from './knownRows';
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
	/** What the ledger will know once the record was {@link Ledger.accept}ed. */
	row: Pick<KnownRow, 'content' | 'fields'>;
}

/** What is compared, and how. */
export interface LedgerSettings<R> {
	salt: string;
	watched: readonly WatchedField[];
	/** Those of them, all with `keep: 'value'`, that an event needs and whose change alone is no update. */
	aside: readonly string[];
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
const BEYOND_WORDS = '~~';
const WORD_RADIX = 36;
const MOST_WORDS = WORD_RADIX ** FIELD_CHARACTERS;
const MANY_WORDS = MOST_WORDS / 2;

export class Ledger<R> {
	private readonly rows: Map<string, KnownRow>;

	private words: string[];

	private places: Map<string, number>;

	/**
	 * @param state what was kept
	 * @throws UnreadableRows
	 */
	constructor(
		private readonly settings: LedgerSettings<R>,
		state: StreamState,
	) {
		const rows = readRows(state.rows, settings.watched.length);
		if (rows === undefined || !state.words.every(isJson)) {
			throw new UnreadableRows();
		}
		this.rows = rows;
		this.words = [...state.words];
		this.places = placesOf(this.words);
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
		const { salt, watched, aside, versionOf, observe } = this.settings;
		const observed = observe(record);
		const values = watched.map(({ name }) => observed[name]);
		const texts = values.map(canonical);
		const isAside = (index: number) => aside.includes(watched[index]?.name ?? '');
		const counted = aside.length === 0 ? texts : texts.filter((_, index) => !isAside(index));
		const content = shortHash(
			salt,
			`${counted.join('\u0000')}\u0000${canonical(versionOf?.(record))}`,
			CONTENT_CHARACTERS,
		);
		const known = this.rows.get(key);
		const isUpdate = known?.content !== content;
		if (!isUpdate && aside.length === 0) return undefined;
		const parts = texts.map((text, index) => this.partOf(text, watched[index]?.keep === 'value'));
		if (!isUpdate && parts.join('') === known?.fields) return undefined;
		const changes = watched.flatMap((field, index) => {
			const before = known === undefined ? undefined : partAt(known.fields, index);
			if (before === undefined || before === parts[index]) return [];
			const was = field.keep === 'value' ? this.wordAt(before) : undefined;
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
				return this.wordAt(partAt(known.fields, index));
			},
			row: { content, fields: parts.join('') },
		};
	}

	/** Takes note of a record as it is now. */
	accept(key: string, row: Difference['row'], mark: 0 | 1): void {
		this.rows.set(key, { ...row, mark, missing: false });
	}

	/** A reading begins that has seen nothing yet; its own mark is the other one. */
	unsee(mark: 0 | 1): void {
		for (const row of this.rows.values()) row.mark = mark;
	}

	/** Notes that a reading has seen a record, changed or not. */
	saw(key: string, mark: 0 | 1): void {
		const row = this.rows.get(key);
		if (row === undefined || (row.mark === mark && !row.missing)) return;
		row.mark = mark;
		row.missing = false;
	}

	knows(key: string): boolean {
		return this.rows.has(key);
	}

	forget(key: string): void {
		this.rows.delete(key);
	}

	/** The keys of records that a reading did not see: ids, where they are kept. */
	unseen(mark: 0 | 1): string[] {
		return [...this.rows].filter(([, row]) => row.mark !== mark).map(([key]) => key);
	}

	/** Whether a key was missing from the complete reading before, too. */
	wasMissing(key: string): boolean {
		return this.rows.get(key)?.missing === true;
	}

	/** Notes that a complete reading did not see a key. */
	miss(key: string): void {
		const row = this.rows.get(key);
		if (row !== undefined) row.missing = true;
	}

	/** The last readable values of a key. */
	lastValues(key: string): Record<string, unknown> {
		const row = this.rows.get(key);
		const values: Record<string, unknown> = {};
		this.settings.watched.forEach((field, index) => {
			if (row === undefined || field.keep !== 'value') return;
			const value = this.wordAt(partAt(row.fields, index));
			if (value !== undefined) values[field.name] = value;
		});
		return values;
	}

	write(): Pick<StreamState, 'rows' | 'words'> {
		if (this.words.length > MANY_WORDS) this.dropWords();
		return { rows: writeRows(this.rows), words: this.words };
	}

	/** Words that no record has any more make room for new ones. */
	private dropWords(): void {
		const { watched } = this.settings;
		const words: string[] = [];
		const moved = new Map<string, string>();
		const move = (part: string): string => {
			const word = part === BEYOND_WORDS ? undefined : this.words[parseInt(part, WORD_RADIX)];
			if (word === undefined) return part;
			const known = moved.get(part) ?? placeText(words.push(word) - 1);
			moved.set(part, known);
			return known;
		};
		for (const row of this.rows.values()) {
			row.fields = watched
				.map(({ keep }, index) => [keep, partAt(row.fields, index)] as const)
				.map(([keep, part]) => (keep === 'value' ? move(part) : part))
				.join('');
		}
		this.words = words;
		this.places = placesOf(words);
	}

	/** A value as its place among the words, anything else as a hash. */
	private partOf(text: string, isWord: boolean): string {
		if (!isWord) return shortHash(this.settings.salt, text, FIELD_CHARACTERS);
		let place = this.places.get(text);
		if (place === undefined) {
			place = this.words.length;
			if (place >= MOST_WORDS - 1) return BEYOND_WORDS;
			this.words.push(text);
			this.places.set(text, place);
		}
		return placeText(place);
	}

	private wordAt(part: string): unknown {
		const word = part === BEYOND_WORDS ? undefined : this.words[parseInt(part, WORD_RADIX)];
		if (word === undefined) return undefined;
		const value: unknown = JSON.parse(word);
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

function placesOf(words: readonly string[]): Map<string, number> {
	return new Map(words.map((word, place) => [word, place]));
}

function placeText(place: number): string {
	return place.toString(WORD_RADIX).padStart(FIELD_CHARACTERS, '0');
}

function partAt(fields: string, index: number): string {
	return fields.slice(index * FIELD_CHARACTERS, (index + 1) * FIELD_CHARACTERS);
}
