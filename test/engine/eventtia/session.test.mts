/** Eventtia: the log-in: made once, kept, renewed once, never shown. */
import { describe, expect, test } from '@jest/globals';

import { crowd } from '../../rig/items.mts';
import { existing } from '../../rig/records.mts';
import { bearer, data, errorOf, storedText } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { startScripted } from '../../support/scripted-server.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import eventtia from '../../vendors/eventtia.mts';
import {
	ACCOUNT_KEY,
	ATTENDEES,
	AUTH,
	CLIENT_AUTH,
	CLIENT_ID,
	CLIENT_SECRET,
	EMAIL,
	PASSWORD,
	PROBE,
	REGISTER,
} from './shared.mts';

const SEEDED = 5;
const rig = useVendor(eventtia, { guests: SEEDED });

const account = () => existing(rig.state.accounts.get(EMAIL));
const client = { authenticateAs: 'client', clientId: CLIENT_ID, clientSecret: CLIENT_SECRET };
/** Registers a person per item, of a type that every attendee can have. */
const registration = () => ({
	attendeeTypeId: rig.state.event().attendeeTypes.named('General Public').id,
	email: '={{ $json.email }}',
	additionalFields: { firstName: 'Ada', lastName: '={{ "No " + $json.n }}' },
});

describe('the log-in', () => {
	test('sends email and password as JSON once, then its token', async () => {
		const result = await rig.run('attendee: getAll');

		expect(data(result)).toHaveLength(SEEDED);
		expect(rig.logIns()).toMatchObject([
			{ method: 'POST', path: AUTH, query: {}, body: { email: EMAIL, password: PASSWORD } },
		]);
		expect(rig.logIns()[0]?.headers.authorization).toBeUndefined();
		expect(rig.state.accountForToken(bearer(rig.sent()[0]))).toBe(account());
		expect(new Set(rig.sent().map(bearer)).size).toBe(1);
	});

	test('with client ID and secret', async () => {
		const result = await rig.run('attendee: getAll', {}, { credential: client });

		expect(data(result)).toHaveLength(SEEDED);
		expect(rig.logIns()).toMatchObject([
			{
				method: 'POST',
				path: CLIENT_AUTH,
				body: { client_id: CLIENT_ID, client_secret: CLIENT_SECRET },
			},
		]);
		expect(rig.state.accountForToken(bearer(rig.sent()[0]))).toBe(account());
	});

	test('trims pasted values, but not a password', async () => {
		const password = ' with spaces ';
		account().password = password;
		const user = await rig.run(
			'attendee: getAll',
			{},
			{ credential: { email: ` ${EMAIL} `, password } },
		);
		const program = await rig.run(
			'attendee: getAll',
			{},
			{ credential: { ...client, clientId: ` ${CLIENT_ID}`, clientSecret: `${CLIENT_SECRET}\n` } },
		);

		expect([user.error, program.error]).toEqual([undefined, undefined]);
		expect(rig.logIns().map(({ body }) => body)).toEqual([
			{ email: EMAIL, password },
			{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET },
		]);
	});

	test('is stored by n8n, and the next run uses it', async () => {
		const first = await rig.run('attendee: getAll');
		const stored = first.storedCredentials.eventtiaApi ?? {};

		expect(stored.sessionToken).toBe(bearer(rig.sent().at(-1)));
		const second = await rig.run('attendee: getAll', {}, { credential: stored });
		expect(data(second)).toEqual(data(first));
		expect(rig.logIns()).toHaveLength(1);
		expect(rig.sent(PROBE)).toHaveLength(1);
		expect(new Set(rig.sent().map(bearer)).size).toBe(1);
	});

	test('happens once when many items start at the same time', async () => {
		rig.server.latencyMs = 10;
		const result = await rig.run(
			'attendee: create',
			{ ...registration(), options: { concurrency: 20 } },
			{ items: crowd(20) },
		);

		expect(result.error).toBeUndefined();
		expect(rig.logIns()).toHaveLength(1);
		expect(rig.sent(REGISTER)).toHaveLength(20);
	});

	test('uses the credential’s base URL, with any number of trailing slashes', async () => {
		const result = await rig.run(
			'attendee: getAll',
			{},
			{ credential: { baseUrl: ` ${rig.server.url}// ` } },
		);

		expect(data(result)).toHaveLength(SEEDED);
	});

	test('is not sent to a URL without https', async () => {
		const result = await rig.run(
			'attendee: getAll',
			{},
			{ credential: { baseUrl: 'http://connect.example.com' } },
		);

		expect(errorOf(result).message).toContain('must start with https://');
		expect(rig.server.requests).toEqual([]);
	});
});

