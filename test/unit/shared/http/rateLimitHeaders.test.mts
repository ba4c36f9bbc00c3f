/** How a wait is read from headers. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import {
	headerText,
	exhaustedDelayMs,
	requestedDelayMs,
	serverTimeMs,
} from '../../../../nodes/shared/http/rateLimitHeaders.ts';
import type { Headers } from '../../../../nodes/shared/http/types.ts';

const NOW = Date.UTC(2026, 4, 1, 12, 0, 0);
const at = (ms: number): string => new Date(ms).toUTCString();
/** A vendor whose clock is ten minutes behind ours. */
const THEIR_NOW = NOW - 600_000;

const WAITS: Array<[string, Headers, number | undefined]> = [
	['nothing said', {}, undefined],
	['seconds', { 'retry-after': '120' }, 120_000],
	['seconds as a number', { 'retry-after': 120 }, 120_000],
	['seconds with spaces', { 'retry-after': ' 3 ' }, 3_000],
	['parts of a second', { 'retry-after': '0.5' }, 500],
	['zero seconds', { 'retry-after': '0' }, 0],
	['negative seconds', { 'retry-after': '-7' }, 0],
	['the first of several', { 'retry-after': ['4', '9'] }, 4_000],
	['an empty header', { 'retry-after': '' }, undefined],
	['words', { 'retry-after': 'later' }, undefined],
	['infinity', { 'retry-after': 'Infinity' }, undefined],
	['an object', { 'retry-after': {} }, undefined],
	['a date by our clock, where the vendor has none', { 'retry-after': at(NOW + 30_000) }, 30_000],
	[
		'a date by the vendor’s clock',
		{ 'retry-after': at(THEIR_NOW + 30_000), date: at(THEIR_NOW) },
		30_000,
	],
	['a date that has passed', { 'retry-after': at(NOW - 1_000) }, 0],
	[
		'a date with a damaged Date header',
		{ 'retry-after': at(NOW + 30_000), date: 'yesterday' },
		30_000,
	],
	['reset in seconds', { 'x-ratelimit-reset': '45' }, 45_000],
	['reset at once', { 'x-ratelimit-reset': '0' }, 0],
	['reset as epoch seconds', { 'x-ratelimit-reset': String(NOW / 1000 + 20) }, 20_000],
	['reset as epoch milliseconds', { 'x-ratelimit-reset': String(NOW + 20_000) }, 20_000],
	[
		'reset as epoch seconds of the vendor’s clock',
		{ 'x-ratelimit-reset': THEIR_NOW / 1000 + 20, date: at(THEIR_NOW) },
		20_000,
	],
	[
		'reset as epoch milliseconds of the vendor’s clock',
		{ 'x-ratelimit-reset': THEIR_NOW + 20_000, date: at(THEIR_NOW) },
		20_000,
	],
	['a reset that has passed', { 'x-ratelimit-reset': String(NOW / 1000 - 20) }, 0],
	['the second spelling', { 'x-rate-limit-reset': '5' }, 5_000],
	['the third spelling', { 'ratelimit-reset': '5' }, 5_000],
	['the best known spelling first', { 'ratelimit-reset': '5', 'x-ratelimit-reset': '6' }, 6_000],
	[
		'a damaged spelling passed over',
		{ 'x-ratelimit-reset': 'soon', 'ratelimit-reset': '5' },
		5_000,
	],
	['Retry-After before reset', { 'retry-after': '2', 'x-ratelimit-reset': '60' }, 2_000],
	['reset where Retry-After is damaged', { 'retry-after': 'x', 'x-ratelimit-reset': '6' }, 6_000],
	['calls left', { 'x-ratelimit-reset': '60', 'x-ratelimit-remaining': '1' }, undefined],
	['no calls left', { 'x-ratelimit-reset': '60', 'x-ratelimit-remaining': '0' }, 60_000],
	['calls left, third spelling', { 'ratelimit-reset': 6, 'ratelimit-remaining': 3 }, undefined],
	['combined', { ratelimit: 'limit=100, remaining=0, reset=30' }, 30_000],
	['combined, calls left', { ratelimit: 'limit=100, remaining=5, reset=30' }, undefined],
	['combined, other order and case', { ratelimit: 'Reset=7;Remaining=0;Limit=9' }, 7_000],
	['combined, with X-', { 'x-ratelimit': 'limit=100,remaining=0,reset=30' }, 30_000],
	['combined, only a reset', { ratelimit: 'limit=100, reset=30' }, 30_000],
	[
		'combined, epoch seconds',
		{ ratelimit: `limit=100, remaining=0, reset=${NOW / 1000 + 20}` },
		20_000,
	],
	['structured field', { ratelimit: '"default";r=0;t=30' }, 30_000],
	['structured field, calls left', { ratelimit: '"default";r=50;t=30' }, undefined],
	['structured field, spaces', { ratelimit: '"default" ; r=0 ; t=30' }, 30_000],
	[
		'structured field, one policy of two used up',
		{ ratelimit: '"burst";r=9;t=5, "daily";r=0;t=60' },
		60_000,
	],
	['structured field, both used up', { ratelimit: '"burst";r=0;t=5,"daily";r=0;t=60' }, 60_000],
	['a policy is no wait', { 'ratelimit-policy': '"default";q=100;w=60' }, undefined],
	// ARTSVP: the length of the window in seconds (vendors/artsvp-newer.md, "Limits").
	['a period is no wait', { 'x-rate-limit': '1000', 'x-rate-limit-period': '900' }, undefined],
	['reset as a date', { 'ratelimit-reset': at(THEIR_NOW + 9_000), date: at(THEIR_NOW) }, 9_000],
	[
		'no calls left in one family, the reset in another',
		{ 'x-ratelimit-remaining': '0', 'ratelimit-reset': '8' },
		8_000,
	],
	['Retry-After before a combined reset', { 'retry-after': '2', ratelimit: 'r=0;t=60' }, 2_000],
	['Retry-After although calls are left', { 'retry-after': '2', 'ratelimit-remaining': 3 }, 2_000],
];

