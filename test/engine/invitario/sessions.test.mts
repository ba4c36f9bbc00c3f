/** Sessions of the Invitario node: opened once, renewed once, closed once, and never an obstacle to a run. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { INVITARIO_CREDENTIALS } from '../../../sandbox/invitario/credentials.mts';
import type { FaultOrder } from '../../../sandbox/start.mts';
import { numbered } from '../../rig/items.mts';
import { data, storedText } from '../../rig/results.mts';
import { useVendor, type RunExtras } from '../../rig/useVendor.mts';
import invitario from '../../vendors/invitario.mts';
import { ALL, LOG_IN, LOG_OUT, RECENT, guestBy, tokenOf } from './shared.mts';

const MANY = 50;
/** The longest wait for the log-out, plus the time that the engine needs. */
const LOG_OUT_LIMIT_MS = 2_000;
const ENGINE_MS = 2_000;
const rig = useVendor(invitario, { guests: 10 });
const state = () => rig.state;
const order = (fault: FaultOrder) => rig.server.faults.add(fault);

/** Each item has its own time, so that each item sends its own request. */
const OWN_REQUESTS = {
	sinceDateTime: '={{ DateTime.fromISO("2018-01-01T00:00:00Z").plus({ minutes: $json.n }) }}',
};

async function runMany(options: IDataObject = {}, extras: RunExtras = {}) {
	return await rig.run(
		'guest: getChangedSince',
		{ ...OWN_REQUESTS, options: { concurrency: MANY, ...options } },
		{ items: numbered(MANY), ...extras },
	);
}

/** The vendor's response when a session has ended. */
const SESSION_ENDED = {
	status: 'error',
	displayMessage: null,
	errors: [{ code: 30, message: 'Invalid session token provided.' }],
};

describe('one session', () => {
	test('serves 50 items in flight, and is closed at the end', async () => {
		rig.server.latencyMs = 20;

		const result = await runMany();

		rig.server.latencyMs = 0;
		expect(result.items).toHaveLength(MANY * 10);
		expect(rig.paths()).toEqual([LOG_IN, ...Array<string>(MANY).fill(RECENT), LOG_OUT]);
		const tokens = rig.server.requests.slice(1).map(tokenOf);
		expect(new Set(tokens).size).toBe(1);
		expect(state().sessions()).toEqual([]);
	});

	test.each([
		['Event: Get', 'event: get', {}],
		['Guest: Get', 'guest: get', guestBy('email', 'ada.almeida.1@example.com')],
		['Guest: Get Many', 'guest: getAll', { options: { resolveCompanions: true } }],
	] as const)('is enough for %s with many items', async (_name, operation, parameters) => {
		await rig.run(operation, parameters, { items: numbered(MANY) });

		expect(rig.sent(LOG_IN)).toHaveLength(1);
		expect(rig.sent(LOG_OUT)).toHaveLength(1);
		expect(state().sessions()).toEqual([]);
	});

	test('is separate from the credential: its token is neither used nor replaced', async () => {
		const sessionToken = 'f'.repeat(40);

		const result = await runMany({}, { credential: { sessionToken } });

		expect(result.error).toBeUndefined();
		expect(rig.server.requests.map(tokenOf)).not.toContain(sessionToken);
		expect(result.logins).toBe(0);
		expect(result.storedCredentials.invitarioApi).toEqual({
			...rig.credential(),
			sessionToken,
		});
		expect(rig.sent(LOG_IN).map(({ body }) => body)).toEqual([INVITARIO_CREDENTIALS]);
		expect(storedText(result)).not.toContain(sessionToken);
	});

	test('leaves an empty token in the credential empty', async () => {
		const result = await runMany({}, { credential: { sessionToken: '' } });

		expect(result.logins).toBe(0);
		expect(result.storedCredentials.invitarioApi?.sessionToken).toBe('');
	});

	test('is opened with trimmed values', async () => {
		const { eventId, apiKey, stationName } = INVITARIO_CREDENTIALS;
		const padded = {
			eventId: ` ${eventId} `,
			apiKey: `${apiKey}\n`,
			stationName: ` ${stationName}`,
			baseUrl: ` ${rig.server.url}// `,
		};

		const result = await rig.run('event: get', {}, { credential: padded });

		expect(result.error).toBeUndefined();
		expect(rig.sent(LOG_IN).map(({ body }) => body)).toEqual([INVITARIO_CREDENTIALS]);
	});
});

