/** The known records as one text: what was encoded is decoded, and any other text is noticed. */
import { describe, expect, test } from '@jest/globals';

import {
	decodeRows,
	encodeRows,
	type KnownRow,
} from '../../../../nodes/shared/polling/snapshotCodec.ts';

const row = (own: Partial<KnownRow> = {}): KnownRow => ({
	content: 'abcde',
	fields: '0001',
	generation: 0,
	missing: false,
	...own,
});

test('all flags, unusual keys and an empty map survive', () => {
	const rows = new Map([
		['1', row()],
		['ada@example.com', row({ generation: 1, content: '-_-_-' })],
		['["a","b c","",2]', row({ missing: true })],
		['Ω 😀', row({ generation: 1, missing: true, fields: '~~zz' })],
		['', row()],
	]);
	expect(decodeRows(encodeRows(rows), 2)).toEqual(rows);
	expect(decodeRows(encodeRows(new Map()), 2)).toEqual(new Map());
});

test('one line per record: 10 characters for two fields, then the key', () => {
	expect(
		encodeRows(
			new Map([
				['k1', row()],
				['k2', row({ generation: 1, missing: true })],
			]),
		),
	).toBe('0abcde0001k1\n3abcde0001k2');
});

describe('text that was not encoded here', () => {
	test.each([
		['an unknown flag', '4abcde0001k'],
		['no flag', 'xabcde0001k'],
		['too short', '0abcde00'],
		['an empty line', '0abcde0001k\n'],
		['an object', '[object Object]'],
	])('%s', (_, text) => {
		expect(decodeRows(text, 2)).toBeUndefined();
	});
});
