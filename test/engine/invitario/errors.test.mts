/** What goes wrong between the Invitario node and its vendor, and what a person reads then. */
import { describe, expect, jest, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { INVITARIO_CREDENTIALS } from '../../../sandbox/invitario/credentials.mts';
import type { FaultOrder } from '../../../sandbox/start.mts';
import { numbered } from '../../rig/items.mts';
import { data, storedText } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import invitario from '../../vendors/invitario.mts';
import { ALL, LOG_IN, LOG_OUT, RECENT, guestBy, tokenOf } from './shared.mts';

const rig = useVendor(invitario, { guests: 10 });
const state = () => rig.state;
const order = (fault: FaultOrder) => rig.server.faults.add(fault);
const answer = (path: string, status: number, body: unknown, times = 1) =>
	order({ when: { path }, times, do: { kind: 'status', status, body } });
const list = async (options: IDataObject = {}) => await rig.run('guest: getAll', { options });

/** Documented codes with the vendor's words, and what the person is told to do. */
const REFUSED_LOG_INS: Array<[number, string, ICredentialDataDecryptedObject, string]> = [
	[1000, 'Event ID not known.', { eventId: '999' }, '"Event ID" in the credential'],
	[1010, 'API key incorrect.', { apiKey: 'wrong-app-code' }, '"App Code"'],
	[20, 'Required parameter(s) missing: stationName', { stationName: '' }, '"Station Name"'],
	[20, 'Required parameter(s) missing: apiKey', { apiKey: '' }, '"App Code"'],
	[20, 'Required parameter(s) missing: eventId', { eventId: '  ' }, '"Event ID"'],
];
const FAILURES: Record<number, string | undefined> = {
	1000: 'credential-invalid',
	1010: 'credential-invalid',
};

describe.each([200, 400, 401, 403, 500])('documented errors with HTTP status %i', (status) => {
	test.each(REFUSED_LOG_INS)('code %i at the log-in: %s', async (code, words, wrong, hint) => {
		state().errorStatus = status;

		const result = await rig.run('guest: getAll', {}, { credential: wrong });

		expect(result.error).toMatchObject({
			message: `${words} [item 0]`,
			httpCode: String(status),
			itemIndex: 0,
		});
		expect(result.error?.description).toContain(hint);
		expect(result.error?.description).toContain('credential');
		expect(result.error?.description).toContain(`HTTP ${status}.`);
		if (FAILURES[code] !== undefined) {
			expect(result.error?.failure).toMatchObject({ cause: FAILURES[code] });
		}
		expect(rig.paths()).toEqual([LOG_IN]);
	});

	test.each([
		[10, 'Invalid JSON provided.', 'Invitario could not read the request.'],
		[20, 'Required parameter(s) missing: ...', 'Fill in'],
	])('code %i at the list: %s', async (code, message, hint) => {
		const envelope = { status: 'error', displayMessage: null, errors: [{ code, message }] };
		answer(ALL, status, envelope);

		const result = await list();

		expect(result.error).toMatchObject({
			message: `${message} [item 0]`,
			httpCode: String(status),
		});
		expect(result.error?.description).toContain(hint);
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT]);
	});
});

