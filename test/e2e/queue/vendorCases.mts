// What the queue-mode tests run at each vendor: a list, and one record with the vendor's session.

import { EVENTTIA_CREDENTIALS } from '../../../sandbox/eventtia/credentials.mts';
import { INEVENT_CREDENTIALS } from '../../../sandbox/inevent/credentials.mts';
import type { Sandbox } from '../../../sandbox/start.mts';
import { by } from '../../rig/items.mts';
import type { Json } from '../support/n8n.mts';
import { credentialData, nodeType } from '../support/vendors.mts';

/** A node with its credential, in a sandbox. */
export interface VendorCase {
	name: string;
	node: string;
	credentialType: string;
	data(sandbox: Sandbox): Json;
	/** The parameters of every run. */
	parameters(sandbox: Sandbox): Json;
}

const eventUri = by('uri', EVENTTIA_CREDENTIALS.eventUri);
const { eventId } = INEVENT_CREDENTIALS.production;
const list = { operation: 'getAll', returnAll: true, filters: {}, options: {} };

const EVENTTIA = {
	name: 'Eventtia',
	node: nodeType('eventtia'),
	credentialType: 'eventtiaApi',
	data: ({ eventtia }: Sandbox) => credentialData('eventtia', eventtia.url),
};
const INEVENT = {
	name: 'InEvent',
	node: nodeType('inEvent'),
	credentialType: 'inEventOAuth2Api',
	data: ({ inEvent }: Sandbox) => credentialData('inEvent', inEvent.url),
};
export const ARTSVP = {
	name: 'ARTSVP',
	node: nodeType('artsvp'),
	credentialType: 'artsvpApi',
	data: ({ artsvp }: Sandbox) => credentialData('artsvp', artsvp.url),
};
export const INVITARIO_LIST: VendorCase = {
	name: 'Invitario',
	node: nodeType('invitario'),
	credentialType: 'invitarioApi',
	data: ({ invitario }) => credentialData('invitario', invitario.url),
	parameters: () => ({ resource: 'guest', ...list }),
};

/** Every vendor's list of people. */
export const LISTS: VendorCase[] = [
	{
		name: 'Event Vault',
		node: nodeType('eventVault'),
		credentialType: 'eventVaultApi',
		data: ({ eventVault }) => credentialData('eventVault', eventVault.url),
		parameters: () => ({ resource: 'guest', ...list }),
	},
	INVITARIO_LIST,
	{ ...ARTSVP, parameters: () => ({ resource: 'booking', ...list }) },
	{ ...INEVENT, parameters: () => ({ resource: 'attendee', eventId, ...list }) },
	{ ...EVENTTIA, parameters: () => ({ resource: 'attendee', eventUri, ...list }) },
];

/** A vendor with a token that n8n keeps in the credential. */
interface SessionCase extends VendorCase {
	server(sandbox: Sandbox): Sandbox['eventtia' | 'inEvent'];
	/** The cost of an expired token, in words, and in log-ins when this many executions find it at the same time. */
	bound: string;
	mostLogIns(executions: number): number;
}

const WORKERS = 2;

/** The same attendee for each item. */
export const SESSIONS: SessionCase[] = [
	{
		...EVENTTIA,
		server: ({ eventtia }) => eventtia,
		bound: 'at most one log-in for each execution that runs then',
		mostLogIns: (executions) => executions,
		parameters: ({ eventtia }) => ({
			resource: 'attendee',
			operation: 'get',
			eventUri,
			attendeeId: by('id', eventtia.state.event().attendees.at(0).id),
			options: {},
		}),
	},
	{
		...INEVENT,
		server: ({ inEvent }) => inEvent,
		// n8n's own renewal: single-flight in a process, and with a lock in Redis (n8n-core `oauth.js`).
		bound: 'at most one for each worker',
		mostLogIns: () => WORKERS,
		parameters: ({ inEvent }) => ({
			resource: 'attendee',
			operation: 'get',
			eventId,
			attendeeId: by('id', inEvent.state.event().attendees()[0]?.id ?? ''),
			options: {},
		}),
	},
];

/** The vendors with counted requests: one request for each item. */
export const COUNTED: Array<
	VendorCase & { server(sandbox: Sandbox): Sandbox['artsvp' | 'eventtia'] }
> = [
	{
		...ARTSVP,
		server: ({ artsvp }) => artsvp,
		parameters: ({ artsvp }) => ({
			resource: 'invite',
			operation: 'get',
			inviteId: artsvp.state.invites()[0]?.id ?? '',
			options: { concurrency: 10 },
		}),
	},
	{
		...EVENTTIA,
		server: ({ eventtia }) => eventtia,
		parameters: ({ eventtia }) => ({
			resource: 'attendee',
			operation: 'get',
			eventUri,
			attendeeId: by('id', eventtia.state.event().attendees.at(0).id),
			simplify: false,
			options: { concurrency: 10 },
		}),
	},
];
