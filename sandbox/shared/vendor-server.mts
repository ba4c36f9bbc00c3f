// One vendor on one port: records, refuses what is undocumented, meets the ordered faults, answers.

import { setMaxListeners } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';

import { Clock } from './clock.mts';
import {
	type Answer,
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
import { Faults, type MetFaults, rateLimitHeaders } from './faults.mts';
import { type RecordedRequest, type RefusedRequest, remember } from './journal.mts';
import { formAsJson } from './multipart.mts';

/** The status of a refusal: no vendor document uses it. */
export const REFUSED_STATUS = 501;
const CONTENT_TYPE = /^([^;\s]+)(\s*;\s*(charset=utf-8|boundary=\S+))?$/i;
const JSON_MEDIA_TYPE = 'application/json';
const JSON_ALONE: Readonly<Record<string, BodyReader>> = { [JSON_MEDIA_TYPE]: JSON.parse };
const MULTIPART = 'multipart/form-data';
/** Longer ids are no ids; the default of 100 would refuse encoded ones that are well within what is allowed. */
const LONGEST_PARAMETER = 4096;
const LARGEST_UPLOAD = 64 * 1024 * 1024;
const OTHER_SHAPE = { unexpected: { shape: true } };
const ERROR_PAGE = (status: number) =>
	`<!DOCTYPE html><html><head><title>${status}</title></head>` +
	`<body><h1>${status} ${STATUS_CODES[status] ?? ''}</h1><p>sandbox gateway</p></body></html>`;

/**
 * A running vendor. `reset` also forgets requests, refusals and faults, puts the clock right, and cuts off
 * requests that still wait, so that none of them changes the fresh state.
 */
export interface VendorServer<State extends VendorState> {
	name: string;
	title: string;
	/** Base URL without a trailing slash. */
	url: string;
	state: State;
	faults: Faults;
	clock: Clock;
	/** Added to every answer, milliseconds. */
	latencyMs: number;
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

/** What is done with the connection in the end. */
type Outcome = { answer: Answer; cut?: boolean } | 'reset';

/** Ends the waiting of any number of requests at once. */
function newPending(): AbortController {
	const pending = new AbortController();
	setMaxListeners(0, pending.signal);
	return pending;
}

function bodyOf(request: FastifyRequest): string {
	return typeof request.body === 'string' ? request.body : '';
}

function parsed(raw: string): unknown {
	if (raw === '') return undefined;
	try {
		return JSON.parse(raw);
	} catch {
		return raw;
	}
}

function queryOf(request: FastifyRequest): Record<string, string | string[]> {
	const query: Record<string, string | string[]> = {};
	for (const [name, value] of new URLSearchParams(request.url.split('?', 2)[1] ?? '')) {
		const before = query[name];
		query[name] = before === undefined ? value : [before, value].flat();
	}
	return query;
}

function paramsOf(request: FastifyRequest): Record<string, string> {
	return Object.fromEntries(
		Object.entries(request.params ?? {}).map(([name, value]) => [name, String(value)]),
	);
}

function hasBody(request: FastifyRequest): boolean {
	const length = request.headers['content-length'];
	return request.headers['transfer-encoding'] !== undefined || (length ?? '0') !== '0';
}

function orderedAnswer(
	action: { status: number; body?: unknown; headers?: Record<string, string> | undefined },
	fallback: string | undefined,
): Answer {
	const { status, body } = action;
	const own = fallback ?? STATUS_CODES[status] ?? String(status);
	const answer =
		body === undefined || typeof body === 'string' ? text(status, body ?? own) : json(status, body);
	return { ...answer, headers: action.headers ?? {} };
}

function bytes(body: string | Buffer): Buffer {
	return typeof body === 'string' ? Buffer.from(body) : body;
}

function half(answer: Answer): Answer {
	const body = bytes(answer.body);
	return { ...answer, body: body.subarray(0, Math.floor(body.length / 2)) };
}

/** Turns the deciding fault (or none) into an outcome, carrying out the effect where the fault allows it. */
function decide(
	met: MetFaults,
	effect: () => Answer,
	clock: Clock,
	serverError: string | undefined,
): Outcome {
	const fault = met.final;
	switch (fault?.kind) {
		case undefined:
			return { answer: effect() };
		case 'status':
			return { answer: orderedAnswer(fault, fault.status === 500 ? serverError : undefined) };
		case 'statusAfterEffect':
			effect();
			return { answer: orderedAnswer(fault, fault.status === 500 ? serverError : undefined) };
		case 'reset':
			return 'reset';
		case 'resetAfterEffect':
			effect();
			return 'reset';
		case 'truncated':
			return fault.variant === 'connection'
				? { answer: effect(), cut: true }
				: { answer: half(effect()) };
		case 'wrongJson':
			effect();
			return { answer: json(200, fault.body === undefined ? OTHER_SHAPE : fault.body) };
		case 'html':
			return { answer: html(fault.status, ERROR_PAGE(fault.status)) };
		case 'empty':
			return { answer: { ...effect(), status: 200, body: '' } };
		case 'rateLimit': {
			const headers = rateLimitHeaders(fault, clock, met.rateLimitMs);
			return { answer: orderedAnswer({ status: 429, body: fault.body, headers }, undefined) };
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
	let pending = newPending();
	const app = Fastify({
		exposeHeadRoutes: false,
		routerOptions: { maxParamLength: LONGEST_PARAMETER },
		forceCloseConnections: true,
		frameworkErrors: (error, request, reply) => refuse(record(request), reply, error.message),
	});

	function record(request: FastifyRequest): RecordedRequest {
		const entry: RecordedRequest = {
			at: Date.now(),
			method: request.method,
			path: request.url.split('?', 1)[0] ?? '',
			query: queryOf(request),
			headers: { ...request.headers },
			body: parsed(bodyOf(request)),
			status: 0,
		};
		remember(requests, entry);
		return entry;
	}

	function send(entry: RecordedRequest, reply: FastifyReply, answer: Answer): void {
		entry.status = answer.status;
		const headers = {
			...answer.headers,
			...(answer.contentType === '' ? {} : { 'content-type': answer.contentType }),
			date: clock.httpDate(),
		};
		reply.code(answer.status).headers(headers).send(bytes(answer.body));
	}

	function refuse(entry: RecordedRequest, reply: FastifyReply, why: string): void {
		const reason = `sandbox: ${definition.title}: ${why}`;
		send(entry, reply, json(REFUSED_STATUS, { error: reason }));
		remember(refused, { ...entry, reason });
	}

	function prepare(
		endpoint: Endpoint<State>,
		request: FastifyRequest,
		{ path, query }: RecordedRequest,
	): () => Answer {
		const { headers } = request;
		const raw = bodyOf(request);
		definition.checkHeaders?.(headers);
		let body: unknown = {};
		let mediaType = JSON_MEDIA_TYPE;
		const isBodyless = endpoint.method === 'GET' || endpoint.method === 'DELETE';
		if (isBodyless && endpoint.bodyAllowed !== true) {
			if (hasBody(request)) throw new Refusal(`a ${endpoint.method} request has no body`);
		} else if (raw === '') {
			if (definition.invalidJson && !isBodyless) body = undefined;
		} else {
			const readers = endpoint.bodies ?? JSON_ALONE;
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
		return endpoint.prepare(state, { headers, path, params: paramsOf(request), query, body });
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
		} else if (outcome.cut) {
			reply.hijack();
			const { status, contentType, headers, body } = outcome.answer;
			reply.raw.writeHead(status, {
				...headers,
				'content-type': contentType,
				'content-length': Buffer.byteLength(body),
				date: clock.httpDate(),
			});
			reply.raw.write(half(outcome.answer).body, () => request.raw.socket.destroy());
		} else {
			send(entry, reply, outcome.answer);
		}
	}

	async function serve(
		endpoint: Endpoint<State>,
		request: FastifyRequest,
		reply: FastifyReply,
	): Promise<FastifyReply> {
		const entry = record(request);
		const { signal } = pending;
		const pause = async (ms: number) => {
			if (ms > 0) await sleep(ms, undefined, { signal });
		};
		try {
			const effect = prepare(endpoint, request, entry);
			const met = faults.meet(entry);
			const waits = (after: boolean) =>
				met.slow
					.filter((slow) => slow.afterEffect === after)
					.reduce((sum, slow) => sum + slow.ms, 0);
			await pause(server.latencyMs + waits(false));
			const outcome = decide(met, effect, clock, endpoint.serverError);
			await pause(waits(true));
			deliver(entry, request, reply, outcome);
		} catch (error) {
			if (signal.aborted) {
				deliver(entry, request, reply, 'reset');
			} else {
				const own = error instanceof Refusal ? error.message : `the sandbox failed: ${error}`;
				refuse(entry, reply, own);
			}
		}
		return reply;
	}

	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	app.addContentTypeParser(
		MULTIPART,
		{ parseAs: 'buffer', bodyLimit: LARGEST_UPLOAD },
		async (request: FastifyRequest, body: Buffer) => {
			return await formAsJson(body, request.headers['content-type'] ?? '');
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
		const why = error instanceof Error ? error.message : String(error);
		refuse(record(request), reply, why);
	});

	const server: VendorServer<State> = {
		name: definition.name,
		title: definition.title,
		url: '',
		state,
		faults,
		clock,
		latencyMs: options.latencyMs,
		requests,
		refused,
		reset(seed) {
			pending.abort();
			pending = newPending();
			faults.clear();
			requests.length = 0;
			refused.length = 0;
			state.reset({ ...options.seed, ...seed });
		},
		async close() {
			pending.abort();
			await app.close();
		},
	};
	server.reset();
	server.url = await listen(app, options, definition.title);
	return server;
}

/** Asks for the code alone: under Jest, node's own errors are not instances of the test's `Error`. */
function isPortInUse(error: unknown): boolean {
	return (
		typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE'
	);
}

/**
 * Listens and gives the base URL.
 * @throws Error that names the port and what wanted it, when the port is in use
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
