/**
 * ARTSVP's contract, taken only from the vendor's document "ARTSVP API" (v3, thirteen endpoints), and the fields of
 * the node that set each parameter.
 */
import { shortCode, seededEvents } from '../../sandbox/artsvp/seed.mts';
import { nthUuid } from '../../sandbox/shared/random.mts';
import type {
	ContractTable,
	DocumentedEndpoint,
	DocumentedParameter,
	Place,
	ReachingOperation,
} from './support/table.mts';

type Places = readonly [Place, ...Place[]];

/** The sandbox's first event, collection, booking and invite, and their codes. */
const FIRST = nthUuid(1);
const EVENT_ID = `eve-${FIRST}`;
const EVENT_CODE = seededEvents()[0]?.code ?? '';
const COLLECTION_ID = `col-${FIRST}`;
const BOOKING_ID = `boo-${FIRST}`;
const INVITE_ID = `inv-${FIRST}`;
const INVITE_CODE = shortCode(1);

/** "Use the Authorization Header": the key itself, as every sample shows it. */
const AUTHENTICATION: DocumentedParameter = {
	name: 'authorization',
	in: 'header',
	type: 'string',
	required: true,
	setBy: [{ credential: 'apiKey' }],
};
const META_DATA = { art: 'fair', 'door "A"': 'Ü & Sohn' };
const EMAIL = 'lucy.green+vip@example.com';

function path(setBy: Places): DocumentedParameter {
	return { name: 'id', in: 'path', type: 'string', required: true, setBy };
}

function optional(
	place: 'body' | 'query',
	type: DocumentedParameter['type'],
	name: string,
	setBy: Places,
): DocumentedParameter {
	return { name, in: place, type, required: false, setBy };
}

function text(
	place: 'body' | 'query',
	name: string,
	parameter: string,
	value: string,
): DocumentedParameter {
	return optional(place, 'string', name, [{ parameter, value }]);
}

function tags(place: 'body' | 'query', name: string, parameter: string): DocumentedParameter {
	const value = ['single_entry', 'vip, first row', 'Ü&1'];
	return optional(place, 'list', name, [{ parameter, value }]);
}

/** As pairs and as JSON; in a query it is JSON text ("Url encoded"). */
function metaData(place: 'body' | 'query', collection: string): DocumentedParameter {
	const pairs = Object.entries(META_DATA).map(([key, value]) => ({ key, value }));
	const json = JSON.stringify(META_DATA);
	const arrivesAs = place === 'query' ? json : META_DATA;
	return optional(place, place === 'query' ? 'string' : 'object', 'meta_data', [
		{ parameter: `${collection}.metaData`, value: { pairs }, arrivesAs },
		{ parameter: `${collection}.metaDataJson`, value: json, arrivesAs },
	]);
}

/**
 * The fields of an invite that can be set when it is created and later, under "Additional Fields" or "Update Fields".
 */
function inviteDetails(collection: string): DocumentedParameter[] {
	const field = (name: string) => `${collection}.${name}`;
	return [
		text('body', 'external_id', field('externalId'), 'EXT/1 ä'),
		optional('body', 'boolean', 'golden', [{ parameter: field('golden'), value: true }]),
		optional('body', 'boolean', 'register_interest', [
			{ parameter: field('registerInterest'), value: true },
		]),
		optional('body', 'number', 'max_bookings', [{ parameter: field('maxBookings'), value: 0 }]),
		tags('body', 'tags', field('tags')),
		metaData('body', collection),
	];
}

/** The fields of an invite that can be set only when it is created. */
const NEW_INVITE = [
	text('body', 'name', 'additionalFields.name', 'Lucy "the First" Green'),
	text('body', 'email', 'additionalFields.email', EMAIL),
	...inviteDetails('additionalFields'),
];

/** "A cursor for use in pagination"; and the page size, which the node always sends. */
function paging(cursor: string): DocumentedParameter[] {
	return [
		text('query', 'starting_after', 'options.startingAfter', cursor),
		{
			...text('query', 'ending_before', 'options.endingBefore', cursor),
			insteadOf: ['starting_after'],
		},
		{
			...optional('query', 'string', 'limit', [{ parameter: 'limit', value: 7, arrivesAs: '7' }]),
			required: true,
		},
	];
}

function endpoint(
	method: DocumentedEndpoint['method'],
	route: string,
	parameters: readonly DocumentedParameter[],
	...reachedBy: [ReachingOperation, ...ReachingOperation[]]
): DocumentedEndpoint {
	return {
		method,
		path: `/api/v3${route}`,
		parameters: [AUTHENTICATION, ...parameters],
		reachedBy,
	};
}

/** How an invite is identified; `byCode`: the value in the path if its code or URL is given. */
function invitePath(byCode: string): DocumentedParameter {
	const address = `https://invite.artsvp.com/${INVITE_CODE}`;
	return path([
		{ parameter: 'inviteId', value: INVITE_ID, modes: ['list', 'id'] },
		{ parameter: 'inviteId', value: INVITE_CODE, modes: ['code'], arrivesAs: byCode },
		{ parameter: 'inviteId', value: address, modes: ['url'], arrivesAs: byCode },
	]);
}

/** "The code of the invite to retrieve". */
const READ_INVITE = invitePath(INVITE_CODE);
/** The samples change invites only by ID, so a code is looked up first. */
const CHANGE_INVITE = invitePath(INVITE_ID);

