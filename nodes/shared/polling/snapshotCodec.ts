/**
 * The records that a trigger knows, as one text: who they are, and enough of their content to tell
 * what changed. Pure.
 *
 * One line a record: a flag, 5 characters for the whole content, 2 for each watched field, then the
 * id, or 8 characters for it where nobody needs the id again. 50,000 records are about 1.5 MB. It is
 * a text because n8n wraps every object of its static data (n8n-workflow `observable-object.js`).
 */

const CONTENT = 5;
export const CONTENT_CHARACTERS = CONTENT;
export const FIELD_CHARACTERS = 2;
export const KEY_CHARACTERS = 8;
const FLAG_CHARACTERS = 1;
const LINE_END = '\n';

/** What is known of one record. */
export interface KnownRow {
	/** All watched fields and the version together. */
	content: string;
	/** Each watched field by itself, in order. */
	fields: string;
	/** Which reading saw it last: readings are told apart by two marks in turn. */
	generation: 0 | 1;
	/** It was missing from the last complete reading. */
	missing: boolean;
}

const MISSING_FLAG = 2;

export function encodeRows(rows: ReadonlyMap<string, KnownRow>): string {
	const lines: string[] = [];
	for (const [key, { content, fields, generation, missing }] of rows) {
		lines.push(`${generation + (missing ? MISSING_FLAG : 0)}${content}${fields}${key}`);
	}
	return lines.join(LINE_END);
}

/**
 * @param fieldCount how many fields are watched
 * @returns undefined if the text is not what {@link encodeRows} writes
 */
export function decodeRows(text: string, fieldCount: number): Map<string, KnownRow> | undefined {
	const rows = new Map<string, KnownRow>();
	if (text === '') return rows;
	const fieldsEnd = FLAG_CHARACTERS + CONTENT + fieldCount * FIELD_CHARACTERS;
	for (const line of text.split(LINE_END)) {
		const flag = Number(line[0]);
		if (!(flag >= 0 && flag < 2 * MISSING_FLAG) || line.length < fieldsEnd) return undefined;
		rows.set(line.slice(fieldsEnd), {
			content: line.slice(FLAG_CHARACTERS, FLAG_CHARACTERS + CONTENT),
			fields: line.slice(FLAG_CHARACTERS + CONTENT, fieldsEnd),
			generation: flag % MISSING_FLAG === 1 ? 1 : 0,
			missing: flag >= MISSING_FLAG,
		});
	}
	return rows;
}
