// One vendor on one port: records requests, refuses undocumented ones, applies the ordered faults, responds.

import { setMaxListeners } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import { Clock } from './clock.mts';
import {
	type HttpResponse,
	type BodyReader,
	type Endpoint,
	Refusal,
	type Seed,
	type VendorDefinition,
	type VendorState,
	html,
	json,
	text,
} from './endpoint.mts';
import { Faults, type HoldAction, type MatchedFaults, rateLimitHeaders } from './faults.mts';
import { type RecordedRequest, type RefusedRequest, appendTo } from './journal.mts';
import { formToJson } from './multipart.mts';

/** The status of a refusal. No vendor document uses it. */
export const REFUSED_STATUS = 501;
const CONTENT_TYPE = /^([^;\s]+)(\s*;\s*(charset=utf-8|boundary=\S+))?$/i;
const JSON_MEDIA_TYPE = 'application/json';
const JSON_ONLY: Readonly<Record<string, BodyReader>> = { [JSON_MEDIA_TYPE]: JSON.parse };
const MULTIPART = 'multipart/form-data';
/** Maximum length of a path parameter. Fastify's default of 100 would refuse valid IDs that are long once encoded. */
const MAX_PARAMETER_LENGTH = 4096;
const MAX_UPLOAD_BYTES = 64 * 1024 * 1024;
const UNEXPECTED_JSON = { unexpected: { shape: true } };
const errorPage = (status: number) =>
	`<!DOCTYPE html><html><head><title>${status}</title></head>` +
	`<body><h1>${status} ${STATUS_CODES[status] ?? ''}</h1><p>sandbox gateway</p></body></html>`;

/**
 * A running vendor. `reset` also clears requests, refusals and faults, resets the clock, and cuts off waiting
 * requests so that none of them changes the fresh state.
 */
export interface VendorServer<State extends VendorState> {
	name: string;
	title: string;
	/** Base URL without a trailing slash. */
	url: string;
	state: State;
	faults: Faults;
	clock: Clock;
	/** Delay of every response, milliseconds. */
	latencyMs: number;
	/** The highest number of requests in flight at the same time, since the start or the last `reset`. */
	maxInFlight: number;
	requests: RecordedRequest[];
	refused: RefusedRequest[];
	reset(seed?: Partial<Seed>): void;
	close(): Promise<void>;
}

/** How a vendor is started. Port 0 means any free port. */
export interface VendorOptions {
	host: string;
	port: number;
	seed: Seed;
	latencyMs: number;
}

/** What happens to the connection: a response, a response cut off half-way, or a reset. */
type Outcome = { response: HttpResponse; isCut?: boolean } | 'reset';

/** Releases any number of waiting requests together. */
function newAbortController(): AbortController {
	const pending = new AbortController();
	setMaxListeners(0, pending.signal);
	return pending;
}

function readBody(request: FastifyRequest): string {
	return typeof request.body === 'string' ? request.body : '';
}

function parseBody(raw: string): unknown {
	if (raw === '') return undefined;
	try {
		return JSON.parse(raw);
	} catch {
		return raw;
	}
}

function readQuery(request: FastifyRequest): Record<string, string | string[]> {
	const query: Record<string, string | string[]> = {};
	for (const [name, value] of new URLSearchParams(request.url.split('?', 2)[1] ?? '')) {
		const previous = query[name];
		query[name] = previous === undefined ? value : [previous, value].flat();
	}
	return query;
}

function readParams(request: FastifyRequest): Record<string, string> {
	return Object.fromEntries(
		Object.entries(request.params ?? {}).map(([name, value]) => [name, String(value)]),
	);
}

function hasBody(request: FastifyRequest): boolean {
	const length = request.headers['content-length'];
	return request.headers['transfer-encoding'] !== undefined || (length ?? '0') !== '0';
}

function toFaultResponse(
	action: { status: number; body?: unknown; headers?: Record<string, string> | undefined },
	fallback: string | undefined,
): HttpResponse {
	const { status, body } = action;
	const defaultText = fallback ?? STATUS_CODES[status] ?? String(status);
	const response =
		body === undefined || typeof body === 'string'
			? text(status, body ?? defaultText)
			: json(status, body);
	return { ...response, headers: action.headers ?? {} };
}

function toBuffer(body: string | Buffer): Buffer {
	return typeof body === 'string' ? Buffer.from(body) : body;
}

function firstHalf(response: HttpResponse): HttpResponse {
	const body = toBuffer(response.body);
	return { ...response, body: body.subarray(0, Math.floor(body.length / 2)) };
}

