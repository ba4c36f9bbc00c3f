/** Event Vault: connections that break, vendors that are busy, and answers that are lost. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { FaultOrder } from '../../../sandbox/start.mts';
import { EMAIL_OF_ITEM, by, crowd } from '../../rig/items.mts';
import { data, errorOf, expectNotStored } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { startScripted } from '../../support/scripted-server.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventVault from '../../vendors/event-vault.mts';
import { API_KEY, guestEmails } from './shared.mts';

const rig = useVendor(eventVault, { guests: 0 });
const ADA = 'ada@example.com';
const event = () => rig.state.event();
const statuses = () => rig.sent().map(({ status }) => status);
const NOT_KNOWN = 'not known whether the change was made';
const LOST_NOTE = 'The answer to the first try was lost; a second try found the change made.';

const TICKET = { userEmail: by('email', ADA), ticketType: by('name', 'VIP') };
const WRITES: Array<[string, IDataObject]> = [
	['guest: add', { userEmail: ADA }],
	['guest: upsert', { userEmail: ADA }],
	['guest: remove', { userEmail: by('email', ADA) }],
	['ticket: upsert', TICKET],
	['ticket: remove', TICKET],
];
const READS: Array<[string, IDataObject]> = [
	['guest: get', { userEmail: by('email', ADA) }],
	['guest: getAll', {}],
	['guest: getCount', {}],
	['ticket: getAll', {}],
	['ticket: getAll', { filters: { userEmail: by('email', ADA) } }],
	['ticket: getAll', { filters: { ticketType: by('name', 'VIP') } }],
];
/** Makes every write of {@link WRITES} succeed. */
const prepareFor = (operation: string) => {
	if (operation === 'guest: remove' || operation === 'guest: get') {
		event().addGuest({ userEmail: ADA });
	}
	if (operation === 'ticket: remove') event().putTicket(ADA, 'VIP');
};

describe('an answer that was lost after the change was made', () => {
	const lost: FaultOrder[] = [
		{ do: { kind: 'resetAfterEffect' } },
		{ do: { kind: 'truncated', variant: 'connection' } },
		{ do: { kind: 'statusAfterEffect', status: 502 } },
		{ do: { kind: 'statusAfterEffect', status: 504 } },
	];

	test.each(lost)('counts as added: $do', async (order) => {
		rig.fault(order);
		const { result } = await withShortWaits(
			async () => await rig.run('guest: add', { userEmail: ADA }),
		);

		expect(rig.sent().map(({ body }) => body)).toEqual([{ userEmail: ADA }, { userEmail: ADA }]);
		expect(data(result)).toMatchObject([{ email: ADA, result: 'added', note: LOST_NOTE }]);
		expect(guestEmails(rig)).toEqual([ADA]);
	});

	test.each([
		['guest: upsert', 'created'],
		['guest: remove', 'removed'],
		['ticket: remove', 'removed'],
	] as const)('%s says %s', async (operation, word) => {
		prepareFor(operation);
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		const parameters = WRITES.find(([name]) => name === operation)?.[1];
		const { result } = await withShortWaits(async () => await rig.run(operation, parameters));

		expect(rig.sent()).toHaveLength(2);
		expect(data(result)).toMatchObject([{ result: word, note: LOST_NOTE }]);
	});

	test('ticket: upsert is sent again, which leaves one ticket', async () => {
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		const { result } = await withShortWaits(async () => await rig.run('ticket: upsert', TICKET));

		expect(statuses()).toEqual([0, 200]);
		expect(data(result)).toMatchObject([{ result: 'createdOrUpdated' }]);
		expect(event().tickets()).toHaveLength(1);
	});

	test('is remembered across a clock that is off', async () => {
		rig.fault({ when: { nth: 1 }, do: { kind: 'resetAfterEffect' } });
		rig.fault({ when: { nth: 1 }, do: { kind: 'clockSkew', ms: 600_000 } });
		const { result } = await withShortWaits(
			async () => await rig.run('guest: add', { userEmail: ADA }),
		);

		expect(statuses()).toEqual([0, 408, 409]);
		expect(data(result)).toMatchObject([{ result: 'added', note: LOST_NOTE }]);
	});

	test('a plain 409 without one is an error', async () => {
		event().addGuest({ userEmail: ADA });

		expect(errorOf(await rig.run('guest: add', { userEmail: ADA })).httpCode).toBe('409');
	});
});

