// How a vendor describes itself to the sandbox: endpoints with their exact inputs, and the answers they give.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { Clock } from './clock.mts';

/** What goes back to the client. */
export interface Answer {
	status: number;
	/** Empty without a body. */
	contentType: string;
	body: string | Buffer;
	headers?: Record<string, string>;
}

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const HTML = 'text/html; charset=utf-8';

/** A plain-text answer. */
export function text(status: number, body: string): Answer {
	return { status, contentType: TEXT, body };
}

/** A JSON answer from a value. */
export function json(status: number, value: unknown): Answer {
	return { status, contentType: JSON_TYPE, body: JSON.stringify(value) };
}

/** A JSON answer that is serialised already. */
export function rawJson(status: number, body: string | Buffer): Answer {
	return { status, contentType: JSON_TYPE, body };
}

/** An answer without a body. */
export function noContent(): Answer {
	return { status: 204, contentType: '', body: '' };
}

/** An HTML answer. */
export function html(status: number, body: string): Answer {
	return { status, contentType: HTML, body };
}

/** The request is not one that the vendor's document describes. The message says in what way. */
export class Refusal extends Error {}

export type Headers = Record<string, string | string[] | undefined>;
export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
/** The named parts of a path, decoded. */
export type Params = Readonly<Record<string, string>>;
/** Reads the raw body of one media type; throws when it is not of that type. */
export type BodyReader = (raw: string) => unknown;

/** One request to an endpoint after the strict checks. */
export interface Call<State, Query, Body> {
	state: State;
	headers: Headers;
	params: Params;
	query: Query;
	body: Body;
}

/** An endpoint as the server uses it. `path` is exact, but for parts such as `:id`. */
export interface Endpoint<State> {
	method: Method;
	path: string;
	/** Readers by media type, in lower case; left out: JSON alone. */
	bodies?: Readonly<Record<string, BodyReader>>;
	/** The documented body of status 500, if there is one. */
	serverError?: string;
	/**
	 * Checks a request against the document.
	 * @returns the effect: changes the state and gives the vendor's answer
	 * @throws Refusal when the document does not describe such a request
	 */
	prepare(
		state: State,
		request: { headers: Headers; params: Params; query: unknown; body: unknown },
	): () => Answer;
}

/** What an endpoint's author writes. `query` and `body` list every documented field, all optional. */
export interface EndpointSpec<State, Query extends z.ZodRawShape, Body extends z.ZodRawShape> {
	method: Method;
	path: string;
	query: Query;
	body: Body;
	bodies?: Readonly<Record<string, BodyReader>>;
	serverError?: string;
	answer(
		call: Call<
			State,
			z.output<z.ZodObject<Query, 'strict'>>,
			z.output<z.ZodObject<Body, 'strict'>>
		>,
	): Answer;
}

function checked<Shape extends z.ZodRawShape>(
	schema: z.ZodObject<Shape, 'strict'>,
	value: unknown,
	what: string,
): z.output<z.ZodObject<Shape, 'strict'>> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const reasons = result.error.issues.map((issue) =>
		[issue.path.join('.'), issue.message].filter(Boolean).join(': '),
	);
	throw new Refusal(`${what}: ${reasons.join('; ')}`);
}

/** Makes an endpoint from its description. */
export function endpoint<State, Query extends z.ZodRawShape, Body extends z.ZodRawShape>(
	spec: EndpointSpec<State, Query, Body>,
): Endpoint<State> {
	const querySchema = z.object(spec.query).strict();
	const bodySchema = z.object(spec.body).strict();
	return {
		method: spec.method,
		path: spec.path,
		...(spec.bodies === undefined ? {} : { bodies: spec.bodies }),
		...(spec.serverError === undefined ? {} : { serverError: spec.serverError }),
		prepare(state, request) {
			const query = checked(querySchema, request.query, 'query');
			const body = checked(bodySchema, request.body, 'body');
			const { headers, params } = request;
			return () => spec.answer({ state, headers, params, query, body });
		},
	};
}

/** How many guests a vendor starts with. */
export interface Seed {
	guests: number;
}

/** What every vendor's state can do. Knobs are plain properties of the state. */
export interface VendorState {
	/** Forgets everything, knobs included, and seeds anew. */
	reset(seed: Seed): void;
	/** Everything a test in another process may want to look at. */
	toJSON(): unknown;
	/** Ends one session or all of them; absent where the vendor has no sessions. */
	expireSessions?(token?: string): void;
}

/** A vendor: its state, its endpoints, its knobs. */
export interface VendorDefinition<State extends VendorState> {
	/** The name in control paths and messages, e.g. `event-vault`. */
	name: string;
	title: string;
	createState(clock: Clock): State;
	/** The endpoints, whose clock is the vendor server’s. */
	endpoints(clock: Clock): Array<Endpoint<State>>;
	/** Refuses headers that no reading of the document allows. */
	checkHeaders?(headers: Headers): void;
	/** The documented answer to a body that is not JSON; without it such a body is refused. */
	invalidJson?(state: State): Answer;
	/** Validates and sets knobs by name, for the control server. */
	setKnobs(state: State, knobs: unknown): void;
	/** Adds control routes of this vendor alone, relative to `/{name}`. */
	controlRoutes?(control: FastifyInstance, state: State): void;
}
