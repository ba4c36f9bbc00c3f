/** Nothing secret or personal remains in a vendor's message. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { redact, redactedExcerpt } from '../../../../nodes/shared/http/redact.ts';

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

test('a key pasted with spaces around it is found without them, as it is sent', () => {
	expect(redact('Key abcd1234 is unknown.', [' abcd1234\n'])).toBe('Key [secret] is unknown.');
});

test('a secret that contains another one is removed completely, whichever comes first', () => {
	expect(redact('x abcd1234 y', ['abcd', 'abcd1234'])).toBe('x [secret] y');
	expect(redact('x abcd1234 y', ['abcd1234', 'abcd'])).toBe('x [secret] y');
});

test('no secret of four or more characters survives, whatever its position', () => {
	const secret = fc.stringMatching(/^[A-Za-z0-9/+=_%&-]{6,40}$/);
	fc.assert(
		fc.property(secret, fc.string(), fc.string(), (key, before, after) => {
			const said = `${before} ${key} ${after} ${encodeURIComponent(key)}`;
			expect(redact(said, [key])).not.toContain(key);
		}),
	);
});

test.each([
	['a form', (text: string) => new URLSearchParams({ a: text }).toString()],
	['base64', (text: string) => Buffer.from(text).toString('base64')],
	['the base64 of a log-in', (text: string) => Buffer.from(`me:${text}`).toString('base64')],
	['base64 in the middle', (text: string) => Buffer.from(`{"k":"${text}"}`).toString('base64')],
	['base64 for URLs', (text: string) => Buffer.from(text).toString('base64url')],
	['HTML', (text: string) => text.replace(/[&<"']/g, (one) => `&#${one.charCodeAt(0)};`)],
	['JSON in JSON', (text: string) => JSON.stringify(JSON.stringify(text))],
	['a URL in small letters', (text: string) => encodeURIComponent(text).toLowerCase()],
])('a secret is found in %s', (_, written) => {
	const secret = `k3y/+="&<'%20!*()~\\tail`;

	const safe = redact(`before ${written(secret)} after`, [secret]);

	expect(safe).toContain('[secret]');
	expect(safe).not.toContain(written(secret).slice(4, -4));
});

describe('an excerpt', () => {
	test('is on one line, and shows that it was cut', () => {
		expect(redactedExcerpt(' one \n two  three ', [], 7)).toBe('one two…');
		expect(redactedExcerpt('one two', [], 7)).toBe('one two');
	});

	test('contains no half of a secret, wherever the text is cut', () => {
		const secret = 'abcdefghijklmnopqrstuvwxyz'.repeat(20);
		for (let before = 0; before < 5_000; before += 97) {
			const words = redactedExcerpt(`${'x '.repeat(before / 2)}${secret} rest`, [secret], 10_000);
			expect(words).not.toContain('abcd');
		}
	});

	test('of ten megabytes takes no time', () => {
		const startedAt = performance.now();

		expect(redactedExcerpt('a'.repeat(10_000_000), ['secret'], 5)).toBe('aaaaa…');
		expect(redactedExcerpt('a@'.repeat(5_000_000), ['secret'], 5)).toHaveLength(6);
		expect(performance.now() - startedAt).toBeLessThan(1_000);
	});
});
