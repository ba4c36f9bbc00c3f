/**
 * A proxy between n8n and a sandbox server: a test sees each request before the vendor, and each response before n8n.
 */
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request in the proxy. */
export interface Passing {
	method: string;
	path: string;
	query: URLSearchParams;
}

export interface Relay {
	/** Base URL, without a path. */
	readonly url: string;
	/** Called before a request is passed on to the vendor. */
	before: (passing: Passing) => Promise<void> | void;
	/** Changes a JSON response with status 200. */
	rewrite: ((body: unknown, passing: Passing) => unknown) | undefined;
	/** Removes both. */
	reset(): void;
	close(): Promise<void>;
}

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];
const OK = 200;

/** @param target the vendor's base URL */
export async function startRelay(target: string): Promise<Relay> {
	const relay: Omit<Relay, 'url'> = {
		before: () => undefined,
		rewrite: undefined,
		reset() {
			relay.before = () => undefined;
			relay.rewrite = undefined;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		},
	};
	const server: Server = createServer((incoming, outgoing) => {
		void (async () => {
			const { method = 'GET', url = '/' } = incoming;
			const parsed = new URL(url, target);
			const passing = { method, path: parsed.pathname, query: parsed.searchParams };
			const body = await readAll(incoming);
			await relay.before(passing);
			const answer = await new Promise<IncomingMessage>((resolve, reject) => {
				const onward = request(
					`${target}${url}`,
					{ method, headers: { ...incoming.headers, connection: 'close' } },
					resolve,
				);
				onward.on('error', reject);
				onward.end(body);
			});
			const received = await readAll(answer);
			const rewrite = answer.statusCode === OK ? relay.rewrite : undefined;
			const sent =
				rewrite === undefined
					? received
					: Buffer.from(JSON.stringify(rewrite(JSON.parse(received.toString()), passing)));
			const headers = Object.entries(answer.headers).filter(([name]) => !HOP_BY_HOP.includes(name));
			outgoing.writeHead(answer.statusCode ?? OK, {
				...Object.fromEntries(headers),
				'content-length': sent.length,
			});
			outgoing.end(sent);
		})().catch(() => incoming.socket.destroy());
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	// The address of a server that listens on a port has this type.
	const { port } = server.address() as AddressInfo;
	return Object.assign(relay, { url: `http://127.0.0.1:${port}` });
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}
