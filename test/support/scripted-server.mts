/** A small HTTP server that records requests and responds as a test says. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ScriptedAnswer {
	status: number;
	headers?: Record<string, string>;
	body?: string;
	/** Omits the `Date` header, which every server is expected to send. */
	withoutDate?: boolean;
}

export interface SeenRequest {
	method: string;
	url: string;
	headers: IncomingHttpHeaders;
}

export interface ScriptedServer {
	url: string;
	seen: SeenRequest[];
	close(): Promise<void>;
}

/** Starts the server on a free port; `answer` is called for every request, counted from 0. */
export async function startScripted(
	answer: (index: number, request: SeenRequest) => ScriptedAnswer,
): Promise<ScriptedServer> {
	const seen: SeenRequest[] = [];
	const server = createServer((request, response) => {
		const { method = '', url = '', headers } = request;
		const entry = { method, url, headers };
		const { status, headers: extra, body = '', withoutDate } = answer(seen.length, entry);
		seen.push(entry);
		request.resume();
		response.sendDate = withoutDate !== true;
		response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...extra });
		response.end(body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string')
		throw new Error('The server listens nowhere');
	const { port }: AddressInfo = address;
	return {
		url: `http://127.0.0.1:${port}`,
		seen,
		async close() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
