// A bare HTTP client for the sandbox's own tests: no retries, no parsing, connection errors by code.

import { request } from 'node:http';

import { EVENT_VAULT_CREDENTIALS } from '../../../sandbox/event-vault/credentials.mts';

export interface Reply {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
	json: unknown;
}

export interface Sent {
	method?: string;
	headers?: Record<string, string>;
	/** A string is sent unchanged, anything else as JSON. */
	body?: unknown;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Sends one request on its own connection; a broken connection rejects with node's error. */
export async function send(url: string, sent: Sent = {}): Promise<Reply> {
	const body = typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body);
	const headers = {
		...(body === undefined
			? {}
			: { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
		...sent.headers,
	};
	return await new Promise((resolve, reject) => {
		const outgoing = request(
			url,
			{ method: sent.method ?? 'GET', headers, agent: false },
			(reply) => {
				const chunks: Buffer[] = [];
				reply.on('data', (chunk: Buffer) => chunks.push(chunk));
				reply.on('error', reject);
				reply.on('end', () => {
					const text = Buffer.concat(chunks).toString();
					const { statusCode = 0, headers: got } = reply;
					resolve({ status: statusCode, headers: got, text, json: parsed(text) });
				});
			},
		);
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

/** The four headers of Event Vault that the sandbox accepts, some of them replaced or (undefined) omitted. */
export function vaultHeaders(
	changes: Record<string, string | undefined> = {},
): Record<string, string> {
	const headers = {
		'x-api-key': EVENT_VAULT_CREDENTIALS.apiKey,
		'x-client-id': EVENT_VAULT_CREDENTIALS.clientId,
		'x-event-id': EVENT_VAULT_CREDENTIALS.eventId,
		'x-timestamp': String(Date.now()),
		...changes,
	};
	return Object.fromEntries(
		Object.entries(headers).flatMap(([name, value]) =>
			value === undefined ? [] : [[name, value]],
		),
	);
}

/** A POST with a JSON body to Event Vault, or a GET without a body. */
export async function vault(base: string, path: string, body?: unknown): Promise<Reply> {
	return await send(`${base}${path}`, {
		method: body === undefined ? 'GET' : 'POST',
		headers: vaultHeaders(),
		body,
	});
}

/** A POST with a JSON body to Invitario; `path` follows `/api/v1`. */
export async function invitario(base: string, path: string, body: unknown): Promise<Reply> {
	return await send(`${base}/api/v1${path}`, { method: 'POST', body });
}
