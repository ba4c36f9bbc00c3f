/** A small node package and a small server, created at test time, to test the engine harness with. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { repositoryRoot } from '../../support/paths.mts';

const NODE_SOURCE = `
const { NodeOperationError } = require('n8n-workflow');
const credential = (name, auth) => ({ name, required: true, displayOptions: { show: { auth: [auth] } } });
const field = (name, type, fallback, more) => ({ displayName: name, name, type, default: fallback, ...more });
exports.Fixture = class Fixture {
	description = {
		displayName: 'Fixture', name: 'fixture', group: ['input'], version: 1, description: 'Gets people',
		defaults: { name: 'Fixture' }, inputs: ['main'], outputs: ['main'],
		credentials: [credential('fixtureKeyApi', 'key'), credential('fixtureSessionApi', 'session')],
		properties: [
			field('auth', 'options', 'key', { options: ['key', 'session'].map((value) => ({ name: value, value })) }),
			field('email', 'string', '', { required: true }),
			field('limit', 'number', 50),
		],
	};
	methods = {
		listSearch: {
			async searchPeople(filter, paginationToken) {
				const credentials = await this.getCredentials('fixtureKeyApi');
				const reply = await this.helpers.httpRequestWithAuthentication.call(this, 'fixtureKeyApi', {
					url: credentials.baseUrl + '/people/' + filter, json: true,
				});
				return {
					results: [{ name: reply.path + ' limit ' + this.getCurrentNodeParameter('limit'), value: filter }],
					paginationToken: String(Number(paginationToken ?? 0) + 1),
				};
			},
		},
		loadOptions: { async getKinds() { return [{ name: 'Kind', value: (await this.getCredentials('fixtureKeyApi')).apiKey }]; } },
	};
	async execute() {
		const type = this.getNodeParameter('auth', 0) === 'key' ? 'fixtureKeyApi' : 'fixtureSessionApi';
		const output = [];
		for (let item = 0; item < this.getInputData().length; item++) {
			try {
				const { baseUrl } = await this.getCredentials(type);
				const email = this.getNodeParameter('email', item);
				if (email === 'nobody@example.com') {
					throw new NodeOperationError(this.getNode(), 'Nobody is invited', { description: 'Ask again', itemIndex: item });
				}
				const url = baseUrl + '/people/' + encodeURIComponent(email);
				const json = await this.helpers.httpRequestWithAuthentication.call(this, type, { url, json: true });
				output.push({ json, pairedItem: { item } });
			} catch (error) {
				if (!this.continueOnFail()) throw error;
				output.push({ json: { error: error.message }, pairedItem: { item } });
			}
		}
		this.addExecutionHints({ message: 'People were read', location: 'outputPane' });
		return [output];
	}
};
`;

const KEY_CREDENTIAL_SOURCE = `
exports.FixtureKeyApi = class FixtureKeyApi {
	name = 'fixtureKeyApi';
	displayName = 'Fixture Key API';
	properties = [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		{ displayName: 'Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, default: '' },
		{ displayName: 'Room', name: 'room', type: 'string', default: 'main hall' },
	];
	authenticate = {
		type: 'generic',
		properties: { headers: { 'x-key': '={{$credentials.apiKey}}', 'x-room': '={{$credentials.room}}', 'x-app': 'fixture' } },
	};
	test = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/people/test' },
		rules: [
			{ type: 'responseCode', properties: { value: 403, message: 'The key is wrong' } },
			{ type: 'responseSuccessBody', properties: { key: 'path', value: '/people/closed', message: 'The hall is closed' } },
		],
	};
};
`;

const SESSION_CREDENTIAL_SOURCE = `
exports.FixtureSessionApi = class FixtureSessionApi {
	name = 'fixtureSessionApi';
	displayName = 'Fixture Session API';
	properties = [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '' },
		{ displayName: 'Key', name: 'apiKey', type: 'string', typeOptions: { password: true }, default: '' },
		{ displayName: 'Token', name: 'token', type: 'hidden', typeOptions: { expirable: true }, default: '' },
	];
	async preAuthentication(credentials) {
		const reply = await this.helpers.httpRequest({
			method: 'POST', url: credentials.baseUrl + '/login', body: { key: credentials.apiKey }, json: true,
		});
		return { token: reply.token };
	}
	async authenticate(credentials, options) {
		return { ...options, headers: { ...options.headers, 'x-session': credentials.token } };
	}
	test = { request: { baseURL: '={{$credentials.baseUrl}}', url: '/people/test' } };
};
`;

/** Name of the package the fixture node belongs to. */
export const FIXTURE_PACKAGE = 'n8n-nodes-fixture';

/** Writes the package to a temporary folder. `remove` deletes it. */
export function writeFixturePackage(): { dir: string; remove(): void } {
	const dir = mkdtempSync(join(tmpdir(), 'guestlist-fixture-'));
	mkdirSync(join(dir, 'dist'));
	const files = {
		'package.json': JSON.stringify({
			name: FIXTURE_PACKAGE,
			version: '1.0.0',
			n8n: {
				nodes: ['dist/Fixture.node.js'],
				credentials: ['dist/FixtureKeyApi.credentials.js', 'dist/FixtureSessionApi.credentials.js'],
			},
		}),
		'dist/Fixture.node.js': NODE_SOURCE,
		'dist/FixtureKeyApi.credentials.js': KEY_CREDENTIAL_SOURCE,
		'dist/FixtureSessionApi.credentials.js': SESSION_CREDENTIAL_SOURCE,
	};
	for (const [name, content] of Object.entries(files)) writeFileSync(join(dir, name), content);
	symlinkSync(join(repositoryRoot(), 'node_modules'), join(dir, 'node_modules'), 'dir');
	return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** One request as the server received it. */
export interface ReceivedRequest {
	method: string;
	path: string;
	headers: IncomingHttpHeaders;
}

export interface FixtureServer {
	url: string;
	requests: ReceivedRequest[];
	/** Session tokens that get a 401. */
	expired: Set<string>;
	/** Delay of every response, milliseconds. */
	latencyMs: number;
	close(): Promise<void>;
}

/** The key that the server accepts for a session; `x-key: wrong` gets a 403. */
export const SESSION_KEY = 'session-key';

/**
 * Starts a server on a free port: `/login` issues tokens `token-1`, `token-2`, ...; everything else echoes its path.
 */
export async function startFixtureServer(): Promise<FixtureServer> {
	const requests: ReceivedRequest[] = [];
	const expired = new Set<string>();
	let logins = 0;
	const server = createServer((request, response) => {
		const { method = '', url: path = '', headers } = request;
		requests.push({ method, path, headers });
		request.resume();
		const answer = (status: number, body: object) => {
			setTimeout(() => {
				response.writeHead(status, { 'content-type': 'application/json' });
				response.end(JSON.stringify(body));
			}, fixture.latencyMs);
		};
		if (path === '/login') return answer(200, { token: `token-${++logins}` });
		if (headers['x-key'] === 'wrong') return answer(403, { message: 'No' });
		if (headers['x-key'] === 'closed') return answer(200, { path: '/people/closed' });
		const session = headers['x-session'];
		if (session !== undefined && expired.has(String(session))) return answer(401, {});
		return answer(200, { path: decodeURIComponent(path) });
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	const fixture: FixtureServer = {
		url: `http://127.0.0.1:${port}`,
		requests,
		expired,
		latencyMs: 0,
		close: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return fixture;
}
