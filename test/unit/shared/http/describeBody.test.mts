/** A body in a few words. */
import { expect, test } from '@jest/globals';

import { describeBody } from '../../../../nodes/shared/http/describeBody.ts';

test.each<[unknown, string]>([
	[undefined, 'an empty body'],
	[null, 'an empty body'],
	['', 'an empty body'],
	[[], 'a JSON list'],
	[[{ email: 'jane@example.com' }], 'a JSON list'],
	[{}, 'an empty JSON object'],
	[{ status: 'x', code: 1 }, 'a JSON object with "status", "code"'],
	[{ a: 1, b: 1, c: 1, d: 1, e: 1, f: 1 }, 'a JSON object with "a", "b", "c", "d", "e"'],
	['<!DOCTYPE html><html>', 'an HTML page'],
	['  <html lang="en">', 'an HTML page'],
	['<?xml version="1.0"?>', 'an HTML page'],
	['[{"email":"ja', 'JSON that is cut off or damaged'],
	[' {"status":', 'JSON that is cut off or damaged'],
	[' Not today. ', 'the text "Not today."'],
	['x'.repeat(200), `the text "${'x'.repeat(200)}"`],
	['x'.repeat(201), `the text "${'x'.repeat(200)}…"`],
	[42, 'the number 42'],
	[false, 'the boolean false'],
])('%j', (body, words) => {
	expect(describeBody(body, [])).toBe(words);
});

test('secrets and addresses are left out, even where the text is cut short', () => {
	expect(describeBody('Hello jane@example.com, key abcd1234', ['abcd1234'])).toBe(
		'the text "Hello [email], key [secret]"',
	);
	expect(describeBody({ 'jane@example.com': 1, abcd1234: 2 }, ['abcd1234'])).toBe(
		'a JSON object with "[email]", "[secret]"',
	);
	expect(describeBody(`${'x'.repeat(195)} abcd1234`, ['abcd1234'])).not.toContain('abcd');
});
