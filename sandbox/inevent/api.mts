// What all endpoints of an InEvent event share: the token, the rate limit, the scope, the event, pages and times.

import { z } from 'zod';

import type { Clock } from '../shared/clock.mts';
import {
	type HttpResponse,
	type Call,
	type Endpoint,
	type EndpointSpec,
	type Parsed,
	endpoint,
	json,
	noContent,
} from '../shared/endpoint.mts';
import type { InEventEvent } from './event.mts';
import { Failure, catchFailure, invalid, notFound } from './failure.mts';
import type { InEventState, Scope } from './state.mts';

/** The document does not state the page size without `page_size`; the sample asks for 50. */
const DEFAULT_PAGE_SIZE = 50;
const ISO_TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const BEARER = /^Bearer (.+)$/;

const string = z.string().optional();
/** The query parameters of a list in pages. */
export const pageQuery = { page: string, page_size: string };

/** An endpoint of one event; `path` follows `/v1/events/{eventId}`. */
export interface EventSpec<Query extends z.ZodRawShape, Body extends z.ZodRawShape>
	extends Omit<EndpointSpec<InEventState, Query, Body>, 'respond'> {
	/** The scope that the token needs. */
	scope: Scope;
	/** @throws Failure */
	respond(call: Call<InEventState, Parsed<Query>, Parsed<Body>>, event: InEventEvent): HttpResponse;
}

/** Makes endpoints. @param clock the vendor server's */
export class InEventApi {
	constructor(private readonly clock: Clock) {}

	/** An endpoint of one event: 401, 429, 403 and 404 are checked in this order. */
	ofEvent<Query extends z.ZodRawShape, Body extends z.ZodRawShape>(
		spec: EventSpec<Query, Body>,
	): Endpoint<InEventState> {
		const { path, scope, respond, ...rest } = spec;
		return endpoint<InEventState, Query, Body>({
			...rest,
			path: `/v1/events/:eventId${path}`,
			respond: (call) => {
				const { state, headers, params } = call;
				const token = BEARER.exec(headers['authorization']?.toString() ?? '')?.[1];
				const grant = state.grantForToken(token ?? '');
				const limit = grant && state.rateLimit.consume(grant.clientId);
				const response = catchFailure(state, () => {
					if (!grant || !limit) {
						throw new Failure(401, 'unauthorized', 'Missing or invalid access token');
					}
					if (!limit.allowed) throw new Failure(429, 'rate_limited', 'Rate limit exceeded');
					if (!grant.scopes.includes(scope)) {
						throw new Failure(403, 'forbidden', `Missing required scope: ${scope}`);
					}
					// "404: resource id does not exist or caller lacks access to it"
					const isOwn = state.clients.get(grant.clientId)?.eventId === params['eventId'];
					const event = isOwn ? state.findEvent(params['eventId'] ?? '') : undefined;
					if (!event) throw notFound();
					return respond(call, event);
				});
				const limitHeaders = limit ? state.rateLimit.headersFor(limit, this.clock) : {};
				return { ...response, headers: { ...response.headers, ...limitHeaders } };
			},
		});
	}
}

/** The response to an action: no content or, by the knob, the record. */
export function toActionResponse(state: InEventState, record: unknown): HttpResponse {
	return state.actionStatus === 204 ? noContent() : json(200, record);
}

function readPositiveInteger(field: string, value: string | undefined, fallback: number): number {
	if (value === undefined) return fallback;
	if (!/^[1-9]\d*$/.test(value)) throw invalid([{ field, issue: 'invalid_format' }]);
	return Number(value);
}

/** A page of rows and its `pagination`. @throws Failure 400 */
export function toPage<T>(
	state: InEventState,
	rows: readonly T[],
	query: { page?: string | undefined; page_size?: string | undefined },
	withTotal: boolean,
) {
	const page = readPositiveInteger('page', query.page, 1);
	const requestedSize = readPositiveInteger('page_size', query.page_size, DEFAULT_PAGE_SIZE);
	if (requestedSize > state.maxPageSize && state.pageSizeOver === 'refused') {
		throw invalid([{ field: 'page_size', issue: 'too_large' }]);
	}
	const size = Math.min(requestedSize, state.maxPageSize);
	const next = page * size < rows.length ? { next_page: page + 1 } : undefined;
	return {
		data: rows.slice((page - 1) * size, page * size),
		pagination: {
			page,
			page_size: size,
			...(withTotal && state.totalShown ? { total: rows.length } : {}),
			...(next ?? (state.lastPage === 'null' ? { next_page: null } : {})),
		},
	};
}

/** A time in Unix milliseconds. @throws Failure 400 when it is not an ISO timestamp with a zone */
export function readTime(field: string, value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	const time = ISO_TIMESTAMP.test(value) ? Date.parse(value) : NaN;
	if (Number.isNaN(time)) throw invalid([{ field, issue: 'invalid_format' }]);
	return time;
}
