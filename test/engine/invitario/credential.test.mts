/** The Invitario credential on its own: its test, and its use in n8n's HTTP Request node. */
import { afterAll, describe, expect, test } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { INVITARIO_CREDENTIALS } from '../../../sandbox/invitario/credentials.mts';
import type { FaultOrder } from '../../../sandbox/start.mts';
import { numbered } from '../../rig/items.mts';
import { storedText } from '../../rig/results.mts';
import { useVendor } from '../../rig/useVendor.mts';
import { repositoryRoot } from '../../support/paths.mts';
import { REQUEST_NODE, writeRequestPackage } from './requestNode.mts';
import invitario from '../../vendors/invitario.mts';
import { ALL, LOG_IN, RECENT, tokenOf } from './shared.mts';

const requestPackage = writeRequestPackage();
afterAll(() => requestPackage.remove());
const rig = useVendor(invitario, {
	guests: 10,
	packageDirs: [repositoryRoot(), requestPackage.dir],
});
const state = () => rig.state;
const order = (fault: FaultOrder) => rig.server.faults.add(fault);

describe('the credential test', () => {
	const testWith = async (changes: ICredentialDataDecryptedObject = {}) =>
		await rig.engine.testCredential('invitarioApi', rig.credential(changes));

	test('succeeds with good values: logs in and uses the session', async () => {
		expect(await testWith()).toEqual({ status: 'OK', message: 'Connection successful!' });

		expect(rig.paths()).toEqual([LOG_IN, RECENT]);
		expect(rig.sent(LOG_IN)[0]?.body).toEqual(INVITARIO_CREDENTIALS);
		const [probe] = rig.sent(RECENT);
		expect(state().sessions()).toEqual([tokenOf(probe)]);
	});

	test('reads no guest data: it requests the changes since now', async () => {
		await testWith();

		const [probe] = rig.sent(RECENT);
		expect(probe?.body).toEqual({
			sessionToken: expect.any(String),
			sinceDateTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/),
		});
	});

	test('succeeds with pasted spaces and slashes', async () => {
		const { eventId, apiKey } = INVITARIO_CREDENTIALS;
		const baseUrl = ` ${rig.server.url}/ `;

		const result = await testWith({ baseUrl, eventId: ` ${eventId}`, apiKey: `${apiKey}\n` });

		expect(result.status).toBe('OK');
	});

	test('does not trust the stored session', async () => {
		const sessionToken = 'f'.repeat(40);

		expect((await testWith({ sessionToken })).status).toBe('OK');

		expect(rig.server.requests.map(tokenOf)).not.toContain(sessionToken);
	});

	describe.each([200, 400, 401, 403, 500])('fails with HTTP status %i', (status) => {
		test.each([
			['event id', { eventId: '999' }, 'Event ID not known.'],
			['app code', { apiKey: 'wrong-app-code' }, 'API key incorrect.'],
			['no station name', { stationName: '' }, 'Required parameter(s) missing: stationName'],
		])('for a wrong %s', async (_name, wrong, words) => {
			state().errorStatus = status;

			const result = await testWith(wrong);

			expect(result).toEqual({
				status: 'Error',
				message: `Invitario refused the log-in: ${words}`,
			});
		});
	});

	test.each<[string, FaultOrder['do']]>([
		['an HTML page', { kind: 'html', status: 200 }],
		['an HTML page with status 404', { kind: 'html', status: 404 }],
		['a redirect', { kind: 'status', status: 302, headers: { location: 'https://example.com/' } }],
		['other JSON', { kind: 'wrongJson' }],
		['nothing', { kind: 'empty' }],
		['half an answer', { kind: 'truncated' }],
	])('fails for a host that answers with %s', async (_name, fault) => {
		order({ when: { path: LOG_IN }, times: 9, do: fault });

		expect(await testWith()).toEqual({
			status: 'Error',
			message: 'This address does not answer like Invitario. Check "Base URL".',
		});
	});

	test('fails when nothing answers', async () => {
		const result = await testWith({ baseUrl: 'http://127.0.0.1:1' });

		expect(result.status).toBe('Error');
		expect(result.message).toContain('ECONNREFUSED');
	});

	test.each([
		['', '"Base URL" of the credential is empty'],
		['mycompany', '"Base URL" of the credential is not a web address'],
		['http://mycompany.example.com', '"Base URL" of the credential must start with https://'],
	])('fails for the Base URL %j', async (baseUrl, message) => {
		expect(await testWith({ baseUrl })).toEqual({ status: 'Error', message });
	});

	test('fails when the new session is rejected too', async () => {
		order({ when: { path: RECENT }, do: { kind: 'expireSession' } });

		expect(await testWith()).toEqual({
			status: 'Error',
			message: 'Invitario accepted the log-in, but not its session. Try again.',
		});
	});

	test('does not repeat the app code that the vendor quotes', async () => {
		const { apiKey } = INVITARIO_CREDENTIALS;
		const body = { errors: [{ code: 1010, message: `Bad key ${apiKey}.` }] };
		order({ when: { path: LOG_IN }, do: { kind: 'status', status: 200, body } });

		const { status, message } = await testWith();

		expect(status).toBe('Error');
		expect(message).toContain('Bad key');
		expect(message).not.toContain(apiKey);
	});
});