describe('a connection that breaks before the change', () => {
	test.each([...WRITES, ...READS])('%s %j is sent again', async (operation, parameters) => {
		prepareFor(operation);
		rig.fault({ do: { kind: 'reset' } });
		const { result, waits } = await withShortWaits(
			async () => await rig.run(operation, parameters),
		);

		expect(result.status).toBe('success');
		expect(statuses()).toEqual([0, 200]);
		expect(waits.filter((ms) => ms >= 500 && ms <= 750)).toHaveLength(1);
	});

	test('a fresh time stamp goes with every try', async () => {
		rig.fault({ do: { kind: 'reset' } });
		await rig.run('guest: getCount');
		const [first = 0, second = 0] = rig.sent().map(({ headers }) => Number(headers['x-timestamp']));

		expect(second - first).toBeGreaterThanOrEqual(500);
	});

	test('again and again ends with an error that says how often', async () => {
		rig.fault({ times: 100, do: { kind: 'reset' } });
		const { result, waits } = await withShortWaits(
			async () => await rig.run('guest: add', { userEmail: ADA }),
		);

		expect(rig.sent()).toHaveLength(6);
		expect(waits.map((ms) => Math.floor(Math.log2(ms / 500)))).toEqual([0, 1, 2, 3, 4]);
		expect(errorOf(result)).toMatchObject({
			message: 'Event Vault could not be reached: the connection broke (6 tries) [item 0]',
			failure: { cause: 'temporarily-unavailable' },
		});
		expect(errorOf(result).description).toContain(NOT_KNOWN);
		expectNotStored(result, API_KEY);
	});

	test('nobody listening is told, without saying that a change may have been made', async () => {
		const server = await startScripted(() => ({ status: 200 }));
		await server.close();
		const result = await rig.run(
			'guest: add',
			{ userEmail: ADA, options: { maxWait: 0 } },
			{ credentials: rig.credentials({ baseUrl: server.url }) },
		);

		expect(errorOf(result).message).toBe(
			'Event Vault could not be reached: the server refused the connection [item 0]',
		);
		expect(errorOf(result).description).toContain('"Base URL"');
		expect(errorOf(result).description).not.toContain('change was made');
		expectNotStored(result, API_KEY);
	});
});

describe('a gateway that fails', () => {
	test.each([502, 503, 504])(
		'%d that stays ends a write, which may have happened',
		async (status) => {
			rig.fault({ times: 100, do: { kind: 'status', status } });
			const { result } = await withShortWaits(
				async () => await rig.run('guest: add', { userEmail: ADA }),
			);

			expect(rig.sent()).toHaveLength(6);
			expect(errorOf(result)).toMatchObject({
				httpCode: String(status),
				failure: { cause: 'temporarily-unavailable' },
			});
			expect(errorOf(result).description).toContain(NOT_KNOWN);
		},
	);

	test.each([502, 503, 504])('%d that stays beyond Max Wait says so, too', async (status) => {
		rig.fault({ times: 100, do: { kind: 'status', status, body: 'Out of order.' } });
		const result = await rig.run('guest: add', { userEmail: ADA, options: { maxWait: 0 } });

		expect(rig.sent()).toHaveLength(1);
		// Nobody asked to come back at a certain moment.
		expect(errorOf(result).message).toBe('Out of order. [item 0]');
		expect(errorOf(result).httpCode).toBe(String(status));
		expect(errorOf(result).description).toContain(NOT_KNOWN);
	});

	test('an unclear first try is still told when the second is asked to come back', async () => {
		rig.fault({ do: { kind: 'resetAfterEffect' } });
		rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: 90 } });
		const { result } = await withShortWaits(
			async () => await rig.run('guest: add', { userEmail: ADA, options: { maxWait: 5 } }),
		);

		expect(errorOf(result).failure).toMatchObject({ cause: 'rate-limited' });
		expect(errorOf(result).description).toContain(NOT_KNOWN);
	});
});

