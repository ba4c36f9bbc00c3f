/**
 * The values of readable fields, numbered, so that a row of the snapshot refers to a value with two
 * characters.
 */
import { FIELD_CHARACTERS } from './snapshotCodec';

const RADIX = 36;
const MAX_SIZE = RADIX ** FIELD_CHARACTERS;
const COMPACT_ABOVE = MAX_SIZE / 2;
/** The code of a value that found no room in the dictionary. It is not a number in base 36. */
const NOT_IN_DICTIONARY = '~'.repeat(FIELD_CHARACTERS);

export class Dictionary {
	private readonly texts: string[] = [];

	private readonly indexByText = new Map<string, number>();

	/** @param texts JSON values, in the order of their codes */
	constructor(texts: readonly string[] = []) {
		texts.forEach((text, index) => {
			this.texts.push(text);
			this.indexByText.set(text, index);
		});
	}

	/** Whether it is half full, and values that are no longer in use should be dropped. */
	get needsCompacting(): boolean {
		return this.texts.length > COMPACT_ABOVE;
	}

	/** The values as the constructor takes them. */
	toArray(): string[] {
		return [...this.texts];
	}

	/** @param text a JSON value, which is added if it is new and there is room */
	encode(text: string): string {
		let index = this.indexByText.get(text);
		if (index === undefined) {
			index = this.texts.length;
			if (index >= MAX_SIZE - 1) return NOT_IN_DICTIONARY;
			this.texts.push(text);
			this.indexByText.set(text, index);
		}
		return index.toString(RADIX).padStart(FIELD_CHARACTERS, '0');
	}

	/** @returns the JSON value of a code; undefined if the dictionary does not have it */
	textAt(code: string): string | undefined {
		return code === NOT_IN_DICTIONARY ? undefined : this.texts[parseInt(code, RADIX)];
	}

	/** @returns the value of a code; undefined if the dictionary does not have it */
	decode(code: string): unknown {
		const text = this.textAt(code);
		if (text === undefined) return undefined;
		const value: unknown = JSON.parse(text);
		return value;
	}
}