describe('a session that ends during a run', () => {
	describe.each([200, 400, 401, 403, 500])('with HTTP status %i', (status) => {
		test.each([MANY, 5, 1])('is replaced once, with %i items at a time', async (concurrency) => {
			state().errorStatus = status;
			order({ when: { path: RECENT, nth: 20 }, do: { kind: 'expireSession' } });

			const result = await runMany({ concurrency });

			expect(result.error).toBeUndefined();
			expect(result.items).toHaveLength(MANY * 10);
			expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual(
				numbered(MANY).flatMap(({ json: { n } }) => Array<object>(10).fill({ item: n })),
			);
			expect(rig.sent(LOG_IN)).toHaveLength(2);
			expect(rig.sent(LOG_OUT)).toHaveLength(1);
			expect(tokenOf(rig.sent(LOG_OUT)[0])).toBe(tokenOf(rig.sent(RECENT).at(-1)));
			expect(state().sessions()).toEqual([]);
		});
	});

	test('is replaced as often as it ends', async () => {
		order({ when: { path: RECENT, nth: [5, 15, 30] }, do: { kind: 'expireSession' } });

		const result = await runMany({ concurrency: 1 });

		expect(result.items).toHaveLength(MANY * 10);
		expect(rig.sent(LOG_IN)).toHaveLength(4);
		expect(rig.sent(LOG_OUT)).toHaveLength(1);
	});

	test('is recognised by a quoted code, or one of several, without a status', async () => {
		const errors = [
			'[SEE COMMON ERRORS]',
			{ code: 99, message: 'x' },
			{ code: '30', message: 'y' },
		];
		order({ when: { path: ALL }, do: { kind: 'status', status: 200, body: { errors } } });

		const result = await rig.run('guest: getAll');

		expect(result.error).toBeUndefined();
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_IN, ALL, LOG_OUT]);
	});

	test.each([200, 401])(
		'is an error when the new one is rejected too (status %i)',
		async (status) => {
			order({ when: { path: ALL }, times: 2, do: { kind: 'status', status, body: SESSION_ENDED } });

			const result = await rig.run('guest: getAll');

			expect(result.error).toMatchObject({
				message: 'Invalid session token provided. [item 0]',
				httpCode: String(status),
			});
			expect(result.error?.description).toContain(
				'The session ended and a new one was refused as well.',
			);
			expect(result.error?.description).toContain(`HTTP ${status}.`);
			expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_IN, ALL, LOG_OUT]);
		},
	);

	test('is an error when the new log-in fails', async () => {
		order({ when: { path: ALL }, do: { kind: 'expireSession' } });
		const refused = { errors: [{ code: 1010, message: 'API key incorrect.' }] };
		order({ when: { path: LOG_IN, nth: 2 }, do: { kind: 'status', status: 200, body: refused } });

		const result = await rig.run('guest: getAll');

		expect(result.error?.message).toBe('API key incorrect. [item 0]');
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_IN]);
	});
});

