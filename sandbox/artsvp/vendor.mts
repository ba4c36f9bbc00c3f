// The thirteen endpoints of ARTSVP's API v3, from the vendor's document alone.

import { z } from 'zod';

import type { Clock } from '../shared/clock.mts';
import {
	type Answer,
	type Call,
	type Endpoint,
	Refusal,
	type VendorDefinition,
	endpoint,
	json,
	noContent,
	text,
} from '../shared/endpoint.mts';
import { rateLimitKnobs } from '../shared/rate-limit.mts';
import { credential, credentialFields } from './credentials.mts';
import { readForm } from './form.mts';
import { addMutatorRoutes } from './mutators.mts';
import {
	type ArtsvpResource,
	BOOKING_STATUSES,
	type Hash,
	type StoredBooking,
	type StoredInvite,
	shownBooking,
	shownInvite,
} from './records.mts';
import { type Shelf, UnknownCursorError } from './shelf.mts';
import { ArtsvpState, type NewInvite } from './state.mts';

const BASE = '/api/v3';
/** "By default, results are returned in pages with a size of 50 elements … a value between 1 and 99." */
const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 99;
const FILTERS = ['name', 'email', 'external_id'] as const;
const INVITE_STATUSES = ['active', 'declined'];
const BODIES = { 'application/json': JSON.parse, 'application/x-www-form-urlencoded': readForm };

/** The words of the document's table "Errors". */
const WORDS = {
	400: 'The request is invalid.',
	401: 'The API key provided is invalid.',
	404: 'Data could not be found.',
	429: 'Rate limit has been exceeded.',
} as const;

/** The vendor answers with an error. */
class Failure extends Error {
	constructor(
		readonly status: keyof typeof WORDS,
		detail = '',
	) {
		super([WORDS[status], detail].filter(Boolean).join(' '));
	}
}

const string = z.string().optional();
const strings = z.union([z.string(), z.array(z.string())]).optional();
const flag = z.boolean().optional();
const tagList = z.array(z.string()).optional();
const hash = z.record(z.unknown()).optional();
const paging = { starting_after: string, ending_before: string, limit: string };
const inviteUpdateBody = {
	external_id: string,
	golden: flag,
	register_interest: flag,
	max_bookings: z.number().optional(),
	tags: tagList,
	meta_data: hash,
};
const inviteBody = { ...inviteUpdateBody, name: string, email: string, filter: string };

interface InviteFields {
	name?: string | undefined;
	email?: string | undefined;
	external_id?: string | undefined;
	golden?: boolean | undefined;
	register_interest?: boolean | undefined;
	max_bookings?: number | undefined;
	tags?: string[] | undefined;
	meta_data?: Hash | undefined;
	filter?: string | undefined;
}

const sameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const anyOf = (wanted: string[] | undefined, there: string[]) =>
	wanted === undefined || wanted.some((tag) => there.includes(tag));

function metaMatches(wanted: Hash, there: Hash): boolean {
	return Object.entries(wanted).every(
		([key, value]) => JSON.stringify(there[key]) === JSON.stringify(value),
	);
}

/** A list in a query: `tags[]=a&tags[]=b`, as `event_ids[]` is documented; by the knob also `tags=a,b`. */
function listIn(
	state: ArtsvpState,
	name: string,
	items: string | string[] | undefined,
	plain: string | undefined,
): string[] | undefined {
	if (plain === undefined) return items === undefined ? undefined : [items].flat();
	if (!state.csvLists) throw new Refusal(`query: ${name}: a list goes as ${name}[]=`);
	return plain.split(',');
}

function hashIn(name: string, value: string | undefined): Hash {
	if (value === undefined) return {};
	try {
		return z.record(z.unknown()).parse(JSON.parse(value));
	} catch {
		throw new Failure(400, `${name} must be a JSON object.`);
	}
}

function oneOf(name: string, value: string | undefined, allowed: readonly string[]): void {
	if (value !== undefined && !allowed.includes(value)) {
		throw new Failure(400, `${name} must be one of ${allowed.join(', ')}.`);
	}
}

/** The values of an invite. @throws Failure 400 */
function inviteFrom(body: InviteFields): NewInvite {
	const { max_bookings: maxBookings, email } = body;
	if (maxBookings !== undefined && (!Number.isInteger(maxBookings) || maxBookings < 0)) {
		throw new Failure(400, 'max_bookings must be a whole number from 0.');
	}
	if (email !== undefined) checkEmail(email);
	return {
		name: body.name,
		email,
		externalId: body.external_id,
		golden: body.golden,
		registerInterest: body.register_interest,
		maxBookings,
		tags: body.tags,
		metaData: body.meta_data,
	};
}

