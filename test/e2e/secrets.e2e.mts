// No secret of a credential in anything that a real n8n writes or shows: its log at the most verbose level, saved
// executions, responses to the editor, exported workflows, the database. Searched for by value.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { EVENTTIA_CREDENTIALS } from '../../sandbox/eventtia/credentials.mts';
import { startSandbox, type Sandbox } from '../../sandbox/start.mts';
import { leaksIn } from '../fuzz/support/responseChecks.mts';
import { by } from '../rig/items.mts';
import eventtia from '../vendors/eventtia.mts';
import { VENDORS, secretValues } from '../vendors/index.mts';
import { until, type N8nClient } from './support/client.mts';
import { newInstance, type Instance } from './support/instance.mts';
import type { Json, SavedCredential, Workflow } from './support/n8n.mts';
import { everyFewSeconds } from './support/pollTimes.mts';
import { credentialData, nodeType, UNREACHABLE } from './support/vendors.mts';

const DEADLINE_MS = 400_000;
const POLLED_MS = 60_000;
const EXECUTIONS = 500;
const ENCRYPTION_KEY = 'the-encryption-key-of-this-test';
/** A value that a person may type by mistake; it must stay as hidden as the right one. */
const WRONG = 'wr0ng+secret/by="value"&more';

const EVENT_URI = by('uri', EVENTTIA_CREDENTIALS.eventUri);
const exportedWorkflows = z.array(z.object({ staticData: z.unknown() }).passthrough());
const hostPaths = z.object({ node: z.string(), n8n: z.string() });

/** The responses of a hostile server, by the first part of the path. */
const MANNERS = ['echo-200', 'echo-400', 'echo-401', 'echo-500', 'page-200', 'hang', 'cut'];
/** The editor waits long for a vendor that is down, so only the node is tested there. */
const AWAY = /hang|cut|127\.0\.0\.1:1$/;
/**
 * n8n's own OAuth2 client repeats the token server's response, even if that echoes the secret: in the credential test
 * and in the log (n8n-core `oauth.js`, requestOAuth2). The nodes cannot change that.
 */
const WORDS_OF_N8N = 'Failed to acquire OAuth2 access token';
const STACK_OF_N8N = /@n8n\/client-oauth2\/.+RoutingNode/;

/** A server that echoes requests, hangs, or hangs up. */
async function startHostile(): Promise<{ url: string; server: Server }> {
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const [, manner = ''] = (request.url ?? '').split('/');
			const [kind, status = '200'] = manner.split('-');
			if (kind === 'cut') return request.socket.destroy();
			if (kind === 'hang') return undefined;
			const said = `You said ${JSON.stringify(request.headers)} ${Buffer.concat(chunks).toString()}`;
			const isPage = kind === 'page';
			response.writeHead(Number(status), {
				'content-type': isPage ? 'text/html' : 'application/json',
			});
			return response.end(
				isPage ? `<html>${said}</html>` : JSON.stringify({ message: said, error: said }),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	// The address of a server that listens on a port has this type.
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, server };
}

let sandbox: Sandbox;
let hostile: { url: string; server: Server };
let instance: Instance;
let n8n: N8nClient;
let folder: string;
const shown: string[] = [];
const workflowIds: string[] = [];
const secrets: Record<string, string> = {
	...Object.fromEntries(
		VENDORS.flatMap((vendor) =>
			secretValues(vendor).map((value, index) => [
				`${vendor.key} ${vendor.credential.secrets[index] ?? ''}`,
				value,
			]),
		),
	),
	'wrong secret': WRONG,
};

const logFile = () => join(folder, 'n8n.log');
const database = () => join(folder, 'database.sqlite');

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-guestlist-secrets-'));
	[sandbox, hostile, instance] = await Promise.all([startSandbox(), startHostile(), newInstance()]);
	n8n = await instance.start({
		N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
		N8N_LOG_LEVEL: 'debug',
		N8N_LOG_OUTPUT: 'console,file',
		N8N_LOG_FILE_LOCATION: logFile(),
		DB_SQLITE_DATABASE: database(),
	});
}, DEADLINE_MS);

afterAll(async () => {
	hostile.server.closeAllConnections();
	await Promise.all([
		instance.end(),
		sandbox.close(),
		new Promise((done) => hostile.server.close(done)),
	]);
	await rm(folder, { recursive: true, force: true });
});

function nodeOf(type: string, credential: SavedCredential, parameters: Json): Json {
	const { id, name } = credential;
	return {
		id: 'tested',
		name: 'Tested',
		type: nodeType(type),
		typeVersion: 1,
		position: [200, 0],
		parameters,
		credentials: { [credential.type]: { id, name } },
	};
}

