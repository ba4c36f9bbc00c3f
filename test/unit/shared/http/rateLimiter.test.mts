/** The rate limiter: when the next request may start. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';

import { RateLimiter, sharedRateLimiter } from '../../../../nodes/shared/http/rateLimiter.ts';

const START = 1_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

/**
 * Sends a request as soon as it may start.
 *
 * @param latencyMs until its response
 * @returns when it started
 */
function send(limiter: RateLimiter, latencyMs = 0): number {
	const slot = limiter.reserve(limiter.earliestStart(Date.now()));
	jest.setSystemTime(Math.max(Date.now(), limiter.reschedule(slot)));
	limiter.started(slot);
	const at = Date.now();
	jest.setSystemTime(at + latencyMs);
	limiter.finished(slot);
	return at;
}

describe('a limit', () => {
	test('starts as many requests as it allows immediately, and the next ones when the window has passed', () => {
		const limiter = new RateLimiter({ requests: 3, perMs: 1000 });

		expect([1, 2, 3, 4, 5, 6, 7].map(() => send(limiter) - START)).toEqual([
			0, 0, 0, 1000, 1000, 1000, 2000,
		]);
	});

	test('lets 1,000 requests take no longer than the windows that must pass', () => {
		const limiter = new RateLimiter({ requests: 200, perMs: 3000 });
		const starts = Array.from({ length: 1000 }, () => send(limiter));

		expect((starts.at(-1) ?? 0) - START).toBe(4 * 3000);
	});

	test('is counted from the responses: the vendor may have counted a slow request late', () => {
		const limiter = new RateLimiter({ requests: 2, perMs: 1000 });
		const slow = send(limiter, 400);
		const quick = send(limiter);

		expect([slow, quick].map((at) => at - START)).toEqual([0, 400]);
		expect(limiter.earliestStart(Date.now()) - START).toBe(1400);
	});

	test('postpones a request whose slot is occupied by a slow one', () => {
		const limiter = new RateLimiter({ requests: 1, perMs: 1000 });
		const one = limiter.reserve(limiter.earliestStart(START));
		limiter.started(one);
		const two = limiter.reserve(limiter.earliestStart(START));
		jest.setSystemTime(START + 300);
		limiter.finished(one);

		expect(limiter.reschedule(two)).toBe(START + 1300);
	});

	test('reserves slots in the order of the requests, before any has started', () => {
		const limiter = new RateLimiter({ requests: 1, perMs: 1000 });
		const slots = [1, 2, 3].map(() => limiter.reserve(limiter.earliestStart(START)));

		expect(slots.map(({ time: at }) => at - START)).toEqual([0, 1000, 2000]);
	});

	test('does not reserve a slot that is only asked for', () => {
		const limiter = new RateLimiter({ requests: 1, perMs: 1000 });
		limiter.earliestStart(START);

		expect(limiter.earliestStart(START)).toBe(START);
	});

	test('does not keep the slots of earlier requests', () => {
		const limiter = new RateLimiter({ requests: 1, perMs: 1 });
		const slot = limiter.reserve(limiter.earliestStart(START));
		send(limiter);
		limiter.started(slot);

		expect(slot.waitsFor).toBeUndefined();
	});

	test('is never exceeded in any window, whatever the latencies', () => {
		const latencies = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5 }), latencies, (requests, each) => {
				jest.setSystemTime(START);
				const limiter = new RateLimiter({ requests, perMs: 1000 });
				// The vendor may count a request at any moment between its start and its response.
				const spans = each.map((latency) => ({ from: send(limiter, latency), latency }));
				for (const [index, { from }] of spans.entries()) {
					const before = spans[index - requests];
					if (before) expect(from).toBeGreaterThanOrEqual(before.from + before.latency + 1000);
				}
			}),
		);
	});
});

describe('without a limit', () => {
	test('no request waits', () => {
		const limiter = new RateLimiter();

		expect([1, 2, 3].map(() => send(limiter) - START)).toEqual([0, 0, 0]);
	});

	test('a pause still counts', () => {
		const limiter = new RateLimiter();
		limiter.pauseUntil(START + 500, 429);

		expect(limiter.earliestStart(START)).toBe(START + 500);
	});
});

describe('a pause', () => {
	test('delays new requests and requests that are already waiting', () => {
		const limiter = new RateLimiter({ requests: 5, perMs: 1000 });
		const waiting = limiter.reserve(limiter.earliestStart(START));
		limiter.pauseUntil(START + 700, 503);

		expect(limiter.reschedule(waiting)).toBe(START + 700);
		expect(limiter.earliestStart(START)).toBe(START + 700);
		expect(limiter.pausedBy).toBe(503);
	});

	test('is not cut short by a shorter one', () => {
		const limiter = new RateLimiter();
		limiter.pauseUntil(START + 700, 429);
		limiter.pauseUntil(START + 100, 503);

		expect(limiter.earliestStart(START)).toBe(START + 700);
		expect(limiter.pausedBy).toBe(429);
	});

	test('moves the requests that wait for a slot that it moved', () => {
		const limiter = new RateLimiter({ requests: 1, perMs: 1000 });
		const one = limiter.reserve(limiter.earliestStart(START));
		const two = limiter.reserve(limiter.earliestStart(START));
		limiter.pauseUntil(START + 5000, 429);

		expect(limiter.reschedule(one)).toBe(START + 5000);
		expect(limiter.reschedule(two)).toBe(START + 6000);
	});

	test('is not the reason for a wait once it has passed', () => {
		const limiter = new RateLimiter();
		limiter.pauseUntil(START + 100, 503);
		jest.setSystemTime(START + 101);

		expect(limiter.pausedBy).toBe(429);
	});
});

describe('a shared limiter', () => {
	test('belongs to one credential and one limit', () => {
		const limit = { requests: 10, perMs: 1000 };
		const limiter = sharedRateLimiter('https://a.example.com key', limit);

		expect(sharedRateLimiter('https://a.example.com key', { ...limit })).toBe(limiter);
		expect(sharedRateLimiter('https://a.example.com other', limit)).not.toBe(limiter);
		expect(sharedRateLimiter('https://a.example.com key', { ...limit, requests: 9 })).not.toBe(
			limiter,
		);
	});
});

test('drops an absurd pause when the next execution starts', () => {
	const limit = { requests: 7, perMs: 1000 };
	sharedRateLimiter('absurd', limit).pauseUntil(START + 10 ** 9, 429);
	expect(sharedRateLimiter('absurd', limit).earliestStart(START)).toBe(START);

	sharedRateLimiter('absurd', limit).pauseUntil(START + 900, 429);
	expect(sharedRateLimiter('absurd', limit).earliestStart(START)).toBe(START + 900);
});
