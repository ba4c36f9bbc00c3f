/** InEvent: every documented status, the rate limit, and what a person reads of them. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { EMAIL_OF_ITEM, by, crowd } from '../../rig/items.mts';
import { data, errorOf } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import inEvent from '../../vendors/inevent.mts';
import { ATTENDEES, EVENT, ORDERS, REGISTRATION } from './shared.mts';

const rig = useVendor(inEvent, { guests: 5 });

const REQUEST_ID = 'req_8f1d2c2b';
const failure = (status: number, error: string, message: string) => ({
	kind: 'status' as const,
	status,
	body: { error, message, request_id: REQUEST_ID },
});

const ID = 'att_9e3779b1';
const OPERATIONS: Array<[string, IDataObject, string]> = [
	['attendee: getAll', {}, 'read:attendees'],
	['attendee: get', { attendeeId: by('id', ID) }, 'read:attendees'],
	['attendee: getCheckIns', { attendeeId: by('id', ID) }, 'read:attendees'],
	[
		'attendee: update',
		{ attendeeId: by('id', ID), updateFields: { firstName: 'A' } },
		'write:attendees',
	],
	['attendee: delete', { attendeeId: by('id', ID) }, 'write:attendees'],
	['attendee: checkIn', { attendeeId: by('id', ID) }, 'write:attendees'],
	['registration: create', { email: 'a@example.com' }, 'write:registration'],
	['analytics: getAll', {}, 'read:analytics'],
	['session: getAll', {}, 'read:sessions'],
	['session: get', { sessionId: by('id', 'ses_1') }, 'read:sessions'],
	['session: getSpeakers', { sessionId: by('id', 'ses_1') }, 'read:sessions'],
	['order: getAll', {}, 'read:orders'],
	['order: get', { orderId: by('id', 'ord_1') }, 'read:orders'],
	['order: refund', { orderId: by('id', 'ord_1') }, 'write:orders'],
];

describe.each(OPERATIONS)('%s', (operation, parameters, scope) => {
	/** The path that the operation asks for, learnt from a good run. */
	async function ownPath(): Promise<string> {
		await rig.run(operation, parameters);
		const path = rig.sent()[0]?.path ?? '';
		rig.server.reset();
		rig.state.rateLimit.limit = null;
		return path;
	}

	test('needs no other scope than its own, and names it where it is missing', async () => {
		const good = await rig.run(operation, parameters, { credential: { scopes: [scope] } });
		const bad = await rig.run(operation, parameters, { credential: { scopes: ['read:agenda'] } });

		expect(good.error).toBeUndefined();
		expect(errorOf(bad)).toMatchObject({
			message: `Missing required scope: ${scope} [item 0]`,
			httpCode: '403',
			failure: { cause: 'credential-invalid' },
		});
		expect(errorOf(bad).description).toMatch(
			new RegExp(`^Add "[A-Z][a-z]+ [A-Z][a-z]+" \\(${scope}\\) under "Scopes"`),
		);
	});

	test.each([
		[400, 'bad_request'],
		[404, 'not_found'],
		[409, 'conflict'],
	])('%i is told in InEvent’s words, with the request ID', async (status, error) => {
		const path = await ownPath();
		rig.fault({ when: { path }, do: failure(status, error, 'The words of InEvent') });
		const result = await rig.run(operation, parameters);

		expect(result.items).toEqual([]);
		expect(errorOf(result)).toMatchObject({
			message: 'The words of InEvent [item 0]',
			httpCode: String(status),
			itemIndex: 0,
		});
		expect(errorOf(result).description).toContain(`request ID is ${REQUEST_ID}. HTTP ${status}.`);
		expect(errorOf(result).failure).toBeUndefined();
		expect(rig.sent()).toHaveLength(1);
	});

	test('an unknown event is a 404 that names the field', async () => {
		const result = await rig.run(operation, { ...parameters, eventId: 'evt_none' });

		expect(errorOf(result)).toMatchObject({
			message: 'Resource not found [item 0]',
			httpCode: '404',
		});
		expect(errorOf(result).description).toContain('"Event ID"');
	});
});

describe('answers that are not as documented', () => {
	test.each([
		[418, 'I am a teapot', 'I am a teapot'],
		[403, { error: 'forbidden' }, 'forbidden'],
		[403, '', 'Not allowed'],
		[404, '', 'Not found'],
		[409, {}, 'Conflict'],
		[400, { message: { text: 'x' } }, 'Invalid request'],
		[422, {}, 'InEvent answered with HTTP 422 and an empty JSON object'],
	])('%i %j', async (status, body, message) => {
		rig.fault({ when: { path: ATTENDEES }, do: { kind: 'status', status, body } });
		const result = await rig.run('attendee: getAll');

		expect(errorOf(result)).toMatchObject({
			message: `${message} [item 0]`,
			httpCode: String(status),
		});
	});
});