describe('the vendor’s words', () => {
	test.each<[string, unknown, string]>([
		[
			'the message for people first',
			{
				status: 'error',
				displayMessage: 'Please call us.',
				errors: [{ code: 10, message: 'No.' }],
			},
			'Please call us. No. [item 0]',
		],
		[
			'an envelope without a status, as in the document',
			{ errors: [{ code: 20, message: 'Required parameter(s) missing: a' }] },
			'Required parameter(s) missing: a [item 0]',
		],
		[
			'errors that are texts, as in the document',
			{
				status: 'error',
				displayMessage: null,
				errors: ['Closed today', { code: 10, message: 'x' }],
			},
			'Closed today x [item 0]',
		],
		[
			'a code that is not documented',
			{ errors: [{ code: 4711, message: 'New.' }] },
			'New. [item 0]',
		],
		[
			'only a message for people',
			{ status: 'error', displayMessage: 'Not now.', errors: [] },
			'Not now. [item 0]',
		],
		[
			'an error that says nothing',
			{ status: 'error', displayMessage: null, errors: [] },
			'Invitario answered with a JSON object with "status", "displayMessage", "errors" instead of the guest list [item 0]',
		],
		[
			'errors in another form',
			{ status: 'error', errors: { code: 10 } },
			'Invitario answered with a JSON object with "status", "errors" instead of the guest list [item 0]',
		],
	])('%s', async (_name, body, message) => {
		answer(ALL, 200, body);

		const result = await list();

		expect(result.error?.message).toBe(message);
		expect(result.error?.description).toBeTruthy();
	});

	test('a server error says whose side it is on', async () => {
		answer(ALL, 500, 'Oops', 9);

		const { result } = await withShortWaits(async () => await list());

		expect(result.error).toMatchObject({
			message: 'Invitario answered with the text "Oops" instead of the guest list [item 0]',
			httpCode: '500',
			failure: { cause: 'temporarily-unavailable' },
		});
		expect(rig.sent(ALL)).toHaveLength(6);
	});
});

describe('answers that are not what the document says', () => {
	test.each<[string, unknown, string]>([
		[
			'no list',
			{ status: 'success', count: 0, dateTime: '2018-01-01T18:30:00+02:00' },
			'a JSON object with "status", "count", "dateTime" instead of the guest list',
		],
		[
			'no time',
			{ status: 'success', guests: [] },
			'a JSON object with "status", "guests" instead of the guest list',
		],
		['a bare list', [{ id: 'a' }], 'a JSON list instead of the guest list'],
		['an empty object', {}, 'an empty JSON object instead of the guest list'],
	])('%s', async (_name, body, message) => {
		order({ when: { path: ALL }, do: { kind: 'wrongJson', body } });

		const result = await list();

		expect(result.error?.message).toBe(`Invitario answered with ${message} [item 0]`);
		expect(result.items).toEqual([]);
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT]);
	});

	test('a guest without an id', async () => {
		const guests = [{ id: 'a', fields: {} }, { fields: {} }];
		const body = { status: 'success', count: 2, dateTime: '2018-01-01T18:30:00+02:00', guests };
		order({ when: { path: ALL }, do: { kind: 'wrongJson', body } });

		const result = await list();

		expect(result.error?.message).toBe(
			'Invitario’s list has a guest (number 2) without an "id" [item 0]',
		);
	});

	test('a guest with nothing but an id becomes a whole item', async () => {
		const guests = [{ id: 'a' }, { id: 'b', fields: null, companions: null }];
		const body = { status: 'success', count: 2, dateTime: '2018-01-01T18:30:00+02:00', guests };
		order({ when: { path: ALL }, do: { kind: 'wrongJson', body } });

		const [bare, empty] = data(await list({ resolveCompanions: false }));

		expect(bare).toMatchObject({ id: 'a', name: null, checkedIn: false, statusGroup: 'unknown' });
		expect(empty).toMatchObject({ companions: [], customFields: {} });
		expect(Object.keys(bare ?? {})).toEqual(Object.keys(empty ?? {}));
	});

	test.each<[string, unknown]>([
		['without a token', { status: 'success', event: { id: '123' } }],
		['without an event', { status: 'success', sessionToken: 'a'.repeat(40) }],
		['with an empty token', { status: 'success', event: {}, sessionToken: '' }],
	])('a log-in %s', async (_name, body) => {
		answer(LOG_IN, 200, body);

		const result = await list();

		expect(result.error?.message).toMatch(
			/^Invitario answered with a JSON object .* instead of a session/,
		);
		expect(rig.paths()).toEqual([LOG_IN]);
	});

	const UNREADABLE: Array<[string, FaultOrder['do'], string]> = [
		['a damaged list', { kind: 'truncated' }, 'JSON that is cut off or damaged'],
		['an HTML page', { kind: 'html', status: 200 }, 'an HTML page'],
		['an empty answer', { kind: 'empty' }, 'an empty body'],
		['plain text', { kind: 'status', status: 200, body: 'Good day' }, 'the text "Good day"'],
	];

	test.each(UNREADABLE)('%s that passes is not noticed', async (_name, fault) => {
		order({ when: { path: ALL }, do: fault });

		const { result } = await withShortWaits(async () => await list());

		expect(result.items).toHaveLength(9);
		expect(rig.paths()).toEqual([LOG_IN, ALL, ALL, LOG_OUT]);
	});

	test.each(UNREADABLE)('%s that stays is named', async (_name, fault, words) => {
		order({ when: { path: ALL }, times: 9, do: fault });

		const { result } = await withShortWaits(async () => await list());

		expect(result.error?.message).toBe(
			`Invitario answered with ${words} instead of the guest list [item 0]`,
		);
		expect(result.error?.description).toContain('"Base URL"');
		expect(rig.sent(ALL)).toHaveLength(3);
		expect(rig.sent(LOG_OUT)).toHaveLength(1);
	});
});

