/** The pacer: when the next request may leave. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';

import { RateLimiter, sharedRateLimiter } from '../../../../nodes/shared/http/rateLimiter.ts';

const START = 1_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

/** Sends a request that is answered after so many ms, at once or as soon as it may; the moment it left. */
function send(pacer: RateLimiter, latencyMs = 0): number {
	const place = pacer.reserve(pacer.earliestStart(Date.now()));
	jest.setSystemTime(Math.max(Date.now(), pacer.reschedule(place)));
	pacer.started(place);
	const at = Date.now();
	jest.setSystemTime(at + latencyMs);
	pacer.finished(place);
	return at;
}

describe('a budget', () => {
	test('lets as many leave at once as it has, and the next when the window is over', () => {
		const pacer = new RateLimiter({ requests: 3, perMs: 1000 });

		expect([1, 2, 3, 4, 5, 6, 7].map(() => send(pacer) - START)).toEqual([
			0, 0, 0, 1000, 1000, 1000, 2000,
		]);
	});

	test('is counted from the answers on: the vendor may have counted a slow one late', () => {
		const pacer = new RateLimiter({ requests: 2, perMs: 1000 });
		const slow = send(pacer, 400);
		const quick = send(pacer);

		expect([slow, quick].map((at) => at - START)).toEqual([0, 400]);
		expect(pacer.earliestStart(Date.now()) - START).toBe(1400);
	});

	test('postpones a request that waits for a place whose answer comes late', () => {
		const pacer = new RateLimiter({ requests: 1, perMs: 1000 });
		const one = pacer.reserve(pacer.earliestStart(START));
		pacer.started(one);
		const two = pacer.reserve(pacer.earliestStart(START));
		jest.setSystemTime(START + 300);
		pacer.finished(one);

		expect(pacer.reschedule(two)).toBe(START + 1300);
	});

	test('gives places in the order in which they were asked for, before anybody has left', () => {
		const pacer = new RateLimiter({ requests: 1, perMs: 1000 });
		const places = [1, 2, 3].map(() => pacer.reserve(pacer.earliestStart(START)));

		expect(places.map(({ time: at }) => at - START)).toEqual([0, 1000, 2000]);
	});

	test('a place that was looked at only is still free', () => {
		const pacer = new RateLimiter({ requests: 1, perMs: 1000 });
		pacer.earliestStart(START);

		expect(pacer.earliestStart(START)).toBe(START);
	});

	test('keeps nothing of the requests before', () => {
		const pacer = new RateLimiter({ requests: 1, perMs: 1 });
		const place = pacer.reserve(pacer.earliestStart(START));
		send(pacer);
		pacer.started(place);

		expect(place.waitsFor).toBeUndefined();
	});

	test('is never exceeded in any window, whatever the latencies', () => {
		const latencies = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5 }), latencies, (requests, each) => {
				jest.setSystemTime(START);
				const pacer = new RateLimiter({ requests, perMs: 1000 });
				// The vendor may count a request at any moment from its departure to its answer.
				const spans = each.map((latency) => ({ from: send(pacer, latency), latency }));
				for (const [index, { from }] of spans.entries()) {
					const before = spans[index - requests];
					if (before) expect(from).toBeGreaterThanOrEqual(before.from + before.latency + 1000);
				}
			}),
		);
	});
});

describe('without a budget', () => {
	test('nobody waits', () => {
		const pacer = new RateLimiter();

		expect([1, 2, 3].map(() => send(pacer) - START)).toEqual([0, 0, 0]);
	});

	test('a block still holds', () => {
		const pacer = new RateLimiter();
		pacer.pauseUntil(START + 500, 429);

		expect(pacer.earliestStart(START)).toBe(START + 500);
	});
});

describe('a block', () => {
	test('holds back those who come and those who wait already', () => {
		const pacer = new RateLimiter({ requests: 5, perMs: 1000 });
		const waiting = pacer.reserve(pacer.earliestStart(START));
		pacer.pauseUntil(START + 700, 503);

		expect(pacer.reschedule(waiting)).toBe(START + 700);
		expect(pacer.earliestStart(START)).toBe(START + 700);
		expect(pacer.pausedBy).toBe(503);
	});

	test('is not shortened by a shorter one', () => {
		const pacer = new RateLimiter();
		pacer.pauseUntil(START + 700, 429);
		pacer.pauseUntil(START + 100, 503);

		expect(pacer.earliestStart(START)).toBe(START + 700);
		expect(pacer.pausedBy).toBe(429);
	});

	test('moves those on who wait for the ones that were held back', () => {
		const pacer = new RateLimiter({ requests: 1, perMs: 1000 });
		const one = pacer.reserve(pacer.earliestStart(START));
		const two = pacer.reserve(pacer.earliestStart(START));
		pacer.pauseUntil(START + 5000, 429);

		expect(pacer.reschedule(one)).toBe(START + 5000);
		expect(pacer.reschedule(two)).toBe(START + 6000);
	});

	test('that is over is told as the limit', () => {
		const pacer = new RateLimiter();
		pacer.pauseUntil(START + 100, 503);
		jest.setSystemTime(START + 101);

		expect(pacer.pausedBy).toBe(429);
	});
});

describe('a shared pacer', () => {
	test('is the same for one credential and budget, and another for another', () => {
		const budget = { requests: 10, perMs: 1000 };
		const pacer = sharedRateLimiter('https://a.example.com key', budget);

		expect(sharedRateLimiter('https://a.example.com key', { ...budget })).toBe(pacer);
		expect(sharedRateLimiter('https://a.example.com other', budget)).not.toBe(pacer);
		expect(sharedRateLimiter('https://a.example.com key', { ...budget, requests: 9 })).not.toBe(
			pacer,
		);
	});
});

test('an absurd pause does not outlast the execution that was told of it', () => {
	const budget = { requests: 7, perMs: 1000 };
	sharedRateLimiter('absurd', budget).pauseUntil(START + 10 ** 9, 429);
	expect(sharedRateLimiter('absurd', budget).earliestStart(START)).toBe(START);

	sharedRateLimiter('absurd', budget).pauseUntil(START + 900, 429);
	expect(sharedRateLimiter('absurd', budget).earliestStart(START)).toBe(START + 900);
});