function checkEmail(email: string): void {
	if (!/^[^@\s]+@[^@\s]+$/.test(email)) throw new Failure(400, 'email is not an e-mail address.');
}

function resourceOf(
	state: ArtsvpState,
	id: string | undefined,
	code: string | undefined,
	type: string | undefined,
): ArtsvpResource {
	oneOf('resource_type', type, ['event', 'collection']);
	if (id !== undefined && (code ?? type) !== undefined) {
		throw new Failure(400, 'resource stands instead of resource_id and resource_type.');
	}
	if (id === undefined && code === undefined) throw new Failure(400, 'resource is missing.');
	const wanted = id ?? code ?? '';
	const { events, collections } = state;
	const candidates = [
		...(type === 'collection' ? [] : [events.find(wanted)]),
		...(type === 'collection' || id !== undefined ? [collections.find(wanted)] : []),
	];
	const key = id === undefined ? 'code' : 'id';
	const resource = candidates.find((candidate) => candidate?.[key] === wanted);
	if (!resource) throw new Failure(404);
	return resource;
}

/** The invite that `filter` finds, if any. @throws Failure 400 */
function existing(
	state: ArtsvpState,
	resource: ArtsvpResource,
	body: InviteFields,
): StoredInvite | undefined {
	const { filter } = body;
	if (filter === undefined) return undefined;
	oneOf('filter', filter, FILTERS);
	const given = { name: body.name, email: body.email, external_id: body.external_id };
	const wanted = Object.entries(given).find(([name]) => name === filter)?.[1];
	if (!wanted) throw new Failure(400, `filter needs a value for ${filter}.`);
	return state.storedInvites.all().find((invite) => {
		if (state.filterScope === 'resource' && invite.resource.id !== resource.id) return false;
		if (filter === 'email') return sameText(invite.email, wanted);
		return wanted === (filter === 'name' ? invite.name : invite.externalId);
	});
}

