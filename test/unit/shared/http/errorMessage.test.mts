/** The vendor's message in an error response of undocumented shape. */
import { describe, expect, test } from '@jest/globals';

import { errorMessage } from '../../../../nodes/shared/http/errorMessage.ts';

const SECRET = 'secret-key-1234';
const words = (body: unknown) => errorMessage(body, [SECRET]);

describe('the message', () => {
	test.each([
		['plain text', 'plain text'],
		[{ message: 'a' }, 'a'],
		[{ error: 'a' }, 'a'],
		[{ error: { message: 'a' } }, 'a'],
		[{ error: { error: { detail: 'a' } } }, 'a'],
		[{ error: { error: { error: { detail: 'a' } } } }, undefined],
		[{ errors: ['a', { message: 'b' }, 'c'] }, 'a; b; c'],
		[{ errors: ['', ' '] }, undefined],
		[['a', 'b'], 'a; b'],
		[{ detail: 'a' }, 'a'],
		[{ title: 'a' }, 'a'],
		[{ error: 'code', error_description: 'said' }, 'said'],
		[{ message: '', error: 'a' }, 'a'],
		[{ message: 'a\n  b\tc' }, 'a b c'],
		[
			{ errors: { email: ['is invalid', 'is taken'], name: 'is empty' } },
			'email is invalid; email is taken; name is empty',
		],
	])('of %j is %p', (body, said) => {
		expect(words(body)).toBe(said);
	});

	test.each([
		[undefined],
		[null],
		[''],
		['  '],
		[{}],
		[[]],
		[7],
		[{ code: 17, data: { secret: 'x' } }],
		['<html><body>Bad Gateway</body></html>'],
		[' {"cut": '],
		[{ message: '<b>no</b>' }],
	])('of %j is missing', (body) => {
		expect(words(body)).toBeUndefined();
	});

	test('contains no secret and no address', () => {
		expect(words({ message: `${SECRET} of ada@example.com` })).toBe('[secret] of [email]');
	});

	test('is cut short, but not within a secret', () => {
		const long = words(`${'x'.repeat(295)}${SECRET}${'y'.repeat(500)}`);

		expect(long).toHaveLength(301);
		expect(long?.endsWith('…')).toBe(true);
		expect(long).not.toContain('secret-');
	});
});
