// InEvent's token server and API: what the vendor's document details, and what it only names, by the conventions it states.

import { z } from 'zod';

import type { Clock } from '../shared/clock.mts';
import {
	type Answer,
	type Call,
	type Endpoint,
	type EndpointSpec,
	type VendorDefinition,
	endpoint,
	json,
	noContent,
} from '../shared/endpoint.mts';
import { rateLimitKnobs } from '../shared/rate-limit.mts';
import { credential, credentialFields } from './credentials.mts';
import { type InEventEvent, TICKET_TYPES } from './event.mts';
import { Failure, attempt, invalid, notFound } from './failure.mts';
import type { InEventAttendee, InEventOrder, InEventSession } from './records.mts';
import { isEmail, register, registrationBody } from './registration.mts';
import { InEventState, SCOPES, type Scope } from './state.mts';

/** The size of a page is not stated without `page_size`; the sample asks for 50. */
const DEFAULT_PAGE_SIZE = 50;
const ISO_TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const ATTENDEE_FIELDS = [
	'id',
	'email',
	'first_name',
	'last_name',
	'status',
	'ticket_type',
	'custom_fields',
	'created_at',
	'updated_at',
] as const satisfies Array<keyof InEventAttendee>;
const SCHEMA_VERSION = '2026-01';

const string = z.string().optional();
const paging = { page: string, page_size: string };
const anything = z.record(z.unknown()).optional();
const tokenBody = {
	grant_type: string,
	client_id: string,
	client_secret: string,
	scope: string,
};

/** The fields of a form, each once. */
function readForm(raw: string): Record<string, string> {
	const fields = Array.from(new URLSearchParams(raw));
	if (new Set(fields.map(([name]) => name)).size !== fields.length) throw new SyntaxError('twice');
	return Object.fromEntries(fields);
}

function wholeNumber(field: string, value: string | undefined, fallback: number): number {
	if (value === undefined) return fallback;
	if (!/^[1-9]\d*$/.test(value)) throw invalid([{ field, issue: 'invalid_format' }]);
	return Number(value);
}

