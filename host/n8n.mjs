// Starts the pinned n8n with all telemetry and update checks turned off, and uses its REST interface.

import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { freePort, startTree } from './processes.mjs';
import { HostError, withHeartbeat } from './ui.mjs';

const HEALTHY_DEADLINE_MS = 180_000;
const HEALTH_POLL_MS = 250;
const EXECUTION_POLL_MS = 150;
const EXECUTION_DEADLINE_MS = 300_000;
const REQUEST_TIMEOUT_MS = 60_000;
const UNFINISHED = new Set(['new', 'running', 'waiting']);
const LOG_LINES_SHOWN = 20;

/** The account of the demo and the tests; the server is reachable only from this machine. */
export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Demo',
	lastName: 'Owner',
	password: 'Guestlist-demo-1',
};

/** A response of n8n's REST interface that is not a success. */
export class RestError extends Error {
	constructor(what, status, body) {
		super(`n8n answered ${what} with ${status}: ${body.slice(0, 500)}`);
		this.status = status;
	}
}

/**
 * The environment of every n8n process: no telemetry or update checks, and none of the machine's own n8n settings.
 * @param {object} options
 * @param {{ node: string }} options.host from `ensureHost`
 * @param {string} options.userFolder where the process keeps its data (N8N_USER_FOLDER)
 * @param {number} options.port TCP port of the editor
 * @param {number} options.brokerPort TCP port for its own task runners
 * @param {Record<string, string>} options.env environment variables on top of these
 * @returns {Record<string, string | undefined>}
 */
export function environment({ host, userFolder, port, brokerPort, env }) {
	const local = 'localhost,127.0.0.1';
	const inherited = Object.fromEntries(
		Object.entries(process.env).filter(([name]) => !/^(N8N_|DB_|npm_|NODE_OPTIONS$)/i.test(name)),
	);
	const noProxy = [process.env.NO_PROXY ?? process.env.no_proxy, local].filter(Boolean).join(',');
	return {
		...inherited,
		// n8n starts its task runner as plain `node`.
		PATH: [dirname(host.node), process.env.PATH ?? ''].join(delimiter),
		NODE_ENV: 'production',
		NO_PROXY: noProxy,
		no_proxy: noProxy,
		N8N_USER_FOLDER: userFolder,
		N8N_HOST: 'localhost',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_PORT: String(port),
		N8N_PROTOCOL: 'http',
		// The browser reaches it over plain http on this machine.
		N8N_SECURE_COOKIE: 'false',
		N8N_RUNNERS_BROKER_PORT: String(brokerPort),
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_AI_ENABLED: 'false',
		N8N_DISABLED_MODULES: 'mcp-registry',
		// The defaults of n8n 2. In n8n 1, SQLite without a pool mixes up concurrent writes.
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		DB_SQLITE_POOL_SIZE: '3',
		...env,
	};
}

async function readLogTail(logFile) {
	const text = await readFile(logFile, 'utf8').catch(() => '');
	return text.trim().split('\n').slice(-LOG_LINES_SHOWN).join('\n');
}

async function isHealthy(url) {
	try {
		const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
		const ready = await fetch(`${url}/healthz/readiness`, { signal });
		if (!ready.ok) return false;
		// The health check responds before the editor's own interface does.
		const settings = await fetch(`${url}/rest/settings`, { signal });
		return settings.ok && (settings.headers.get('content-type') ?? '').includes('json');
	} catch {
		return false;
	}
}

const sleep = async (milliseconds) =>
	await new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Starts n8n and waits until it responds.
 * @param {object} options
 * @param {{ node: string, n8n: string, dir: string }} options.host from `ensureHost`
 * @param {string} options.userFolder where n8n keeps its data (N8N_USER_FOLDER); created if missing
 * @param {number} [options.port] TCP port of the editor; default: any free one
 * @param {Record<string, string>} [options.env] environment variables on top of the ones set here
 * @param {(text: string) => void} options.log progress, line by line
 * @returns {Promise<N8n>}
 * @throws {HostError} if the port is in use or n8n does not start
 */
export async function startN8n({ host, userFolder, port, env = {}, log }) {
	await mkdir(userFolder, { recursive: true });
	const ownPort = await freePort(port);
	if (ownPort === undefined) {
		throw new HostError(
			`Port ${port} is in use, perhaps by an n8n that runs already. End what uses it, or choose another port: ` +
				`npm start -- --port ${port + 2}`,
		);
	}
	const brokerPort = await freePort();
	const logFile = join(userFolder, 'n8n.log');
	const tree = startTree(host.node, [host.n8n, 'start'], {
		cwd: userFolder,
		env: environment({ host, userFolder, port: ownPort, brokerPort, env }),
		logFile,
	});
	const url = `http://localhost:${ownPort}`;
	let exitCode;
	void tree.exited.then((code) => (exitCode = code));
	await withHeartbeat(log, 'Starting n8n', async () => {
		const deadline = Date.now() + HEALTHY_DEADLINE_MS;
		while (!(await isHealthy(`http://127.0.0.1:${ownPort}`))) {
			if (exitCode === undefined && Date.now() < deadline) {
				await sleep(HEALTH_POLL_MS);
				continue;
			}
			await tree.stop();
			const what = exitCode === undefined ? 'did not become ready' : `ended with code ${exitCode}`;
			throw new HostError(
				`n8n ${what}. The end of its log (${logFile}):\n${await readLogTail(logFile)}`,
			);
		}
	});
	return new N8n({ url, tree, host, logFile });
}

