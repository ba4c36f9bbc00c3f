/** Nothing secret or personal stays in what a vendor said. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { redact } from '../../../../nodes/shared/http/redact.ts';

test.each([
	['key=abcd1234 refused', ['abcd1234'], 'key=[secret] refused'],
	['abcd1234 and abcd1234', ['abcd1234'], '[secret] and [secret]'],
	['?key=a%2Fb%3Dc%26d', ['a/b=c&d'], '?key=[secret]'],
	['a.c+d is a.c+d, not abc+d', ['a.c+d'], '[secret] is [secret], not abc+d'],
	['one k1k1k1 two k2k2k2', ['k1k1k1', 'k2k2k2'], 'one [secret] two [secret]'],
	['shorter than four: abc', ['abc'], 'shorter than four: abc'],
	['no secret', ['', 'abcd'], 'no secret'],
	['mail to jane.doe+x@mail.example.com.', [], 'mail to [email].'],
	['("jane@example.com"), <bob@example.org>', [], '("[email]"), <[email]>'],
	['user:jane@example.com;', [], 'user:[email];'],
	['got Bearer eyJhbGciOiJIUzI1NiJ9.e30.x-_/+==.', [], 'got Bearer [secret].'],
	['Authorization: bearer 0a1b2c3d', [], 'Authorization: bearer [secret]'],
	['Bearer authentication required', [], 'Bearer authentication required'],
	['not an address: @home, a@b', [], 'not an address: @home, a@b'],
])('%s', (text, secrets, safe) => {
	expect(redact(text, secrets)).toBe(safe);
});

test('a key that was pasted with spaces around it is found without them, as it is sent', () => {
	expect(redact('Key abcd1234 is unknown.', [' abcd1234\n'])).toBe('Key [secret] is unknown.');
});

test('a secret that holds another one goes whole, whichever comes first', () => {
	expect(redact('x abcd1234 y', ['abcd', 'abcd1234'])).toBe('x [secret] y');
	expect(redact('x abcd1234 y', ['abcd1234', 'abcd'])).toBe('x [secret] y');
});

test('no secret of four or more characters survives, wherever it stands', () => {
	const secret = fc.stringMatching(/^[A-Za-z0-9/+=_%&-]{6,40}$/);
	fc.assert(
		fc.property(secret, fc.string(), fc.string(), (key, before, after) => {
			const said = `${before} ${key} ${after} ${encodeURIComponent(key)}`;
			expect(redact(said, [key])).not.toContain(key);
		}),
	);
});