describe('a vendor that is too busy', () => {
	test.each(['seconds', 'date'] as const)(
		'is left alone for as long as it says (%s)',
		async (form) => {
			rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: 1, form } });
			const started = Date.now();
			const result = await rig.run('guest: add', { userEmail: ADA });

			expect(statuses()).toEqual([429, 200]);
			expect(data(result)).toMatchObject([{ result: 'added' }]);
			expect(data(result)[0]).not.toHaveProperty('note');
			expect(Date.now() - started).toBeGreaterThanOrEqual(form === 'seconds' ? 1000 : 900);
		},
	);

	test('is left alone by every item, not only by the one that was told', async () => {
		// Two are under way for longer than it takes to tell the third; the fourth meets the limit, too.
		rig.fault({ when: { nth: [1, 2] }, do: { kind: 'slow', ms: 300 } });
		rig.fault({ when: { nth: 3 }, do: { kind: 'rateLimit', windowMs: 900 } });
		const result = await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM, options: { concurrency: 4 } },
			{ items: crowd(40) },
		);
		const told = rig.sent().filter(({ status }) => status === 429);

		expect(result.status).toBe('success');
		expect(data(result).map(({ email }) => email)).toEqual(crowd(40).map(({ json }) => json.email));
		expect(told).toHaveLength(2);
		expect(guestEmails(rig)).toHaveLength(40);
	});

	test('waits without being told for how long, too', async () => {
		rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: null } });
		const result = await rig.run('guest: getCount');

		expect(statuses()).toEqual([429, 200]);
		expect(result.status).toBe('success');
	});

	test.each(['seconds', 'date'] as const)(
		'beyond Max Wait ends with when to come back (%s)',
		async (form) => {
			rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: 90, form } });
			const before = Date.now();
			const result = await rig.run('guest: add', { userEmail: ADA, options: { maxWait: 2 } });
			const error = errorOf(result);

			expect(statuses()).toEqual([429]);
			expect(error.message).toMatch(
				/^Event Vault allows no more requests until \d\d:\d\d:\d\d UTC \[item 0\]$/,
			);
			expect(error.httpCode).toBe('429');
			expect(error.description).toContain('"Max Wait" allows 2 seconds');
			expect(error.failure).toEqual({
				cause: 'rate-limited',
				retryAfterMs: expect.any(Number),
				resetsAtEpochMs: expect.any(Number),
			});
			const { retryAfterMs, resetsAtEpochMs } = Object(error.failure);
			expect(Math.abs(retryAfterMs - 90_000)).toBeLessThanOrEqual(2000);
			expect(Math.abs(resetsAtEpochMs - before - 90_000)).toBeLessThanOrEqual(3000);
		},
	);

	test('beyond Max Wait says the same in the failed item', async () => {
		rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: 90 } });
		const result = await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM, options: { maxWait: 1, concurrency: 1 } },
			{ items: crowd(3), continueOnFail: true },
		);

		// The other two wait for the same moment, so they are not even sent.
		expect(statuses()).toEqual([429]);
		expect(data(result)).toHaveLength(3);
		for (const item of data(result)) {
			expect(item).toMatchObject({
				error: expect.stringContaining('allows no more requests until'),
				details: { httpCode: 429, failure: { cause: 'rate-limited' } },
			});
		}
	});

	test('Max Wait 0 does not wait at all', async () => {
		rig.fault({ do: { kind: 'rateLimit', retryAfterSeconds: 1 } });
		const { result, waits } = await withShortWaits(
			async () => await rig.run('guest: getCount', { options: { maxWait: 0 } }),
		);

		expect(errorOf(result).failure).toMatchObject({ cause: 'rate-limited', retryAfterMs: 1000 });
		expect(waits).toEqual([]);
	});
});