/** Turns the deciding fault (or no fault) into an outcome, and carries out the effect if the fault allows it. */
function applyFault(
	faultsMet: MatchedFaults,
	effect: () => HttpResponse,
	clock: Clock,
	serverError: string | undefined,
): Outcome {
	const fault = faultsMet.final;
	switch (fault?.kind) {
		case undefined:
			return { response: effect() };
		case 'status':
			return { response: toFaultResponse(fault, fault.status === 500 ? serverError : undefined) };
		case 'statusAfterEffect':
			effect();
			return { response: toFaultResponse(fault, fault.status === 500 ? serverError : undefined) };
		case 'reset':
			return 'reset';
		case 'resetAfterEffect':
			effect();
			return 'reset';
		case 'truncated':
			return fault.variant === 'connection'
				? { response: effect(), isCut: true }
				: { response: firstHalf(effect()) };
		case 'wrongJson':
			effect();
			return { response: json(200, fault.body === undefined ? UNEXPECTED_JSON : fault.body) };
		case 'html':
			return { response: html(fault.status, errorPage(fault.status)) };
		case 'empty':
			return { response: { ...effect(), status: 200, body: '' } };
		case 'rateLimit': {
			const headers = rateLimitHeaders(fault, clock, faultsMet.rateLimitMs);
			return { response: toFaultResponse({ status: 429, body: fault.body, headers }, undefined) };
		}
	}
}

/**
 * Starts one vendor.
 * @returns the running vendor, seeded
 * @throws Error with the port and the vendor's name when the port is in use
 */
