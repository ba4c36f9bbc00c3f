/** Objects, keys and empty values. */
import { describe, expect, test } from '@jest/globals';

import { camelCase, omitEmpty, setOwn } from '../../../nodes/shared/values.ts';

test('omitEmpty drops undefined, empty text and empty lists, and nothing else', () => {
	expect(
		omitEmpty({ a: undefined, b: '', c: [], d: 0, e: false, f: null, g: {}, h: ['x'], i: ' ' }),
	).toEqual({ d: 0, e: false, f: null, g: {}, h: ['x'], i: ' ' });
});

describe('setOwn', () => {
	test.each(['name', '__proto__', 'constructor'])(
		'%s becomes a key of the object itself',
		(key) => {
			const target = {};

			setOwn(target, key, 'first');
			setOwn(target, key, 'second');

			expect(JSON.stringify(target)).toBe(`{"${key}":"second"}`);
		},
	);
});

test.each([
	['created_at', 'createdAt'],
	['stand-zone', 'standZone'],
	['address__line_2', 'addressLine2'],
	['alreadyCamel', 'alreadyCamel'],
	['_private', 'Private'],
])('camelCase: %s is %s', (key, expected) => {
	expect(camelCase(key)).toBe(expected);
	expect(camelCase(key)).toBe(expected);
});
