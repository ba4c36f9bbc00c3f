/** The pacer: when the next request may leave. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';

import { Pacer, sharedPacer } from '../../../../nodes/shared/http/pacer.ts';

const START = 1_000_000;
beforeEach(() => void jest.useFakeTimers({ now: START }));
afterEach(() => void jest.useRealTimers());

/** Sends a request that is answered after so many ms, at once or as soon as it may; the moment it left. */
function send(pacer: Pacer, latencyMs = 0): number {
	const place = pacer.take(pacer.next(Date.now()));
	jest.setSystemTime(Math.max(Date.now(), pacer.postponed(place)));
	pacer.left(place);
	const at = Date.now();
	jest.setSystemTime(at + latencyMs);
	pacer.ended(place);
	return at;
}

describe('a budget', () => {
	test('lets as many leave at once as it has, and the next when the window is over', () => {
		const pacer = new Pacer({ requests: 3, perMs: 1000 });

		expect([1, 2, 3, 4, 5, 6, 7].map(() => send(pacer) - START)).toEqual([
			0, 0, 0, 1000, 1000, 1000, 2000,
		]);
	});

	test('is counted from the answers on: the vendor may have counted a slow one late', () => {
		const pacer = new Pacer({ requests: 2, perMs: 1000 });
		const slow = send(pacer, 400);
		const quick = send(pacer);

		expect([slow, quick].map((at) => at - START)).toEqual([0, 400]);
		expect(pacer.next(Date.now()) - START).toBe(1400);
	});

	test('postpones a request that waits for a place whose answer comes late', () => {
		const pacer = new Pacer({ requests: 1, perMs: 1000 });
		const one = pacer.take(pacer.next(START));
		pacer.left(one);
		const two = pacer.take(pacer.next(START));
		jest.setSystemTime(START + 300);
		pacer.ended(one);

		expect(pacer.postponed(two)).toBe(START + 1300);
	});

	test('gives places in the order in which they were asked for, before anybody has left', () => {
		const pacer = new Pacer({ requests: 1, perMs: 1000 });
		const places = [1, 2, 3].map(() => pacer.take(pacer.next(START)));

		expect(places.map(({ at }) => at - START)).toEqual([0, 1000, 2000]);
	});

	test('a place that was looked at only is still free', () => {
		const pacer = new Pacer({ requests: 1, perMs: 1000 });
		pacer.next(START);

		expect(pacer.next(START)).toBe(START);
	});

	test('keeps nothing of the requests before', () => {
		const pacer = new Pacer({ requests: 1, perMs: 1 });
		const place = pacer.take(pacer.next(START));
		send(pacer);
		pacer.left(place);

		expect(place.after).toBeUndefined();
	});

	test('is never exceeded in any window, whatever the latencies', () => {
		const latencies = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 5 }), latencies, (requests, each) => {
				jest.setSystemTime(START);
				const pacer = new Pacer({ requests, perMs: 1000 });
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
		const pacer = new Pacer();

		expect([1, 2, 3].map(() => send(pacer) - START)).toEqual([0, 0, 0]);
	});

	test('a block still holds', () => {
		const pacer = new Pacer();
		pacer.block(START + 500, 429);

		expect(pacer.next(START)).toBe(START + 500);
	});
});

describe('a block', () => {
	test('holds back those who come and those who wait already', () => {
		const pacer = new Pacer({ requests: 5, perMs: 1000 });
		const waiting = pacer.take(pacer.next(START));
		pacer.block(START + 700, 503);

		expect(pacer.postponed(waiting)).toBe(START + 700);
		expect(pacer.next(START)).toBe(START + 700);
		expect(pacer.blockedBy).toBe(503);
	});

	test('is not shortened by a shorter one', () => {
		const pacer = new Pacer();
		pacer.block(START + 700, 429);
		pacer.block(START + 100, 503);

		expect(pacer.next(START)).toBe(START + 700);
		expect(pacer.blockedBy).toBe(429);
	});

	test('moves those on who wait for the ones that were held back', () => {
		const pacer = new Pacer({ requests: 1, perMs: 1000 });
		const one = pacer.take(pacer.next(START));
		const two = pacer.take(pacer.next(START));
		pacer.block(START + 5000, 429);

		expect(pacer.postponed(one)).toBe(START + 5000);
		expect(pacer.postponed(two)).toBe(START + 6000);
	});

	test('that is over is told as the limit', () => {
		const pacer = new Pacer();
		pacer.block(START + 100, 503);
		jest.setSystemTime(START + 101);

		expect(pacer.blockedBy).toBe(429);
	});
});

describe('a shared pacer', () => {
	test('is the same for one credential and budget, and another for another', () => {
		const budget = { requests: 10, perMs: 1000 };
		const pacer = sharedPacer('https://a.example.com key', budget);

		expect(sharedPacer('https://a.example.com key', { ...budget })).toBe(pacer);
		expect(sharedPacer('https://a.example.com other', budget)).not.toBe(pacer);
		expect(sharedPacer('https://a.example.com key', { ...budget, requests: 9 })).not.toBe(pacer);
	});
});

test('an absurd pause does not outlast the execution that was told of it', () => {
	const budget = { requests: 7, perMs: 1000 };
	sharedPacer('absurd', budget).block(START + 10 ** 9, 429);
	expect(sharedPacer('absurd', budget).next(START)).toBe(START);

	sharedPacer('absurd', budget).block(START + 900, 429);
	expect(sharedPacer('absurd', budget).next(START)).toBe(START + 900);
});
