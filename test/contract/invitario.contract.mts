/**
 * Invitario's contract, taken only from the vendor's document "Documentation API v1.0" of the check-in API (four
 * endpoints, all POST with a JSON body), and the fields of the node and the credential that set each parameter.
 */
import type { ContractTable, DocumentedParameter } from './support/table.mts';

/** A guest that the sandbox has before a run; the test seeds them. */
export const SEEDED = { email: 'grace+seeded@example.com' } as const;
/** The document's own example. */
const SINCE = '2018-01-01T18:30:00+02:00';

/** "The session token must be sent with all subsequent requests"; as long as in the document's example. */
const SESSION_TOKEN: DocumentedParameter = {
	name: 'sessionToken',
	in: 'body',
	type: 'string',
	required: true,
	setBy: /^[0-9a-f]{40}$/,
};

/** "2. Perform a Login": three values that are copied from the backend. */
function fromCredential(name: 'eventId' | 'apiKey' | 'stationName'): DocumentedParameter {
	return { name, in: 'body', type: 'string', required: true, setBy: [{ credential: name }] };
}

const EVERY_OPERATION = [
	{ resource: 'event', operation: 'get' },
	{ resource: 'guest', operation: 'getAll' },
	{ resource: 'guest', operation: 'get', given: { guestId: byEmail() } },
	{ resource: 'guest', operation: 'getChangedSince', given: { sinceDateTime: SINCE } },
] as const;

function byEmail() {
	return { __rl: true, mode: 'email', value: SEEDED.email };
}

export const INVITARIO_CONTRACT: ContractTable = {
	vendor: 'invitario',
	nodeType: 'invitario',
	endpoints: [
		{
			method: 'POST',
			path: '/api/v1/login',
			effect: 'read',
			parameters: [
				fromCredential('eventId'),
				fromCredential('apiKey'),
				fromCredential('stationName'),
			],
			reachedBy: EVERY_OPERATION,
		},
		{
			method: 'POST',
			path: '/api/v1/guest/list/all',
			effect: 'read',
			parameters: [SESSION_TOKEN],
			reachedBy: [
				{ resource: 'guest', operation: 'getAll' },
				{ resource: 'guest', operation: 'get', given: { guestId: byEmail() } },
			],
		},
		{
			method: 'POST',
			path: '/api/v1/guest/list/recent',
			effect: 'read',
			parameters: [
				SESSION_TOKEN,
				{
					name: 'sinceDateTime',
					in: 'body',
					type: 'string',
					required: true,
					setBy: [{ parameter: 'sinceDateTime', value: SINCE }],
				},
			],
			reachedBy: [{ resource: 'guest', operation: 'getChangedSince' }],
		},
		{
			method: 'POST',
			path: '/api/v1/logout',
			effect: 'read',
			parameters: [SESSION_TOKEN],
			reachedBy: EVERY_OPERATION,
		},
	],
};