describe('an answer that does not come in time', () => {
	test('ends a write, which may have happened', async () => {
		rig.fault({ times: 100, do: { kind: 'slow', ms: 20_000 } });
		const started = Date.now();
		const result = await rig.run('guest: add', {
			userEmail: ADA,
			options: { timeout: 1, maxWait: 0 },
		});

		expect(errorOf(result).message).toBe(
			'Event Vault could not be reached: no answer came in time [item 0]',
		);
		expect(errorOf(result).description).toContain(NOT_KNOWN);
		expect(Date.now() - started).toBeLessThan(20_000);
		expectNotStored(result, API_KEY);
	});

	test('is asked for again, and the change is recognised', async () => {
		rig.fault({ do: { kind: 'slow', ms: 1_500, afterEffect: true } });
		const result = await rig.run('guest: add', { userEmail: ADA, options: { timeout: 1 } });

		expect(rig.sent()).toHaveLength(2);
		expect(data(result)).toMatchObject([{ result: 'added', note: LOST_NOTE }]);
	});
});

describe('an answer that is not what the document says', () => {
	const EXPECTED: Array<[string, IDataObject, string]> = [
		['guest: getAll', {}, 'a list of guests'],
		['guest: get', { userEmail: by('email', ADA) }, 'a list of guests'],
		['guest: getCount', {}, 'the guest count'],
		['ticket: getAll', {}, 'a list of tickets'],
	];
	const BODIES: Array<[FaultOrder['do'], string]> = [
		[{ kind: 'truncated' }, 'JSON that is cut off or damaged'],
		[{ kind: 'wrongJson' }, 'a JSON object with "unexpected"'],
		[{ kind: 'html', status: 200 }, 'an HTML page'],
		[{ kind: 'empty' }, 'an empty body'],
		[{ kind: 'status', status: 200, body: 'OK' }, 'the text "OK"'],
	];
	const CASES = EXPECTED.flatMap(([operation, parameters, expected]) =>
		BODIES.map(([action, came]) => ({ operation, parameters, expected, action, came })),
	);

	test.each(CASES)(
		'$operation names $came',
		async ({ operation, parameters, expected, action, came }) => {
			event().addGuest({ userEmail: ADA });
			event().putTicket(ADA, 'VIP');
			rig.fault({ times: 100, do: action });
			const { result } = await withShortWaits(async () => await rig.run(operation, parameters));

			expect(result.status).toBe('error');
			expect(result.items).toEqual([]);
			expect(errorOf(result).message).toBe(
				`Event Vault answered with ${came} instead of ${expected} [item 0]`,
			);
		},
	);

	test('a list of something else is an error that names which entry', async () => {
		rig.fault({ do: { kind: 'wrongJson', body: [{ email: ADA }, { mail: 'x' }] } });

		expect(errorOf(await rig.run('guest: getAll')).message).toContain('a guest (number 2)');
	});

	test.each([[null], [[]], [{ guestCount: 'many' }]])('the count %j is an error', async (body) => {
		rig.fault({ do: { kind: 'wrongJson', body } });

		expect(errorOf(await rig.run('guest: getCount')).message).toContain(
			'instead of the guest count',
		);
	});

	test('a read that is cut off once is read again', async () => {
		event().addGuest({ userEmail: ADA });
		rig.fault({ do: { kind: 'truncated' } });
		rig.fault({ do: { kind: 'truncated', variant: 'connection' } });
		const { result } = await withShortWaits(async () => await rig.run('guest: getAll'));

		expect(data(result).map(({ email }) => email)).toEqual([ADA]);
		expect(rig.sent()).toHaveLength(3);
	});

	test.each([201, 202, 204])('a write with status %d is not taken for done', async (status) => {
		rig.fault({ do: { kind: 'status', status, body: '' } });

		expect((await rig.run('guest: add', { userEmail: ADA })).status).toBe('error');
	});
});