test.each(WAITS)('%s', (_, headers, ms) => {
	expect(requestedDelayMs(headers, NOW)).toBe(ms);
});

test('no header makes a wait that is negative or not a number', () => {
	const names = ['retry-after', 'date', 'x-ratelimit-reset', 'x-ratelimit-remaining', 'ratelimit'];
	const value = fc.oneof(
		fc.string(),
		fc
			.tuple(fc.constantFrom('r', 'remaining', 't', 'reset'), fc.string())
			.map((pair) => pair.join('=')),
		fc.double(),
		fc.integer().map(String),
		fc.date().map((date) => date.toUTCString()),
		fc.constant(null),
		fc.array(fc.string()),
	);
	const headers = fc.dictionary(fc.constantFrom(...names), value);
	fc.assert(
		fc.property(headers, (given) => {
			const ms = requestedDelayMs(given, NOW);
			if (ms !== undefined) expect(ms).toBeGreaterThanOrEqual(0);
		}),
	);
});

test.each<[string, Headers, number | undefined]>([
	['nothing said', {}, undefined],
	['only a reset', { 'x-ratelimit-reset': '60' }, undefined],
	['no calls left', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '60' }, 60_000],
	['calls left', { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '60' }, undefined],
	['combined, no calls left', { ratelimit: 'limit=9, remaining=0, reset=4' }, 4_000],
	['structured field, calls left', { ratelimit: '"default";r=1;t=4' }, undefined],
	['structured field, no calls left', { ratelimit: '"default";r=0;t=4' }, 4_000],
])('a pause after a good response: %s', (_, headers, ms) => {
	expect(exhaustedDelayMs(headers, NOW)).toBe(ms);
});

describe('serverTimeMs', () => {
	test('reads the Date header', () => {
		expect(serverTimeMs({ date: at(THEIR_NOW) })).toBe(THEIR_NOW);
	});
	test.each([{}, { date: '' }, { date: 'noon' }, { date: null }])('nothing in %j', (headers) => {
		expect(serverTimeMs(headers)).toBeUndefined();
	});
});

test.each([
	[' a ', 'a'],
	[5, '5'],
	[['b ', 'c'], 'b'],
	[[5], undefined],
	[[], undefined],
	[null, undefined],
	[true, undefined],
])('headerText of %j is %j', (value, text) => {
	expect(headerText({ name: value }, 'name')).toBe(text);
});