describe('the rate limit', () => {
	/** Runs 8 registrations against a limit of 5 in a window. */
	async function pressed(windowMs: number): Promise<{ found: number; rejected: number }> {
		Object.assign(rig.state.rateLimit, { limit: 5, windowMs });
		const result = await rig.run(
			'registration: create',
			{ email: EMAIL_OF_ITEM },
			{ items: crowd(8) },
		);

		expect(result.error).toBeUndefined();
		expect(data(result).map(({ email }) => email)).toEqual(crowd(8).map(({ json }) => json.email));
		return { found: rig.state.event().attendees().length, rejected: rig.state.rateLimit.rejected };
	}

	test.each(['seconds', 'epoch'] as const)(
		'is kept by the headers, and a 429 is waited out: reset in %s',
		async (reset) => {
			rig.state.rateLimit.reset = reset;
			const { found, rejected } = await pressed(1_000);

			expect(found).toBe(5 + 8);
			// Those that were under way when the limit was reached.
			expect(rejected).toBeLessThanOrEqual(5);
			expect(
				new Set(rig.sent(REGISTRATION).map(({ headers }) => headers['idempotency-key'])).size,
			).toBe(8);
		},
	);

	test('is waited out with Retry-After alone, and without any header', async () => {
		rig.state.rateLimit.headers = 'none';
		rig.state.rateLimit.retryAfter = true;
		const { found } = await pressed(600);

		expect(found).toBe(5 + 8);
	});

	test.each(['seconds', 'epoch'] as const)(
		'ends with the time to come back where the wait is too long: %s',
		async (reset) => {
			Object.assign(rig.state.rateLimit, { limit: 1, windowMs: 90_000, reset });
			await rig.run('attendee: getAll');
			const before = Date.now();
			const result = await rig.run('attendee: getAll', { options: { maxWait: 5 } });

			expect(errorOf(result).message).toMatch(
				/^InEvent allows no more requests until (\S+ )?\d\d:\d\d:\d\d UTC \[item 0\]$/,
			);
			expect(errorOf(result).description).toContain('"Max Wait"');
			expect(errorOf(result).failure).toMatchObject({ cause: 'rate-limited' });
			const { resetsAtEpochMs = 0 } = Object(errorOf(result).failure);
			expect(Math.abs(resetsAtEpochMs - before - 90_000)).toBeLessThan(3_000);
		},
	);

	test('holds a refund back before it is sent, instead of sending it in vain', async () => {
		rig.state.rateLimit.limit = 2;
		rig.state.rateLimit.windowMs = 1_000;
		const result = await rig.run(
			'order: refund',
			{ orderId: by('id', '=ord_{{ $json.n }}'), options: { concurrency: 1 } },
			{ items: crowd(4) },
		);

		expect(data(result).map(({ refunded }) => refunded)).toEqual([true, true, true, true]);
		expect(rig.state.rateLimit.rejected).toBe(0);
		expect(Array.from(rig.state.event().orders.values()).map(({ refunds }) => refunds)).toEqual([
			1, 1, 1, 1, 0,
		]);
	});
});

describe('what is safe to repeat', () => {
	const STATUSES = [502, 503, 504];

	test.each(STATUSES)(
		'%i is tried again for reads, updates, deletes and registrations',
		async (status) => {
			const again: Array<[string, IDataObject]> = OPERATIONS.filter(
				([operation]) => !/checkIn$|refund$/.test(operation),
			).map(([operation, parameters]) => [operation, parameters]);
			for (const [operation, parameters] of again) {
				rig.server.reset();
				rig.state.rateLimit.limit = null;
				for (const path of [ATTENDEES, `${ATTENDEES}/${ID}`]) {
					rig.fault({ when: { path }, do: { kind: 'status', status } });
				}
				const { result } = await withShortWaits(async () => await rig.run(operation, parameters));

				expect([operation, result.error]).toEqual([operation, undefined]);
			}
		},
	);

	test.each([...STATUSES, 500])('%i is final for a check-in and a refund', async (status) => {
		for (const [operation, parameters, path] of [
			['attendee: checkIn', { attendeeId: by('id', ID) }, `${ATTENDEES}/${ID}/checkin`],
			['order: refund', { orderId: by('id', 'ord_1') }, `${ORDERS}/ord_1/refund`],
		] as const) {
			rig.fault({ when: { path }, do: { kind: 'status', status } });
			const result = await rig.run(operation, parameters);

			expect(errorOf(result).httpCode).toBe(String(status));
			expect(rig.sent(path)).toHaveLength(1);
		}
	});

	test('nothing is sent after the run was stopped', async () => {
		rig.server.latencyMs = 100;
		const result = await rig.run(
			'registration: create',
			{ email: EMAIL_OF_ITEM, options: { concurrency: 2 } },
			{ items: crowd(20), abortAfterMs: 250 },
		);
		const sent = rig.sent().length;
		await new Promise((resolve) => setTimeout(resolve, 300));

		expect(result.status).toBe('canceled');
		expect(sent).toBeLessThan(10);
		expect(rig.sent()).toHaveLength(sent);
		expect(rig.sent()[0]?.path).toContain(EVENT);
	});
});
