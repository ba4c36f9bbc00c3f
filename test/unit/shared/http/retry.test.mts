/** The retry table, cell by cell, and the bounds of its waits. */
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
const FIRST_ATTEMPT: RetryState = { attempts: 1, waitedMs: 0, ambiguous: false };
const SAFETIES = ['safe', 'idempotent', 'nonIdempotent', 'never'] as const;

const status = (code: number, headers: Headers = {}): AttemptFailure => ({
	kind: 'status',
	status: code,
	headers,
});
const connection = (delivery: Delivery): AttemptFailure => ({
	kind: 'connection',
	failure: { delivery, reason: 'it broke' },
});
const decisionFor = (
	safety: Safety,
	failure: AttemptFailure,
	state = FIRST_ATTEMPT,
	maxWaitMs = PLENTY_MS,
) => decideRetry(safety, failure, state, maxWaitMs, NOW, 0);
/** The decision in one word: "retry", or why not. */
function word(safety: Safety, failure: AttemptFailure, state = FIRST_ATTEMPT): string {
	const decision = decisionFor(safety, failure, state);
	return decision.next === 'retry' ? 'retry' : decision.reason;
}

const RETRY_AFTER = { 'retry-after': '2' };
const RESET = { 'x-ratelimit-reset': '2' };

/** The failure, the decision per safety, and whether a write may have taken effect. */
const TABLE: Array<[string, AttemptFailure, [string, string, string, string], boolean]> = [
	['429', status(429), ['retry', 'retry', 'retry', 'unsafe'], false],
	['429 + Retry-After', status(429, RETRY_AFTER), ['retry', 'retry', 'retry', 'unsafe'], false],
	['500', status(500), ['retry', 'permanent', 'permanent', 'permanent'], true],
	[
		'500 + Retry-After',
		status(500, RETRY_AFTER),
		['retry', 'permanent', 'permanent', 'permanent'],
		true,
	],
	// Cloudflare: the origin did not answer in time.
	['524', status(524), ['retry', 'permanent', 'permanent', 'permanent'], true],
	['599', status(599), ['retry', 'permanent', 'permanent', 'permanent'], true],
	['501', status(501), ['permanent', 'permanent', 'permanent', 'permanent'], true],
	['505', status(505), ['permanent', 'permanent', 'permanent', 'permanent'], true],
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
	// Many services send the reset header with every response, so it does not prove that nothing happened.
	['503 + reset header only', status(503, RESET), ['retry', 'retry', 'unsafe', 'unsafe'], true],
	['504', status(504), ['retry', 'retry', 'unsafe', 'unsafe'], true],
	['504 + Retry-After', status(504, RETRY_AFTER), ['retry', 'retry', 'unsafe', 'unsafe'], true],
	['unreadable', { kind: 'unreadable' }, ['retry', 'unsafe', 'unsafe', 'unsafe'], true],
	['not sent', connection('notSent'), ['retry', 'retry', 'retry', 'unsafe'], false],
	['unknown', connection('unknown'), ['retry', 'retry', 'unsafe', 'unsafe'], true],
	[
		'permanent',
		connection('permanent'),
		['permanent', 'permanent', 'permanent', 'permanent'],
		false,
	],
	[
		'cancelled',
		connection('cancelled'),
		['cancelled', 'cancelled', 'cancelled', 'cancelled'],
		true,
	],
];

describe('the table', () => {
	for (const [name, failure, words, mayHaveHappened] of TABLE) {
		test.each(SAFETIES.map((safety, at) => ({ safety, wanted: words[at] })))(
			`${name}: $safety → $wanted`,
			({ safety, wanted }) => {
				expect(word(safety, failure)).toBe(wanted);
				expect(decisionFor(safety, failure).ambiguous).toBe(safety !== 'safe' && mayHaveHappened);
			},
		);
	}

	test.each(SAFETIES)('every other status is permanent: %s', (safety) => {
		const transient = [429, 502, 503, 504];
		const isRetried = (code: number) =>
			transient.includes(code) || (safety === 'safe' && code >= 500 && ![501, 505].includes(code));
		for (let code = 300; code < 600; code++) {
			if (isRetried(code)) continue;
			for (const headers of [{}, RETRY_AFTER, RESET]) {
				const decision = decisionFor(safety, status(code, headers));
				expect([code, decision.next]).toEqual([code, 'stop']);
				expect(decision).toMatchObject({ reason: 'permanent' });
				// 4xx and 3xx are refusals; a write may be behind any 5xx.
				expect([code, decision.ambiguous]).toEqual([code, safety !== 'safe' && code >= 500]);
			}
		}
	});

	test('an ambiguous attempt stays ambiguous, whatever comes after it', () => {
		const state = { ...FIRST_ATTEMPT, ambiguous: true };
		for (const [, failure] of [...TABLE, ['409', status(409)] as const]) {
			for (const safety of SAFETIES) {
				expect(decisionFor(safety, failure, state).ambiguous).toBe(true);
			}
		}
	});
});

