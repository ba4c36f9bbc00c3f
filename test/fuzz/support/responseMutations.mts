/** Every way in which a vendor's response may differ from its document. Pure. */
import type { Answer, Asked, Replace } from './replay.mts';

/** One way to spoil a response. */
export interface Mutation {
	/** For a test's message. */
	name: string;
	replace: Replace;
	/**
	 * The effect on the response:
	 * - `same`: still as documented, only written in another way;
	 * - `shorter`: still a list as documented, but an empty one;
	 * - `junk`: a success status with a body that no document has;
	 * - `damaged`: the documented body with one value that is not as documented, or missing;
	 * - `refusal`: a status of 300 or more.
	 */
	leaves: 'same' | 'shorter' | 'junk' | 'damaged' | 'refusal';
}

const OK = 200;
const MEGABYTE = 1024 * 1024;
const HUGE_BYTES = 10 * MEGABYTE;
/** JSON that a parser accepts but recursion may not. */
const DEEP = 2_000;

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const LOGIN_PAGE =
	'<!DOCTYPE html><html><head><title>Log in</title></head><body><form action="/login">Guest WiFi</form></body></html>';

function with_(body: Buffer | string, headers: Record<string, string> = JSON_TYPE): Replace {
	const bytes = Buffer.from(body);
	return (answer) => ({
		status: answer.status === NO_CONTENT ? OK : answer.status,
		headers,
		body: bytes,
	});
}

/** A response with this status cannot have a body: HTTP clients do not read it. */
const NO_CONTENT = 204;

/** A whole body that is not the documented one, with a success status. */
export function wholeBodies(): Mutation[] {
	const junk = (
		name: string,
		body: Buffer | string,
		headers?: Record<string, string>,
	): Mutation => ({
		name,
		replace: with_(body, headers),
		leaves: 'junk',
	});
	return [
		junk('an empty body', ''),
		junk('only spaces', ' \n '),
		junk('null', 'null'),
		junk('true', 'true'),
		junk('a number', '0'),
		junk('a list', '[]'),
		junk('a list of nulls', '[null]'),
		junk('a list of empty objects', '[{}]'),
		junk('an empty object', '{}'),
		junk('another object', '{"ok":true,"result":{"id":null}}'),
		junk('a JSON text', '"Everything is fine"'),
		junk('an empty JSON text', '""'),
		junk('a log-in page', LOGIN_PAGE, { 'content-type': 'text/html' }),
		junk('a log-in page that says it is JSON', LOGIN_PAGE),
		junk('plain text', 'Service is fine', { 'content-type': 'text/plain' }),
		junk('an error in a good answer', '{"error":"not now","message":"not now"}'),
		junk('bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0xc3, 0x28, 0x80])),
		junk('data null', '{"data":null}'),
		junk('data without records', '{"data":{}}'),
		junk('data with a text', '{"data":"x"}'),
		junk('data with nulls', '{"data":[null]}'),
		junk('__proto__', '{"__proto__":{"id":"1","data":[]},"constructor":null}'),
		{
			name: 'the beginning of it',
			replace: (answer) => ({ ...answer, body: answer.body.subarray(0, answer.body.length / 2) }),
			leaves: 'junk',
		},
		{
			name: 'it twice',
			replace: (answer) => ({ ...answer, body: Buffer.concat([answer.body, answer.body]) }),
			leaves: 'junk',
		},
		{
			name: 'said to be compressed',
			replace: (answer) => ({
				...answer,
				headers: { ...answer.headers, 'content-encoding': 'gzip' },
			}),
			leaves: 'junk',
		},
		{
			name: 'a mark of the byte order before it',
			replace: (answer) => ({
				...answer,
				body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), answer.body]),
			}),
			leaves: 'same',
		},
		{
			name: 'no type of content',
			replace: ({ status, body }) => ({ status, body, headers: {} }),
			leaves: 'same',
		},
		{
			name: 'another type of content',
			replace: (answer) => ({
				...answer,
				headers: { ...answer.headers, 'content-type': 'application/vnd.api+json' },
			}),
			leaves: 'same',
		},
		{
			name: 'status 201',
			replace: (answer) => ({ ...answer, status: 201 }),
			leaves: 'same',
		},
	];
}

