/** Tests the engine harness itself, with a small node of its own. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';

import { createEngine, START_NODE, type Engine } from '../support/engine.mts';
import {
	FIXTURE_PACKAGE,
	SESSION_KEY,
	startFixtureServer,
	writeFixturePackage,
	type FixtureServer,
} from './harness/fixture.mts';

const ADA = { json: { email: 'ada@example.com' } };
const BOB = { json: { email: 'bob@example.com' } };
const NOBODY = { json: { email: 'nobody@example.com' } };
const EMAIL_EXPRESSION = '={{ $json.email }}';

const fixture = writeFixturePackage();
let server: FixtureServer;
let engine: Engine;

beforeAll(async () => {
	engine = await createEngine({ packageDirs: [fixture.dir] });
});
afterAll(() => fixture.remove());

beforeEach(async () => {
	server = await startFixtureServer();
});
afterEach(async () => await server.close());

const keyCredentials = (apiKey = 'k1') => ({ fixtureKeyApi: { baseUrl: server.url, apiKey } });
const sessionCredentials = (token = '') => ({
	fixtureSessionApi: { baseUrl: server.url, apiKey: SESSION_KEY, token },
});
const getPeople = (items = [ADA, BOB]) => ({
	nodeType: 'fixture',
	parameters: { email: EMAIL_EXPRESSION },
	credentials: keyCredentials(),
	items,
});

describe('a node in the engine', () => {
	test('resolves expressions per item, sends the credential and pairs items', async () => {
		const result = await engine.run(getPeople());

		expect(result.status).toBe('success');
		expect(result.error).toBeUndefined();
		expect(result.items).toEqual([
			{ json: { path: '/people/ada@example.com' }, pairedItem: { item: 0 } },
			{ json: { path: '/people/bob@example.com' }, pairedItem: { item: 1 } },
		]);
		expect(server.requests).toHaveLength(2);
		expect(server.requests[0]?.headers).toMatchObject({
			'x-key': 'k1',
			'x-app': 'fixture',
			// A default of the credential.
			'x-room': 'main hall',
		});
		// Once by the node and once by the helper, per item.
		expect(result.credentialReads).toBe(4);
		expect(result.hints).toEqual([{ message: 'People were read', location: 'outputPane' }]);
	});

	test('resolves expressions in a credential', async () => {
		await engine.run({ ...getPeople([ADA]), credentials: keyCredentials('={{ "k" + (1 + 1) }}') });

		expect(server.requests[0]?.headers['x-key']).toBe('k2');
	});

	test('stops at the first error and shows it', async () => {
		const result = await engine.run(getPeople([ADA, NOBODY, BOB]));

		expect(result.status).toBe('error');
		expect(result.items).toEqual([]);
		expect(result.error).toMatchObject({
			message: 'Nobody is invited',
			description: 'Ask again',
			itemIndex: 1,
		});
		expect(server.requests).toHaveLength(1);
	});

	test('shows the HTTP status of a failed request', async () => {
		const result = await engine.run({ ...getPeople([ADA]), credentials: keyCredentials('wrong') });

		expect(result.error?.httpCode).toBe('403');
	});

	test('continues on fail', async () => {
		const result = await engine.run({ ...getPeople([ADA, NOBODY, BOB]), continueOnFail: true });

		expect(result.status).toBe('success');
		expect(result.items.map(({ json }) => json)).toEqual([
			{ path: '/people/ada@example.com' },
			{ error: 'Nobody is invited' },
			{ path: '/people/bob@example.com' },
		]);
	});

	test('sends failed items to the error output, with their input', async () => {
		const result = await engine.run({
			...getPeople([ADA, NOBODY]),
			onError: 'continueErrorOutput',
		});

		expect(result.items.map(({ json }) => json)).toEqual([{ path: '/people/ada@example.com' }]);
		expect(result.errorItems?.map(({ json }) => json)).toEqual([
			{ email: 'nobody@example.com', error: 'Nobody is invited' },
		]);
	});

	test('runs once if the node is set to', async () => {
		const result = await engine.run({ ...getPeople(), executeOnce: true });

		expect(result.items).toHaveLength(1);
		expect(server.requests).toHaveLength(1);
	});

	test('rejects a run whose required parameter is missing, as n8n does', async () => {
		await expect(
			engine.run({ nodeType: 'fixture', credentials: keyCredentials() }),
		).rejects.toThrow('issues');
	});

	test.each(['abortAfterMs', 'signal'])('is cancelled in the middle by %s', async (way) => {
		server.latencyMs = 100;
		const items = Array.from({ length: 50 }, () => ADA);
		const control = way === 'signal' ? { signal: AbortSignal.timeout(250) } : { abortAfterMs: 250 };

		const result = await engine.run({ ...getPeople(items), ...control });

		expect(result.status).toBe('canceled');
		expect(server.requests.length).toBeGreaterThan(0);
		expect(server.requests.length).toBeLessThan(10);
	});
});

describe('sessions', () => {
	const getWithSession = (token?: string) => ({
		...getPeople(),
		parameters: { auth: 'session', email: EMAIL_EXPRESSION },
		credentials: sessionCredentials(token),
	});
	const seenPaths = () => server.requests.map(({ path }) => path);

	test('logs in when there is no token, stores it, and uses it for every item', async () => {
		const result = await engine.run(getWithSession());

		expect(seenPaths()).toEqual([
			'/login',
			'/people/ada%40example.com',
			'/people/bob%40example.com',
		]);
		expect(server.requests[2]?.headers['x-session']).toBe('token-1');
		expect(result.logins).toBe(1);
		expect(result.storedCredentials.fixtureSessionApi?.token).toBe('token-1');
	});

	test('logs in once after a 401, repeats the request, and continues with the new token', async () => {
		server.expired.add('old');

		const result = await engine.run(getWithSession('old'));

		expect(result.items).toHaveLength(2);
		expect(server.requests.map(({ path, headers }) => [path, headers['x-session']])).toEqual([
			['/people/ada%40example.com', 'old'],
			['/login', undefined],
			['/people/ada%40example.com', 'token-1'],
			['/people/bob%40example.com', 'token-1'],
		]);
		expect(result.storedCredentials.fixtureSessionApi?.token).toBe('token-1');
	});

	test('fails if the new token is rejected too', async () => {
		for (const token of ['old', 'token-1']) server.expired.add(token);

		const result = await engine.run(getWithSession('old'));

		expect(result.error?.httpCode).toBe('401');
		expect(seenPaths()).toEqual([
			'/people/ada%40example.com',
			'/login',
			'/people/ada%40example.com',
		]);
	});
});

test('runs a workflow of several nodes', async () => {
	const node = (name: string, type: string, parameters = {}) => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters,
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main' as const, index: 0 }]] });

	const result = await engine.runWorkflow(
		{
			nodes: [
				node('Go', 'n8n-nodes-base.manualTrigger'),
				node('First', `${FIXTURE_PACKAGE}.fixture`, { email: EMAIL_EXPRESSION }),
				node('Pass', 'n8n-nodes-base.noOp'),
				node('Second', `${FIXTURE_PACKAGE}.fixture`, { email: '={{ $("Go").item.json.email }}!' }),
			],
			connections: { Go: to('First'), First: to('Pass'), Pass: to('Second') },
			pinData: { Go: [ADA, BOB] },
		},
		{ credentials: keyCredentials() },
	);

	expect(result.status).toBe('success');
	expect(Object.keys(result.nodes)).toEqual(['Go', 'First', 'Pass', 'Second']);
	expect(result.nodes.Second?.outputs[0]?.map(({ json }) => json.path)).toEqual([
		'/people/ada@example.com!',
		'/people/bob@example.com!',
	]);
});

test(`lets an expression read the node named ${START_NODE}`, async () => {
	const result = await engine.run({
		...getPeople([ADA, BOB]),
		parameters: { email: `={{ $('${START_NODE}').first().json.email }}` },
	});

	expect(result.items.map(({ json }) => json.path)).toEqual([
		'/people/ada@example.com',
		'/people/ada@example.com',
	]);
});

describe('requests of the editor', () => {
	test('listSearch gets filter, token, credentials and parameters with defaults', async () => {
		const result = await engine.listSearch('fixture', 'searchPeople', {
			credentials: keyCredentials(),
			filter: 'ada',
			paginationToken: '4',
		});

		expect(result).toEqual({
			results: [{ name: '/people/ada limit 50', value: 'ada' }],
			paginationToken: '5',
		});
		expect(server.requests[0]?.headers['x-key']).toBe('k1');
	});

	test('loadOptions gets credentials', async () => {
		const options = await engine.loadOptions('fixture', 'getKinds', {
			credentials: keyCredentials(),
		});

		expect(options).toEqual([{ name: 'Kind', value: 'k1' }]);
	});

	test.each([
		['k1', { status: 'OK', message: 'Connection successful!' }],
		['wrong', { status: 'Error', message: 'The key is wrong' }],
		['closed', { status: 'Error', message: 'The hall is closed' }],
	])('the credential test with key %s', async (apiKey, expected) => {
		const result = await engine.testCredential(
			'fixtureKeyApi',
			keyCredentials(apiKey).fixtureKeyApi,
		);

		expect(result).toEqual(expected);
		expect(server.requests[0]).toMatchObject({
			path: '/people/test',
			headers: { 'x-key': apiKey },
		});
	});

	test('a credential test always logs in', async () => {
		const result = await engine.testCredential(
			'fixtureSessionApi',
			sessionCredentials('still good').fixtureSessionApi,
		);

		expect(result.status).toBe('OK');
		expect(server.requests.map(({ path }) => path)).toEqual(['/login', '/people/test']);
		expect(server.requests[1]?.headers['x-session']).toBe('token-1');
	});

	test('a credential test reports that nothing answers', async () => {
		const result = await engine.testCredential('fixtureKeyApi', {
			baseUrl: 'http://127.0.0.1:1',
			apiKey: 'k1',
		});

		expect(result).toEqual({ status: 'Error', message: 'ECONNREFUSED' });
	});
});