/** A running n8n. */
export class N8n {
	#cookie = '';

	constructor({ url, tree, host, logFile }) {
		/** The editor's URL. */
		this.url = url;
		/** The file for n8n's own log. */
		this.logFile = logFile;
		/** Resolves with the exit code when n8n has ended. */
		this.exited = tree.exited;
		this.tree = tree;
		this.flatted = createRequire(host.n8n)('flatted');
	}

	/** The log-in cookie, for clients of their own. */
	get cookie() {
		return this.#cookie;
	}

	/** Ends n8n and everything it started. */
	async stop() {
		await this.tree.stop();
	}

	/** Kills n8n and everything it started immediately, whatever it is doing. */
	async kill() {
		await this.tree.kill();
	}

	/**
	 * One request to n8n's REST interface as the logged-in owner.
	 * @param {string} method
	 * @param {string} path after `/rest`
	 * @param {unknown} [body] sent as JSON
	 * @returns {Promise<any>} the `data` of the response
	 * @throws {RestError}
	 */
	async rest(method, path, body) {
		const response = await fetch(`${this.url.replace('localhost', '127.0.0.1')}/rest${path}`, {
			method,
			headers: { cookie: this.#cookie, 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
			signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
		});
		const text = await response.text();
		if (!response.ok) throw new RestError(`${method} ${path}`, response.status, text);
		const cookie = response.headers.getSetCookie().find((one) => one.startsWith('n8n-auth='));
		if (cookie !== undefined) this.#cookie = cookie.split(';', 1)[0];
		return text === '' ? undefined : JSON.parse(text).data;
	}

	/**
	 * Creates the owner account on the first start of a user folder, and logs in.
	 * @throws {HostError} if the account there has another password
	 */
	async logIn() {
		const settings = await this.rest('GET', '/settings');
		if (settings.userManagement.showSetupOnFirstLoad) {
			await this.rest('POST', '/owner/setup', OWNER);
			return;
		}
		const { email, password } = OWNER;
		await this.rest('POST', '/login', { emailOrLdapLoginId: email, password }).catch((error) => {
			if (!(error instanceof RestError) || error.status !== 401) throw error;
			throw new HostError(
				`The demo's n8n does not take the demo's log-in any more (${email}): was its password changed? ` +
					'npm start -- --fresh starts over.',
			);
		});
	}

	/**
	 * Creates a credential, or updates the one of the same name and type.
	 * @param {{ name: string, type: string, data: Record<string, unknown> }} credential
	 * @returns {Promise<{ id: string, name: string }>} how a node refers to it
	 */
	async importCredentials({ name, type, data }) {
		const present = await this.rest('GET', '/credentials');
		const same = present.find((one) => one.name === name && one.type === type);
		const saved =
			same === undefined
				? await this.rest('POST', '/credentials', { name, type, data })
				: await this.rest('PATCH', `/credentials/${same.id}`, { name, type, data });
		return { id: saved.id, name };
	}

	/**
	 * Creates a workflow, or replaces the one with the given ID.
	 * @param {{ name: string, nodes: object[], connections: object, settings?: object }} workflow
	 * @param {string} [id] the workflow to replace; it is created if there is none
	 * @returns {Promise<string>} its ID
	 */
	async importWorkflow({ name, nodes, connections, settings = {} }, id) {
		const body = { name, nodes, connections, settings };
		const present = id === undefined ? undefined : await this.workflow(id);
		if (present === undefined) return (await this.rest('POST', '/workflows', body)).id;
		await this.rest('PATCH', `/workflows/${id}`, { ...body, versionId: present.versionId });
		return id;
	}

	/** @returns {Promise<any>} the workflow with this ID, undefined if there is none */
	async workflow(id) {
		return await this.rest('GET', `/workflows/${id}`).catch((error) => {
			if (error instanceof RestError && [403, 404].includes(error.status)) return undefined;
			throw error;
		});
	}

	/**
	 * Runs a workflow from its manual trigger and waits for its end.
	 * @param {string} workflowId
	 * @returns {Promise<{ id: string, status: string, data: any }>} `data`: the execution's data as n8n saved it
	 * @throws {HostError} if it has not ended after five minutes
	 */
	async execute(workflowId) {
		const workflow = await this.rest('GET', `/workflows/${workflowId}`);
		const trigger = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		const { executionId } = await this.rest('POST', `/workflows/${workflowId}/run`, {
			workflowData: workflow,
			triggerToStartFrom: { name: trigger.name },
		});
		const deadline = Date.now() + EXECUTION_DEADLINE_MS;
		while (Date.now() < deadline) {
			const execution = await this.rest('GET', `/executions/${executionId}`);
			if (!UNFINISHED.has(execution.status)) {
				const data = this.flatted.parse(execution.data);
				return { id: executionId, status: execution.status, data };
			}
			await sleep(EXECUTION_POLL_MS);
		}
		throw new HostError(`The workflow "${workflow.name}" has not ended after five minutes.`);
	}
}