describe('the log-out', () => {
	test.each<[string, FaultOrder['do']]>([
		['a status 500', { kind: 'status', status: 500 }],
		[
			'a status 503 that asks to wait',
			{ kind: 'status', status: 503, headers: { 'retry-after': '60' } },
		],
		['a rate limit', { kind: 'rateLimit', retryAfterSeconds: 60 }],
		['an ended session', { kind: 'status', status: 401, body: SESSION_ENDED }],
		['a broken connection', { kind: 'reset' }],
		['an HTML page', { kind: 'html' }],
		['an empty answer', { kind: 'empty' }],
		['a damaged answer', { kind: 'truncated' }],
		['a slow answer', { kind: 'slow', ms: 300 }],
	])('fails with %s: it is sent once and the run stays successful', async (_name, fault) => {
		order({ when: { path: LOG_OUT }, times: 9, do: fault });

		const result = await rig.run('guest: getAll');

		expect(result.status).toBe('success');
		expect(result.items).toHaveLength(9);
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT]);
		expect(result.durationMs).toBeLessThan(ENGINE_MS);
	});

	test('hangs: the run still ends', async () => {
		order({ when: { path: LOG_OUT }, do: { kind: 'slow', ms: 60_000 } });

		const result = await rig.run('guest: getAll');

		expect(result.status).toBe('success');
		expect(result.items).toHaveLength(9);
		expect(rig.sent(LOG_OUT)).toHaveLength(1);
		expect(result.durationMs).toBeLessThan(LOG_OUT_LIMIT_MS + ENGINE_MS);
	});

	test('follows a failed run', async () => {
		const result = await rig.run('guest: get', guestBy('id', 'nobody'));

		expect(result.status).toBe('error');
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT]);
		expect(state().sessions()).toEqual([]);
	});

	test('follows a run that continued after failures', async () => {
		await rig.run('guest: get', guestBy('id', '={{ String($json.n) }}'), {
			items: numbered(MANY),
			continueOnFail: true,
		});

		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT]);
		expect(state().sessions()).toEqual([]);
	});

	test('follows a stopped run', async () => {
		order({ when: { path: RECENT }, times: MANY, do: { kind: 'slow', ms: 300 } });

		const result = await runMany({ concurrency: 1 }, { abortAfterMs: 800 });

		expect(result.status).toBe('canceled');
		await expectSoon(() => expect(rig.sent(LOG_OUT)).toHaveLength(1));
		expect(state().sessions()).toEqual([]);
		expect(rig.sent(RECENT).length).toBeLessThan(10);
	});

	test('is left out if no session was opened', async () => {
		await rig.run('guest: getAll', { limit: 0 });
		await rig.run('guest: getAll', {}, { credential: { apiKey: 'wrong-app-code' } });

		expect(rig.paths()).toEqual([LOG_IN]);
	});
});

describe('a refused log-in', () => {
	test('is not repeated by 50 items in flight', async () => {
		const result = await runMany({}, { credential: { apiKey: 'wrong-app-code' } });

		expect(result.status).toBe('error');
		expect(rig.paths()).toEqual([LOG_IN]);
	});

	test.each([MANY, 5, 1])(
		'is reported for each item with continue on fail, %i at a time',
		async (concurrency) => {
			const result = await runMany(
				{ concurrency },
				{ credential: { apiKey: 'wrong-app-code' }, continueOnFail: true },
			);

			expect(data(result).map(({ error }) => error)).toEqual(
				numbered(MANY).map(({ json: { n } }) => `API key incorrect. [item ${n}]`),
			);
			expect(rig.paths()).toEqual([LOG_IN]);
		},
	);

	test('is repeated after a broken connection', async () => {
		order({ when: { path: LOG_IN }, do: { kind: 'reset' } });

		const result = await runMany();

		expect(result.items).toHaveLength(MANY * 10);
		expect(rig.sent(LOG_IN)).toHaveLength(2);
		expect(state().sessions()).toEqual([]);
	});
});

/** Waits briefly for what happens after the engine returned its result. */
async function expectSoon(check: () => void): Promise<void> {
	const deadline = Date.now() + 2_000;
	for (;;) {
		try {
			check();
			return;
		} catch (error) {
			if (Date.now() > deadline) throw error;
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
	}
}
