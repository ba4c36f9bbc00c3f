/** Event Vault: timestamps, and clocks that differ. */
import { afterEach, describe, expect, test } from '@jest/globals';

import { EMAIL_OF_ITEM, crowd } from '../../rig/items.mts';
import { data, errorOf, expectNotStored } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { startScripted, type ScriptedServer } from '../../support/scripted-server.mts';
import eventVault from '../../vendors/event-vault.mts';
import { API_KEY, guestEmails } from './shared.mts';

const rig = useVendor(eventVault, { guests: 0 });
const MINUTE_MS = 60_000;
const OUTSIDE = 'Request timestamp is outside the allowed 5-minute window.';
/** The `Date` header has whole seconds, and time passes between two requests. */
const PRECISION_MS = 2_000;

const skew = (minutes: number) => {
	rig.server.clock.skewMs = minutes * MINUTE_MS;
};
const stampsOff = () => rig.sent().map(({ headers, at }) => Number(headers['x-timestamp']) - at);

describe('a clock that is off', () => {
	test.each([
		[10, 'The clock of this n8n is 10 minutes behind Event Vault'],
		[-10, 'The clock of this n8n is 10 minutes ahead of Event Vault'],
		[90, 'The clock of this n8n is 90 minutes behind Event Vault'],
	])('is measured and reported when it is %d minutes off', async (minutes, text) => {
		skew(minutes);
		const result = await rig.run('guest: add', { userEmail: 'ada@example.com' });
		const [first = Number.NaN, second = Number.NaN] = stampsOff();

		expect(result.status).toBe('success');
		expect(data(result)[0]).toMatchObject({ result: 'added' });
		expect(rig.sent().map(({ status }) => status)).toEqual([408, 200]);
		expect(Math.abs(first)).toBeLessThan(PRECISION_MS);
		expect(Math.abs(second - minutes * MINUTE_MS)).toBeLessThan(PRECISION_MS);
		expect(result.hints).toEqual([
			expect.objectContaining({
				message: expect.stringContaining(text),
				type: 'warning',
				location: 'outputPane',
			}),
		]);
	});

	test('is not reported within the tolerance', async () => {
		skew(4);
		const result = await rig.run('guest: getCount');

		expect(rig.sent().map(({ status }) => status)).toEqual([200]);
		expect(result.hints).toEqual([]);
	});

	test('is also corrected for reads and lists', async () => {
		skew(10);
		const result = await rig.run('ticket: getAll');

		expect(result.status).toBe('success');
		expect(rig.sent().map(({ status }) => status)).toEqual([408, 200]);
	});

	test('is measured once for all items', async () => {
		skew(10);
		const result = await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM, options: { concurrency: 1 } },
			{ items: crowd(5) },
		);

		expect(result.status).toBe('success');
		expect(rig.sent().map(({ status }) => status)).toEqual([408, 200, 200, 200, 200, 200]);
	});

	test('does not write the offset into the stored credential', async () => {
		skew(10);
		const result = await rig.run('guest: getCount');

		expect(Object.keys(result.storedCredentials.eventVaultApi ?? {}).sort()).toEqual([
			'apiKey',
			'baseUrl',
			'clientId',
			'eventId',
		]);
	});
});

describe('a second 408', () => {
	test('ends the item after two requests and reports the measured offset', async () => {
		skew(10);
		rig.fault({ times: 2, do: { kind: 'status', status: 408, body: OUTSIDE } });
		const result = await rig.run('guest: add', { userEmail: 'ada@example.com' });

		expect(errorOf(result)).toMatchObject({
			message: `${OUTSIDE} [item 0]`,
			httpCode: '408',
			failure: { cause: 'configuration-invalid' },
		});
		expect(errorOf(result).description).toContain('10 minutes behind Event Vault');
		expect(errorOf(result).description).toContain('second try');
		expect(rig.sent()).toHaveLength(2);
		expectNotStored(result, API_KEY);
	});
});

describe('a clock that cannot be measured', () => {
	let server: ScriptedServer;
	afterEach(async () => await server.close());

	test('ends the item immediately and says so', async () => {
		server = await startScripted(() => ({ status: 408, body: OUTSIDE, withoutDate: true }));
		const result = await rig.run(
			'guest: getCount',
			{},
			{ credentials: rig.credentials({ baseUrl: server.url }) },
		);

		expect(errorOf(result)).toMatchObject({ message: `${OUTSIDE} [item 0]`, httpCode: '408' });
		expect(errorOf(result).description).toContain('did not say what time it has');
		expect(server.seen).toHaveLength(1);
	});

	test.each(['', 'tomorrow'])('does the same with the date "%s"', async (date) => {
		server = await startScripted(() => ({ status: 408, body: OUTSIDE, headers: { date } }));
		const result = await rig.run(
			'guest: getCount',
			{},
			{ credentials: rig.credentials({ baseUrl: server.url }) },
		);

		expect(errorOf(result).description).toContain('did not say what time it has');
		expect(server.seen).toHaveLength(1);
	});
});

describe('a clock that jumps in the middle of 200 items', () => {
	test.each([7, -7])('loses and duplicates no one after a jump of %d minutes', async (minutes) => {
		rig.fault({ when: { nth: 100 }, do: { kind: 'clockSkew', ms: minutes * MINUTE_MS } });
		const result = await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM, options: { concurrency: 10 } },
			{ items: crowd(200) },
		);
		const emails = crowd(200).map(({ json }) => json.email);

		expect(result.status).toBe('success');
		expect(data(result).map(({ email }) => email)).toEqual(emails);
		expect(data(result).every((item) => item.result === 'added')).toBe(true);
		expect(guestEmails(rig).sort()).toEqual([...emails].sort());
		const refused = rig.sent().filter(({ status }) => status === 408);
		expect(refused.length).toBeGreaterThanOrEqual(1);
		expect(refused.length).toBeLessThanOrEqual(10);
		expect(rig.sent()).toHaveLength(200 + refused.length);
		expect(result.hints[0]?.message).toContain('7 minutes');
	});

	test('follows two jumps', async () => {
		rig.fault({ when: { nth: 50 }, do: { kind: 'clockSkew', ms: 10 * MINUTE_MS } });
		rig.fault({ when: { nth: 150 }, do: { kind: 'clockSkew', ms: 0 } });
		const result = await rig.run(
			'guest: add',
			{ userEmail: EMAIL_OF_ITEM, options: { concurrency: 5 } },
			{ items: crowd(200) },
		);

		expect(result.status).toBe('success');
		expect(new Set(guestEmails(rig)).size).toBe(200);
		expect(result.items).toHaveLength(200);
	});
});