/** One page of bookings or invites. @throws Failure 400 */
function pageOf<T extends { id: string }>(
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

function failure(state: ArtsvpState, { status, message }: Failure): Answer {
	return state.errorBody === 'empty'
		? text(status, '')
		: json(status, { [state.errorBody]: message });
}

/** The key of a request, or undefined when it is none that opens anything. */
function keyOf(state: ArtsvpState, authorization: string | string[] | undefined) {
	const [, bearer, key = ''] = /^(Bearer )?(.*)$/.exec(String(authorization ?? '')) ?? [];
	const wanted = { either: undefined, raw: false, bearer: true }[state.authorization];
	if (wanted !== undefined && wanted !== (bearer !== undefined)) return undefined;
	return state.apiKeys.has(key) ? key : undefined;
}

function endpointsWith(clock: Clock): Array<Endpoint<ArtsvpState>> {
	const authorised =
		<Query, Body>(answer: (call: Call<ArtsvpState, Query, Body>) => Answer) =>
		(call: Call<ArtsvpState, Query, Body>): Answer => {
			const { state } = call;
			const key = keyOf(state, call.headers['authorization']);
			if (key === undefined) return failure(state, new Failure(401));
			const standing = state.rateLimit.take(key);
			const reply = attempt(state, () => {
				if (!standing.allowed) throw new Failure(429);
				return answer(call);
			});
			const headers = { ...reply.headers, ...state.rateLimit.headersFor(standing, clock) };
			return { ...reply, headers };
		};
	const attempt = (state: ArtsvpState, answer: () => Answer): Answer => {
		try {
			return answer();
		} catch (error) {
			if (error instanceof Failure) return failure(state, error);
			throw error;
		}
	};
	/** A record by its id. @throws Failure 404 */
	const byId = <T extends { id: string; code?: string }>(
		shelf: Shelf<T>,
		id: string | undefined,
		takesCode = false,
	): T => {
		const record = shelf.find(id ?? '');
		if (!record || (record.id !== id && !takesCode)) throw new Failure(404);
		return record;
	};

	return [
		...(['events', 'collections'] as const).flatMap((kind) => [
			endpoint({
				method: 'GET',
				path: `${BASE}/${kind}/:id`,
				query: {},
				body: {},
				answer: authorised(({ state, params: { id } }) =>
					json(200, kind === 'events' ? byId(state.events, id) : byId(state.collections, id)),
				),
			}),
			endpoint({
				method: 'GET',
				path: `${BASE}/${kind}`,
				query: {},
				body: {},
				answer: authorised(({ state }) =>
					json(200, { object: 'list', url: `/v3/${kind}`, data: state[kind].all() }),
				),
			}),
		]),
		endpoint({
			method: 'GET',
			path: `${BASE}/bookings/:id`,
			query: {},
			body: {},
			answer: authorised(({ state, params: { id } }) =>
				json(200, shownBooking(byId(state.storedBookings, id))),
			),
		}),
		endpoint({
			method: 'PATCH',
			path: `${BASE}/bookings/:id`,
			query: {},
			body: { name: string, email: string, meta_data: hash, external_id: string },
			bodies: BODIES,
			answer: authorised(({ state, params, body }) => {
				const { id } = byId(state.storedBookings, params['id']);
				const { name, email, meta_data: metaData, external_id: externalId } = body;
				if (email !== undefined) checkEmail(email);
				return json(200, state.updateBooking(id, { name, email, metaData, externalId }));
			}),
		}),
		endpoint({
			method: 'GET',
			path: `${BASE}/bookings`,
			query: {
				...paging,
				external_id: string,
				email: string,
				reference: string,
				tags: string,
				'tags[]': strings,
				event_resource_tags: string,
				'event_resource_tags[]': strings,
				status: string,
				'event_ids[]': strings,
				meta_data: string,
			},
			body: {},
			answer: authorised(({ state, query }) => {
				oneOf('status', query.status, BOOKING_STATUSES);
				const list = (name: 'tags' | 'event_resource_tags') =>
					listIn(state, name, query[`${name}[]`], query[name]);
				const [tags, eventTags] = [list('tags'), list('event_resource_tags')];
				const eventIds = listIn(state, 'event_ids', query['event_ids[]'], undefined);
				if (eventIds?.some((id) => !id.startsWith('eve-'))) {
					throw new Failure(400, 'event_ids begin with eve-.');
				}
				const meta = hashIn('meta_data', query.meta_data);
				const { external_id: externalId, email, reference, status } = query;
				const matches = (booking: StoredBooking) =>
					(externalId === undefined || booking.externalId === externalId) &&
					(email === undefined || sameText(booking.email, email)) &&
					(reference === undefined || booking.reference === reference) &&
					(status === undefined || booking.status === status) &&
					(eventIds === undefined || eventIds.includes(booking.event.id)) &&
					anyOf(tags, booking.tags) &&
					anyOf(eventTags, booking.event.resource_tags) &&
					metaMatches(meta, booking.metaData);
				const { records, hasMore, lastId } = pageOf(state, state.storedBookings, query, matches);
				return json(200, {
					object: 'list',
					url: '/v3/bookings',
					has_more: hasMore,
					last_booking_id: lastId,
					data: records.map(shownBooking),
				});
			}),
		}),
		endpoint({
			method: 'POST',
			path: `${BASE}/invites`,
			query: {},
			body: { ...inviteBody, resource: string, resource_id: string, resource_type: string },
			bodies: BODIES,
			answer: authorised(({ state, body }) => {
				const given = inviteFrom(body);
				const { resource: id, resource_id: code, resource_type: type } = body;
				const resource = resourceOf(state, id, code, type);
				const same = existing(state, resource, body);
				return json(
					same ? 200 : state.createdStatus,
					shownInvite(same ?? state.addInvite(resource, given), state.limitless),
				);
			}),
		}),
		endpoint({
			method: 'POST',
			path: `${BASE}/invites/batch`,
			query: {},
			body: { ...inviteBody, resource_tags: tagList },
			bodies: BODIES,
			answer: authorised(({ state, body }) => {
				const { resource_tags: wanted = [] } = body;
				if (wanted.length === 0) throw new Failure(400, 'resource_tags is missing.');
				const given = inviteFrom(body);
				const tagged = (resource: ArtsvpResource) => anyOf(wanted, resource.resource_tags);
				const events = state.events.all().filter(tagged);
				const collections = state.collections.all().filter(tagged);
				const resources = [...events, ...collections];
				const all = resources.map((resource) => {
					const same = existing(state, resource, body);
					return { isNew: !same, invite: same ?? state.addInvite(resource, given) };
				});
				const created = all.filter(({ isNew }) => isNew);
				return json(state.createdStatus, {
					object: 'batch',
					url: '/v3/invites/batch',
					data: (state.batchListsExisting ? all : created).map(({ invite }) =>
						shownInvite(invite, state.limitless),
					),
					total_events: events.length,
					total_collection: collections.length,
					total_resources: resources.length,
					total_invites_created: created.length,
				});
			}),
		}),
		endpoint({
			method: 'GET',
			path: `${BASE}/invites/:id`,
			query: {},
			body: {},
			answer: authorised(({ state, params: { id } }) => {
				const invite = byId(state.storedInvites, id, true);
				const list = invite.bookings.map(shownBooking);
				const one = list.length === 1 && state.inviteBookings === 'object' ? list[0] : list;
				return json(200, {
					...shownInvite(invite, state.limitless),
					...(state.inviteBookings === 'absent' ? {} : { bookings: one }),
				});
			}),
		}),
		endpoint({
			method: 'PATCH',
			path: `${BASE}/invites/:id`,
			query: {},
			body: inviteUpdateBody,
			bodies: BODIES,
			answer: authorised(({ state, params: { id }, body }) => {
				const invite = byId(state.storedInvites, id, state.inviteCodes);
				state.updateInvite(invite, inviteFrom(body));
				return json(200, shownInvite(invite, state.limitless));
			}),
		}),
		endpoint({
			method: 'DELETE',
			path: `${BASE}/invites/:id`,
			query: {},
			body: {},
			answer: authorised(({ state, params: { id } }) => {
				state.storedInvites.remove(byId(state.storedInvites, id, state.inviteCodes));
				return noContent();
			}),
		}),
		endpoint({
			method: 'GET',
			path: `${BASE}/invites`,
			query: {
				...paging,
				resource_id: string,
				resource_type: string,
				tags: string,
				'tags[]': strings,
				resource_tags: string,
				'resource_tags[]': strings,
				external_id: string,
				name: string,
				email: string,
				meta_data: string,
				status: string,
			},
			body: {},
			answer: authorised(({ state, query }) => {
				oneOf('status', query.status, INVITE_STATUSES);
				oneOf('resource_type', query.resource_type, ['event', 'collection']);
				const list = (name: 'tags' | 'resource_tags') =>
					listIn(state, name, query[`${name}[]`], query[name]);
				const [tags, resourceTags] = [list('tags'), list('resource_tags')];
				const meta = hashIn('meta_data', query.meta_data);
				const { resource_id: code, resource_type: type = 'event' } = query;
				const { external_id: externalId, name, email, status } = query;
				const matches = (invite: StoredInvite) =>
					(code === undefined ||
						(invite.resource.code === code && invite.resource.object === type)) &&
					(externalId === undefined || invite.externalId === externalId) &&
					(name === undefined || invite.name === name) &&
					(email === undefined || sameText(invite.email, email)) &&
					(status === undefined || invite.declined === (status === 'declined')) &&
					anyOf(tags, invite.tags) &&
					anyOf(resourceTags, invite.resource.resource_tags) &&
					metaMatches(meta, invite.metaData);
				const { records, hasMore, lastId } = pageOf(state, state.storedInvites, query, matches);
				return json(200, {
					object: 'list',
					url: '/v3/invites',
					has_more: hasMore,
					last_invite_id: lastId,
					data: records.map((invite) => shownInvite(invite, state.limitless)),
				});
			}),
		}),
	];
}

const knobs = z
	.object({
		authorization: z.enum(['either', 'raw', 'bearer']),
		errorBody: z.enum(['error', 'message', 'empty']),
		csvLists: z.boolean(),
		newestFirst: z.boolean(),
		cursorAdvances: z.boolean(),
		createdStatus: z.union([z.literal(200), z.literal(201)]),
		filterScope: z.enum(['resource', 'account']),
		batchListsExisting: z.boolean(),
		inviteBookings: z.enum(['object', 'list', 'absent']),
		limitless: z.string(),
		inviteCodes: z.boolean(),
		metaDataOnUpdate: z.enum(['merge', 'replace']),
		rateLimit: rateLimitKnobs,
	})
	.partial()
	.strict();

/** ARTSVP (API v3) for the sandbox. */
export const ARTSVP: VendorDefinition<ArtsvpState> = {
	name: 'artsvp',
	title: 'ARTSVP',
	credential,
	credentialFields,
	createState: (clock) => new ArtsvpState(clock),
	endpoints: endpointsWith,
	setKnobs(state, given) {
		const { rateLimit, ...own } = knobs.parse(given);
		Object.assign(state, own);
		Object.assign(state.rateLimit, rateLimit);
	},
	controlRoutes: addMutatorRoutes,
};
