// How a failed item looks in n8n: messages, continue on fail, and no secrets in what n8n saves.

import { describe, expect, test } from '@jest/globals';
import { EVENT_VAULT_CREDENTIALS } from '../../sandbox/event-vault/credentials.mts';
import { INVITARIO_CREDENTIALS } from '../../sandbox/invitario/credentials.mts';
import { by } from '../rig/items.mts';
import { runNode, saveCredential, errorTexts } from './support/n8n.mts';
import {
	credentialData,
	expectNoSecret,
	nodeType,
	SEEDED_GUESTS,
	useVendors,
} from './support/vendors.mts';

const WRONG_KEY = 'wrong-key-4711';
const REMOVE_NOBODY = {
	resource: 'guest',
	operation: 'remove',
	userEmail: by('email', 'nobody@example.com'),
	ifNotRegistered: 'error',
	options: {},
};

const vendors = useVendors();

describe('the message of a failed execution', () => {
	test("starts with Event Vault's own message, then says what to do", async () => {
		const execution = await runNode({
			type: nodeType('eventVault'),
			credential: vendors().eventVault,
			parameters: REMOVE_NOBODY,
		});

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^User is not registered for the event\..*\[item 0\]/),
			description: expect.stringMatching(/"If Not Registered".*HTTP 404/),
		});
		expectNoSecret(execution.raw, EVENT_VAULT_CREDENTIALS.apiKey);
	});

	test('names a wrong Event Vault key without showing it', async () => {
		const data = credentialData('eventVault', vendors().sandbox.eventVault.url);
		const credential = await saveCredential('eventVaultApi', { ...data, apiKey: WRONG_KEY });

		const execution = await runNode({
			type: nodeType('eventVault'),
			credential,
			parameters: { resource: 'guest', operation: 'getCount', options: {} },
		});

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^Invalid API key\./),
			description: expect.stringMatching(/"API Key"/),
		});
		expectNoSecret(execution.raw, WRONG_KEY);
	});

	test('names the field of invalid input, which is never sent', async () => {
		const execution = await runNode({
			type: nodeType('eventVault'),
			credential: vendors().eventVault,
			parameters: {
				resource: 'guest',
				operation: 'add',
				userEmail: 'not an address',
				additionalFields: {},
				options: {},
			},
		});

		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(/"Email".*\[item 0\]/);
		expect(vendors().sandbox.eventVault.requests).toEqual([]);
	});

	test('says that a vendor is down', async () => {
		vendors().sandbox.eventVault.faults.add({
			when: { every: 1 },
			do: { kind: 'html', status: 502 },
		});

		const execution = await runNode({
			type: nodeType('eventVault'),
			credential: vendors().eventVault,
			parameters: {
				resource: 'guest',
				operation: 'getCount',
				options: { maxWait: 1 },
			},
		});

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: 'Event Vault answered with HTTP 502 and an HTML page [item 0]',
			description: expect.stringMatching(/on Event Vault’s side\. Run the item again.*HTTP 502/),
		});
		expectNoSecret(execution.raw, EVENT_VAULT_CREDENTIALS.apiKey);
	});

	test("shows Invitario's own message for a wrong app code, and neither the code nor a token", async () => {
		const data = credentialData('invitario', vendors().sandbox.invitario.url);
		const credential = await saveCredential('invitarioApi', { ...data, apiKey: WRONG_KEY });

		const execution = await runNode({
			type: nodeType('invitario'),
			credential,
			parameters: { resource: 'event', operation: 'get', simplify: true },
		});

		expect(execution.status).toBe('error');
		expect(errorTexts(execution)).toEqual({
			message: expect.stringMatching(/^API key incorrect\./),
			description: expect.stringMatching(/"App Code"/),
		});
		expectNoSecret(execution.raw, WRONG_KEY);
	});

	test('shows no session token when Invitario fails during a run', async () => {
		vendors().sandbox.invitario.faults.add({
			when: { path: '/api/v1/guest/list/all', every: 1 },
			do: { kind: 'wrongJson' },
		});

		const execution = await runNode({
			type: nodeType('invitario'),
			credential: vendors().invitario,
			parameters: {
				resource: 'guest',
				operation: 'getAll',
				returnAll: true,
				simplify: true,
				filters: {},
				options: {},
			},
		});

		const tokens = vendors().sandbox.invitario.requests.flatMap(({ body }) =>
			typeof body === 'object' && body !== null && 'sessionToken' in body
				? [String(body.sessionToken)]
				: [],
		);
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(/Invitario/);
		expect(tokens.length).toBeGreaterThan(0);
		expectNoSecret(execution.raw, INVITARIO_CREDENTIALS.apiKey, ...tokens);
	});
});

describe('Continue On Fail', () => {
	const addThree = () => {
		const [known] = vendors().sandbox.eventVault.state.event().guests();
		if (known === undefined) throw new Error('the sandbox is empty');
		return {
			type: nodeType('eventVault'),
			credential: vendors().eventVault,
			parameters: {
				resource: 'guest',
				operation: 'add',
				userEmail: '={{ $json.email }}',
				additionalFields: {},
				options: {},
			},
			input: ['first@example.com', known.email, 'third@example.com'].map((email) => ({ email })),
		};
	};
	const expectTwoAdded = () => {
		const event = vendors().sandbox.eventVault.state.event();
		expect(event.guestCount).toBe(SEEDED_GUESTS + 2);
		expect(event.hasGuest('first@example.com') && event.hasGuest('third@example.com')).toBe(true);
	};

	test('turns one failed item into one error item in its place', async () => {
		const execution = await runNode({ ...addThree(), onError: 'continueRegularOutput' });

		expect(execution.status).toBe('success');
		expect(execution.output).toEqual([
			expect.objectContaining({ email: 'first@example.com', result: 'added' }),
			expect.objectContaining({
				error: expect.stringMatching(/^User is already registered for the event\./),
			}),
			expect.objectContaining({ email: 'third@example.com', result: 'added' }),
		]);
		expect(execution.items('').map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expectTwoAdded();
		expectNoSecret(execution.raw, EVENT_VAULT_CREDENTIALS.apiKey);
	});

	test('sends the failed item to the error output if there is one', async () => {
		const execution = await runNode({ ...addThree(), onError: 'continueErrorOutput' });

		expect(execution.status).toBe('success');
		expect(execution.output.map(({ email }) => email)).toEqual([
			'first@example.com',
			'third@example.com',
		]);
		expect(execution.items('', 1).map(({ json }) => json)).toEqual([
			expect.objectContaining({ error: expect.stringMatching(/already registered/) }),
		]);
		expectTwoAdded();
	});
});