describe('a network that fails', () => {
	const BREAKS: Array<[string, FaultOrder['do']]> = [
		['a reset connection', { kind: 'reset' }],
		['a connection cut in the middle', { kind: 'truncated', variant: 'connection' }],
		['a gateway that fails', { kind: 'html', status: 502 }],
		['a gateway that times out', { kind: 'status', status: 504 }],
	];

	test.each(BREAKS)('%s at the log-in is tried again', async (_name, fault) => {
		order({ when: { path: LOG_IN }, do: fault });

		const { result } = await withShortWaits(async () => await list());

		expect(result.items).toHaveLength(9);
		expect(rig.sent(LOG_IN)).toHaveLength(2);
		expect(rig.sent(LOG_OUT)).toHaveLength(1);
	});

	test.each<[string, FaultOrder['do'], RegExp]>([
		[
			'reset',
			{ kind: 'reset' },
			/^Invitario could not be reached: the connection broke \(6 tries\) \[item 0\]$/,
		],
		[
			'502',
			{ kind: 'html', status: 502 },
			/^Invitario answered with an HTML page instead of the guest list \[item 0\]$/,
		],
	])('that stays is an error after six tries: %s', async (_name, fault, message) => {
		order({ when: { path: ALL }, times: 99, do: fault });

		const { result, waits } = await withShortWaits(async () => await list());

		expect(result.error?.message).toMatch(message);
		expect(result.error?.failure).toMatchObject({ cause: 'temporarily-unavailable' });
		expect(rig.sent(ALL)).toHaveLength(6);
		expect(waits.length).toBeGreaterThanOrEqual(5);
	});

	test('a server that is not there is an error that names the Base URL', async () => {
		const { result } = await withShortWaits(
			async () =>
				await rig.run('guest: getAll', {}, { credential: { baseUrl: 'http://127.0.0.1:1' } }),
		);

		expect(result.error?.message).toBe(
			'Invitario could not be reached: the server refused the connection (6 tries) [item 0]',
		);
		expect(result.error?.description).toContain('"Base URL"');
	});

	test.each([
		['', '"Base URL" of the credential is empty'],
		['mycompany', '"Base URL" of the credential is not a web address'],
		['http://mycompany.example.com', '"Base URL" of the credential must start with https://'],
		['https://a:b@example.com', '"Base URL" of the credential may hold only a host and a path'],
	])('Base URL %j is refused before anything is sent', async (baseUrl, message) => {
		const result = await rig.run('guest: getAll', {}, { credential: { baseUrl } });

		expect(result.error?.message).toBe(message);
		expect(rig.paths()).toEqual([]);
	});

	test('an answer that takes longer than Timeout is asked for again', async () => {
		order({ when: { path: ALL }, do: { kind: 'slow', ms: 60_000 } });

		const result = await list({ timeout: 1 });

		expect(result.items).toHaveLength(9);
		expect(rig.sent(ALL)).toHaveLength(2);
	});
});

