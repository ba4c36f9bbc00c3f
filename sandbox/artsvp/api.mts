// What all of ARTSVP's endpoints share: the key, the rate limit, pages, lists and filters in a query.

import { z } from 'zod';

import type { Clock } from '../shared/clock.mts';
import {
	type HttpResponse,
	type Call,
	type Endpoint,
	type EndpointSpec,
	type Parsed,
	Refusal,
	endpoint,
} from '../shared/endpoint.mts';
import { BASE_PATH } from './credentials.mts';
import { readForm } from './form.mts';
import { Failure, catchFailure, failure } from './failure.mts';
import type { Hash } from './records.mts';
import { type RecordList, UnknownCursorError } from './record-list.mts';
import type { ArtsvpState } from './state.mts';

/** "By default, results are returned in pages with a size of 50 elements … a value between 1 and 99." */
const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 99;

/** The two forms of a body in the document: JSON, and the form of the samples. */
export const BODIES = {
	'application/json': JSON.parse,
	'application/x-www-form-urlencoded': readForm,
};

const string = z.string().optional();
/** The query parameters of a list in pages. */
export const pageQuery = { starting_after: string, ending_before: string, limit: string };
/** A list in a query: one value or several. */
export const stringList = z.union([z.string(), z.array(z.string())]).optional();
export const hash = z.record(z.unknown()).optional();

/** An endpoint; `path` follows `/api/v3`. */
export interface ApiSpec<Query extends z.ZodRawShape, Body extends z.ZodRawShape>
	extends Omit<EndpointSpec<ArtsvpState, Query, Body>, 'respond'> {
	/** @throws Failure */
	respond(call: Call<ArtsvpState, Parsed<Query>, Parsed<Body>>): HttpResponse;
}

/** The API key of a request; undefined without a valid one. */
function readApiKey(state: ArtsvpState, authorization: string | string[] | undefined) {
	const [, bearer, key = ''] = /^(Bearer )?(.*)$/.exec(String(authorization ?? '')) ?? [];
	const wanted = { either: undefined, raw: false, bearer: true }[state.authorization];
	if (wanted !== undefined && wanted !== (bearer !== undefined)) return undefined;
	return state.apiKeys.has(key) ? key : undefined;
}

/** Makes endpoints. @param clock the vendor server's */
export class ArtsvpApi {
	constructor(private readonly clock: Clock) {}

	/** An endpoint: 401 and 429 are checked in this order. */
	endpoint<Query extends z.ZodRawShape, Body extends z.ZodRawShape>(
		spec: ApiSpec<Query, Body>,
	): Endpoint<ArtsvpState> {
		const { path, respond, ...rest } = spec;
		return endpoint<ArtsvpState, Query, Body>({
			...rest,
			path: `${BASE_PATH}${path}`,
			respond: (call) => {
				const { state } = call;
				const key = readApiKey(state, call.headers['authorization']);
				if (key === undefined) return failure(state, new Failure(401));
				const limit = state.rateLimit.consume(key);
				const response = catchFailure(state, () => {
					if (!limit.allowed) throw new Failure(429);
					return respond(call);
				});
				const limitHeaders = state.rateLimit.headersFor(limit, this.clock);
				return { ...response, headers: { ...response.headers, ...limitHeaders } };
			},
		});
	}
}

/** A record by its id. @throws Failure 404 */
export function requireById<T extends { id: string; code?: string }>(
	records: RecordList<T>,
	id: string | undefined,
	takesCode = false,
): T {
	const record = records.find(id ?? '');
	if (!record || (record.id !== id && !takesCode)) throw new Failure(404);
	return record;
}

/** One page of bookings or invites. @throws Failure 400 */
export function readPage<T extends { id: string }>(
	state: ArtsvpState,
	records: RecordList<T>,
	query: {
		starting_after?: string | undefined;
		ending_before?: string | undefined;
		limit?: string | undefined;
	},
	matches: (record: T) => boolean,
) {
	const { starting_after: startingAfter, ending_before: endingBefore } = query;
	const limit = /^\d+$/.test(query.limit ?? '0') ? Number(query.limit ?? DEFAULT_PAGE_SIZE) : 0;
	if (limit < 1 || limit > MAX_PAGE_SIZE) {
		throw new Failure(400, `limit must be a value between 1 and ${MAX_PAGE_SIZE}.`);
	}
	if (startingAfter !== undefined && endingBefore !== undefined) {
		throw new Failure(400, 'starting_after and ending_before exclude each other.');
	}
	const request = { startingAfter, endingBefore, limit, newestFirst: state.newestFirst };
	try {
		const { records: pageRecords, hasMore } = records.page(request, matches);
		const cursor = startingAfter ?? endingBefore;
		return cursor === undefined || state.cursorAdvances
			? { records: pageRecords, hasMore, lastId: pageRecords.at(-1)?.id ?? null }
			: { records: pageRecords, hasMore: true, lastId: cursor };
	} catch (error) {
		if (error instanceof UnknownCursorError) throw new Failure(400, 'the cursor is unknown.');
		throw error;
	}
}

export const equalsIgnoreCase = (one: string, other: string) =>
	one.toLowerCase() === other.toLowerCase();
export const hasAny = (wanted: string[] | undefined, present: string[]) =>
	wanted === undefined || wanted.some((tag) => present.includes(tag));

export function metaDataMatches(wanted: Hash, present: Hash): boolean {
	return Object.entries(wanted).every(
		([key, value]) => JSON.stringify(present[key]) === JSON.stringify(value),
	);
}

/** A list in a query: `tags[]=a&tags[]=b`, as `event_ids[]` is documented; by the knob also `tags=a,b`. */
export function readList(
	state: ArtsvpState,
	name: string,
	items: string | string[] | undefined,
	plain: string | undefined,
): string[] | undefined {
	if (plain === undefined) return items === undefined ? undefined : [items].flat();
	if (!state.csvLists) throw new Refusal(`query: ${name}: a list goes as ${name}[]=`);
	return plain.split(',');
}

/** A hash in a query, as JSON. @throws Failure 400 */
export function readHash(name: string, value: string | undefined): Hash {
	if (value === undefined) return {};
	try {
		return z.record(z.unknown()).parse(JSON.parse(value));
	} catch {
		throw new Failure(400, `${name} must be a JSON object.`);
	}
}

/** @throws Failure 400 for a value that is not allowed */
export function checkOneOf(
	name: string,
	value: string | undefined,
	allowed: readonly string[],
): void {
	if (value !== undefined && !allowed.includes(value)) {
		throw new Failure(400, `${name} must be one of ${allowed.join(', ')}.`);
	}
}

/** @throws Failure 400 */
export function checkEmail(email: string): void {
	if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new Failure(400, 'email is not an e-mail address.');
}