/** A page of rows and its `pagination`. @throws Failure 400 */
function pageOf<T>(
	state: InEventState,
	rows: readonly T[],
	query: { page?: string | undefined; page_size?: string | undefined },
	withTotal: boolean,
) {
	const page = wholeNumber('page', query.page, 1);
	const asked = wholeNumber('page_size', query.page_size, DEFAULT_PAGE_SIZE);
	if (asked > state.maxPageSize && state.pageSizeOver === 'refused') {
		throw invalid([{ field: 'page_size', issue: 'too_large' }]);
	}
	const size = Math.min(asked, state.maxPageSize);
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
function timeIn(field: string, value: string | undefined): number | undefined {
	if (value === undefined) return undefined;
	const time = ISO_TIMESTAMP.test(value) ? Date.parse(value) : NaN;
	if (Number.isNaN(time)) throw invalid([{ field, issue: 'invalid_format' }]);
	return time;
}

function fieldsIn(value: string | undefined): readonly string[] {
	const fields = value?.split(',') ?? ATTENDEE_FIELDS;
	const known = new Set<string>(ATTENDEE_FIELDS);
	if (fields.some((field) => !known.has(field))) {
		throw invalid([{ field: 'fields', issue: 'unknown_field' }]);
	}
	return fields;
}

function foundAttendee(event: InEventEvent, id: string | undefined): InEventAttendee {
	const attendee = event.attendee(id ?? '');
	if (!attendee) throw notFound();
	return attendee;
}

function foundSession(event: InEventEvent, id: string | undefined): InEventSession {
	const session = event.sessions.find((candidate) => candidate.id === id);
	if (!session) throw notFound();
	return session;
}

function foundOrder(event: InEventEvent, id: string | undefined): InEventOrder {
	const order = event.orders.get(id ?? '');
	if (!order) throw notFound();
	return order;
}

function issueToken(
	state: InEventState,
	body: {
		grant_type?: string | undefined;
		client_id?: string | undefined;
		client_secret?: string | undefined;
		scope?: string | undefined;
	},
): Answer {
	const { grant_type: grant, client_id: id, client_secret: secret, scope } = body;
	const missing = Object.entries({ grant_type: grant, client_id: id, client_secret: secret })
		.filter(([, value]) => !value)
		.map(([field]) => ({ field, issue: 'required' }));
	// The codes of a token server's errors: RFC 6749 §5.2; the document shows none.
	if (missing.length > 0) throw new Failure(400, 'invalid_request', 'Missing fields', missing);
	if (grant !== 'client_credentials') {
		throw new Failure(400, 'unsupported_grant_type', 'Use grant_type=client_credentials');
	}
	const client = state.clients.get(id ?? '');
	if (!client || client.clientSecret !== secret) {
		throw new Failure(401, 'invalid_client', 'Unknown client or wrong secret');
	}
	const asked = scope ? scope.split(' ') : client.scopes;
	const refused = asked.filter((name) => !client.scopes.includes(name));
	if (refused.length > 0 && state.ungrantedScopes === 'refused') {
		throw new Failure(400, 'invalid_scope', `Scope not granted: ${refused.join(' ')}`);
	}
	const scopes = asked.filter((name) => client.scopes.includes(name));
	return json(200, {
		access_token: state.issueToken(id ?? '', scopes),
		token_type: 'Bearer',
		expires_in: state.tokenLifeSeconds,
		scope: scopes.join(' '),
	});
}

function endpointsWith(clock: Clock): Array<Endpoint<InEventState>> {
	/** An endpoint of one event: `path` follows `/v1/events/{eventId}`. */
	const ofEvent = <Query extends z.ZodRawShape, Body extends z.ZodRawShape>({
		path,
		scope,
		answer,
		...rest
	}: Omit<EndpointSpec<InEventState, Query, Body>, 'answer'> & {
		scope: Scope;
		answer(
			call: Call<
				InEventState,
				z.output<z.ZodObject<Query, 'strict'>>,
				z.output<z.ZodObject<Body, 'strict'>>
			>,
			event: InEventEvent,
		): Answer;
	}): Endpoint<InEventState> =>
		endpoint<InEventState, Query, Body>({
			...rest,
			path: `/v1/events/:eventId${path}`,
			answer(call) {
				const { state, headers, params } = call;
				const token = /^Bearer (.+)$/.exec(headers['authorization']?.toString() ?? '')?.[1];
				const grant = state.grantOf(token ?? '');
				const standing = grant && state.rateLimit.take(grant.clientId);
				const reply = attempt(state, () => {
					if (!grant || !standing) {
						throw new Failure(401, 'unauthorized', 'Missing or invalid access token');
					}
					if (!standing.allowed) throw new Failure(429, 'rate_limited', 'Rate limit exceeded');
					if (!grant.scopes.includes(scope)) {
						throw new Failure(403, 'forbidden', `Missing required scope: ${scope}`);
					}
					// "404: resource id does not exist or caller lacks access to it"
					const own = state.clients.get(grant.clientId)?.eventId === params['eventId'];
					const event = own ? state.findEvent(params['eventId'] ?? '') : undefined;
					if (!event) throw notFound();
					return answer(call, event);
				});
				const limits = standing ? state.rateLimit.headersFor(standing, clock) : {};
				return { ...reply, headers: { ...reply.headers, ...limits } };
			},
		});
	/** The answer of an action: nothing, or the record by the knob. */
	const acted = (state: InEventState, record: unknown) =>
		state.actionStatus === 204 ? noContent() : json(200, record);

	const documented = [
		endpoint<InEventState, z.ZodRawShape, typeof tokenBody>({
			method: 'POST',
			path: '/oauth/token',
			query: {},
			body: tokenBody,
			bodies: { 'application/x-www-form-urlencoded': readForm },
			answer: ({ state, body }) => attempt(state, () => issueToken(state, body)),
		}),
		ofEvent({
			method: 'GET',
			path: '/attendees',
			scope: 'read:attendees',
			query: { ...paging, updated_since: string, status: string, search: string, fields: string },
			body: {},
			answer({ state, query }, event) {
				const since = timeIn('updated_since', query.updated_since);
				const fields = fieldsIn(query.fields);
				const { status, search } = query;
				const words = search?.toLowerCase();
				const isSince = (at: number, from: number) =>
					state.sinceIsExclusive ? at > from : at >= from;
				const unfiltered = [since, status, words].every((filter) => filter === undefined);
				const rows = unfiltered
					? event.attendees()
					: event.attendees().filter((attendee) => {
							const { email, first_name: first, last_name: last, updated_at: at } = attendee;
							return (
								(status === undefined || attendee.status === status) &&
								(since === undefined || isSince(Date.parse(at), since)) &&
								(words === undefined || `${email} ${first} ${last}`.toLowerCase().includes(words))
							);
						});
				const ordered = state.newestFirst ? Array.from(rows).reverse() : rows;
				const { data, pagination } = pageOf(state, ordered, query, true);
				const sparse = data.map((attendee) =>
					Object.fromEntries(Object.entries(attendee).filter(([field]) => fields.includes(field))),
				);
				return json(200, { data: query.fields === undefined ? data : sparse, pagination });
			},
		}),
		ofEvent({
			method: 'POST',
			path: '/registration',
			scope: 'write:registration',
			query: {},
			body: registrationBody,
			answer: ({ state, headers, params, body }, event) =>
				register(state, params['eventId'] ?? '', event, headers, body),
		}),
		ofEvent({
			method: 'GET',
			path: '/analytics',
			scope: 'read:analytics',
			query: { ...paging, dataset: string, from: string, to: string },
			body: {},
			answer({ state, query }, event) {
				const { dataset } = query;
				if (!dataset) throw invalid([{ field: 'dataset', issue: 'required' }]);
				const all = event.datasets.get(dataset);
				if (!all) throw invalid([{ field: 'dataset', issue: 'not_found' }]);
				const [from, to] = [timeIn('from', query.from), timeIn('to', query.to)];
				const rows = all.filter(({ timestamp }) => {
					const at = Date.parse(timestamp);
					return (from === undefined || at >= from) && (to === undefined || at <= to);
				});
				return json(200, {
					dataset,
					...pageOf(state, rows, query, false),
					schema_version: SCHEMA_VERSION,
				});
			},
		}),
	];

	/** Named as collections, entities, subresources and actions; not detailed. */
	const named = [
		ofEvent({
			method: 'GET',
			path: '/attendees/:id',
			scope: 'read:attendees',
			query: {},
			body: {},
			answer: ({ params }, event) => json(200, foundAttendee(event, params['id'])),
		}),
		ofEvent({
			method: 'PATCH',
			path: '/attendees/:id',
			scope: 'write:attendees',
			query: {},
			body: {
				email: string,
				first_name: string,
				last_name: string,
				status: string,
				ticket_type: string,
				ticket_type_id: string,
				custom_fields: anything,
			},
			answer({ state, params, body }, event) {
				const attendee = foundAttendee(event, params['id']);
				const { ticket_type_id: ticketTypeId, email, ...patch } = body;
				const ticketType =
					ticketTypeId === undefined ? body.ticket_type : TICKET_TYPES.get(ticketTypeId);
				if (ticketTypeId !== undefined && ticketType === undefined) {
					throw invalid([{ field: 'ticket_type_id', issue: 'not_found' }], 'Invalid request body');
				}
				if (email !== undefined && !isEmail(email)) {
					throw invalid([{ field: 'email', issue: 'invalid_format' }], 'Invalid request body');
				}
				const isTaken = email !== undefined && event.hasEmail(email, attendee.id);
				if (isTaken && state.duplicateEmails === 'conflict') {
					throw new Failure(409, 'conflict', 'An attendee with this email is already registered');
				}
				return json(200, event.update(attendee, { ...patch, email, ticket_type: ticketType }));
			},
		}),
		ofEvent({
			method: 'DELETE',
			path: '/attendees/:id',
			scope: 'write:attendees',
			query: {},
			body: {},
			answer({ params }, event) {
				event.remove(foundAttendee(event, params['id']));
				return noContent();
			},
		}),
		ofEvent({
			method: 'POST',
			path: '/attendees/:id/checkin',
			scope: 'write:attendees',
			query: {},
			body: {},
			answer({ state, params }, event) {
				const attendee = foundAttendee(event, params['id']);
				const isRepeated = attendee.status === 'checked_in';
				if (
					attendee.status === 'cancelled' ||
					(isRepeated && state.repeatedCheckIns === 'conflict')
				) {
					throw new Failure(409, 'conflict', `Attendee is ${attendee.status}`);
				}
				return acted(state, event.checkIn(attendee));
			},
		}),
		ofEvent({
			method: 'GET',
			path: '/attendees/:id/checkins',
			scope: 'read:attendees',
			query: paging,
			body: {},
			answer({ state, params, query }, event) {
				const { id } = foundAttendee(event, params['id']);
				const own = event.checkIns.filter((checkIn) => checkIn.attendee_id === id);
				return json(200, pageOf(state, own, query, true));
			},
		}),
		ofEvent({
			method: 'GET',
			path: '/sessions',
			scope: 'read:sessions',
			query: paging,
			body: {},
			answer: ({ state, query }, event) => json(200, pageOf(state, event.sessions, query, true)),
		}),
		ofEvent({
			method: 'GET',
			path: '/sessions/:id',
			scope: 'read:sessions',
			query: {},
			body: {},
			answer: ({ params }, event) => json(200, foundSession(event, params['id'])),
		}),
		ofEvent({
			method: 'GET',
			path: '/sessions/:id/speakers',
			scope: 'read:sessions',
			query: paging,
			body: {},
			answer({ state, params, query }, event) {
				const { id } = foundSession(event, params['id']);
				return json(200, pageOf(state, event.speakers.get(id) ?? [], query, true));
			},
		}),
		ofEvent({
			method: 'GET',
			path: '/orders',
			scope: 'read:orders',
			query: paging,
			body: {},
			answer: ({ state, query }, event) =>
				json(200, pageOf(state, Array.from(event.orders.values()), query, true)),
		}),
		ofEvent({
			method: 'GET',
			path: '/orders/:id',
			scope: 'read:orders',
			query: {},
			body: {},
			answer: ({ params }, event) => json(200, foundOrder(event, params['id'])),
		}),
		ofEvent({
			method: 'POST',
			path: '/orders/:id/refund',
			scope: 'write:orders',
			query: {},
			body: {},
			answer({ state, params }, event) {
				const order = foundOrder(event, params['id']);
				if (order.refunds > 0 && state.repeatedRefunds === 'conflict') {
					throw new Failure(409, 'conflict', 'Order is refunded');
				}
				return acted(state, event.refund(order));
			},
		}),
	];
	return [...documented, ...named];
}

const knobs = z
	.object({
		tokenLifeSeconds: z.number().positive(),
		ungrantedScopes: z.enum(['refused', 'dropped']),
		grantedScopes: z.array(z.enum(SCOPES)),
		registrationStatus: z.union([z.literal(200), z.literal(201)]),
		duplicateEmails: z.enum(['conflict', 'allowed']),
		privacyPolicyRequired: z.boolean(),
		anyIdempotencyKey: z.boolean(),
		actionStatus: z.union([z.literal(200), z.literal(204)]),
		repeatedCheckIns: z.enum(['conflict', 'accepted']),
		repeatedRefunds: z.enum(['counted', 'conflict']),
		maxPageSize: z.number().int().positive(),
		pageSizeOver: z.enum(['refused', 'capped']),
		totalShown: z.boolean(),
		lastPage: z.enum(['null', 'absent']),
		newestFirst: z.boolean(),
		sinceIsExclusive: z.boolean(),
		rateLimit: rateLimitKnobs,
	})
	.partial()
	.strict();

/** InEvent (REST API v1 and its token server) for the sandbox. */
export const INEVENT: VendorDefinition<InEventState> = {
	name: 'inevent',
	title: 'InEvent',
	credential,
	credentialFields,
	createState: (clock) => new InEventState(clock),
	endpoints: endpointsWith,
	setKnobs(state, given) {
		const { rateLimit, ...own } = knobs.parse(given);
		Object.assign(state, own);
		Object.assign(state.rateLimit, rateLimit);
	},
};