describe('a vendor that asks to wait', () => {
	const ASKING: Array<[string, FaultOrder['do']]> = [
		['429 in seconds', { kind: 'rateLimit', retryAfterSeconds: 1 }],
		['429 as a date', { kind: 'rateLimit', retryAfterSeconds: 1, form: 'date' }],
		['503 in seconds', { kind: 'status', status: 503, headers: { 'retry-after': '1' } }],
	];

	test.each(ASKING)('is obeyed: %s', async (_name, fault) => {
		order({ when: { path: ALL }, do: fault });

		const result = await list();

		expect(result.items).toHaveLength(9);
		const [first, second] = rig.sent(ALL);
		const waited = Number(second?.at) - Number(first?.at);
		expect(waited).toBeGreaterThanOrEqual(900);
		expect(waited).toBeLessThan(4_000);
	});

	test('is obeyed at the log-in too', async () => {
		order({ when: { path: LOG_IN }, do: { kind: 'rateLimit', retryAfterSeconds: 1 } });

		const result = await list();

		expect(result.items).toHaveLength(9);
		expect(rig.sent(LOG_IN)).toHaveLength(2);
	});

	test.each<[string, FaultOrder['do'], string]>([
		['429', { kind: 'rateLimit', retryAfterSeconds: 7200 }, 'rate-limited'],
		[
			'503',
			{ kind: 'status', status: 503, headers: { 'retry-after': '7200' } },
			'temporarily-unavailable',
		],
	])('longer than Max Wait ends with when to come back: %s', async (code, fault, cause) => {
		order({ when: { path: ALL }, do: fault });

		const result = await list({ maxWait: 60 });

		expect(result.error).toMatchObject({
			httpCode: code,
			failure: { cause, retryAfterMs: 7_200_000, resetsAtEpochMs: expect.any(Number) },
		});
		expect(result.error?.message).toContain(' UTC');
		expect(result.error?.description).toContain('"Max Wait"');
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT]);
	});
});

describe('secrets', () => {
	const APP_CODE = INVITARIO_CREDENTIALS.apiKey;
	const TOKEN = '0123456789abcdef0123456789abcdef01234567';

	/** Lets the sandbox open sessions under a token that a scripted answer can quote. */
	function fixToken(): void {
		jest.spyOn(state(), 'openSession').mockReturnValue(TOKEN);
		jest.spyOn(state(), 'useSession').mockReturnValue(true);
	}

	test.each<[string, string, number, unknown]>([
		[
			'the log-in quotes the app code',
			LOG_IN,
			200,
			{ errors: [{ code: 1010, message: `Bad key ${APP_CODE}!` }] },
		],
		['the log-in quotes it to people', LOG_IN, 403, { displayMessage: `${APP_CODE}?`, errors: [] }],
		[
			'the log-in answers with the request as text',
			LOG_IN,
			400,
			`{"apiKey":"${APP_CODE}"} refused`,
		],
		['the log-in answers with it as plain text', LOG_IN, 500, `Error: apiKey=${APP_CODE} x`],
		['the list quotes the token', ALL, 400, { errors: [{ code: 99, message: `Token ${TOKEN}` }] }],
		['the list answers with the token as text', ALL, 500, `Error: sessionToken=${TOKEN}`],
		['the list has the token as a key', ALL, 200, { [TOKEN]: APP_CODE }],
		['the new session is refused too', ALL, 401, { errors: [{ code: 30, message: TOKEN }] }],
	])('do not come back when %s', async (_name, path, status, body) => {
		fixToken();
		answer(path, status, body, 20);

		const padded = { apiKey: ` ${APP_CODE} ` };
		const run = async (continueOnFail: boolean) => {
			const extras = { credential: padded, continueOnFail };
			return await withShortWaits(async () => await rig.run('guest: getAll', {}, extras));
		};
		const { result: stopped } = await run(false);
		const { result: went } = await run(true);

		jest.restoreAllMocks();
		expect(stopped.status).toBe('error');
		expect(data(went)[0]?.error).toBeTruthy();
		const opened = rig.server.requests.map(tokenOf).filter(Boolean).map(String);
		for (const result of [stopped, went]) {
			const stored = storedText(result);
			expect(stored).toContain('[item 0]');
			for (const secret of [APP_CODE, TOKEN, ...opened]) expect(stored).not.toContain(secret);
		}
	});

	test.each<[string, FaultOrder['do']]>([
		['a reset connection', { kind: 'reset' }],
		['a cut connection', { kind: 'truncated', variant: 'connection' }],
		['a status 500', { kind: 'status', status: 500 }],
		['an HTML page', { kind: 'html' }],
	])('do not come back after %s, from nowhere in the run’s data', async (_name, fault) => {
		for (const path of [LOG_IN, ALL]) {
			rig.server.reset();
			order({ when: { path }, times: 99, do: fault });

			const { result } = await withShortWaits(async () => await list());

			expect(result.status).toBe('error');
			const tokens = rig.server.requests.map(tokenOf).filter(Boolean).map(String);
			for (const secret of [APP_CODE, ...tokens]) {
				expect(storedText(result)).not.toContain(secret);
			}
		}
	});

	test('do not come back from a good run either', async () => {
		const result = await rig.run('event: get', { simplify: false });

		const [token] = rig.sent(LOG_OUT).map(tokenOf).map(String);
		expect(token).toMatch(/^[0-9a-f]{40}$/);
		for (const secret of [APP_CODE, String(token)]) {
			expect(storedText(result)).not.toContain(secret);
		}
	});

	test('guests’ addresses are left out of errors', async () => {
		answer(ALL, 400, { errors: [{ code: 10, message: 'Broken at ada@example.com' }] });

		const result = await list();

		expect(result.error?.message).toBe('Broken at [email] [item 0]');
	});
});

