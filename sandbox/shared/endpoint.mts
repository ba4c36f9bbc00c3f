// How a vendor describes itself to the sandbox: endpoints with their exact inputs, and their responses.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { Clock } from './clock.mts';
import type { CredentialSource } from './credential.mts';

/** What is sent back to the client. */
export interface HttpResponse {
	status: number;
	/** Empty if there is no body. */
	contentType: string;
	body: string | Buffer;
	headers?: Record<string, string>;
}

const TEXT = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';
const HTML = 'text/html; charset=utf-8';

/** A plain-text response. */
export function text(status: number, body: string): HttpResponse {
	return { status, contentType: TEXT, body };
}

/** A JSON response from a value. */
export function json(status: number, value: unknown): HttpResponse {
	return { status, contentType: JSON_TYPE, body: JSON.stringify(value) };
}

/** A JSON response from text that is already JSON. */
export function rawJson(status: number, body: string | Buffer): HttpResponse {
	return { status, contentType: JSON_TYPE, body };
}

/** A response without a body. */
export function noContent(): HttpResponse {
	return { status: 204, contentType: '', body: '' };
}

/** An HTML response. */
export function html(status: number, body: string): HttpResponse {
	return { status, contentType: HTML, body };
}

/** The vendor's document does not describe this request. The message says why. */
export class Refusal extends Error {}

export type Headers = Record<string, string | string[] | undefined>;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** The named parts of a path, decoded. */
export type Params = Readonly<Record<string, string>>;
/**
 * Reads the raw body of one media type; throws if the body is not of that type. A `multipart/form-data` body is
 * passed as JSON: text fields as strings, files as `UploadedFile`.
 */
export type BodyReader = (raw: string) => unknown;

/** A file of a `multipart/form-data` body. `size` is in bytes. */
export interface UploadedFile {
	filename: string;
	contentType: string;
	size: number;
	base64: string;
}

/** The query parameters as sent, decoded; a repeated parameter is a list. */
export type RawQuery = Readonly<Record<string, string | string[]>>;

/** One request to an endpoint, after the strict checks. */
export interface Call<State, Query, Body> {
	state: State;
	/** As sent, without the query. */
	path: string;
	rawQuery: RawQuery;
	headers: Headers;
	params: Params;
	query: Query;
	body: Body;
}

/** An endpoint as the server uses it. `path` is exact, except for parts such as `:id`. */
export interface Endpoint<State> {
	method: Method;
	path: string;
	/** Readers by lower-case media type; default: JSON only. */
	bodies?: Readonly<Record<string, BodyReader>>;
	/** Whether a GET or DELETE may have a body, as some documents show. */
	bodyAllowed?: boolean;
	/** The documented body of status 500, if there is one. */
	serverError?: string;
	/**
	 * Checks a request against the document.
	 * @returns the effect: changes the state and returns the vendor's response
	 * @throws Refusal when the document does not describe such a request
	 */
	prepare(
		state: State,
		request: { headers: Headers; path: string; params: Params; query: RawQuery; body: unknown },
	): () => HttpResponse;
}

/** The values of a shape that allows no extra keys. */
export type Parsed<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape, 'strict'>>;

/** What the author of an endpoint writes. `query` and `body` list every documented field, all optional. */
export interface EndpointSpec<State, Query extends z.ZodRawShape, Body extends z.ZodRawShape> {
	method: Method;
	path: string;
	query: Query;
	body: Body;
	/** Parses the raw query before `query` checks it; without it, `query` checks the raw query. */
	readQuery?(sent: RawQuery): unknown;
	/** The values of body keys that `body` does not name (IDs as keys); without it, such keys are refused. */
	otherKeys?: z.ZodTypeAny;
	bodies?: Readonly<Record<string, BodyReader>>;
	bodyAllowed?: boolean;
	serverError?: string;
	respond(call: Call<State, Parsed<Query>, Parsed<Body>>): HttpResponse;
}