describe('an expired token', () => {
	test('costs one new log-in in the middle of 200 items, and all succeed', async () => {
		rig.server.latencyMs = 5;
		const sessionToken = rig.state.issueToken(account());
		rig.fault({ when: { path: REGISTER, nth: 100 }, do: { kind: 'expireSession' } });
		const result = await rig.run(
			'attendee: create',
			{ ...registration(), options: { concurrency: 50 } },
			{ items: crowd(200), credential: { sessionToken } },
		);
		const refused = rig.sent(REGISTER).filter(({ status }) => status === 401);

		expect(result.error).toBeUndefined();
		expect(rig.logIns()).toHaveLength(1);
		expect(refused.length).toBeGreaterThan(1);
		expect(rig.sent(REGISTER)).toHaveLength(200 + refused.length);
		expect(data(result).map(({ email }) => email)).toEqual(
			crowd(200).map(({ json }) => json.email),
		);
		expect(rig.state.event().attendees.listed).toBe(SEEDED + 200);
		expect(result.storedCredentials.eventtiaApi?.sessionToken).toBe(bearer(rig.sent().at(-1)));
		expect(storedText(result)).not.toContain(sessionToken);
	});

	test('twice in 200 items costs two log-ins', async () => {
		rig.server.latencyMs = 5;
		rig.fault({ when: { path: REGISTER, nth: [70, 190] }, do: { kind: 'expireSession' } });
		const result = await rig.run(
			'attendee: create',
			{ ...registration(), options: { concurrency: 20 } },
			{ items: crowd(200) },
		);

		expect(result.error).toBeUndefined();
		expect(rig.logIns()).toHaveLength(3);
		expect(rig.state.event().attendees.listed).toBe(SEEDED + 200);
	});

	test('before the first item, with a stored token', async () => {
		rig.server.latencyMs = 5;
		const sessionToken = rig.state.issueToken(account());
		rig.state.expireSessions();
		const result = await rig.run(
			'attendee: create',
			{ ...registration(), options: { concurrency: 10 } },
			{ items: crowd(30), credential: { sessionToken } },
		);

		expect(result.error).toBeUndefined();
		expect(rig.logIns()).toHaveLength(1);
		expect(rig.state.event().attendees.listed).toBe(SEEDED + 30);
	});

	test('between the pages of a list', async () => {
		rig.server.reset({ guests: 200 });
		rig.fault({ when: { path: ATTENDEES, nth: 4 }, do: { kind: 'expireSession' } });
		const result = await rig.run('attendee: getAll', { returnAll: true });

		expect(data(result)).toHaveLength(200);
		expect(rig.logIns()).toHaveLength(2);
	});

	test('is replaced by a log-in that succeeds after a transient failure', async () => {
		const sessionToken = rig.state.issueToken(account());
		rig.state.expireSessions();
		rig.fault({ when: { path: AUTH }, times: 2, do: { kind: 'status', status: 503 } });
		const { result } = await withShortWaits(
			async () => await rig.run('attendee: getAll', {}, { credential: { sessionToken } }),
		);

		expect(data(result)).toHaveLength(SEEDED);
		expect(rig.logIns().map(({ status }) => status)).toEqual([503, 503, 200]);
	});
});

