/** Hashes: short, salted, the same for equal content. */
import { describe, expect, test } from '@jest/globals';

import { canonical, newSalt, shortHash } from '../../../../nodes/shared/polling/hash.ts';

test('each salt is different, and a hash depends on it', () => {
	const [one, other] = [newSalt(), newSalt()];
	expect(one).not.toBe(other);
	expect(one).toMatch(/^[\w-]{12}$/);
	expect(shortHash(one, 'ada@example.com', 8)).toMatch(/^[\w-]{8}$/);
	expect(shortHash(one, 'ada@example.com', 8)).toBe(shortHash(one, 'ada@example.com', 8));
	expect(shortHash(one, 'ada@example.com', 8)).not.toBe(shortHash(other, 'ada@example.com', 8));
	expect(shortHash(one, 'ada@example.com', 8)).not.toBe(shortHash(one, 'bob@example.com', 8));
});

describe('canonical', () => {
	test.each([
		[{ b: 1, a: [{ d: null, c: 'x' }] }, '{"a":[{"c":"x","d":null}],"b":1}'],
		[[2, 1], '[2,1]'],
		['1', '"1"'],
		[1, '1'],
		[false, 'false'],
		[null, 'null'],
		[undefined, 'null'],
		[{ a: undefined }, '{"a":null}'],
		['a\nb', '"a\\nb"'],
	])('%j', (value, text) => {
		expect(canonical(value)).toBe(text);
	});
});
