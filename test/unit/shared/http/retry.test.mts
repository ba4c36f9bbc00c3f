/** The retry table, cell by cell (design §4.3), and the bounds of its waits. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Delivery } from '../../../../nodes/shared/http/connection.ts';
import {
	backOffMs,
	decideRetry,
	type AttemptFailure,
	type RetryState,
} from '../../../../nodes/shared/http/retry.ts';
import type { Headers, Safety } from '../../../../nodes/shared/http/types.ts';

const NOW = Date.UTC(2026, 4, 1, 12, 0, 0);
const PLENTY_MS = 300_000;
const FIRST_TRY: RetryState = { attempts: 1, waitedMs: 0, ambiguous: false };
const SAFETIES = ['safe', 'idempotent', 'nonIdempotent', 'never'] as const;

const status = (code: number, headers: Headers = {}): AttemptFailure => ({
	kind: 'status',
	status: code,
	headers,
});
const connection = (fate: Delivery): AttemptFailure => ({
	kind: 'connection',
	failure: { delivery: fate, reason: 'it broke' },
});
const verdictOf = (
	safety: Safety,
	mishap: AttemptFailure,
	progress = FIRST_TRY,
	maxWaitMs = PLENTY_MS,
) => decideRetry(safety, mishap, progress, maxWaitMs, NOW, 0);
/** The verdict in one word: "retry", or why not. */
function word(safety: Safety, mishap: AttemptFailure, progress = FIRST_TRY): string {
	const verdict = verdictOf(safety, mishap, progress);
	return verdict.next === 'retry' ? 'retry' : verdict.reason;
}

const RETRY_AFTER = { 'retry-after': '2' };
const RESET = { 'x-ratelimit-reset': '2' };

/** What happened, then the verdict per safety, then whether a write may have taken effect. */
const TABLE: Array<[string, AttemptFailure, [string, string, string, string], boolean]> = [
	['429', status(429), ['retry', 'retry', 'retry', 'unsafe'], false],
	['429 + Retry-After', status(429, RETRY_AFTER), ['retry', 'retry', 'retry', 'unsafe'], false],
	['502', status(502), ['retry', 'retry', 'unsafe', 'unsafe'], true],
	['502 + Retry-After', status(502, RETRY_AFTER), ['retry', 'retry', 'unsafe', 'unsafe'], true],
	['503', status(503), ['retry', 'retry', 'unsafe', 'unsafe'], true],
	['503 + Retry-After', status(503, RETRY_AFTER), ['retry', 'retry', 'retry', 'unsafe'], false],
	[
		'503 + Retry-After that says nothing',
		status(503, { 'retry-after': 'soon' }),
		['retry', 'retry', 'unsafe', 'unsafe'],
		true,
	],
	// Many services send the reset header with every answer: it does not say that nothing happened.
	['503 + reset header only', status(503, RESET), ['retry', 'retry', 'unsafe', 'unsafe'], true],
	['504', status(504), ['retry', 'retry', 'unsafe', 'unsafe'], true],
	['504 + Retry-After', status(504, RETRY_AFTER), ['retry', 'retry', 'unsafe', 'unsafe'], true],
	['unreadable', { kind: 'unreadable' }, ['retry', 'unsafe', 'unsafe', 'unsafe'], true],
	['not sent', connection('notSent'), ['retry', 'retry', 'retry', 'unsafe'], false],
	['maybe sent', connection('unknown'), ['retry', 'retry', 'unsafe', 'unsafe'], true],
	['permanent', connection('permanent'), ['final', 'final', 'final', 'final'], false],
	[
		'cancelled',
		connection('cancelled'),
		['cancelled', 'cancelled', 'cancelled', 'cancelled'],
		true,
	],
];

describe('the table', () => {
	for (const [name, mishap, words, mayHaveHappened] of TABLE) {
		test.each(SAFETIES.map((safety, at) => ({ safety, wanted: words[at] })))(
			`${name}: $safety → $wanted`,
			({ safety, wanted }) => {
				expect(word(safety, mishap)).toBe(wanted);
				expect(verdictOf(safety, mishap).ambiguous).toBe(safety !== 'safe' && mayHaveHappened);
			},
		);
	}

	test.each(SAFETIES)('every other status is final: %s', (safety) => {
		const transient = [429, 502, 503, 504];
		for (let code = 300; code < 600; code++) {
			if (transient.includes(code)) continue;
			for (const headers of [{}, RETRY_AFTER, RESET]) {
				const verdict = verdictOf(safety, status(code, headers));
				expect([code, verdict.next]).toEqual([code, 'stop']);
				expect(verdict).toMatchObject({ because: 'final' });
				// 4xx and 3xx are refusals; a write may be behind any 5xx.
				expect([code, verdict.ambiguous]).toEqual([code, safety !== 'safe' && code >= 500]);
			}
		}
	});

	test('an earlier ambiguous try stays ambiguous, whatever comes after it', () => {
		const progress = { ...FIRST_TRY, ambiguous: true };
		for (const [, mishap] of [...TABLE, ['409', status(409)] as const]) {
			for (const safety of SAFETIES) {
				expect(verdictOf(safety, mishap, progress).ambiguous).toBe(true);
			}
		}
	});
});

