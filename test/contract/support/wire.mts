/** Holds a request that was on the wire against a contract table. Pure. */
import type { RecordedRequest } from '../../../sandbox/start.mts';
import { endpointName, type Automatic, type DocumentedEndpoint } from './table.mts';
import type { ContractTable, DocumentedParameter } from './table.mts';

/** What every HTTP client sends and no document lists. */
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
const UNIX_MS = /^\d{13}$/;
/** How far a time stamp may be from the request's arrival. */
const FRESH_MS = 5_000;

/** The endpoint that a request goes to, or undefined where the document has none. */
export function endpointOf(
	table: ContractTable,
	request: RecordedRequest,
): DocumentedEndpoint | undefined {
	return table.endpoints.find(
		(endpoint) =>
			endpoint.method === request.method && pathValues(endpoint, request.path) !== undefined,
	);
}

/** What stands in a path for each `:name`; undefined where it is the path of another endpoint. */
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

/** The value of a documented parameter in a request; undefined where it was not sent. */
export function valueOf(
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
			const value = request.query[wireName(parameter)];
			return parameter.type === 'list' && value !== undefined ? [value].flat() : value;
		}
		case 'body':
			return parameter.name.split('.').reduce(field, bodyOf(endpoint, request));
	}
}

/** The type of a value, in the words of the tables. */
export function wireType(value: unknown): string {
	return Array.isArray(value) ? 'list' : typeof value;
}

/** The name of a parameter in its place on the wire. */
function wireName(parameter: DocumentedParameter): string {
	const isQueryList = parameter.in === 'query' && parameter.type === 'list';
	return isQueryList ? `${parameter.name}[]` : parameter.name;
}

/** Everything in a request that the document does not have, in words; empty where all is well. */
export function undocumented(table: ContractTable, request: RecordedRequest): string[] {
	const endpoint = endpointOf(table, request);
	if (endpoint === undefined) return [`${endpointName(request)} is not documented`];
	const known = (place: DocumentedParameter['in']) =>
		endpoint.parameters.filter((parameter) => parameter.in === place).map(wireName);
	const extra = (place: DocumentedParameter['in'], names: string[]) =>
		names
			.filter((name) => !known(place).includes(name))
			.map((name) => `${endpointName(endpoint)}: ${place} ${name} is not documented`);
	const headers = Object.keys(request.headers).filter((name) => !CLIENT_HEADERS.includes(name));
	return [
		...extra('header', headers),
		...extra('query', Object.keys(request.query)),
		...extra('body', bodyNames(bodyOf(endpoint, request), known('body'))),
		...contentComplaints(endpoint, request, known('body').length > 0),
	];
}

function contentComplaints(
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
	const isForm = endpoint.encoding === 'form';
	const isObject = typeof request.body === 'object' && request.body !== null;
	const expected = isForm ? FORM_CONTENT : JSON_CONTENT;
	return [
		...(isForm || isObject ? [] : [`${name}: the body is not a JSON object`]),
		...(expected.test(String(type)) ? [] : [`${name}: the content type is ${String(type)}`]),
	];
}

/** Whether an automatic value is what it should be. */
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

/** The names in a body; those inside an object where the table knows them there (`utm.source`). */
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
