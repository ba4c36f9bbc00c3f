/** The vendors as the fuzz tests of their answers see them: a valid call of every operation, and the secrets. */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { ARTSVP_CONTRACT } from '../../contract/artsvp.contract.mts';
import { startArtsvpRig } from '../../contract/artsvp.rig.mts';
import { EVENT_VAULT_CONTRACT } from '../../contract/event-vault.contract.mts';
import { startEventVaultRig } from '../../contract/event-vault.rig.mts';
import { EVENTTIA_CONTRACT, startEventtiaRig } from '../../contract/eventtia.rig.mts';
import { INEVENT_CONTRACT, startInEventRig } from '../../contract/inevent.rig.mts';
import { INVITARIO_CONTRACT } from '../../contract/invitario.contract.mts';
import { startInvitarioRig } from '../../contract/invitario.rig.mts';
import { nodeProperties } from '../../contract/support/builtNode.mts';
import type { ContractRig } from '../../contract/support/describeContract.mts';
import { planRuns, type PlannedRun } from '../../contract/support/plan.mts';
import { endpointName, operationName, type ContractTable } from '../../contract/support/table.mts';
import type { Asked } from './answersStage.mts';

export interface FuzzedVendor {
	name: string;
	table: ContractTable;
	credentialType: string;
	startRig(): Promise<ContractRig>;
	/** Below the base URL, where the credential's address is longer than a host. */
	basePath: string;
	/** The credential while recorded answers are played: its secrets hold every awkward character. */
	disguise: ICredentialDataDecryptedObject;
	/** Fields of the credential that nobody may read anywhere. */
	secrets: readonly string[];
	/** A resource locator whose value goes into the address of every request but the log-in. */
	inEveryAddress?: string;
	/** What the credential holds while a session is open, so that a run needs no log-in. */
	session?: ICredentialDataDecryptedObject;
	/** A log-in: it only comes where the credential holds no session. */
	isLogIn?(asked: Asked): boolean;
	/** Values by which the node itself picks records: with another value a record may not be picked. */
	filteredBy?: RegExp;
	/** Requests that n8n itself sends on to another host, whatever the node says. */
	mayStray?: RegExp;
	/** Operations whose records have no id in the document. */
	withoutIds?: RegExp;
	/** A change whose answer may be empty, by the document, or hold anything. */
	mayBeSilent?(asked: Asked): boolean;
	/** A request of which only the status is read, or nothing at all. */
	isUnread?(asked: Asked): boolean;
}

/** What URLs, JSON, HTML and headers each write in another way. */
const AWKWARD = `k3y+/="&<'%20!*()~\\secret`;
/** The token of an open session. */
export const TOKEN = `token.${AWKWARD}`;
const NO_LIMIT = { rateLimitRequests: 1_000_000, rateLimitSeconds: 1 };