describe('how often', () => {
	const trying = (tries: number): RetryState => ({ ...FIRST_TRY, attempts: tries });

	test.each([
		['502', status(502)],
		['503 + Retry-After', status(503, { 'retry-after': '1' })],
		['not sent', connection('notSent')],
		['maybe sent', connection('unknown')],
	])('%s: five times retried, then told', (_, mishap) => {
		expect([1, 2, 3, 4, 5, 6, 7].map((tries) => word('safe', mishap, trying(tries)))).toEqual([
			...new Array<string>(5).fill('retry'),
			'attemptsExhausted',
			'attemptsExhausted',
		]);
	});

	test('an unreadable answer: three tries', () => {
		const words = [1, 2, 3].map((tries) => word('safe', { kind: 'unreadable' }, trying(tries)));
		expect(words).toEqual(['retry', 'retry', 'attemptsExhausted']);
	});

	test('429 is limited by time, not by tries', () => {
		expect(word('nonIdempotent', status(429), trying(1_000))).toBe('retry');
	});
});

describe('how long', () => {
	test('what the vendor asks for, spread by at most 250 ms, and everybody waits', () => {
		const mishap = status(429, { 'retry-after': '7' });
		const waits = [0, 0.5, 1].map((chance) =>
			decideRetry('safe', mishap, FIRST_TRY, PLENTY_MS, NOW, chance),
		);
		expect(waits).toEqual(
			[7_000, 7_125, 7_250].map((afterMs) => ({
				next: 'retry',
				afterMs,
				holdAll: true,
				ambiguous: false,
			})),
		);
	});

	test('503 with Retry-After holds everybody back, 502 and broken connections only the call', () => {
		expect(verdictOf('safe', status(503, RETRY_AFTER))).toMatchObject({ holdAll: true });
		expect(verdictOf('safe', status(502))).toMatchObject({ holdAll: false });
		expect(verdictOf('safe', connection('unknown'))).toMatchObject({ holdAll: false });
	});

	test('a wait of zero is no wait at all: the back-off is taken instead', () => {
		for (const headers of [{ 'retry-after': '0' }, { 'retry-after': '-5' }]) {
			expect(verdictOf('safe', status(429, headers))).toMatchObject({ afterMs: 500 });
		}
	});

	test('a longer wait than allowed stops and says how long the vendor asked', () => {
		const mishap = status(429, { 'retry-after': '60' });
		expect(decideRetry('safe', mishap, FIRST_TRY, 59_999, NOW, 0)).toEqual({
			next: 'stop',
			because: 'waitTooLong',
			afterMs: 60_000,
			ambiguous: false,
		});
		expect(decideRetry('safe', mishap, FIRST_TRY, 60_000, NOW, 0).next).toBe('retry');
	});

	test('what was waited before counts', () => {
		const waited = { ...FIRST_TRY, waitedMs: 1_000 };
		expect(decideRetry('safe', status(502), waited, 1_500, NOW, 0).next).toBe('retry');
		// Nobody asked for a wait, so the vendor's own words are told.
		expect(decideRetry('safe', status(502), waited, 1_499, NOW, 0)).toMatchObject({
			next: 'stop',
			because: 'attemptsExhausted',
		});
	});

	test('the back-off doubles from 500 ms to 30 s', () => {
		const plain = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((tries) => backOffMs(tries, 0));
		expect(plain).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
	});

	test('the back-off is never below its base and at most half above its cap', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 5_000 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(tries, chance) => {
					const ms = backOffMs(tries, chance);
					expect(ms).toBeGreaterThanOrEqual(500);
					expect(ms).toBeLessThanOrEqual(45_000);
					expect(ms).toBeGreaterThanOrEqual(backOffMs(tries, 0));
				},
			),
		);
	});

	test('whatever happens, a call ends and never waits longer than allowed', () => {
		const mishaps = fc.oneof(
			fc.constantFrom(...TABLE.map(([, mishap]) => mishap)),
			fc
				.integer({ min: 0, max: 100 })
				.map((seconds) => status(429, { 'retry-after': String(seconds) })),
		);
		fc.assert(
			fc.property(
				fc.constantFrom(...SAFETIES),
				fc.infiniteStream(mishaps),
				fc.integer({ min: 0, max: 120_000 }),
				fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
				(safety, happening, maxWaitMs, chances) => {
					const progress: RetryState = { attempts: 0, waitedMs: 0, ambiguous: false };
					for (;;) {
						progress.attempts += 1;
						const mishap = happening.next().value;
						const chance = chances.next().value;
						const verdict = decideRetry(safety, mishap, progress, maxWaitMs, NOW, chance);
						if (verdict.next === 'stop') return;
						progress.waitedMs += verdict.delayMs;
						progress.ambiguous = verdict.ambiguous;
						expect(progress.waitedMs).toBeLessThanOrEqual(maxWaitMs);
						expect(progress.attempts).toBeLessThanOrEqual(maxWaitMs / 500);
					}
				},
			),
		);
	});
});
