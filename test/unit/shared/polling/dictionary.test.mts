/** The numbered values of readable fields. */
import { describe, expect, test } from '@jest/globals';

import { Dictionary } from '../../../../nodes/shared/polling/dictionary.ts';

const SIZE = 36 ** 2 - 1;

test('a value keeps its code, also after it was stored', () => {
	const dictionary = new Dictionary();
	const codes = ['"a"', 'null', '"a"', '5'].map((text) => dictionary.encode(text));
	expect(codes).toEqual(['00', '01', '00', '02']);
	const stored = new Dictionary(dictionary.toArray());
	expect(stored.encode('5')).toBe('02');
	expect(codes.map((code) => stored.decode(code))).toEqual(['a', null, 'a', 5]);
});

test('an unknown code has no value', () => {
	const dictionary = new Dictionary(['"a"']);
	expect([dictionary.decode('01'), dictionary.textAt('zz')]).toEqual([undefined, undefined]);
});

describe('a full dictionary', () => {
	const texts = Array.from({ length: SIZE }, (_, index) => String(index));

	test('gives the same code to every further value, and cannot decode it', () => {
		const dictionary = new Dictionary(texts);
		expect(dictionary.encode('"more"')).toBe(dictionary.encode('"and more"'));
		expect(dictionary.decode(dictionary.encode('"more"'))).toBeUndefined();
		expect(dictionary.encode(String(SIZE - 1))).toBe('zy');
	});

	test('needs compacting from half its size on', () => {
		const half = (SIZE + 1) / 2;
		expect(new Dictionary(texts.slice(0, half)).needsCompacting).toBe(false);
		expect(new Dictionary(texts.slice(0, half + 1)).needsCompacting).toBe(true);
	});
});