/** Ten megabytes; they are slow, so not every operation gets each of them. */
export function hugeBodies(): Mutation[] {
	const letters = 'a'.repeat(HUGE_BYTES);
	const junk = (name: string, status: number, body: string, type = JSON_TYPE): Mutation => {
		const bytes = Buffer.from(body);
		return {
			name: `10 MB: ${name}`,
			replace: () => ({ status, headers: type, body: bytes }),
			leaves: status === OK ? 'junk' : 'refusal',
		};
	};
	const text = { 'content-type': 'text/plain' };
	return [
		junk('text', OK, letters, text),
		junk('words', OK, 'word '.repeat(HUGE_BYTES / 5), text),
		junk('a JSON text', OK, JSON.stringify(letters)),
		junk('numbers', OK, `[${'1,'.repeat(HUGE_BYTES / 2)}1]`),
		junk('an object with a long key', OK, `{"${letters}":1}`),
		junk('an object with many keys', OK, `{${manyKeys(HUGE_BYTES / 20)}"z":1}`),
		junk('nested lists', OK, '['.repeat(DEEP) + ']'.repeat(DEEP)),
		junk('nested objects', OK, '{"data":'.repeat(DEEP) + '1' + '}'.repeat(DEEP)),
		junk('a refusal in text', 400, letters, text),
		junk('a refusal in JSON', 400, JSON.stringify({ message: letters })),
		junk('a refusal of addresses', 500, JSON.stringify({ error: 'a@'.repeat(HUGE_BYTES / 2) })),
		junk(
			'a refusal in detail',
			400,
			JSON.stringify({
				message: 'x',
				errors: [{ code: 10, message: letters }],
				details: [{ field: letters, issue: letters }],
				displayMessage: letters,
				request_id: letters,
			}),
		),
	];
}

function manyKeys(count: number): string {
	let keys = '';
	for (let index = 0; index < count; index++) keys += `"key-${index}":null,`;
	return keys;
}

/** Error statuses with a message, without one, or with nonsense. */
export function refusals(): Mutation[] {
	const statuses = [
		300, 304, 400, 401, 403, 404, 405, 408, 409, 410, 418, 422, 500, 501, 502, 503, 504, 599,
	];
	const bodies: Array<[name: string, body: string, type?: Record<string, string>]> = [
		['nothing', ''],
		['null', 'null'],
		['an empty object', '{}'],
		['an empty list', '[]'],
		['a log-in page', LOGIN_PAGE, { 'content-type': 'text/html' }],
		['words', '{"message":"That did not work"}'],
		['no words', '{"message":"","error":{},"errors":[],"details":[null,{}],"code":null}'],
		[
			'nested words',
			'{"error":{"message":{"message":{"message":"deep"}}},"errors":{"email":[{}]}}',
		],
		['strange details', '{"details":[{"field":{},"issue":{}},{"field":null},7],"request_id":{}}'],
		[
			'strange errors',
			'{"errors":[null,7,{"code":{},"message":{}},{"code":"x"},[]],"status":"error"}',
		],
		['a class name', '{"message":"ActiveRecord::RecordNotFound"}'],
	];
	return statuses.flatMap((status) =>
		bodies.map(([name, body, headers = JSON_TYPE]) => ({
			name: `HTTP ${status} with ${name}`,
			replace: () => ({ status, headers, body: Buffer.from(body) }),
			leaves: 'refusal' as const,
		})),
	);
}

/** "Try again later" in every form; each pauses the whole execution. */
export function pauses(): Mutation[] {
	const said = [
		'',
		'0',
		'-1',
		'NaN',
		'soon',
		'1e308',
		'99999999999999',
		'1.5',
		'Thu, 01 Jan 1970 00:00:00 GMT',
	];
	const later = ['Fri, 31 Dec 9999 23:59:59 GMT', '0x10', '120, 60'];
	return [429, 503].flatMap((status) =>
		[...said, ...later].flatMap((text) =>
			['retry-after', 'x-ratelimit-reset'].map((header) => ({
				name: `HTTP ${status}, ${header}: ${text}`,
				replace: () => ({
					status,
					headers: { ...JSON_TYPE, [header]: text, 'x-ratelimit-remaining': '0' },
					body: Buffer.from('{"message":"Slow down"}'),
				}),
				leaves: 'refusal' as const,
			})),
		),
	);
}

/** @param elsewhere a server that must never receive anything */
export function redirects(elsewhere: string): Mutation[] {
	return [301, 302, 303, 307, 308].map((status) => ({
		name: `HTTP ${status} to another host`,
		replace: (_, { path, search }) => ({
			status,
			headers: { location: `${elsewhere}${path}${search}` },
			body: Buffer.alloc(0),
		}),
		leaves: 'refusal' as const,
	}));
}