describe('items of which one fails', () => {
	const people = ['ada.almeida.1@example.com', 'nobody@example.com', 'chloe.costa.3@example.com'];
	const items = people.map((email) => ({ json: { email } }));
	const get = async (extras: IDataObject) =>
		await rig.run('guest: get', guestBy('email', '={{ $json.email }}'), { items, ...extras });

	test('stop the run, which says how far it came', async () => {
		const result = await rig.run(
			'guest: get',
			{ ...guestBy('email', '={{ $json.email }}'), options: { concurrency: 1 } },
			{ items },
		);

		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({
			message: 'No guest of the event has this email [item 1]',
			itemIndex: 1,
		});
		expect(result.error?.description).toContain('1 of 3 items were done before it stopped');
	});

	test('become error items in their place when the node goes on', async () => {
		const result = await get({ continueOnFail: true });

		expect(result.status).toBe('success');
		expect(result.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(data(result)).toMatchObject([
			{ email: people[0] },
			{
				error: 'No guest of the event has this email [item 1]',
				details: { description: expect.stringContaining('Check "Guest"') },
			},
			{ email: people[2] },
		]);
		expect(rig.paths()).toEqual([LOG_IN, ALL, LOG_OUT]);
	});

	test('leave by the error output with their input', async () => {
		const result = await get({ onError: 'continueErrorOutput' });

		expect(data(result).map(({ email }) => email)).toEqual([people[0], people[2]]);
		expect(result.errorItems).toMatchObject([
			{ json: { email: people[1], error: expect.stringContaining('[item 1]') } },
		]);
	});

	test('carry the code and the cause', async () => {
		answer(RECENT, 500, 'Oops', 9);

		const result = await rig.run(
			'guest: getChangedSince',
			{ sinceDateTime: '2018-01-01T18:30:00+02:00' },
			{ items: numbered(2), continueOnFail: true },
		);

		expect(data(result)).toMatchObject(
			[0, 1].map((n) => ({
				error: expect.stringContaining(`[item ${n}]`),
				details: { httpCode: 500, failure: { cause: 'temporarily-unavailable' } },
			})),
		);
	});
});

test('a list that is shorter than announced is not taken for whole', async () => {
	answer(ALL, 200, {
		status: 'success',
		count: 99,
		dateTime: '2026-05-01T18:30:00+02:00',
		guests: [],
	});

	expect((await list()).error?.message).toContain('announced 99 guests but sent 0');
});