function byHand(node: Json): Workflow {
	return {
		name: 'by hand',
		nodes: [
			{
				id: 'start',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			node,
		],
		connections: { Start: { main: [[{ node: 'Tested', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

function watching(node: Json): Workflow {
	return {
		name: 'watching',
		nodes: [
			node,
			{
				id: 'after',
				name: 'After It',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [400, 0],
				parameters: {},
			},
		],
		connections: { Tested: { main: [[{ node: 'After It', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

/** Tokens and sessions that the vendors issued, as later requests sent them. */
function noteTokens(): void {
	for (const [name, server] of Object.entries(sandbox)) {
		if (!('requests' in server)) continue;
		for (const { headers, body } of server.requests) {
			const bearer = /^Bearer (.+)$/.exec(String(headers.authorization))?.[1];
			const session: unknown = Object(body).sessionToken;
			if (bearer !== undefined) secrets[`${name} token ${bearer}`] = bearer;
			if (typeof session === 'string' && session !== '') secrets[`${name} session`] = session;
		}
	}
}

describe('secrets in a real n8n', () => {
	test.each(VENDORS)(
		'$key: nodes, pickers and tests succeed and fail',
		async (vendor) => {
			const { key, secrets: asked } = vendor;
			const { type, secrets: fields } = vendor.credential;
			const good = credentialData(key, sandbox[key].url);
			const wrong = { ...good, ...Object.fromEntries(fields.map((field) => [field, WRONG])) };
			const badly = MANNERS.map((manner) => ({ ...good, baseUrl: `${hostile.url}/${manner}` }));
			for (const data of [good, wrong, { ...good, baseUrl: UNREACHABLE }, ...badly]) {
				const credential = await n8n.saveCredential(type, data);
				const parameters = { ...asked.list, options: { timeout: 1, maxWait: 0 } };
				await n8n.run(byHand(nodeOf(key, credential, parameters)));
				if (AWAY.test(String(data.baseUrl))) continue;
				const { message } = await n8n.testCredential(credential);
				if (!message.startsWith(WORDS_OF_N8N)) shown.push(message);
				shown.push(
					await n8n.ask('resource-locator-results', {
						path: `parameters.${asked.picker.parameter}`,
						nodeTypeAndVersion: { name: nodeType(key), version: 1 },
						methodName: asked.picker.method,
						currentNodeParameters: asked.list,
						credentials: { [type]: { id: credential.id, name: credential.name } },
					}),
				);
			}
		},
		DEADLINE_MS,
	);

	test(
		'a session ends during a run',
		async () => {
			const credential = await n8n.saveCredential(
				'eventtiaApi',
				credentialData('eventtia', sandbox.eventtia.url),
			);
			const node = nodeOf('eventtia', credential, eventtia.secrets.list);
			expect((await n8n.run(byHand(node))).status).toBe('success');
			noteTokens();
			sandbox.eventtia.reset();
			sandbox.inEvent.reset();
			expect((await n8n.run(byHand(node))).status).toBe('success');
		},
		DEADLINE_MS,
	);

	test(
		'triggers receive changes, are refused, and find the vendor down',
		async () => {
			for (const { key, credential: opens, secrets: asked } of VENDORS) {
				for (const url of [sandbox[key].url, `${hostile.url}/echo-500`]) {
					const credential = await n8n.saveCredential(opens.type, credentialData(key, url));
					const node = nodeOf(`${key}Trigger`, credential, {
						pollTimes: everyFewSeconds(),
						...asked.trigger,
					});
					workflowIds.push(await n8n.publish(watching(node)));
				}
			}
			const credential = await n8n.saveCredential(
				'eventtiaApi',
				credentialData('eventtia', sandbox.eventtia.url),
			);
			const instant = nodeOf('eventtiaInstantTrigger', credential, {
				scope: 'event',
				eventUri: EVENT_URI,
				triggerOn: ['attendeeCreated', 'attendeeUpdated'],
			});
			const instantId = await n8n.publish(watching(instant));
			workflowIds.push(instantId);
			const [hook] = sandbox.eventtia.state.webHooks.of(EVENTTIA_CREDENTIALS.email);
			const url = new URL(hook?.targetUrl ?? '');
			secrets['address of the instant trigger'] = url.searchParams.get('secret') ?? '';
			expect(secrets['address of the instant trigger']).toHaveLength(43);
			sandbox.eventVault.state.event().addGuest({ userEmail: 'new@example.com' });
			sandbox.eventtia.state
				.event()
				.attendees.register({ email: 'new@example.com', first_name: 'New' });
			url.searchParams.set('secret', 'guessed');
			await fetch(url, { method: 'POST', body: '{}' });
			await until('what the triggers tell', POLLED_MS, async () => {
				const [vault = ''] = workflowIds;
				const executed = await Promise.all(
					[vault, instantId].map(async (id) => await n8n.executions(id)),
				);
				return executed.every((executions) => executions.length > 0);
			});
			noteTokens();
		},
		DEADLINE_MS,
	);

	test('the log contains none of them', () => {
		const logs = readdirSync(folder).filter((file) => file.includes('.log'));
		const text = logs.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
		// It covers everything: nodes that ran, and polls.
		expect(text.length).toBeGreaterThan(10_000);
		expect(Object.keys(secrets).length).toBeGreaterThan(10);
		const lines = text
			.split('\n')
			.filter((line) => !line.includes(WORDS_OF_N8N) && !STACK_OF_N8N.test(line));
		expect(leaksIn(lines, secrets)).toEqual([]);
	});

	test(
		'the editor is shown none, and no saved execution contains one',
		async () => {
			const listed = (await n8n.file(`/rest/executions?limit=100`)).body;
			const ids = [...listed.matchAll(/"id":"(\d+)"/g)].map(([, id = '']) => Number(id));
			const last = Math.max(...ids);
			expect(last).toBeGreaterThan(VENDORS.length * MANNERS.length);
			const executions: string[] = [];
			for (let id = 1; id <= Math.min(last, EXECUTIONS); id++) {
				const { status, body } = await n8n.file(`/rest/executions/${id}`);
				if (status === 200) executions.push(body);
			}
			expect(leaksIn(executions, secrets)).toEqual([]);
			expect(leaksIn(shown, secrets)).toEqual([]);
		},
		DEADLINE_MS,
	);

	test('a workflow downloaded by the editor contains none', async () => {
		const texts: string[] = [];
		for (const id of workflowIds) {
			const { nodes, connections, settings } = JSON.parse(
				(await n8n.file(`/rest/workflows/${id}`)).body,
			).data;
			texts.push(JSON.stringify({ nodes, connections, settings }));
		}
		expect(texts.length).toBeGreaterThan(VENDORS.length);
		expect(leaksIn(texts, secrets)).toEqual([]);
	});

	test(
		'in command-line exports, only the triggers’ static data contains the URL of the instant trigger',
		() => {
			const { node, n8n: program } = hostPaths.parse(
				JSON.parse(process.env.GUESTLIST_E2E_HOST ?? '{}'),
			);
			const file = join(folder, 'exported.json');
			const exported = spawnSync(node, [program, 'export:workflow', '--all', `--output=${file}`], {
				encoding: 'utf8',
				env: {
					...process.env,
					// n8n does nothing in its own tests, which it detects by Jest's environment variable.
					NODE_ENV: 'production',
					PATH: `${dirname(node)}:${process.env.PATH ?? ''}`,
					N8N_USER_FOLDER: folder,
					N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
					DB_SQLITE_DATABASE: database(),
				},
			});
			expect(exported.status === 0 ? '' : `${exported.stdout}${exported.stderr}`).toBe('');
			const workflows = exportedWorkflows.parse(JSON.parse(readFileSync(file, 'utf8')));
			expect(workflows.length).toBeGreaterThan(workflowIds.length);
			// n8n writes the whole record of a workflow, including its triggers' static data.
			const { 'address of the instant trigger': address, ...others } = secrets;
			expect(leaksIn(workflows, others)).toEqual([]);
			const withoutMemory = workflows.map((one) => ({ ...one, staticData: null }));
			expect(leaksIn(withoutMemory, { address: address ?? '' })).toEqual([]);
		},
		DEADLINE_MS,
	);

	test('the URL of the instant trigger is only in the triggers’ static data', () => {
		const host = hostPaths.parse(JSON.parse(process.env.GUESTLIST_E2E_HOST ?? '{}'));
		const found = spawnSync(host.node, ['-e', FIND, database(), JSON.stringify(secrets)], {
			encoding: 'utf8',
		});
		expect(found.status === 0 ? '' : found.stderr).toBe('');
		expect(JSON.parse(found.stdout)).toEqual(ALLOWED);
	});
});

/** Every column of the database that contains a secret; credentials are encrypted. */
const ALLOWED = [
	// A delivery is recognised by the secret in its URL, and n8n gives a trigger no other place to store one.
	'workflow_entity.staticData: address of the instant trigger',
];

/** Searches every column of every table, with the SQLite of n8n's own Node.js. */
const FIND = `
const { DatabaseSync } = require('node:sqlite');
const [file, text] = process.argv.slice(1);
const db = new DatabaseSync(file, { readOnly: true });
const found = new Set();
for (const { name } of db.prepare("select name from sqlite_master where type = 'table'").all()) {
	for (const row of db.prepare('select * from "' + name + '"').all()) {
		for (const [column, value] of Object.entries(row)) {
			for (const [secret, plain] of Object.entries(JSON.parse(text))) {
				const forms = [plain, encodeURIComponent(plain), JSON.stringify(plain).slice(1, -1)];
				if (forms.some((form) => String(value).includes(form))) found.add(name + '.' + column + ': ' + secret);
			}
		}
	}
}
process.stdout.write(JSON.stringify([...found].sort()));
`;