/** Responses that echo the request, with its secrets. */
export function echoes(): Mutation[] {
	const said = ({ headers, body, path, search }: Asked) =>
		`${JSON.stringify(headers)} ${body} ${path}${search}`;
	const values = ({ headers, body }: Asked) => [
		...Object.entries(headers)
			.filter(([name]) => /^(authorization|x-)/.test(name))
			.map(([, value]) => String(value)),
		body,
	];
	const forms: Array<[name: string, of: (text: string) => string]> = [
		['as it is', (text) => text],
		['for a URL', encodeURIComponent],
		['for a form', (text) => new URLSearchParams([['a', text]]).toString()],
		['in base64', (text) => Buffer.from(text).toString('base64')],
		['in base64url', (text) => Buffer.from(text).toString('base64url')],
		['in JSON', (text) => JSON.stringify(text)],
		['in HTML', (text) => text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`)],
	];
	const echo = (name: string, status: number, body: (asked: Asked) => string): Mutation => ({
		name: `an echo: ${name}`,
		replace: (_, asked) => ({ status, headers: JSON_TYPE, body: Buffer.from(body(asked)) }),
		leaves: status < 300 ? 'junk' : 'refusal',
	});
	const inWords = forms.flatMap(([name, of]) =>
		[400, 401, 403].map((status) =>
			echo(`HTTP ${status}, ${name}`, status, (asked) =>
				JSON.stringify({ message: `No: ${values(asked).map(of).join(' ')}` }),
			),
		),
	);
	return [
		...inWords,
		echo('as text', OK, (asked) => `You said ${said(asked)}`),
		echo('as a refusal in text', 404, (asked) => `You said ${said(asked)}`),
		echo('as keys', OK, (asked) =>
			JSON.stringify({ [said(asked)]: 1, [values(asked)[0] ?? '']: 2 }),
		),
		echo('as keys of a refusal', 418, (asked) => JSON.stringify({ [said(asked)]: 1 })),
		echo('in details', 400, (asked) =>
			JSON.stringify({
				details: values(asked).map((value) => ({ field: value, issue: value })),
				request_id: values(asked).join(' '),
				errors: values(asked).map((message) => ({ code: 10, message })),
				displayMessage: said(asked),
				status: 'error',
			}),
		),
		echo('cut in the middle', 400, (asked) => {
			const padding = 'x '.repeat(140);
			return JSON.stringify({ message: `${padding}${values(asked).join(' ')}` });
		}),
	];
}

/** A step into a JSON value: a key of an object, an index of a list. */
type Step = string | number;

/**
 * One value of a JSON body at a time: removed, or replaced. In a list, only the first and the last entry are changed.
 * @returns nothing for a body that is not JSON
 */
export function damages({ body }: Answer): Mutation[] {
	const original = parsed(body);
	if (original === undefined) return [];
	return placesIn(original).flatMap((place): Mutation[] => {
		const before = at(original, place);
		const where = place.join('.');
		const damage = (name: string, value: unknown, leaves: Mutation['leaves'] = 'damaged') => ({
			name: `${where} ${name}`,
			replace: (answer: Answer) => ({
				...answer,
				body: Buffer.from(JSON.stringify(changed(original, place, value))),
			}),
			leaves,
		});
		const others: Array<[name: string, value: unknown]> = [
			['null', null],
			['true', true],
			['an empty text', ''],
			['a text', 'strange'],
			['a huge number', 1e300],
			['a negative number', -1],
			['an object', { strange: { deep: [{}] } }],
			['an empty object', {}],
			['a list', [null, {}, 'strange']],
		];
		const isList = Array.isArray(before);
		return [
			...(typeof place.at(-1) === 'string' ? [damage('is missing', GONE)] : []),
			...others
				.filter(([, value]) => typeof value !== typeof before || value !== before)
				.map(([name, value]) => damage(`is ${name}`, value)),
			...(isList ? [damage('is an empty list', [], 'shorter')] : []),
		];
	});
}

/** Marks a key to be removed. */
const GONE = Symbol('gone');

function parsed(body: Buffer): unknown {
	try {
		const value: unknown = JSON.parse(body.toString());
		return typeof value === 'object' ? value : undefined;
	} catch {
		return undefined;
	}
}

function placesIn(value: unknown, here: Step[] = []): Step[][] {
	if (typeof value !== 'object' || value === null) return [];
	const steps: Step[] = Array.isArray(value)
		? [...new Set([0, value.length - 1])].filter((index) => index >= 0)
		: Object.keys(value);
	return steps.flatMap((step) => {
		const place = [...here, step];
		return [place, ...placesIn(at(value, [step]), place)];
	});
}

function at(value: unknown, place: readonly Step[]): unknown {
	return place.reduce<unknown>(
		(inner, step) =>
			typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined,
		value,
	);
}

function changed(original: unknown, place: readonly Step[], value: unknown): unknown {
	const [step, ...rest] = place;
	if (step === undefined) return value;
	const copy: object = Array.isArray(original)
		? [...original]
		: { ...(typeof original === 'object' ? original : {}) };
	if (rest.length === 0 && value === GONE) Reflect.deleteProperty(copy, step);
	else Reflect.set(copy, step, changed(at(original, [step]), rest, value));
	return copy;
}
