/** Paths built from untrusted ids. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { InputError } from '../../../../nodes/shared/errors.ts';
import { path } from '../../../../nodes/shared/http/path.ts';

describe('a path', () => {
	test('contains plain ids as they are', () => {
		expect(path`/events/${'eve-1'}/tickets/${7}`).toBe('/events/eve-1/tickets/7');
		expect(path`/events`).toBe('/events');
	});

	test.each([
		['a/b', 'a%2Fb'],
		['../../admin', '..%2F..%2Fadmin'],
		['..\\admin', '..%5Cadmin'],
		['a?b=c#d', 'a%3Fb%3Dc%23d'],
		['%2e%2e', '%252e%252e'],
		['ü 活', '%C3%BC%20%E6%B4%BB'],
		['...', '...'],
		['a;b@c:d', 'a%3Bb%40c%3Ad'],
	])('encodes %p as %s', (id, encoded) => {
		expect(path`/x/${id}/y`).toBe(`/x/${encoded}/y`);
	});

	test.each(['', '.', '..'])('refuses %p', (id) => {
		expect(() => path`/x/${id}`).toThrow(InputError);
	});

	test.each(['\ud800', 'a\udc00'])(
		'refuses a lone surrogate (%j) with an error for people',
		(id) => {
			expect(() => path`/x/${id}`).toThrow(InputError);
		},
	);

	test('keeps any id within its segment', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
				fc.pre(id !== '.' && id !== '..');
				const url = new URL(`https://example.com${path`/api/events/${id}/end`}`);
				const segments = url.pathname.split('/');

				expect(segments).toHaveLength(5);
				expect(decodeURIComponent(segments[3] ?? '')).toBe(id);
				expect(url.search + url.hash).toBe('');
			}),
		);
	});
});