export const FUZZED = {
	eventVault: {
		name: 'Event Vault',
		table: EVENT_VAULT_CONTRACT,
		credentialType: 'eventVaultApi',
		startRig: startEventVaultRig,
		basePath: '',
		disguise: { apiKey: `vault ${AWKWARD}` },
		secrets: ['apiKey'],
		filteredBy: /\.(EMAIL|TIER|email|registered|vCardData|country)\b/,
	},
	invitario: {
		name: 'Invitario',
		table: INVITARIO_CONTRACT,
		credentialType: 'invitarioApi',
		startRig: startInvitarioRig,
		basePath: '',
		disguise: { apiKey: `invitario ${AWKWARD}`, sessionToken: `stored ${AWKWARD}` },
		secrets: ['apiKey', 'sessionToken'],
		filteredBy: /\.deleteDateTime\b/,
		// "A finished run stays finished": the log-out comes after everything else.
		isUnread: ({ path }) => path === '/api/v1/logout',
	},
	artsvp: {
		name: 'ARTSVP',
		table: ARTSVP_CONTRACT,
		credentialType: 'artsvpApi',
		startRig: startArtsvpRig,
		basePath: '/api/v3',
		disguise: { apiKey: `artsvp ${AWKWARD}`, ...NO_LIMIT },
		secrets: ['apiKey'],
		filteredBy: /\.resource_tags\b/,
	},
	inEvent: {
		name: 'InEvent',
		table: INEVENT_CONTRACT,
		credentialType: 'inEventOAuth2Api',
		startRig: startInEventRig,
		basePath: '',
		disguise: { clientSecret: `inevent ${AWKWARD}` },
		secrets: ['clientSecret'],
		session: { oauthTokenData: { access_token: TOKEN, token_type: 'Bearer' } },
		isLogIn: ({ path }) => path === '/oauth/token',
		// It follows redirects of the token request (@n8n/client-oauth2 `client-oauth2.js`, accessTokenRequest).
		mayStray: /^(GET|POST) \/oauth\/token$/,
		withoutIds: /checkins|speakers|analytics/,
		// "200 OK: successful read or update with a response body", "204 No Content: … action without a payload".
		mayBeSilent: ({ method }) => method === 'PATCH',
		// n8n's own OAuth2 client reads it, and asks for a new token when the first one is refused.
		isUnread: ({ path }) => path === '/oauth/token',
	},
	eventtia: {
		name: 'Eventtia',
		table: EVENTTIA_CONTRACT,
		credentialType: 'eventtiaApi',
		startRig: startEventtiaRig,
		basePath: '',
		// The account's key stands in addresses, which have to be those that were recorded.
		disguise: { password: `eventtia ${AWKWARD}`, ...NO_LIMIT },
		secrets: ['password', 'accountApiKey'],
		inEveryAddress: 'eventUri',
		session: { sessionToken: TOKEN },
		isLogIn: ({ path, search }) => path === '/api/v3/auth' || isProbe(path, search),
		withoutIds: /attendeeActivity: remove/,
		// That it was done is told by the status; of some of these answers the document shows nothing.
		mayBeSilent: ({ method, path }) =>
			method === 'DELETE' || path.endsWith('/cancel') || path.includes('/event_params/'),
		// A parameter of an event may be any value, also text.
		isUnread: ({ method, path, search }) =>
			isProbe(path, search) || (method === 'GET' && path.includes('/event_params/')),
	},
} satisfies Record<string, FuzzedVendor>;

/** What the node asks for only so that n8n logs in before it. */
function isProbe(path: string, search: string): boolean {
	return path === '/api/v3/countries' && search === '?page%5Bsize%5D=1';
}

/** Valid calls of an operation for one endpoint, the one with every parameter first. */
export interface ValidCall {
	/** e.g. `guest: add POST /addGuest`. */
	title: string;
	runs: PlannedRun[];
}

/** A log-in is reached by every operation. */
const MOST_OWN_OPERATIONS = 3;

/** Valid calls of every operation, for each endpoint that it reaches. */
export function validCalls({ table }: FuzzedVendor): ValidCall[] {
	const properties = nodeProperties(table.nodeType);
	const reached = table.endpoints.flatMap((endpoint) =>
		endpoint.reachedBy.map((reaching) => ({ endpoint, reaching })),
	);
	const isOwn = ({ endpoint }: (typeof reached)[number]) =>
		endpoint.reachedBy.length <= MOST_OWN_OPERATIONS && !endpoint.path.endsWith('/oauth/token');
	const own = new Set(reached.filter(isOwn).map(({ reaching }) => operationName(reaching)));
	const calls = new Map<string, ValidCall>();
	for (const one of reached) {
		const operation = operationName(one.reaching);
		if (!isOwn(one) && own.has(operation)) continue;
		const title = isOwn(one) ? `${operation}, ${endpointName(one.endpoint)}` : operation;
		if (calls.has(title)) continue;
		calls.set(title, { title, runs: planRuns(one.endpoint, one.reaching, properties) });
	}
	return [...calls.values()];
}
