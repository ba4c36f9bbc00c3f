/**
 * Event Vault's contract, taken only from the vendor's document "API Integrations" (nine endpoints), and the fields
 * of the node that set each parameter.
 */
import type {
	ContractTable,
	DocumentedEndpoint,
	DocumentedParameter,
	Place,
} from './support/table.mts';

/** Values that the sandbox must know before a run; the test seeds them. */
export const SEEDED = {
	userEmail: 'grace+seeded@example.com',
	ticketType: 'VIP & Crew/Ü',
} as const;
const NEW_EMAIL = 'ada.o’new@example.com';
/** The sandbox's second event. */
const OTHER_EVENT_ID = 'sandbox-event-2';

/** "Authentication": every request has these four. */
const AUTHENTICATION: readonly DocumentedParameter[] = [
	header('x-api-key', [{ credential: 'apiKey' }]),
	header('x-client-id', [{ credential: 'clientId' }]),
	header('x-event-id', [
		{ credential: 'eventId' },
		{ parameter: 'options.eventId', value: OTHER_EVENT_ID },
	]),
	{ name: 'x-timestamp', in: 'header', type: 'string', required: true, setBy: 'unixMs' },
];

function header(name: string, setBy: readonly [Place, ...Place[]]): DocumentedParameter {
	return { name, in: 'header', type: 'string', required: true, setBy };
}

function required(
	place: 'body' | 'query',
	name: string,
	parameter: string,
	value: string,
): DocumentedParameter {
	return { name, in: place, type: 'string', required: true, setBy: [{ parameter, value }] };
}

function additional(name: string, value: string): DocumentedParameter {
	const setBy = [{ parameter: `additionalFields.${name}`, value }] as const;
	return { name, in: 'body', type: 'string', required: false, setBy };
}

function endpoint(
	method: 'GET' | 'POST',
	path: string,
	parameters: readonly DocumentedParameter[],
	reachedBy: DocumentedEndpoint['reachedBy'],
): DocumentedEndpoint {
	return { method, path, parameters: [...AUTHENTICATION, ...parameters], reachedBy };
}

/** A second time is refused with 409 or 404, or leaves the same ticket: what there is does not change. */
const REPEATABLE = { safety: 'idempotent' } as const;

export const EVENT_VAULT_CONTRACT: ContractTable = {
	vendor: 'event-vault',
	nodeType: 'eventVault',
	endpoints: [
		endpoint(
			'POST',
			'/addGuest',
			[
				required('body', 'userEmail', 'userEmail', NEW_EMAIL),
				additional('name', 'Ada "the First" Lovelace'),
				additional('role', 'Speaker'),
				additional('company', 'Müller & Söhne'),
				additional('phone', '+1234567890'),
				additional('url', 'https://example.com/ada?from=list#top'),
				additional('country', 'Österreich'),
			],
			[
				{ resource: 'guest', operation: 'add', ...REPEATABLE },
				{ resource: 'guest', operation: 'upsert', ...REPEATABLE },
			],
		),
		{
			...endpoint(
				'POST',
				'/removeGuest',
				[required('body', 'userEmail', 'userEmail', SEEDED.userEmail)],
				[{ resource: 'guest', operation: 'remove', ...REPEATABLE }],
			),
			effect: 'remove',
		},
		endpoint(
			'POST',
			'/addTicket',
			[
				required('body', 'userEmail', 'userEmail', SEEDED.userEmail),
				required('body', 'ticketType', 'ticketType', SEEDED.ticketType),
				additional('sessionId', 'session 1/ä'),
			],
			[{ resource: 'ticket', operation: 'upsert', ...REPEATABLE }],
		),
		{
			...endpoint(
				'POST',
				'/removeTicket',
				[
					required('body', 'userEmail', 'userEmail', SEEDED.userEmail),
					required('body', 'ticketType', 'ticketType', SEEDED.ticketType),
				],
				[{ resource: 'ticket', operation: 'remove', ...REPEATABLE }],
			),
			effect: 'remove',
		},
		endpoint('GET', '/getGuestCount', [], [{ resource: 'guest', operation: 'getCount' }]),
		endpoint(
			'GET',
			'/getGuests',
			[],
			[
				{ resource: 'guest', operation: 'getAll' },
				{ resource: 'guest', operation: 'get', given: { userEmail: SEEDED.userEmail } },
			],
		),
		endpoint(
			'GET',
			'/getGuestTickets',
			[required('query', 'userEmail', 'filters.userEmail', SEEDED.userEmail)],
			[{ resource: 'ticket', operation: 'getAll' }],
		),
		endpoint(
			'GET',
			'/getTicketsByType',
			[required('query', 'ticketType', 'filters.ticketType', SEEDED.ticketType)],
			[
				{ resource: 'ticket', operation: 'getAll' },
				{ resource: 'guest', operation: 'getAll' },
			],
		),
		endpoint('GET', '/getAllTickets', [], [{ resource: 'ticket', operation: 'getAll' }]),
	],
};