/** *Preview* looks up the tags before anything is created. */
const PREVIEW: ReachingOperation = {
	resource: 'invite',
	operation: 'createBatch',
	given: { resourceTags: ['vip'], preview: true },
};

export const ARTSVP_CONTRACT: ContractTable = {
	vendor: 'artsvp',
	nodeType: 'artsvp',
	endpoints: [
		endpoint('GET', '/events/:id', [path([{ parameter: 'eventId', value: EVENT_ID }])], {
			resource: 'event',
			operation: 'get',
		}),
		endpoint('GET', '/events', [], { resource: 'event', operation: 'getAll' }, PREVIEW),
		endpoint(
			'GET',
			'/collections/:id',
			[path([{ parameter: 'collectionId', value: COLLECTION_ID }])],
			{ resource: 'collection', operation: 'get' },
		),
		endpoint('GET', '/collections', [], { resource: 'collection', operation: 'getAll' }, PREVIEW),
		endpoint('GET', '/bookings/:id', [path([{ parameter: 'bookingId', value: BOOKING_ID }])], {
			resource: 'booking',
			operation: 'get',
		}),
		endpoint(
			'PATCH',
			'/bookings/:id',
			[
				path([{ parameter: 'bookingId', value: BOOKING_ID }]),
				text('body', 'name', 'updateFields.name', 'Lucy Ünal'),
				text('body', 'email', 'updateFields.email', EMAIL),
				metaData('body', 'updateFields'),
				text('body', 'external_id', 'updateFields.externalId', 'test123'),
			],
			// The node refuses an update without changes.
			{ resource: 'booking', operation: 'update', needs: ['external_id'] },
		),
		endpoint(
			'GET',
			'/bookings',
			[
				text('query', 'external_id', 'filters.externalId', 'abc&123'),
				text('query', 'email', 'filters.email', EMAIL),
				text('query', 'reference', 'filters.reference', 'C922-4EBA-1F8C'),
				tags('query', 'tags', 'filters.tags'),
				tags('query', 'event_resource_tags', 'filters.eventResourceTags'),
				...paging(BOOKING_ID),
				text('query', 'status', 'filters.status', 'is_waitlist'),
				optional('query', 'list', 'event_ids', [
					{
						parameter: 'filters.eventIds',
						value: [EVENT_ID, 'eve-0701ddd0-2e2b-446a-b6f1-1c9dcfa71092'],
					},
					{ parameter: 'filters.eventIds', value: [EVENT_ID] },
				]),
				metaData('query', 'filters'),
			],
			{ resource: 'booking', operation: 'getAll' },
		),
		endpoint(
			'POST',
			'/invites',
			[
				...NEW_INVITE,
				// The document marks none of the three as required, but an invite always invites to something.
				{
					...optional('body', 'string', 'resource_id', [
						{ parameter: 'resourceId', value: EVENT_CODE, modes: ['code'] },
						{
							parameter: 'resourceId',
							value: `https://artsvp.com/${EVENT_CODE}?from=mail`,
							modes: ['url'],
							arrivesAs: EVENT_CODE,
						},
					]),
					required: true,
				},
				{ ...text('body', 'resource_type', 'resourceType', 'event'), required: true },
				{
					...optional('body', 'string', 'resource', [
						{ parameter: 'resourceId', value: EVENT_ID, modes: ['list', 'id'] },
					]),
					insteadOf: ['resource_id', 'resource_type'],
				},
				text('body', 'filter', 'filter', 'email'),
			],
			{ resource: 'invite', operation: 'create', lacks: ['filter'] },
			// With a filter an existing invite is returned.
			{
				resource: 'invite',
				operation: 'upsert',
				needs: ['filter', 'email'],
				safety: 'idempotent',
			},
		),
		endpoint('GET', '/invites/:id', [READ_INVITE], { resource: 'invite', operation: 'get' }),
		endpoint('PATCH', '/invites/:id', [CHANGE_INVITE, ...inviteDetails('updateFields')], {
			resource: 'invite',
			operation: 'update',
			needs: ['golden'],
		}),
		endpoint('DELETE', '/invites/:id', [CHANGE_INVITE], {
			resource: 'invite',
			operation: 'delete',
		}),
		endpoint(
			'POST',
			'/invites/batch',
			[
				{ ...tags('body', 'resource_tags', 'resourceTags'), required: true },
				...NEW_INVITE,
				text('body', 'filter', 'options.filter', 'external_id'),
			],
			{ resource: 'invite', operation: 'createBatch', given: { preview: false } },
		),
		endpoint(
			'GET',
			'/invites',
			[
				text('query', 'resource_id', 'filters.resourceId', EVENT_CODE),
				text('query', 'resource_type', 'filters.resourceType', 'collection'),
				tags('query', 'tags', 'filters.tags'),
				tags('query', 'resource_tags', 'filters.resourceTags'),
				text('query', 'external_id', 'filters.externalId', 'EXT/1 ä'),
				text('query', 'name', 'filters.name', 'Lucy "the First" Green'),
				text('query', 'email', 'filters.email', EMAIL),
				metaData('query', 'filters'),
				...paging(INVITE_ID),
				text('query', 'status', 'filters.status', 'declined'),
			],
			{ resource: 'invite', operation: 'getAll' },
		),
	],
};
