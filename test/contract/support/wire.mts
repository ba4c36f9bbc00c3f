/** Compares a request on the wire with a contract table. Pure. */
import type { RecordedRequest } from '../../../sandbox/start.mts';
import { endpointName, type Automatic, type DocumentedEndpoint } from './table.mts';
import type { ContractTable, DocumentedParameter } from './table.mts';

/** Headers that every HTTP client sends and no document lists. */
const CLIENT_HEADERS = [
	'accept',
	'accept-encoding',
	'connection',
	'content-length',
	'content-type',
	'host',
	'user-agent',
];
const JSON_CONTENT = /^application\/json(; ?charset=utf-8)?$/i;
const FORM_CONTENT = /^application\/x-www-form-urlencoded(; ?charset=utf-8)?$/i;
const MULTIPART_CONTENT = /^multipart\/form-data; ?boundary=\S+$/i;
const CONTENTS = { form: FORM_CONTENT, multipart: MULTIPART_CONTENT } as const;
const QUERY_OBJECT = /^([^[]+)\[([^\]]+)\](\[\])?$/;
const UNIX_MS = /^\d{13}$/;
/** How far a timestamp may be from the request's arrival. */
const FRESH_MS = 5_000;

/** The endpoint of a request, or undefined if the document has none. */
export function findEndpoint(
	table: ContractTable,
	request: RecordedRequest,
): DocumentedEndpoint | undefined {
	const fitting = table.endpoints.filter(
		(endpoint) =>
			endpoint.method === request.method && pathValues(endpoint, request.path) !== undefined,
	);
	return fitting.sort((one, other) => variablesIn(one) - variablesIn(other))[0];
}

/** `/events/slim` takes precedence over `/events/:event_uri`. */
function variablesIn({ path }: DocumentedEndpoint): number {
	return path.split('/').filter((part) => part.startsWith(':')).length;
}

/** The values of each `:name` in a path; undefined if the path belongs to another endpoint. */
function pathValues({ path }: DocumentedEndpoint, actual: string): Map<string, string> | undefined {
	const wanted = path.split('/');
	const segments = actual.split('/');
	if (wanted.length !== segments.length) return undefined;
	const values = new Map<string, string>();
	for (const [index, part] of wanted.entries()) {
		const segment = segments[index] ?? '';
		if (part.startsWith(':')) values.set(part.slice(1), decodeURIComponent(segment));
		else if (part !== segment) return undefined;
	}
	return values;
}

/** The value of a documented parameter in a request; undefined if it was not sent. */
export function readValue(
	endpoint: DocumentedEndpoint,
	request: RecordedRequest,
	parameter: DocumentedParameter,
): unknown {
	switch (parameter.in) {
		case 'header':
			return request.headers[parameter.name];
		case 'path':
			return pathValues(endpoint, request.path)?.get(parameter.name);
		case 'query': {
			if (parameter.type === 'object') return objectIn(request.query, parameter.name);
			const value = request.query[wireName(parameter)];
			return parameter.type === 'list' && value !== undefined ? [value].flat() : value;
		}
		case 'wholeBody':
			return request.body;
		case 'body':
			return parameter.name.split('.').reduce(field, bodyOf(endpoint, request));
	}
}

/** The type of a value, in the terms of the tables. */
export function wireType(value: unknown): string {
	return Array.isArray(value) ? 'list' : typeof value;
}

/** The name of a parameter in its place on the wire. */
function wireName(parameter: DocumentedParameter): string {
	const isQueryList = parameter.in === 'query' && parameter.type === 'list';
	return isQueryList ? `${parameter.name}[]` : parameter.name;
}

/** `name[a]=1&name[b][]=2` as `{ a: '1', b: ['2'] }`; undefined if there is none. */
function objectIn(query: RecordedRequest['query'], name: string): object | undefined {
	const entries = Object.entries(query).flatMap(([key, value]) => {
		const [, outer, inner, isList] = QUERY_OBJECT.exec(key) ?? [];
		return outer === name && inner !== undefined
			? [[inner, isList === undefined ? value : [value].flat()] as const]
			: [];
	});
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** Everything in a request that the document does not have, in words; empty if all is documented. */
export function undocumented(table: ContractTable, request: RecordedRequest): string[] {
	const endpoint = findEndpoint(table, request);
	if (endpoint === undefined) return [`${endpointName(request)} is not documented`];
	const known = (place: DocumentedParameter['in']) =>
		endpoint.parameters.filter((parameter) => parameter.in === place).map(wireName);
	const extra = (place: DocumentedParameter['in'], names: string[]) =>
		names
			.filter((name) => !known(place).includes(name))
			.map((name) => `${endpointName(endpoint)}: ${place} ${name} is not documented`);
	const queryObjects = endpoint.parameters
		.filter((parameter) => parameter.in === 'query' && parameter.type === 'object')
		.map(({ name }) => name);
	const queries = Object.keys(request.query).filter(
		(name) => !queryObjects.includes(QUERY_OBJECT.exec(name)?.[1] ?? ''),
	);
	const isBodyFree = endpoint.parameters.some((parameter) => parameter.in === 'wholeBody');
	const bodies = isBodyFree ? [] : bodyNames(bodyOf(endpoint, request), known('body'));
	const headers = Object.keys(request.headers).filter((name) => !CLIENT_HEADERS.includes(name));
	return [
		...extra('header', headers),
		...extra('query', queries),
		...extra('body', bodies),
		...contentIssues(
			endpoint,
			request,
			known('body').length > 0 || (isBodyFree && request.body !== undefined),
		),
	];
}

function contentIssues(
	endpoint: DocumentedEndpoint,
	request: RecordedRequest,
	wantsBody: boolean,
): string[] {
	const name = endpointName(endpoint);
	const type = request.headers['content-type'];
	if (!wantsBody) {
		const empty = request.body === undefined && type === undefined;
		return empty ? [] : [`${name}: has a body or a content type, but none is documented`];
	}
	const isObject = typeof request.body === 'object' && request.body !== null;
	const expected = endpoint.encoding === undefined ? JSON_CONTENT : CONTENTS[endpoint.encoding];
	return [
		// The sandbox shows the parts of a multipart form as an object.
		...(endpoint.encoding === 'form' || isObject ? [] : [`${name}: the body is not a JSON object`]),
		...(expected.test(String(type)) ? [] : [`${name}: the content type is ${String(type)}`]),
	];
}

/** Whether an automatic value is valid. */
export function isAutomatic(expected: Automatic, value: unknown, arrivedAtMs: number): boolean {
	if (typeof value !== 'string') return false;
	if (expected instanceof RegExp) return expected.test(value);
	return UNIX_MS.test(value) && Math.abs(Number(value) - arrivedAtMs) < FRESH_MS;
}

function bodyOf(endpoint: DocumentedEndpoint, { body }: RecordedRequest): unknown {
	return endpoint.encoding === 'form'
		? Object.fromEntries(new URLSearchParams(typeof body === 'string' ? body : ''))
		: body;
}

/** The names in a body, including those inside an object if the table lists them (`utm.source`). */
function bodyNames(body: unknown, known: readonly string[]): string[] {
	return keysOf(body).flatMap((name) =>
		known.some((one) => one.startsWith(`${name}.`))
			? keysOf(field(body, name)).map((inner) => `${name}.${inner}`)
			: [name],
	);
}

function keysOf(body: unknown): string[] {
	return typeof body === 'object' && body !== null ? Object.keys(body) : [];
}

function field(body: unknown, name: string): unknown {
	if (typeof body !== 'object' || body === null) return undefined;
	return Object.getOwnPropertyDescriptor(body, name)?.value;
}
