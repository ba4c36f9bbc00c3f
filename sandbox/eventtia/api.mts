// What all of Eventtia's endpoints share: the token, the rate limit, the event, nested query parameters.

import type { z } from 'zod';

import type { Clock } from '../shared/clock.mts';
import {
	type HttpResponse,
	type Call,
	type Endpoint,
	type EndpointSpec,
	type Headers,
	type Parsed,
	type RawQuery,
	endpoint,
} from '../shared/endpoint.mts';
import type { EventtiaEvent } from './event.mts';
import { Failure, catchFailure, notFound } from './failure.mts';
import type { EventtiaAccount, EventtiaState } from './state.mts';

const BASE = '/api/v3';
const NESTED = /^(\w+)\[([^\]]*)\](\[\])?$/;
const BEARER = /^Bearer (.+)$/;

/** A request after the checks that all endpoints share. */
export interface EventtiaCall<Query, Body> extends Call<EventtiaState, Query, Body> {
	/** The account that the token belongs to; undefined when the endpoint needs no token and none was sent. */
	account: EventtiaAccount | undefined;
}

/** An endpoint; `path` follows `/api/v3`. */
export interface ApiSpec<Query extends z.ZodRawShape, Body extends z.ZodRawShape>
	extends Omit<EndpointSpec<EventtiaState, Query, Body>, 'respond' | 'readQuery'> {
	/** `token` (default), `optional` (an anonymous request sees less) or `public`. */
	access?: 'token' | 'optional' | 'public';
	/** @throws Failure */
	respond(call: EventtiaCall<Parsed<Query>, Parsed<Body>>): HttpResponse;
}

/** An endpoint of one event; `path` follows `/api/v3/events/:event_uri`. */
export interface EventSpec<Query extends z.ZodRawShape, Body extends z.ZodRawShape>
	extends Omit<ApiSpec<Query, Body>, 'respond'> {
	/** @throws Failure */
	respond(call: EventtiaCall<Parsed<Query>, Parsed<Body>>, event: EventtiaEvent): HttpResponse;
}

/** `page[size]=2` as `{ page: { size: '2' } }`; `a[b][]=c` as a list. */
function parseNestedQuery(rawQuery: RawQuery): Record<string, unknown> {
	const query: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(rawQuery)) {
		const [, outer, inner, isList] = NESTED.exec(name) ?? [];
		if (outer === undefined || inner === undefined) {
			query[name] = value;
		} else {
			query[outer] = { ...Object(query[outer]), [inner]: isList ? [value].flat() : value };
		}
	}
	return query;
}

function readToken(headers: Headers): string | undefined {
	return BEARER.exec(headers['authorization']?.toString() ?? '')?.[1];
}

/** Makes endpoints. @param clock the vendor server's */
export class EventtiaApi {
	constructor(private readonly clock: Clock) {}

	/** An endpoint that is not below an event. */
	endpoint<Query extends z.ZodRawShape, Body extends z.ZodRawShape>(
		spec: ApiSpec<Query, Body>,
	): Endpoint<EventtiaState> {
		const { access = 'token', respond, ...rest } = spec;
		return endpoint<EventtiaState, Query, Body>({
			...rest,
			path: `${BASE}${spec.path}`,
			readQuery: parseNestedQuery,
			respond: (call) => {
				const { state, headers } = call;
				const token = readToken(headers);
				const account = token === undefined ? undefined : state.accountForToken(token);
				const isExpiredTokenRefused = token !== undefined && state.endedToken === 'refused';
				const isUnauthorized = !account && (access === 'token' || isExpiredTokenRefused);
				if (isUnauthorized && access !== 'public') {
					return catchFailure(() => {
						throw new Failure(401, 'Your token is invalid or not present.');
					});
				}
				const limit = state.rateLimit.consume(account?.email ?? 'anonymous');
				const response = catchFailure(() => {
					if (!limit.allowed) throw new Failure(429, 'Too many requests.');
					return respond({ ...call, account });
				});
				const limitHeaders = state.rateLimit.headersFor(limit, this.clock);
				return { ...response, headers: { ...response.headers, ...limitHeaders } };
			},
		});
	}

	/** An endpoint of one event: 404 for an unknown event, 403 for another account's. */
	ofEvent<Query extends z.ZodRawShape, Body extends z.ZodRawShape>(
		spec: EventSpec<Query, Body>,
	): Endpoint<EventtiaState> {
		const { respond, ...rest } = spec;
		return this.endpoint<Query, Body>({
			...rest,
			path: `/events/:event_uri${spec.path}`,
			respond: (call) => {
				const { state, params, account } = call;
				const event = state.events.get(params['event_uri'] ?? '');
				if (!event) throw notFound();
				if (account && event.accountEmail !== account.email) {
					throw new Failure(403, "Your token doesn't grant you access to this resource.");
				}
				return respond(call, event);
			},
		});
	}
}
