/** The log-in of the Invitario credential, and what it adds to requests. */
import { describe, expect, test } from '@jest/globals';
import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { InvitarioApi } from '../../../credentials/InvitarioApi.credentials.ts';

const CREDENTIALS: ICredentialDataDecryptedObject = {
	baseUrl: ' https://events.example.com/ ',
	eventId: ' 123 ',
	apiKey: 'aBcDeFgH\n',
	stationName: 'Main Entrance ',
	sessionToken: 'stored-token',
};
const KEYS = { eventId: '123', apiKey: 'aBcDeFgH', stationName: 'Main Entrance' };

describe('the log-in', () => {
	async function logIn(response: unknown, credentials = CREDENTIALS) {
		const sent: IHttpRequestOptions[] = [];
		const helper: IHttpRequestHelper = {
			helpers: {
				httpRequest: async (options: IHttpRequestOptions): Promise<unknown> => {
					sent.push(options);
					return response;
				},
			},
		};
		const result = await new InvitarioApi().preAuthentication.call(helper, credentials);
		return { result, sent };
	}

	test('sends the three trimmed values, follows no redirect, and returns the token', async () => {
		const { result, sent } = await logIn({ status: 'success', sessionToken: 't1', event: {} });
		expect(result).toEqual({ sessionToken: 't1' });
		expect(sent).toEqual([
			{
				method: 'POST',
				url: 'https://events.example.com/api/v1/login',
				body: KEYS,
				json: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			},
		]);
	});

	test('a rejected log-in shows the vendor’s message with the App Code redacted', async () => {
		const errors = [{ code: 1010, message: 'API key aBcDeFgH incorrect.' }];
		await expect(logIn({ status: 'error', errors })).rejects.toThrow(
			'Invitario refused the log-in: API key [secret] incorrect.',
		);
	});

	test.each(['<html>', '', null, { status: 'success' }])(
		'the response %j comes from another service',
		async (response) => {
			await expect(logIn(response)).rejects.toThrow(/does not answer like Invitario.*"Base URL"/);
		},
	);

	test('no request goes to a base URL that is not allowed', async () => {
		const credentials = { ...CREDENTIALS, baseUrl: 'http://events.example.com' };
		await expect(logIn({}, credentials)).rejects.toThrow(/must start with https/);
	});
});

describe('requests', () => {
	async function authenticated(options: IHttpRequestOptions, credentials = CREDENTIALS) {
		const { authenticate } = new InvitarioApi();
		if (typeof authenticate !== 'function') throw new TypeError('authenticate is a function');
		return await authenticate(credentials, options);
	}

	test('the log-in gets the keys and no token', async () => {
		const { body } = await authenticated({ url: 'https://events.example.com/api/v1/login' });
		expect(body).toEqual(KEYS);
	});

	test('other requests get the token but no keys, and keep their body', async () => {
		const url = 'https://events.example.com/api/v1/guest/list/recent';
		const { body } = await authenticated({ url, body: { sinceDateTime: 'x' } });
		expect(body).toEqual({ sinceDateTime: 'x', sessionToken: 'stored-token' });
	});

	test('the node’s own session token stays, because the node removes the stored one', async () => {
		const { sessionToken: _stored, ...withoutToken } = CREDENTIALS;
		const url = 'https://events.example.com/api/v1/guest/list/all';
		const { body } = await authenticated({ url, body: { sessionToken: 'own' } }, withoutToken);
		expect(body).toEqual({ sessionToken: 'own' });
	});

	test('a request that n8n repeats after a new log-in gets the new token', async () => {
		const url = 'https://events.example.com/api/v1/guest/list/all';
		const first = await authenticated({ url });
		const second = await authenticated(first, { ...CREDENTIALS, sessionToken: 'renewed' });
		expect(second.body).toEqual({ sessionToken: 'renewed' });
	});
});
