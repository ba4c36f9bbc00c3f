/**
 * InEvent's contract, taken only from the vendor's document: the four endpoints that it details (token, attendees,
 * registration, analytics), then those that it only names, by the conventions it states; and the fields of the node
 * that set each parameter.
 */
import { INEVENT_CREDENTIALS } from '../../sandbox/inevent/credentials.mts';
import type {
	ContractTable,
	DocumentedEndpoint,
	DocumentedParameter,
	ReachingOperation,
} from './support/table.mts';

const { eventId: EVENT_ID } = INEVENT_CREDENTIALS.production;
const EVENT = '/v1/events/:eventId';

/** Records that the sandbox has before a run; the test finds or seeds them. */
export interface Seeded {
	attendeeId: string;
	orderId: string;
	sessionId: string;
}

/** Every scope that an operation needs. */
export const SCOPES = [
	'read:attendees',
	'write:attendees',
	'write:registration',
	'read:analytics',
	'read:sessions',
	'read:orders',
	'write:orders',
];

type Places = DocumentedParameter['setBy'];

/** "Authorization: Bearer <access_token>", with the sandbox's token. */
const BEARER: DocumentedParameter = {
	name: 'authorization',
	in: 'header',
	type: 'string',
	required: true,
	setBy: /^Bearer [\w-]{32}$/,
};
const IN_EVENT: readonly DocumentedParameter[] = [
	BEARER,
	{
		name: 'eventId',
		in: 'path',
		type: 'string',
		required: true,
		setBy: [{ parameter: 'eventId', value: EVENT_ID }],
	},
];
const PAGE = optional('query', 'string', 'page', /^1$/);
const PAGE_SIZE = optional('query', 'string', 'page_size', [
	{ parameter: 'options.pageSize', value: 25, arrivesAs: '25' },
]);
/** The node always sends the page size. */
const needs = ['page_size'];

function optional(
	place: DocumentedParameter['in'],
	type: DocumentedParameter['type'],
	name: string,
	setBy: Places,
): DocumentedParameter {
	return { name, in: place, type, required: false, setBy };
}

function text(place: 'body' | 'query', name: string, parameter: string, value: string) {
	return optional(place, 'string', name, [{ parameter, value }]);
}

function yesOrNo(name: string, parameter: string, value: boolean) {
	return optional('body', 'boolean', name, [{ parameter, value }]);
}

/** A date with an offset, which arrives in UTC as in the document's samples. */
function moment(name: string, parameter: string): DocumentedParameter {
	const value = '2026-02-01T02:00:00+02:00';
	return optional('query', 'string', name, [
		{ parameter, value, arrivesAs: '2026-02-01T00:00:00Z' },
	]);
}

/** "Free map": as pairs and as JSON. */
function customFields(collection: string): DocumentedParameter {
	const fields = { company: 'Müller & Söhne', role: 'CTO', dietary: 'vegetarian' };
	const pairs = Object.entries(fields).map(([key, value]) => ({ key, value }));
	return optional('body', 'object', 'custom_fields', [
		{ parameter: `${collection}.customFields`, value: { pairs }, arrivesAs: fields },
		{
			parameter: `${collection}.customFieldsJson`,
			value: JSON.stringify(fields),
			arrivesAs: fields,
		},
	]);
}

/** The ID of a record in the path, under the name of the node's field. */
function idOf(name: keyof Seeded, seeded: Seeded): DocumentedParameter {
	const setBy = [{ parameter: name, value: seeded[name] }] as const;
	return { name, in: 'path', type: 'string', required: true, setBy };
}

const TOKEN: DocumentedEndpoint = {
	method: 'POST',
	path: '/oauth/token',
	effect: 'read',
	encoding: 'form',
	parameters: [
		optional('body', 'string', 'grant_type', /^client_credentials$/),
		optional('body', 'string', 'client_id', [{ credential: 'clientId' }]),
		optional('body', 'string', 'client_secret', [{ credential: 'clientSecret' }]),
		optional('body', 'string', 'scope', [{ credential: 'scopes', arrivesAs: SCOPES.join(' ') }]),
	],
	reachedBy: [
		{
			resource: 'attendee',
			operation: 'getAll',
			given: { eventId: EVENT_ID },
			needs: ['client_id', 'client_secret', 'scope'],
		},
	],
};