describe('how often', () => {
	const after = (attempts: number): RetryState => ({ ...FIRST_ATTEMPT, attempts });

	test.each([
		['500', status(500)],
		['502', status(502)],
		['503 + Retry-After', status(503, { 'retry-after': '1' })],
		['not sent', connection('notSent')],
		['unknown', connection('unknown')],
	])('%s: retried five times, then given up', (_, failure) => {
		expect([1, 2, 3, 4, 5, 6, 7].map((attempts) => word('safe', failure, after(attempts)))).toEqual(
			[...new Array<string>(5).fill('retry'), 'attemptsExhausted', 'attemptsExhausted'],
		);
	});

	test('an unreadable response: three attempts', () => {
		const words = [1, 2, 3].map((attempts) =>
			word('safe', { kind: 'unreadable' }, after(attempts)),
		);
		expect(words).toEqual(['retry', 'retry', 'attemptsExhausted']);
	});

	test('429 is limited by time, not by attempts', () => {
		expect(word('nonIdempotent', status(429), after(1_000))).toBe('retry');
	});
});

describe('how long', () => {
	test('uses the vendor’s delay plus a jitter of at most 250 ms, and pauses all requests', () => {
		const failure = status(429, { 'retry-after': '7' });
		const waits = [0, 0.5, 1].map((random) =>
			decideRetry('safe', failure, FIRST_ATTEMPT, PLENTY_MS, NOW, random),
		);
		expect(waits).toEqual(
			[7_000, 7_125, 7_250].map((delayMs) => ({
				next: 'retry',
				delayMs,
				pauseAll: true,
				ambiguous: false,
			})),
		);
	});

	test('503 with Retry-After pauses all requests; 502 and broken connections delay only their own', () => {
		expect(decisionFor('safe', status(503, RETRY_AFTER))).toMatchObject({ pauseAll: true });
		expect(decisionFor('safe', status(502))).toMatchObject({ pauseAll: false });
		expect(decisionFor('safe', connection('unknown'))).toMatchObject({ pauseAll: false });
	});

	test('a rate limit’s reset time does not delay the retry of a server error', () => {
		const headers = { 'x-ratelimit-reset': '3600' };
		for (const code of [500, 502, 504]) {
			expect(decisionFor('safe', status(code, headers))).toMatchObject({
				next: 'retry',
				delayMs: 500,
				pauseAll: false,
			});
		}
	});

	test('a requested wait of zero is replaced by the back-off', () => {
		for (const headers of [{ 'retry-after': '0' }, { 'retry-after': '-5' }]) {
			expect(decisionFor('safe', status(429, headers))).toMatchObject({ delayMs: 500 });
		}
	});

	test('stops if the delay is longer than allowed, and reports the vendor’s delay', () => {
		const failure = status(429, { 'retry-after': '60' });
		expect(decideRetry('safe', failure, FIRST_ATTEMPT, 59_999, NOW, 0)).toEqual({
			next: 'stop',
			reason: 'waitTooLong',
			delayMs: 60_000,
			ambiguous: false,
		});
		expect(decideRetry('safe', failure, FIRST_ATTEMPT, 60_000, NOW, 0).next).toBe('retry');
	});

	test('earlier waits count', () => {
		const waited = { ...FIRST_ATTEMPT, waitedMs: 1_000 };
		expect(decideRetry('safe', status(502), waited, 1_500, NOW, 0).next).toBe('retry');
		// No one asked for a wait, so the vendor's own message says more.
		expect(decideRetry('safe', status(502), waited, 1_499, NOW, 0)).toMatchObject({
			next: 'stop',
			reason: 'attemptsExhausted',
		});
	});

	test('the back-off doubles from 500 ms to 30 s', () => {
		const plain = [1, 2, 3, 4, 5, 6, 7, 8, 100].map((attempts) => backOffMs(attempts, 0));
		expect(plain).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
	});

	test('the back-off is never below its base and at most half above its cap', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 5_000 }),
				fc.double({ min: 0, max: 1, noNaN: true }),
				(attempts, random) => {
					const ms = backOffMs(attempts, random);
					expect(ms).toBeGreaterThanOrEqual(500);
					expect(ms).toBeLessThanOrEqual(45_000);
					expect(ms).toBeGreaterThanOrEqual(backOffMs(attempts, 0));
				},
			),
		);
	});

	test('a request always ends and never waits longer than allowed', () => {
		const failures = fc.oneof(
			fc.constantFrom(...TABLE.map(([, failure]) => failure)),
			fc
				.integer({ min: 0, max: 100 })
				.map((seconds) => status(429, { 'retry-after': String(seconds) })),
		);
		fc.assert(
			fc.property(
				fc.constantFrom(...SAFETIES),
				fc.infiniteStream(failures),
				fc.integer({ min: 0, max: 120_000 }),
				fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
				(safety, happening, maxWaitMs, randoms) => {
					const state: RetryState = { attempts: 0, waitedMs: 0, ambiguous: false };
					for (;;) {
						state.attempts += 1;
						const failure = happening.next().value;
						const random = randoms.next().value;
						const decision = decideRetry(safety, failure, state, maxWaitMs, NOW, random);
						if (decision.next === 'stop') return;
						state.waitedMs += decision.delayMs;
						state.ambiguous = decision.ambiguous;
						expect(state.waitedMs).toBeLessThanOrEqual(maxWaitMs);
						expect(state.attempts).toBeLessThanOrEqual(maxWaitMs / 500);
					}
				},
			),
		);
	});
});
