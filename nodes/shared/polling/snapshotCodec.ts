/**
 * The known records as one text: which ones there are, and enough of their content to notice what
 * changed. Pure.
 *
 * One line per record: a flag, 5 characters for the whole content, 2 for each watched field, then the
 * ID, or 8 characters of its hash if no deletion has to report it. 50,000 records are about 1.5 MB. It
 * is a single text because n8n wraps every object in its static data in a proxy (n8n-workflow
 * `observable-object.js`).
 */

export const CONTENT_CHARACTERS = 5;
export const FIELD_CHARACTERS = 2;
export const KEY_CHARACTERS = 8;
const FLAG_CHARACTERS = 1;
const LINE_END = '\n';

/** What the snapshot knows of one record. */
export interface KnownRow {
	/** Hash of all watched fields and the version. */
	content: string;
	/** A code per watched field, in order: an index into the dictionary, or a hash. */
	fields: string;
	/** Generation bit of the last full scan that saw the record; it flips with each scan. */
	generation: 0 | 1;
	/** The last complete full scan did not see it. */
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
 * @returns rows by key; undefined if the text was not written by {@link encodeRows}
 */
export function decodeRows(text: string, fieldCount: number): Map<string, KnownRow> | undefined {
	const rows = new Map<string, KnownRow>();
	if (text === '') return rows;
	const contentEnd = FLAG_CHARACTERS + CONTENT_CHARACTERS;
	const fieldsEnd = contentEnd + fieldCount * FIELD_CHARACTERS;
	for (const line of text.split(LINE_END)) {
		const flag = Number(line[0]);
		if (!(flag >= 0 && flag < 2 * MISSING_FLAG) || line.length < fieldsEnd) return undefined;
		rows.set(line.slice(fieldsEnd), {
			content: line.slice(FLAG_CHARACTERS, contentEnd),
			fields: line.slice(contentEnd, fieldsEnd),
			generation: flag % MISSING_FLAG === 1 ? 1 : 0,
			missing: flag >= MISSING_FLAG,
		});
	}
	return rows;
}