const DOCUMENTED: readonly DocumentedEndpoint[] = [
	TOKEN,
	{
		method: 'GET',
		path: `${EVENT}/attendees`,
		parameters: [
			...IN_EVENT,
			PAGE,
			PAGE_SIZE,
			moment('updated_since', 'filters.updatedSince'),
			text('query', 'status', 'filters.status', 'checked_in'),
			text('query', 'search', 'filters.search', 'ada+vip@example.com & co'),
			optional('query', 'string', 'fields', [
				{
					parameter: 'options.fields',
					value: ['email', 'status'],
					arrivesAs: 'id,updated_at,email,status',
				},
			]),
		],
		reachedBy: [{ resource: 'attendee', operation: 'getAll', needs }],
	},
	{
		method: 'POST',
		path: `${EVENT}/registration`,
		parameters: [
			...IN_EVENT,
			optional('header', 'string', 'idempotency-key', [
				{
					parameter: 'options.idempotencyKey',
					value: '7c0f1d9d-3b2b-4d2c-9b5f-1e2b1ed0bd0b',
				},
			]),
			{ ...text('body', 'email', 'email', 'Ada.o’New@Example.com'), required: true },
			text('body', 'first_name', 'additionalFields.firstName', 'Ada "the First"'),
			text('body', 'last_name', 'additionalFields.lastName', 'Lovelace-Müller'),
			text('body', 'ticket_type_id', 'additionalFields.ticketTypeId', 'tkt_vip_01'),
			text('body', 'source', 'additionalFields.source', 'website & door'),
			text('body', 'utm.campaign', 'additionalFields.utmCampaign', 'launch_2026'),
			text('body', 'utm.medium', 'additionalFields.utmMedium', 'email'),
			text('body', 'utm.source', 'additionalFields.utmSource', 'crm'),
			customFields('additionalFields'),
			yesOrNo('consents.privacy_policy', 'additionalFields.privacyPolicy', true),
			yesOrNo('consents.marketing_opt_in', 'additionalFields.marketingOptIn', false),
		],
		reachedBy: [
			{
				resource: 'registration',
				operation: 'create',
				needs: ['idempotency-key'],
				safety: 'idempotent',
			},
		],
	},
	{
		method: 'GET',
		path: `${EVENT}/analytics`,
		parameters: [
			...IN_EVENT,
			{ ...text('query', 'dataset', 'dataset', 'checkins'), required: true },
			moment('from', 'filters.from'),
			moment('to', 'filters.to'),
			PAGE,
			PAGE_SIZE,
		],
		reachedBy: [{ resource: 'analytics', operation: 'getAll', needs }],
	},
];

function named(
	method: DocumentedEndpoint['method'],
	path: string,
	operation: string,
	parameters: readonly DocumentedParameter[],
	rest: Partial<Pick<ReachingOperation, 'safety'>> = {},
): DocumentedEndpoint {
	const [resource = '', name = ''] = operation.split(': ');
	const isList = parameters.includes(PAGE_SIZE);
	return {
		method,
		path: `${EVENT}${path}`,
		named: true,
		parameters: [...IN_EVENT, ...parameters],
		reachedBy: [{ resource, operation: name, ...(isList ? { needs } : {}), ...rest }],
	};
}

export function ineventContract(seeded: Seeded): ContractTable {
	const attendee = idOf('attendeeId', seeded);
	const session = idOf('sessionId', seeded);
	const order = idOf('orderId', seeded);
	const list = [PAGE, PAGE_SIZE];
	return {
		vendor: 'inevent',
		nodeType: 'inEvent',
		endpoints: [
			...DOCUMENTED,
			named('GET', '/attendees/:attendeeId', 'attendee: get', [attendee]),
			named('PATCH', '/attendees/:attendeeId', 'attendee: update', [
				attendee,
				// Without any, there is nothing to update.
				{ ...text('body', 'email', 'updateFields.email', 'new@example.com'), required: true },
				text('body', 'first_name', 'updateFields.firstName', 'Ada'),
				text('body', 'last_name', 'updateFields.lastName', 'Lovelace'),
				text('body', 'status', 'updateFields.status', 'cancelled'),
				text('body', 'ticket_type_id', 'updateFields.ticketTypeId', 'tkt_vip_01'),
				customFields('updateFields'),
			]),
			named('DELETE', '/attendees/:attendeeId', 'attendee: delete', [attendee]),
			named('POST', '/attendees/:attendeeId/checkin', 'attendee: checkIn', [attendee]),
			named('GET', '/attendees/:attendeeId/checkins', 'attendee: getCheckIns', [attendee, ...list]),
			named('GET', '/sessions', 'session: getAll', list),
			named('GET', '/sessions/:sessionId', 'session: get', [session]),
			named('GET', '/sessions/:sessionId/speakers', 'session: getSpeakers', [session, ...list]),
			named('GET', '/orders', 'order: getAll', list),
			named('GET', '/orders/:orderId', 'order: get', [order]),
			{
				// Money: nobody says that a second refund is refused.
				...named('POST', '/orders/:orderId/refund', 'order: refund', [order], { safety: 'never' }),
				effect: 'remove',
			},
		],
	};
}
