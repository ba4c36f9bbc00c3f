// What all of ARTSVP's endpoints share: the key, the rate limit, pages, lists and filters in a query.

import { z } from 'zod';

import type { Clock } from '../shared/clock.mts';
import {
	type Answer,
	type Call,
	type Endpoint,
	type EndpointSpec,
	type Parsed,
	Refusal,
	endpoint,
} from '../shared/endpoint.mts';
import { BASE_PATH } from './credentials.mts';
import { readForm } from './form.mts';
import { Failure, attempt, failure } from './failure.mts';
import type { Hash } from './records.mts';
import { type Shelf, UnknownCursorError } from './shelf.mts';
import type { ArtsvpState } from './state.mts';

/** "By default, results are returned in pages with a size of 50 elements … a value between 1 and 99." */
const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 99;

/** The two forms of a body in the document: JSON, and the form of the samples. */
export const BODIES = {
	'application/json': JSON.parse,
	'application/x-www-form-urlencoded': readForm,
};

const string = z.string().optional();
/** The query parameters of a list in pages. */
export const pageQuery = { starting_after: string, ending_before: string, limit: string };
/** A list in a query: one value or several. */
export const strings = z.union([z.string(), z.array(z.string())]).optional();
export const hash = z.record(z.unknown()).optional();

/** An endpoint; `path` follows `/api/v3`. */
export interface ApiSpec<Query extends z.ZodRawShape, Body extends z.ZodRawShape>
	extends Omit<EndpointSpec<ArtsvpState, Query, Body>, 'answer'> {
	/** @throws Failure */
	answer(call: Call<ArtsvpState, Parsed<Query>, Parsed<Body>>): Answer;
}

/** The key of a request, or undefined when it is none that opens anything. */
function keyOf(state: ArtsvpState, authorization: string | string[] | undefined) {
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
		const { path, answer, ...rest } = spec;
		return endpoint<ArtsvpState, Query, Body>({
			...rest,
			path: `${BASE_PATH}${path}`,
			answer: (call) => {
				const { state } = call;
				const key = keyOf(state, call.headers['authorization']);
				if (key === undefined) return failure(state, new Failure(401));
				const standing = state.rateLimit.take(key);
				const reply = attempt(state, () => {
					if (!standing.allowed) throw new Failure(429);
					return answer(call);
				});
				const limits = state.rateLimit.headersFor(standing, this.clock);
				return { ...reply, headers: { ...reply.headers, ...limits } };
			},
		});
	}
}

/** A record by its id. @throws Failure 404 */
export function byId<T extends { id: string; code?: string }>(
	shelf: Shelf<T>,
	id: string | undefined,
	takesCode = false,
): T {
	const record = shelf.find(id ?? '');
	if (!record || (record.id !== id && !takesCode)) throw new Failure(404);
	return record;
}

/** One page of bookings or invites. @throws Failure 400 */
export function pageOf<T extends { id: string }>(
	state: ArtsvpState,
	shelf: Shelf<T>,
	query: {
		starting_after?: string | undefined;
		ending_before?: string | undefined;
		limit?: string | undefined;
	},
	matches: (record: T) => boolean,
) {
	const { starting_after: startingAfter, ending_before: endingBefore } = query;
	const limit = /^\d+$/.test(query.limit ?? '0') ? Number(query.limit ?? DEFAULT_PAGE) : 0;
	if (limit < 1 || limit > LARGEST_PAGE) {
		throw new Failure(400, `limit must be a value between 1 and ${LARGEST_PAGE}.`);
	}
	if (startingAfter !== undefined && endingBefore !== undefined) {
		throw new Failure(400, 'starting_after and ending_before exclude each other.');
	}
	const request = { startingAfter, endingBefore, limit, newestFirst: state.newestFirst };
	try {
		const { records, hasMore } = shelf.page(request, matches);
		const cursor = startingAfter ?? endingBefore;
		return cursor === undefined || state.cursorAdvances
			? { records, hasMore, lastId: records.at(-1)?.id ?? null }
			: { records, hasMore: true, lastId: cursor };
	} catch (error) {
		if (error instanceof UnknownCursorError) throw new Failure(400, 'the cursor is unknown.');
		throw error;
	}
}

export const sameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
export const anyOf = (wanted: string[] | undefined, there: string[]) =>
	wanted === undefined || wanted.some((tag) => there.includes(tag));

export function metaMatches(wanted: Hash, there: Hash): boolean {
	return Object.entries(wanted).every(
		([key, value]) => JSON.stringify(there[key]) === JSON.stringify(value),
	);
}

/** A list in a query: `tags[]=a&tags[]=b`, as `event_ids[]` is documented; by the knob also `tags=a,b`. */
export function listIn(
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
export function hashIn(name: string, value: string | undefined): Hash {
	if (value === undefined) return {};
	try {
		return z.record(z.unknown()).parse(JSON.parse(value));
	} catch {
		throw new Failure(400, `${name} must be a JSON object.`);
	}
}

/** @throws Failure 400 for a value that is not allowed */
export function oneOf(name: string, value: string | undefined, allowed: readonly string[]): void {
	if (value !== undefined && !allowed.includes(value)) {
		throw new Failure(400, `${name} must be one of ${allowed.join(', ')}.`);
	}
}

/** @throws Failure 400 */
export function checkEmail(email: string): void {
	if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new Failure(400, 'email is not an e-mail address.');
}
