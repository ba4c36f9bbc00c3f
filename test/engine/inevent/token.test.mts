/** InEvent: the access token, in n8n's own OAuth2 code: fetched once, renewed once, never shown. */
import { describe, expect, test } from '@jest/globals';

import { EMAIL_OF_ITEM, by, crowd } from '../../rig/items.mts';
import { bearer, data, errorOf, storedText } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { startScripted, type SeenRequest } from '../../support/scripted-server.mts';
import { withShortWaits } from '../../support/short-waits.mts';
import inEvent from '../../vendors/inevent.mts';
import {
	ALL_SCOPES,
	ATTENDEES,
	CLIENT_ID,
	ORDERS,
	REGISTRATION,
	SECRET,
	TOKEN,
} from './shared.mts';

const rig = useVendor(inEvent, { guests: 5 });
const FIVE = 5;

describe('the token request', () => {
	test('sends the client and the chosen scopes, joined with spaces, in the body', async () => {
		const scopes = ['read:attendees', 'write:registration', 'read:analytics'];
		const result = await rig.run('attendee: getAll', {}, { credential: { scopes } });

		expect(result.error).toBeUndefined();
		expect(rig.logIns()).toHaveLength(1);
		expect(rig.logIns()[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(rig.logIns()[0]?.headers.authorization).toBeUndefined();
		expect(Object.fromEntries(new URLSearchParams(String(rig.logIns()[0]?.body)))).toEqual({
			grant_type: 'client_credentials',
			client_id: CLIENT_ID,
			client_secret: SECRET,
			scope: 'read:attendees write:registration read:analytics',
		});
	});

	test('requests only the scopes to read and register attendees by default', async () => {
		const { scopes: _chosen, ...unsaid } = rig.credential();
		await rig.run('attendee: getAll', {}, { credentials: { inEventOAuth2Api: unsaid } });

		expect(new URLSearchParams(String(rig.logIns()[0]?.body)).get('scope')).toBe(
			'read:attendees write:registration',
		);
	});

	test('leaves the scope out if none is chosen', async () => {
		await rig.run('attendee: getAll', {}, { credential: { scopes: [] } });

		expect(new URLSearchParams(String(rig.logIns()[0]?.body)).has('scope')).toBe(false);
	});

	test('gets a token that n8n stores and the next run uses', async () => {
		const first = await rig.run('attendee: getAll');
		const stored = first.storedCredentials.inEventOAuth2Api ?? {};
		const { oauthTokenData = '' } = stored;

		expect(oauthTokenData).toMatchObject({ access_token: bearer(rig.sent()[0]) });
		expect(stored).toMatchObject({ clientId: CLIENT_ID, clientSecret: SECRET });
		const second = await rig.run('attendee: getAll', {}, { credential: { oauthTokenData } });
		expect(data(second)).toEqual(data(first));
		expect(rig.logIns()).toHaveLength(1);
		expect(rig.sent().map(bearer)).toEqual([bearer(rig.sent()[0]), bearer(rig.sent()[0])]);
	});
});

describe('the URLs', () => {
	const answered = ({ method }: SeenRequest) =>
		method === 'POST'
			? { access_token: 'own-token-1', token_type: 'Bearer', expires_in: 60 }
			: { data: [], pagination: { page: 1, page_size: 50, total: 0, next_page: null } };
	const json = { 'content-type': 'application/json' };

	test.each([
		['a token URL of its own', '/auth/v2/token', '/auth/v2/token'],
		['a token URL with spaces around it', ' /auth/v2/token ', '/auth/v2/token'],
		['no token URL', '', '/base/oauth/token'],
		['a token URL of spaces', '  ', '/base/oauth/token'],
	])('%s', async (_title, typed, path) => {
		const server = await startScripted((_index, request) => ({
			status: 200,
			headers: json,
			body: JSON.stringify(answered(request)),
		}));
		const tokenUrl = typed.replace('/auth', `${server.url}/auth`);
		const result = await rig.run(
			'attendee: getAll',
			{},
			{ credential: { baseUrl: ` ${server.url}/base// `, tokenUrl } },
		);
		await server.close();

		expect(result.error).toBeUndefined();
		expect(server.seen.map(({ method, url }) => `${method} ${url.split('?', 1)[0]}`)).toEqual([
			`POST ${path}`,
			`GET /base${ATTENDEES}`,
		]);
		expect(server.seen[1]?.headers.authorization).toBe('Bearer own-token-1');
	});

	test.each([
		['Base URL', { baseUrl: 'http://api.example.com' }, 'must start with https://'],
		['Base URL', { baseUrl: 'nowhere' }, 'is not a web address'],
		['Base URL', { baseUrl: '' }, 'is empty'],
		['Base URL', { baseUrl: 'https://user:word@api.example.com' }, 'only a host and a path'],
		['Token URL', { tokenUrl: 'http://login.example.com/token' }, 'must start with https://'],
		['Token URL', { tokenUrl: 'nowhere' }, 'is not a web address'],
	])('%s %j sends nothing', async (field, credential, complaint) => {
		const result = await rig.run('attendee: getAll', {}, { credential });

		expect(errorOf(result).message).toContain(`"${field}" of the credential`);
		expect(errorOf(result).message).toContain(complaint);
		expect(rig.server.requests).toEqual([]);
	});

	test('do not follow a redirect with the token', async () => {
		const location = 'https://elsewhere.example.com/';
		const status = 307;
		rig.fault({ when: { path: ATTENDEES }, do: { kind: 'status', status, headers: { location } } });
		const result = await rig.run('attendee: getAll');

		expect(errorOf(result).message).toContain('sent the request to another address');
		expect(rig.sent()).toHaveLength(1);
	});
});

describe('many items', () => {
	test('10 at a time fetch the first token once', async () => {
		rig.server.latencyMs = 20;
		const result = await rig.run(
			'registration: create',
			{ email: EMAIL_OF_ITEM },
			{ items: crowd(10) },
		);

		expect(data(result)).toHaveLength(10);
		expect(rig.logIns()).toHaveLength(1);
		expect(rig.sent(REGISTRATION)).toHaveLength(10);
	});

	test('read the credential once, not for every request', async () => {
		const result = await rig.run(
			'registration: create',
			{ email: EMAIL_OF_ITEM },
			{ items: crowd(20) },
		);

		expect(data(result)).toHaveLength(20);
		expect(rig.sent(REGISTRATION)).toHaveLength(20);
		expect(result.credentialReads).toBe(1);
	});

	test('200 of them, 50 at a time, renew a token once that expires in the middle', async () => {
		rig.server.latencyMs = 5;
		rig.fault({ when: { path: REGISTRATION, nth: 100 }, do: { kind: 'expireSession' } });
		const result = await rig.run(
			'registration: create',
			{ email: EMAIL_OF_ITEM, options: { concurrency: 50 } },
			{ items: crowd(200) },
		);
		const refused = rig.sent().filter(({ status }) => status === 401);

		expect(result.error).toBeUndefined();
		expect(rig.logIns()).toHaveLength(2);
		expect(new Set(rig.sent().map(bearer)).size).toBe(2);
		expect(refused.length).toBeGreaterThan(1);
		expect(rig.sent()).toHaveLength(200 + refused.length);
		expect(data(result).map(({ email }) => email)).toEqual(
			crowd(200).map(({ json }) => json.email),
		);
		expect(rig.state.event().attendees()).toHaveLength(FIVE + 200);
		expect(result.storedCredentials.inEventOAuth2Api?.oauthTokenData).toMatchObject({
			access_token: bearer(rig.sent().at(-1)),
		});
	});

	test('renew an expired stored token once for all', async () => {
		rig.server.latencyMs = 5;
		const access_token = rig.state.issueToken(CLIENT_ID, ALL_SCOPES);
		rig.state.expireSessions();
		const result = await rig.run(
			'attendee: get',
			{ attendeeId: by('id', '={{ $json.id }}') },
			{
				items: rig.state
					.event()
					.attendees()
					.map(({ id }) => ({ json: { id } })),
				credential: { oauthTokenData: { access_token, token_type: 'Bearer' } },
			},
		);

		expect(data(result)).toHaveLength(FIVE);
		expect(rig.logIns()).toHaveLength(1);
		expect(rig.sent().filter(({ status }) => status === 401)).toHaveLength(1);
		expect(storedText(result)).not.toContain(access_token);
	});
});

describe('a token that is refused', () => {
	const wrong = { clientSecret: 'a-wrong-secret-9' };

	test.each([
		['a read', 'attendee: getAll', {}],
		['a write that is never repeated', 'order: refund', { orderId: by('id', 'ord_1') }],
	] as const)('says what to check if the secret is wrong: %s', async (_, operation, given) => {
		const result = await rig.run(operation, given, { credential: wrong });

		expect(errorOf(result)).toMatchObject({
			message: 'Unknown client or wrong secret [item 0]',
			httpCode: '401',
			failure: { cause: 'credential-invalid' },
		});
		expect(errorOf(result).description).toMatch(
			/^Check "Client ID", "Client Secret" and "Scopes" in the credential;.* InEvent’s request ID is req_[0-9a-f]{8}\. HTTP 401\.$/,
		);
		expect(rig.logIns()).toHaveLength(1);
		expect(rig.sent()).toEqual([]);
		expect(storedText(result)).not.toContain(wrong.clientSecret);
	});

	test('names the scope that InEvent has not granted', async () => {
		rig.state.grantedScopes = ['read:attendees'];
		const scopes = ['read:attendees', 'read:orders'];
		const result = await rig.run('attendee: getAll', {}, { credential: { scopes } });

		expect(errorOf(result).message).toBe('Scope not granted: read:orders [item 0]');
		expect(errorOf(result).description).toContain('"Scopes"');
	});

	test('is requested by one item after the other, not by all together', async () => {
		const result = await rig.run(
			'registration: create',
			{ email: EMAIL_OF_ITEM },
			{ items: crowd(3), credential: wrong, continueOnFail: true },
		);

		expect(data(result).map(({ error }) => error)).toEqual(
			[0, 1, 2].map((index) => `Unknown client or wrong secret [item ${index}]`),
		);
		expect(rig.logIns()).toHaveLength(3);
		expect(storedText(result)).not.toContain(wrong.clientSecret);
	});

	test('is requested again after a broken connection or if the token server is busy', async () => {
		rig.fault({ when: { path: TOKEN, nth: 1 }, do: { kind: 'reset' } });
		rig.fault({ when: { path: TOKEN, nth: 1 }, do: { kind: 'status', status: 503 } });
		const { result } = await withShortWaits(async () => await rig.run('attendee: getAll'));

		expect(data(result)).toHaveLength(FIVE);
		expect(rig.logIns()).toHaveLength(3);
		expect(rig.sent()).toHaveLength(1);
	});

	test('is an error if a web page comes instead', async () => {
		rig.fault({ when: { path: TOKEN }, do: { kind: 'html', status: 200 } });
		const result = await rig.run('attendee: getAll');

		expect(errorOf(result).message).toContain('gives no access token');
		expect(rig.sent()).toEqual([]);
	});
});

describe('a token that is not accepted', () => {
	test('is an error after one new one', async () => {
		const body = { error: 'unauthorized', message: 'Token revoked', request_id: 'req_2' };
		const do401 = { kind: 'status', status: 401, body } as const;
		rig.fault({ when: { path: ATTENDEES }, times: 2, do: do401 });
		const result = await rig.run('attendee: getAll');

		expect(errorOf(result)).toMatchObject({ message: 'Token revoked [item 0]', httpCode: '401' });
		expect(errorOf(result).description).toContain('InEvent’s request ID is req_2.');
		expect(rig.sent()).toHaveLength(2);
		expect(rig.logIns()).toHaveLength(2);
		for (const request of rig.sent()) expect(storedText(result)).not.toContain(bearer(request));
		expect(storedText(result)).not.toContain(SECRET);
	});

	test('is also renewed for a refund, because a 401 means that it did not happen', async () => {
		rig.fault({ when: { path: `${ORDERS}/ord_1/refund` }, do: { kind: 'expireSession' } });
		const result = await rig.run('order: refund', { orderId: by('id', 'ord_1') });

		expect(result.error).toBeUndefined();
		expect(rig.state.event().orders.get('ord_1')?.refunds).toBe(1);
		expect(rig.logIns()).toHaveLength(2);
	});
});

describe('what must not be stored', () => {
	test('no secret and no token, after a good run and after a failed one', async () => {
		const good = await rig.run('attendee: getAll');
		const bad = await rig.run('attendee: get', { attendeeId: by('id', 'att_none') });

		expect(rig.sent()).toHaveLength(2);
		for (const result of [good, bad]) {
			expect(storedText(result)).toContain('resultData');
			expect(storedText(result)).not.toContain(SECRET);
			for (const request of rig.sent()) expect(storedText(result)).not.toContain(bearer(request));
		}
	});

	test('nothing that the vendor repeats', async () => {
		const access_token = rig.state.issueToken(CLIENT_ID, ALL_SCOPES);
		const message = `${SECRET} and ${access_token} of someone@example.com are not welcome`;
		rig.fault({ do: { kind: 'status', status: 400, body: { message } } });
		const result = await rig.run(
			'attendee: getAll',
			{},
			{ credential: { oauthTokenData: { access_token, token_type: 'Bearer' } } },
		);

		expect(errorOf(result).message).toBe(
			'[secret] and [secret] of [email] are not welcome [item 0]',
		);
		for (const secret of [SECRET, access_token, 'someone@']) {
			expect(storedText(result)).not.toContain(secret);
		}
	});
});

describe('the credential test', () => {
	test('succeeds if the token server issues a token', async () => {
		const inEventOAuth2Api = rig.credential();

		expect(await rig.engine.testCredential('inEventOAuth2Api', inEventOAuth2Api)).toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(rig.sent()).toEqual([]);
	});

	test.each([
		['a wrong secret', { clientSecret: 'a-wrong-secret-9' }],
		['an unknown client', { clientId: 'nobody' }],
	])('fails with %s, and does not show it', async (_, changes) => {
		const inEventOAuth2Api = rig.credential(changes);
		const { status, message } = await rig.engine.testCredential(
			'inEventOAuth2Api',
			inEventOAuth2Api,
		);

		expect(status).toBe('Error');
		expect(message).toContain('Client authentication failed');
		expect(message).not.toContain('a-wrong-secret-9');
	});

	test('fails if a scope is not granted', async () => {
		rig.state.grantedScopes = ['read:attendees'];
		const inEventOAuth2Api = rig.credential();
		const { status, message } = await rig.engine.testCredential(
			'inEventOAuth2Api',
			inEventOAuth2Api,
		);

		expect(status).toBe('Error');
		expect(message).toContain('scope');
	});
});