export async function startVendor<State extends VendorState>(
	definition: VendorDefinition<State>,
	options: VendorOptions,
): Promise<VendorServer<State>> {
	const clock = new Clock();
	const state = definition.createState(clock);
	const faults = new Faults(clock, state.expireSessions?.bind(state));
	const requests: RecordedRequest[] = [];
	const refused: RefusedRequest[] = [];
	let pending = newAbortController();
	let inFlight = 0;
	const held = new Map<HoldAction, Array<() => void>>();
	const release = (action: HoldAction) => {
		const waiting = held.get(action) ?? [];
		held.delete(action);
		for (const resume of waiting) resume();
	};
	/** @throws when the request is cut off while it is held */
	async function hold(action: HoldAction, signal: AbortSignal): Promise<void> {
		await new Promise<void>((resume) => {
			const waiting = [...(held.get(action) ?? []), resume];
			held.set(action, waiting);
			if (waiting.length >= action.until) release(action);
		});
		signal.throwIfAborted();
	}
	/** Cuts off the requests that wait for their response. */
	function cutOff(): void {
		pending.abort();
		for (const action of held.keys()) release(action);
	}
	const app = Fastify({
		exposeHeadRoutes: false,
		routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
		forceCloseConnections: true,
		frameworkErrors: (error, request, reply) => refuse(record(request), reply, error.message),
	});

	function record(request: FastifyRequest): RecordedRequest {
		const entry: RecordedRequest = {
			at: Date.now(),
			method: request.method,
			path: request.url.split('?', 1)[0] ?? '',
			query: readQuery(request),
			headers: { ...request.headers },
			body: parseBody(readBody(request)),
			status: 0,
		};
		appendTo(requests, entry);
		return entry;
	}

	function send(entry: RecordedRequest, reply: FastifyReply, response: HttpResponse): void {
		entry.status = response.status;
		const headers = {
			...response.headers,
			...(response.contentType === '' ? {} : { 'content-type': response.contentType }),
			date: clock.httpDate(),
		};
		reply.code(response.status).headers(headers).send(toBuffer(response.body));
	}

	function refuse(entry: RecordedRequest, reply: FastifyReply, detail: string): void {
		const reason = `sandbox: ${definition.title}: ${detail}`;
		send(entry, reply, json(REFUSED_STATUS, { error: reason }));
		appendTo(refused, { ...entry, reason });
	}

	function prepare(
		endpoint: Endpoint<State>,
		request: FastifyRequest,
		{ path, query }: RecordedRequest,
	): () => HttpResponse {
		const { headers } = request;
		const raw = readBody(request);
		definition.checkHeaders?.(headers);
		let body: unknown = {};
		let mediaType = JSON_MEDIA_TYPE;
		const isBodyless = endpoint.method === 'GET' || endpoint.method === 'DELETE';
		if (isBodyless && endpoint.bodyAllowed !== true) {
			if (hasBody(request)) throw new Refusal(`a ${endpoint.method} request has no body`);
		} else if (raw === '') {
			if (definition.invalidJson && !isBodyless) body = undefined;
		} else {
			const readers = endpoint.bodies ?? JSON_ONLY;
			const given = headers['content-type'];
			mediaType = CONTENT_TYPE.exec(given ?? '')?.[1]?.toLowerCase() ?? '';
			const read = readers[mediaType];
			if (!read) {
				const known = Object.keys(readers).join(' or ');
				throw new Refusal(`content-type must be ${known}, not ${given ?? 'absent'}`);
			}
			try {
				body = read(raw);
			} catch {
				body = undefined;
			}
		}
		if (body === undefined) {
			const { invalidJson } = definition;
			if (mediaType !== JSON_MEDIA_TYPE) throw new Refusal(`the body is not ${mediaType}`);
			if (!invalidJson) throw new Refusal('the body is not JSON');
			return () => invalidJson(state);
		}
		return endpoint.prepare(state, { headers, path, params: readParams(request), query, body });
	}

	function deliver(
		entry: RecordedRequest,
		request: FastifyRequest,
		reply: FastifyReply,
		outcome: Outcome,
	): void {
		if (outcome === 'reset') {
			reply.hijack();
			request.raw.socket.resetAndDestroy();
		} else if (outcome.isCut) {
			reply.hijack();
			const { status, contentType, headers, body } = outcome.response;
			reply.raw.writeHead(status, {
				...headers,
				'content-type': contentType,
				'content-length': Buffer.byteLength(body),
				date: clock.httpDate(),
			});
			reply.raw.write(firstHalf(outcome.response).body, () => request.raw.socket.destroy());
		} else {
			send(entry, reply, outcome.response);
		}
	}

	async function serve(
		endpoint: Endpoint<State>,
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<FastifyReply> {
		const entry = record(request);
		const { signal } = pending;
		inFlight += 1;
		server.maxInFlight = Math.max(server.maxInFlight, inFlight);
		const pause = async (ms: number) => {
			if (ms > 0) await sleep(ms, undefined, { signal });
		};
		try {
			const effect = prepare(endpoint, request, entry);
			const faultsMet = faults.match(entry);
			for (const action of faultsMet.hold) await hold(action, signal);
			const slowMs = (after: boolean) =>
				faultsMet.slow
					.filter((slow) => slow.afterEffect === after)
					.reduce((sum, slow) => sum + slow.ms, 0);
			await pause(server.latencyMs + slowMs(false));
			const outcome = applyFault(faultsMet, effect, clock, endpoint.serverError);
			await pause(slowMs(true));
			deliver(entry, request, reply, outcome);
		} catch (error) {
			if (signal.aborted) {
				deliver(entry, request, reply, 'reset');
			} else {
				const own = error instanceof Refusal ? error.message : `the sandbox failed: ${error}`;
				refuse(entry, reply, own);
			}
		} finally {
			inFlight -= 1;
		}
		return reply;
	}

	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	app.addContentTypeParser(
		MULTIPART,
		{ parseAs: 'buffer', bodyLimit: MAX_UPLOAD_BYTES },
		async (request: FastifyRequest, body: Buffer) => {
			return await formToJson(body, request.headers['content-type'] ?? '');
		},
	);
	// Some documents show a GET with a body; where none is documented, it is refused below.
	app.addHttpMethod('GET', { hasBody: true, overrideExisting: true });
	for (const endpoint of definition.endpoints(clock)) {
		app.route({
			method: endpoint.method,
			url: endpoint.path,
			handler: async (request, reply) => await serve(endpoint, request, reply),
		});
	}
	app.setNotFoundHandler((request, reply) => {
		const entry = record(request);
		refuse(entry, reply, `${entry.method} ${entry.path} is not in the document`);
	});
	app.setErrorHandler((error, request, reply) => {
		const reason = error instanceof Error ? error.message : String(error);
		refuse(record(request), reply, reason);
	});

	const server: VendorServer<State> = {
		name: definition.name,
		title: definition.title,
		url: '',
		state,
		faults,
		clock,
		latencyMs: options.latencyMs,
		maxInFlight: 0,
		requests,
		refused,
		reset(seed) {
			cutOff();
			pending = newAbortController();
			server.maxInFlight = inFlight;
			faults.clear();
			requests.length = 0;
			refused.length = 0;
			state.reset({ ...options.seed, ...seed });
		},
		async close() {
			cutOff();
			await app.close();
		},
	};
	server.reset();
	server.url = await listen(app, options, definition.title);
	return server;
}

/** Checks only the code: under Jest, node's own errors are not instances of the test's `Error`. */
function isPortInUse(error: unknown): boolean {
	return (
		typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE'
	);
}

/**
 * Starts to listen and returns the base URL.
 * @throws Error that names the port and its purpose, when the port is in use
 */
export async function listen(
	app: FastifyInstance,
	{ host, port }: { host: string; port: number },
	title: string,
): Promise<string> {
	try {
		await app.listen({ host, port });
	} catch (error) {
		if (isPortInUse(error)) {
			throw new Error(
				`Port ${port}, wanted by the sandbox of ${title}, is in use. Stop what uses it or choose other ports.`,
				{ cause: error },
			);
		}
		throw error;
	}
	const bound = app.server.address();
	if (bound === null || typeof bound === 'string')
		throw new Error(`The sandbox of ${title} listens nowhere`);
	return `http://${host.includes(':') ? `[${host}]` : host}:${bound.port}`;
}