describe.each(['httpRequestWithAuthentication', 'requestWithAuthentication'])(
	'for the HTTP Request node, by %s',
	(helper) => {
		const send = async (
			path: string,
			body: unknown,
			credential: ICredentialDataDecryptedObject = {},
			count = 1,
		) =>
			await rig.engine.run({
				nodeType: REQUEST_NODE,
				parameters: {
					helper,
					url: `${rig.server.url}${path}`,
					body: body === undefined ? '' : JSON.stringify(body),
				},
				credentials: rig.credentials(credential),
				items: numbered(count),
			});

		test('opens a session, stores it, and adds its token to every body', async () => {
			const result = await send(RECENT, { sinceDateTime: '2018-01-01T18:30:00+02:00' }, {}, 3);

			expect(result.error).toBeUndefined();
			expect(result.items.map(({ json }) => json.count)).toEqual([10, 10, 10]);
			expect(rig.paths()).toEqual([LOG_IN, RECENT, RECENT, RECENT]);
			const [token] = state().sessions();
			expect(rig.sent(RECENT).map(({ body }) => body)).toEqual(
				Array(3).fill({ sinceDateTime: '2018-01-01T18:30:00+02:00', sessionToken: token }),
			);
			expect(result.storedCredentials.invitarioApi?.sessionToken).toBe(token);
		});

		test('adds a body if there is none', async () => {
			const result = await send(ALL, undefined);

			expect(result.items[0]?.json.count).toBe(10);
			expect(rig.sent(ALL)[0]?.body).toEqual({ sessionToken: state().sessions()[0] });
		});

		test('sends the keys with a log-in, not a token', async () => {
			const result = await send(LOG_IN, undefined, { sessionToken: 'f'.repeat(40) });

			expect(result.items[0]?.json).toMatchObject({ status: 'success', event: { id: '123' } });
			expect(rig.sent(LOG_IN).map(({ body }) => body)).toEqual([INVITARIO_CREDENTIALS]);
		});

		test('uses the stored session', async () => {
			const sessionToken = state().openSession();

			const result = await send(ALL, {}, { sessionToken });

			expect(result.items[0]?.json.count).toBe(10);
			expect(rig.paths()).toEqual([ALL]);
			expect(result.logins).toBe(0);
		});

		test('opens a new session after a 401', async () => {
			state().errorStatus = 401;

			const result = await send(ALL, {}, { sessionToken: 'f'.repeat(40) });

			expect(result.items[0]?.json.count).toBe(10);
			expect(rig.paths()).toEqual([ALL, LOG_IN, ALL]);
			expect(result.storedCredentials.invitarioApi?.sessionToken).toBe(state().sessions()[0]);
		});

		test('says why the log-in was refused, without the app code', async () => {
			const { apiKey } = INVITARIO_CREDENTIALS;
			const errors = [{ code: 1010, message: `API key ${apiKey} incorrect.` }];
			order({
				when: { path: LOG_IN },
				times: 9,
				do: { kind: 'status', status: 200, body: { errors } },
			});

			const result = await send(ALL, {});

			expect(result.status).toBe('error');
			expect(storedText(result)).toContain('Invitario refused the log-in');
			expect(storedText(result)).not.toContain(apiKey);
			expect(rig.sent(ALL)).toEqual([]);
		});
	},
);
