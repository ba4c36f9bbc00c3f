/** ARTSVP: stays within its rate limit; obeys the headers; a 429 waits or says when to try again. */
import { describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { MAX_PAGE_SIZE } from '../../../nodes/Artsvp/client.ts';
import { by, crowd } from '../../rig/items.mts';
import { nth } from '../../rig/records.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor, type RunExtras } from '../../rig/useVendor.mts';
import { startScripted } from '../../support/scripted-server.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import artsvp from '../../vendors/artsvp.mts';
import { API_KEY, OTHER_API_KEY } from './shared.mts';

const TIMEOUT_MS = 90_000;
const MS_PER_SECOND = 1000;
const rig = useVendor(artsvp);
const limit = () => rig.state.rateLimit;

/** The sandbox allows this many requests in any period of this many seconds, and the credential says so. */
function budgetOf(requests: number, seconds: number): ICredentialDataDecryptedObject {
	Object.assign(limit(), {
		limit: requests,
		windowMs: seconds * MS_PER_SECOND,
		window: 'sliding',
		// Its headers count whole seconds, which is a lot in a scaled-down limit.
		headers: 'none',
	});
	return { rateLimitRequests: requests, rateLimitSeconds: seconds };
}

/** Reads one booking per item. */
async function calls(
	count: number,
	credential: ICredentialDataDecryptedObject,
	options: IDataObject,
	more?: RunExtras,
) {
	return await rig.run(
		'booking: get',
		{ bookingId: by('id', nth(rig.state.bookings()).id), options },
		{ items: crowd(count), credentials: rig.credentials(credential), ...more },
	);
}

/** From the first to the last request, ms. */
function span(): number {
	const times = rig.sent().map(({ at }) => at);
	return Math.max(...times) - Math.min(...times);
}

describe('a rate limit', () => {
	test(
		'is shared by two executions with one credential',
		async () => {
			const credential = budgetOf(50, 1);
			const results = await Promise.all([
				calls(100, credential, { concurrency: 10 }),
				calls(100, credential, { concurrency: 10 }),
			]);

			expect(results.map(({ items }) => items.length)).toEqual([100, 100]);
			expect(limit().rejected).toBe(0);
			expect(span()).toBeGreaterThanOrEqual(3000);
		},
		TIMEOUT_MS,
	);

	test('is remembered by the next execution', async () => {
		const credential = budgetOf(10, 1);
		await calls(10, credential, {});
		await calls(10, credential, {});

		expect(limit().rejected).toBe(0);
		expect(span()).toBeGreaterThanOrEqual(1000);
	});

	test('is separate for each key', async () => {
		const credential = budgetOf(10, 5);
		await calls(10, credential, {});
		await calls(10, { ...credential, apiKey: OTHER_API_KEY }, {});

		expect(limit().rejected).toBe(0);
		expect(span()).toBeLessThan(4000);
	});

	test('applies to pages too', async () => {
		rig.server.reset({ guests: 5 * MAX_PAGE_SIZE });
		const credentials = rig.credentials(budgetOf(2, 1));
		const result = await rig.run('booking: getAll', { returnAll: true }, { credentials });

		expect(result.items).toHaveLength(5 * MAX_PAGE_SIZE);
		expect(limit().rejected).toBe(0);
		expect(span()).toBeGreaterThanOrEqual(2000);
	});

	test('reports when to try again if it is exhausted for longer than Max Wait', async () => {
		const result = await calls(12, budgetOf(10, 300), { maxWait: 5 }, { continueOnFail: true });
		const failed = data(result).filter(({ error }) => error !== undefined);

		expect(rig.sent()).toHaveLength(10);
		expect(limit().rejected).toBe(0);
		expect(failed).toHaveLength(2);
		for (const item of failed) {
			expect(item).toMatchObject({
				error: expect.stringMatching(/^ARTSVP allows no more requests until .* UTC \[item 1\d\]$/),
				details: { failure: { cause: 'rate-limited' } },
			});
			const { failure } = Object(item.details);
			expect(Math.abs(failure.retryAfterMs - 300_000)).toBeLessThan(5000);
		}
	});

	test('defaults to the documented 1,000 in 15 minutes', () => {
		const { rateLimitRequests, rateLimitSeconds } = Object.fromEntries(
			rig.engine.packages
				.getCredentialType('artsvpApi')
				.properties.map(({ name, default: value }) => [name, value]),
		);

		expect([rateLimitRequests, rateLimitSeconds]).toEqual([1000, 15 * 60]);
	});
});

const SPELLINGS = ['x-ratelimit', 'x-rate-limit', 'ratelimit'] as const;
const FORMS = ['seconds', 'epoch'] as const;
const HEADERS = SPELLINGS.flatMap((headers) => FORMS.map((reset) => ({ headers, reset })));

describe('the headers', () => {
	test.each(HEADERS)('$headers-remaining and -reset in $reset are obeyed', async (knobs) => {
		// The credential has no limit; the vendor's headers do.
		Object.assign(limit(), { limit: 5, windowMs: 1000, ...knobs });
		const result = await calls(10, {}, { concurrency: 1 });

		expect(result.items).toHaveLength(10);
		expect(limit().rejected).toBe(0);
		expect(span()).toBeGreaterThanOrEqual(900);
	});

	test.each([
		{ headers: 'x-rate-limit', reset: 'seconds' },
		{ headers: 'ratelimit', reset: 'epoch' },
	])('a 429 waits until $headers-reset in $reset', async (knobs) => {
		Object.assign(limit(), { limit: 5, windowMs: 1000, ...knobs });
		const result = await calls(10, {}, { concurrency: 10 });

		expect(result.items).toHaveLength(10);
		expect(result.error).toBeUndefined();
		expect(span()).toBeGreaterThanOrEqual(900);
		expect(span()).toBeLessThan(4000);
	});

	test('does not wait for a reset that is in the past or invalid', async () => {
		const answers = ['0', '-5', 'soon', '', String(Math.floor(Date.now() / 1000) - 60)];
		const server = await startScripted((index) => ({
			status: 200,
			headers: {
				'x-ratelimit-remaining': '0',
				'x-ratelimit-reset': answers[index % answers.length] ?? '',
			},
			body: '{"id":"boo-1"}',
		}));
		const { result, waits } = await withShortWaits(
			async () => await calls(10, { baseUrl: server.url }, { concurrency: 1 }),
		);
		await server.close();

		expect(result.items).toHaveLength(10);
		expect(waits).toEqual([]);
	});
});

describe('a 429', () => {
	test.each(['seconds', 'date'] as const)('waits as long as the vendor asks (%s)', async (form) => {
		rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: 1, form } });
		const result = await calls(1, {}, {});

		expect(rig.statuses()).toEqual([429, 200]);
		expect(result.status).toBe('success');
		expect(span()).toBeGreaterThanOrEqual(900);
	});

	test('pauses every item, and the next execution with the key', async () => {
		rig.fault({ when: { nth: 3 }, do: { kind: 'rateLimit', windowMs: 900 } });
		const results = await Promise.all([
			calls(20, {}, { concurrency: 2 }),
			calls(20, {}, { concurrency: 2 }),
		]);
		const told = rig.statuses().filter((status) => status === 429);

		expect(results.map(({ items }) => items.length)).toEqual([20, 20]);
		// Only the requests in flight.
		expect(told.length).toBeLessThanOrEqual(4);
	});

	test('does not pause another key', async () => {
		rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: 600 } });
		const told = await calls(1, {}, { maxWait: 1 });
		const other = await calls(1, { apiKey: OTHER_API_KEY }, { maxWait: 1 });

		expect(errorOf(told).failure).toMatchObject({ cause: 'rate-limited' });
		expect(other.status).toBe('success');
	});

	test('is not requested again by later items if the wait exceeds Max Wait', async () => {
		rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: 600 } });
		const result = await calls(5, {}, { maxWait: 1, concurrency: 1 }, { continueOnFail: true });

		expect(rig.statuses()).toEqual([429]);
		expect(data(result)).toHaveLength(5);
		for (const item of data(result)) {
			expect(item).toMatchObject({
				details: {
					httpCode: 429,
					failure: { cause: 'rate-limited', retryAfterMs: expect.any(Number) },
				},
			});
		}
	});

	test('waits for a whole window of 15 minutes by default', async () => {
		rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: 900 } });
		const result = await calls(1, {}, {}, { abortAfterMs: 500 });

		// It was still waiting when it was stopped.
		expect(result.status).toBe('canceled');
		expect(rig.statuses()).toEqual([429]);
	});

	test('repeats a create once', async () => {
		rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: 1 } });
		const result = await rig.run('invite: create', { resourceId: by('code', '667879') });

		expect(rig.statuses()).toEqual([429, 201]);
		expect(result.items).toHaveLength(1);
		expect(rig.sent()[1]?.headers.authorization).toBe(API_KEY);
	});
});
