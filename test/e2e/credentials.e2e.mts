// The *Test* button of Event Vault's and Invitario's credentials, with right and wrong values.

import { describe, expect, test } from '@jest/globals';
import { testCredential, testWith } from './support/n8n.mts';
import { credentialData, UNREACHABLE, useVendors } from './support/vendors.mts';

const vendors = useVendors();

describe('Event Vault', () => {
	const url = () => vendors().sandbox.eventVault.url;

	test('succeeds with the right keys', async () => {
		const outcome = await testCredential(vendors().eventVault);

		expect(outcome.status).toBe('OK');
		const { requests } = vendors().sandbox.eventVault;
		expect(requests.map(({ method, path, status }) => [method, path, status])).toEqual([
			['GET', '/getGuestCount', 200],
		]);
	});

	test('succeeds with a slash at the end of Base URL', async () => {
		const outcome = await testWith('eventVaultApi', credentialData('eventVault', `${url()}/`));

		expect(outcome.status).toBe('OK');
	});

	test.each([
		['apiKey', /API Key/],
		['clientId', /Client ID/],
		['eventId', /Event ID/],
	])('fails with a wrong %s and names the field', async (field, words) => {
		const outcome = await testWith('eventVaultApi', {
			...credentialData('eventVault', url()),
			[field]: 'wrong',
		});

		expect(outcome).toEqual({ status: 'Error', message: expect.stringMatching(words) });
	});

	test('fails when the clock is off and names the clock', async () => {
		vendors().sandbox.eventVault.clock.skewMs = 10 * 60 * 1000;

		const outcome = await testCredential(vendors().eventVault);
		vendors().sandbox.eventVault.clock.skewMs = 0;

		expect(outcome).toEqual({ status: 'Error', message: expect.stringMatching(/clock/) });
	});

	test('fails when the host does not answer', async () => {
		const outcome = await testWith('eventVaultApi', credentialData('eventVault', UNREACHABLE));

		expect(outcome).toEqual({
			status: 'Error',
			message: expect.stringMatching(/refused|could not be reached|ECONNREFUSED/i),
		});
	});
});

describe('Invitario', () => {
	const url = () => vendors().sandbox.invitario.url;

	test('succeeds with the right app code: it logs in once and uses the session', async () => {
		const outcome = await testCredential(vendors().invitario);

		expect(outcome.status).toBe('OK');
		const { requests, state } = vendors().sandbox.invitario;
		expect(requests.map(({ path, status }) => [path, status])).toEqual([
			['/api/v1/login', 200],
			['/api/v1/guest/list/recent', 200],
		]);
		expect(state.sessions()).toHaveLength(1);
	});

	test.each([
		['apiKey', /API key incorrect/],
		['eventId', /Event ID not known/],
	])("fails with Invitario's own message with a wrong %s", async (field, words) => {
		const outcome = await testWith('invitarioApi', {
			...credentialData('invitario', url()),
			[field]: 'wrong',
		});

		expect(outcome).toEqual({ status: 'Error', message: expect.stringMatching(words) });
	});

	test('fails when the host does not answer', async () => {
		const outcome = await testWith('invitarioApi', credentialData('invitario', UNREACHABLE));

		expect(outcome).toEqual({
			status: 'Error',
			message: expect.stringMatching(/refused|could not be reached|ECONNREFUSED/i),
		});
	});
});