function parseStrict<Shape extends z.ZodRawShape>(
	schema: z.ZodType<Parsed<Shape>, z.ZodTypeDef, unknown>,
	value: unknown,
	part: string,
): Parsed<Shape> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const reasons = result.error.issues.map((issue) =>
		[issue.path.join('.'), issue.message].filter(Boolean).join(': '),
	);
	throw new Refusal(`${part}: ${reasons.join('; ')}`);
}

/** Allows keys in the body that `body` does not name; they stay in the parsed body. */
function withOtherKeys<Body extends z.ZodRawShape>(
	namedSchema: z.ZodObject<Body, 'strict'>,
	otherKeys: z.ZodTypeAny,
): z.ZodType<Parsed<Body>, z.ZodTypeDef, unknown> {
	return z.record(z.unknown()).transform((body, context) => {
		const namedKeys = Object.keys(namedSchema.shape);
		const otherValues = Object.fromEntries(
			Object.entries(body).filter(([key]) => !namedKeys.includes(key)),
		);
		const namedValues = Object.fromEntries(
			Object.entries(body).filter(([key]) => namedKeys.includes(key)),
		);
		const results = [
			namedSchema.safeParse(namedValues),
			z.record(otherKeys).safeParse(otherValues),
		] as const;
		for (const { error } of results) error?.issues.forEach((issue) => context.addIssue(issue));
		const [first, second] = results;
		return first.success && second.success ? { ...second.data, ...first.data } : z.NEVER;
	});
}

/** Makes an endpoint from its description. */
export function endpoint<State, Query extends z.ZodRawShape, Body extends z.ZodRawShape>(
	spec: EndpointSpec<State, Query, Body>,
): Endpoint<State> {
	const querySchema = z.object(spec.query).strict();
	const namedSchema = z.object(spec.body).strict();
	const bodySchema = spec.otherKeys ? withOtherKeys(namedSchema, spec.otherKeys) : namedSchema;
	return {
		method: spec.method,
		path: spec.path,
		...(spec.bodies === undefined ? {} : { bodies: spec.bodies }),
		...(spec.bodyAllowed === undefined ? {} : { bodyAllowed: spec.bodyAllowed }),
		...(spec.serverError === undefined ? {} : { serverError: spec.serverError }),
		prepare(state, request) {
			const { headers, path, params, query: rawQuery } = request;
			const query = parseStrict(querySchema, spec.readQuery?.(rawQuery) ?? rawQuery, 'query');
			const body = parseStrict(bodySchema, request.body, 'body');
			return () => spec.respond({ state, headers, path, params, rawQuery, query, body });
		},
	};
}

/** How many guests a vendor starts with. */
export interface Seed {
	guests: number;
}

/** What every vendor's state can do. Knobs are plain properties of the state. */
export interface VendorState {
	/** Clears everything, knobs included, and seeds again. */
	reset(seed: Seed): void;
	/** Everything that a test in another process may want to inspect. */
	toJSON(): unknown;
	/** Ends one session or all of them; missing if the vendor has no sessions. */
	expireSessions?(token?: string): void;
}

/** A vendor: its credential, its state, its endpoints, its knobs. */
export interface VendorDefinition<State extends VendorState> extends CredentialSource {
	createState(clock: Clock): State;
	/** The endpoints; they use the vendor server's clock. */
	endpoints(clock: Clock): Array<Endpoint<State>>;
	/** Refuses headers that the document does not allow under any interpretation. */
	checkHeaders?(headers: Headers): void;
	/** The documented response to a body that is not JSON; without it, such a body is refused. */
	invalidJson?(state: State): HttpResponse;
	/** Validates and sets knobs by name, for the control server. */
	setKnobs(state: State, knobs: unknown): void;
	/** Adds control routes for this vendor only, relative to `/{name}`. */
	controlRoutes?(control: FastifyInstance, state: State): void;
}