describe('a log-in that is refused', () => {
	const wrong = 'a-wrong-password-9';

	test.each([
		['email and password', { password: wrong }, 'Wrong username or password.'],
		[
			'client ID and secret',
			{ ...client, clientSecret: wrong },
			'Wrong client id or client secret.',
		],
	])('%s are tried once by 1,000 items', async (_title, credential, words) => {
		const result = await rig.run('attendee: create', registration(), {
			items: crowd(1_000),
			credential,
			continueOnFail: true,
		});

		expect(data(result)).toHaveLength(1_000);
		expect(data(result).every(({ error }) => String(error).includes(words))).toBe(true);
		expect(rig.logIns()).toHaveLength(1);
		expect(rig.server.requests).toHaveLength(1);
		expect(storedText(result)).not.toContain(wrong);
	});

	test('says what to check, and is reported as a wrong credential', async () => {
		const result = await rig.run(
			'attendee: getAll',
			{},
			{ credential: { password: wrong, accountApiKey: ACCOUNT_KEY } },
		);

		expect(errorOf(result)).toMatchObject({
			message: 'Wrong username or password. [item 0]',
			httpCode: '401',
			failure: { cause: 'credential-invalid' },
		});
		expect(errorOf(result).description).toContain('Check "Email" and "Password"');
		for (const secret of [wrong, ACCOUNT_KEY]) expect(storedText(result)).not.toContain(secret);
	});

	test('shows no secret, even if Eventtia repeats them all', async () => {
		const sessionToken = rig.state.issueToken(account());
		const message = `${PASSWORD} and ${sessionToken} and ${ACCOUNT_KEY} of ${EMAIL} are not welcome`;
		rig.fault({
			when: { path: ATTENDEES },
			do: { kind: 'status', status: 403, body: { message } },
		});
		const result = await rig.run(
			'attendee: getAll',
			{},
			{ credential: { sessionToken, accountApiKey: ACCOUNT_KEY } },
		);

		expect(errorOf(result).message).toBe(
			'[secret] and [secret] and [secret] of [email] are not welcome [item 0]',
		);
		for (const secret of [PASSWORD, sessionToken, ACCOUNT_KEY, EMAIL]) {
			expect(storedText(result)).not.toContain(secret);
		}
	});

	test('shows no new token, even if Eventtia repeats it', async () => {
		const fixed = 'a-token-of-this-test-1234';
		const json = { 'content-type': 'application/json' };
		const server = await startScripted((_index, { method }) =>
			method === 'POST'
				? { status: 200, headers: json, body: JSON.stringify({ auth_token: fixed }) }
				: { status: 403, headers: json, body: JSON.stringify({ message: `no ${fixed} here` }) },
		);
		const result = await rig.run('attendee: getAll', {}, { credential: { baseUrl: server.url } });
		await server.close();

		expect(errorOf(result).message).toContain('no [secret] here');
		expect(storedText(result)).not.toContain(fixed);
	});

	test.each([
		['an HTML page', 200, '<html>hello</html>', 'The log-in was answered with HTTP 200'],
		['no token', 200, '{"auth_token":""}', 'The log-in was answered with HTTP 200'],
		['another place', 302, '', 'Redirects are not followed'],
	])('%s instead of a token', async (_title, status, body, words) => {
		const server = await startScripted(() => ({
			status,
			headers: {
				'content-type': body.startsWith('{') ? 'application/json' : 'text/html',
				...(status === 302 ? { location: 'https://elsewhere.example.com/' } : {}),
			},
			body,
		}));
		const { result } = await withShortWaits(
			async () => await rig.run('attendee: getAll', {}, { credential: { baseUrl: server.url } }),
		);
		await server.close();

		expect(`${errorOf(result).message} ${errorOf(result).description}`).toContain(words);
		// A page may come from a server under maintenance, so the log-in is repeated for a while.
		expect(new Set(server.seen.map(({ method }) => method))).toEqual(new Set(['POST']));
		expect(storedText(result)).not.toContain(PASSWORD);
	});
});

describe('a 401 that a new log-in does not fix', () => {
	test('does not cause repeated log-ins', async () => {
		rig.server.latencyMs = 5;
		const sessionToken = rig.state.issueToken(account());
		const body = { message: 'Your token is invalid or not present.' };
		rig.fault({ when: { path: REGISTER, every: 1 }, do: { kind: 'status', status: 401, body } });
		const result = await rig.run(
			'attendee: create',
			{ ...registration(), options: { concurrency: 50 } },
			{ items: crowd(300), credential: { sessionToken }, continueOnFail: true },
		);

		expect(data(result)).toHaveLength(300);
		expect(data(result).every(({ error }) => String(error).includes(body.message))).toBe(true);
		expect(rig.logIns().length).toBeLessThanOrEqual(2);
		// Each request once, and those of the first wave once more with the new token.
		expect(rig.sent(REGISTER).length).toBeLessThanOrEqual(300 + 2 * 50);
	});

	test('does not affect other requests', async () => {
		const body = { message: '' };
		rig.fault({ when: { path: REGISTER, every: 1 }, do: { kind: 'status', status: 401, body } });
		const refused = await rig.run('attendee: create', registration(), { items: crowd(1) });
		const good = await rig.run('attendee: getAll');

		expect(errorOf(refused).message).toContain('does not accept the log-in');
		expect(data(good)).toHaveLength(SEEDED);
	});
});

describe('the credential test', () => {
	test.each([
		['email and password', {}],
		['client ID and secret', client],
	])('succeeds with %s', async (_title, changes) => {
		const eventtiaApi = rig.credential(changes);

		expect(await rig.engine.testCredential('eventtiaApi', eventtiaApi)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
	});

	test.each([
		['a wrong password', { password: 'a-wrong-password-9' }, 'Wrong username or password.'],
		[
			'a wrong client secret',
			{ ...client, clientSecret: 'a-wrong-password-9' },
			'Wrong client id or client secret.',
		],
	])('fails with %s, with a clear message', async (_title, changes, words) => {
		const eventtiaApi = rig.credential(changes);
		const { status, message } = await rig.engine.testCredential('eventtiaApi', eventtiaApi);

		expect(status).toBe('Error');
		expect(message).toContain(words);
		expect(message).not.toContain('a-wrong-password-9');
	});

	test('fails if another program answers at the base URL', async () => {
		const server = await startScripted(() => ({ status: 404 }));
		const eventtiaApi = rig.credential({ baseUrl: server.url });
		const { status, message } = await rig.engine.testCredential('eventtiaApi', eventtiaApi);
		await server.close();

		expect(status).toBe('Error');
		expect(message).toContain('HTTP 404');
	});
});
