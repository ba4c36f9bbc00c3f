// Invites: create, create a batch, the list with its filters, one, change, delete.

import { z } from 'zod';

import { type Endpoint, json, noContent } from '../../shared/endpoint.mts';
import {
	type ArtsvpApi,
	BODIES,
	hasAny,
	requireById,
	checkEmail,
	hash,
	readHash,
	readList,
	metaDataMatches,
	checkOneOf,
	readPage,
	pageQuery,
	equalsIgnoreCase,
	stringList,
} from '../api.mts';
import { Failure } from '../failure.mts';
import {
	type ArtsvpResource,
	type Hash,
	type StoredInvite,
	toBookingObject,
	toInviteObject,
} from '../records.mts';
import type { ArtsvpState, NewInvite } from '../state.mts';

const FILTERS = ['name', 'email', 'external_id'] as const;
const INVITE_STATUSES = ['active', 'declined'];

const string = z.string().optional();
const flag = z.boolean().optional();
const tagList = z.array(z.string()).optional();
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

/** The values of an invite. @throws Failure 400 */
function readInvite(body: InviteFields): NewInvite {
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

function findResource(
	state: ArtsvpState,
	id: string | undefined,
	code: string | undefined,
	type: string | undefined,
): ArtsvpResource {
	checkOneOf('resource_type', type, ['event', 'collection']);
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
function findExistingInvite(
	state: ArtsvpState,
	resource: ArtsvpResource,
	body: InviteFields,
): StoredInvite | undefined {
	const { filter } = body;
	if (filter === undefined) return undefined;
	checkOneOf('filter', filter, FILTERS);
	const given = { name: body.name, email: body.email, external_id: body.external_id };
	const wanted = Object.entries(given).find(([name]) => name === filter)?.[1];
	if (!wanted) throw new Failure(400, `filter needs a value for ${filter}.`);
	return state.storedInvites.all().find((invite) => {
		if (state.filterScope === 'resource' && invite.resource.id !== resource.id) return false;
		if (filter === 'email') return equalsIgnoreCase(invite.email, wanted);
		return wanted === (filter === 'name' ? invite.name : invite.externalId);
	});
}

/** The endpoints of invites. */
export const inviteEndpoints = (api: ArtsvpApi): Array<Endpoint<ArtsvpState>> => [
	api.endpoint({
		method: 'POST',
		path: '/invites',
		query: {},
		body: { ...inviteBody, resource: string, resource_id: string, resource_type: string },
		bodies: BODIES,
		respond: ({ state, body }) => {
			const given = readInvite(body);
			const { resource: id, resource_id: code, resource_type: type } = body;
			const resource = findResource(state, id, code, type);
			const existing = findExistingInvite(state, resource, body);
			return json(
				existing ? 200 : state.createdStatus,
				toInviteObject(existing ?? state.addInvite(resource, given), state.limitless),
			);
		},
	}),
	api.endpoint({
		method: 'POST',
		path: '/invites/batch',
		query: {},
		body: { ...inviteBody, resource_tags: tagList },
		bodies: BODIES,
		respond: ({ state, body }) => {
			const { resource_tags: wanted = [] } = body;
			if (wanted.length === 0) throw new Failure(400, 'resource_tags is missing.');
			const given = readInvite(body);
			const tagged = (resource: ArtsvpResource) => hasAny(wanted, resource.resource_tags);
			const events = state.events.all().filter(tagged);
			const collections = state.collections.all().filter(tagged);
			const resources = [...events, ...collections];
			const all = resources.map((resource) => {
				const existing = findExistingInvite(state, resource, body);
				return { isNew: !existing, invite: existing ?? state.addInvite(resource, given) };
			});
			const created = all.filter(({ isNew }) => isNew);
			return json(state.createdStatus, {
				object: 'batch',
				url: '/v3/invites/batch',
				data: (state.batchListsExisting ? all : created).map(({ invite }) =>
					toInviteObject(invite, state.limitless),
				),
				total_events: events.length,
				total_collection: collections.length,
				total_resources: resources.length,
				total_invites_created: created.length,
			});
		},
	}),
	api.endpoint({
		method: 'GET',
		path: '/invites/:id',
		query: {},
		body: {},
		respond: ({ state, params: { id } }) => {
			const invite = requireById(state.storedInvites, id, true);
			const list = invite.bookings.map(toBookingObject);
			const one = list.length === 1 && state.inviteBookings === 'object' ? list[0] : list;
			return json(200, {
				...toInviteObject(invite, state.limitless),
				...(state.inviteBookings === 'absent' ? {} : { bookings: one }),
			});
		},
	}),
	api.endpoint({
		method: 'PATCH',
		path: '/invites/:id',
		query: {},
		body: inviteUpdateBody,
		bodies: BODIES,
		respond: ({ state, params: { id }, body }) => {
			const invite = requireById(state.storedInvites, id, state.inviteCodes);
			state.updateInvite(invite, readInvite(body));
			return json(200, toInviteObject(invite, state.limitless));
		},
	}),
	api.endpoint({
		method: 'DELETE',
		path: '/invites/:id',
		query: {},
		body: {},
		respond: ({ state, params: { id } }) => {
			state.storedInvites.remove(requireById(state.storedInvites, id, state.inviteCodes));
			return noContent();
		},
	}),
	api.endpoint({
		method: 'GET',
		path: '/invites',
		query: {
			...pageQuery,
			resource_id: string,
			resource_type: string,
			tags: string,
			'tags[]': stringList,
			resource_tags: string,
			'resource_tags[]': stringList,
			external_id: string,
			name: string,
			email: string,
			meta_data: string,
			status: string,
		},
		body: {},
		respond: ({ state, query }) => {
			checkOneOf('status', query.status, INVITE_STATUSES);
			checkOneOf('resource_type', query.resource_type, ['event', 'collection']);
			const list = (name: 'tags' | 'resource_tags') =>
				readList(state, name, query[`${name}[]`], query[name]);
			const [tags, resourceTags] = [list('tags'), list('resource_tags')];
			const meta = readHash('meta_data', query.meta_data);
			const { resource_id: code, resource_type: type = 'event' } = query;
			const { external_id: externalId, name, email, status } = query;
			const matches = (invite: StoredInvite) =>
				(code === undefined ||
					(invite.resource.code === code && invite.resource.object === type)) &&
				(externalId === undefined || invite.externalId === externalId) &&
				(name === undefined || invite.name === name) &&
				(email === undefined || equalsIgnoreCase(invite.email, email)) &&
				(status === undefined || invite.declined === (status === 'declined')) &&
				hasAny(tags, invite.tags) &&
				hasAny(resourceTags, invite.resource.resource_tags) &&
				metaDataMatches(meta, invite.metaData);
			const { records, hasMore, lastId } = readPage(state, state.storedInvites, query, matches);
			return json(200, {
				object: 'list',
				url: '/v3/invites',
				has_more: hasMore,
				last_invite_id: lastId,
				data: records.map((invite) => toInviteObject(invite, state.limitless)),
			});
		},
	}),
];
