/** InEvent, for shared test files. */
import { expect } from '@jest/globals';

import { INEVENT_CREDENTIALS } from '../../sandbox/inevent/credentials.mts';
import { ineventContract, SCOPES } from '../contract/inevent.contract.mts';
import { fromAI } from '../e2e/support/fromAI.mts';
import { AWKWARD, TOKEN } from '../fuzz/support/awkward.mts';
import { defineVendor } from './defineVendor.mts';
import { inEventSamples } from './inevent.samples.mts';
import { inEventStreams } from './inevent.streams.mts';

const { clientId, clientSecret, eventId } = INEVENT_CREDENTIALS.production;
const ATTENDEE = '/v1/events/:eventId/attendees/:attendeeId';
const TOKEN_PATH = '/oauth/token';
/** The first attendee, who is not checked in, with their order, and the first session: the seed never changes. */
const SEEDED = { attendeeId: 'att_9e3779b1', orderId: 'ord_1', sessionId: 'ses_1' };

export default defineVendor({
	key: 'inEvent',
	credential: {
		type: 'inEventOAuth2Api',
		name: 'InEvent account',
		data: (url) => ({ clientId, clientSecret, scopes: [...SCOPES], baseUrl: url }),
		unlimited: {},
		secrets: ['clientSecret'],
		// A token that n8n already has works without the secret.
		wrong: { clientSecret: 'wrong', oauthTokenData: {} },
		fields: ['clientId', 'clientSecret', 'scopes', 'baseUrl', 'tokenUrl'],
	},
	api: {
		prefix: '',
		parameters: { eventId },
		liftLimits({ state }) {
			state.rateLimit.limit = null;
		},
		isLogIn: ({ path }) => path === TOKEN_PATH,
		hasSessions: true,
	},
	contract: { table: ineventContract(SEEDED), seed() {} },
	failures: {
		body: (message) => ({ error: 'error', message, request_id: 'req_8f1d2c2b' }),
		expired: { error: 'unauthorized', message: 'The access token has expired' },
		causes: { 401: 'credential-invalid', 403: 'credential-invalid' },
		accepts: {
			[`POST ${ATTENDEE}/checkin`]: 'anything',
			[`DELETE ${ATTENDEE}`]: 'anything',
			[`PATCH ${ATTENDEE}`]: 'json',
			'POST /v1/events/:eventId/orders/:orderId/refund': 'anything',
		},
		ignored: [],
	},
	read: { resource: 'session', operation: 'getAll', eventId },
	streams: inEventStreams,
	samples: inEventSamples,
	fuzz: {
		parameters: {
			// The document shows a UUID, and does not say that other keys are refused.
			mayRefuse: /Idempotency-Key must be a UUID/,
			without: { 'registration: create': ['options.idempotencyKey'] },
		},
		responses: {
			disguise: { clientSecret: `inevent ${AWKWARD}` },
			session: { oauthTokenData: { access_token: TOKEN, token_type: 'Bearer' } },
			isLogIn: ({ path }) => path === TOKEN_PATH,
			// It follows redirects of the token request (@n8n/client-oauth2 `client-oauth2.js`, accessTokenRequest).
			mayStray: /^(GET|POST) \/oauth\/token$/,
			withoutIds: /checkins|speakers|analytics/,
			// "200 OK: successful read or update with a response body", "204 No Content: … action without a payload".
			mayBeSilent: ({ method }) => method === 'PATCH',
			// n8n's own OAuth2 client reads it, and requests a new token when the first one is rejected.
			isUnread: ({ path }) => path === TOKEN_PATH,
			list: {
				operation: 'analytics: getAll',
				endless: [
					['the same rows', { data: [{ gate: 'north' }], pagination: { next_page: 1e9 } }],
					['a wrong total', { data: [], pagination: { total: 1e9, page_size: 1 } }],
					[
						'rows that are counted',
						{ data: [{ gate: 'x' }], pagination: { total: 1e9, page_size: 1 } },
					],
					['no word of pages', { data: Array.from({ length: 1_000 }, () => ({ gate: 'north' })) }],
				],
			},
		},
	},
	secrets: {
		list: { resource: 'attendee', operation: 'getAll', eventId },
		picker: { method: 'searchAttendees', parameter: 'attendeeId' },
		trigger: { triggerOn: ['attendeeCreated', 'attendeeDeleted'], eventId },
	},
	editor: {
		searchWords: ['conference', 'attendee', 'badge', 'check in'],
		actions: ['On attendee checked in', 'Create registration', 'Get many sessions'],
		form: ['Client ID *', 'Client Secret *', 'Base URL *', 'Token URL', 'Scopes'],
		typed: ({ url }) => ({ clientId, clientSecret, baseUrl: url }),
		list: 'Get many attendees',
		deleted: 0,
		prepare: async (panel) => await panel.fill('Event ID', eventId),
		pick: { from: 'Attendee', typed: 'noah', listed: 'Noah Novák, noah.novak.14@example.com' },
		shown: { email: 'noah.novak.14@example.com', name: 'Noah Novák' },
		trigger: {
			word: 'badge',
			on: 'On attendee checked in',
			chosen: 'Attendee Checked In',
			fields: ['Trigger On', 'Event ID', 'Start From', 'Simplify', 'Options'],
			event: 'attendeeCheckedIn',
		},
	},
	aiTool: {
		name: 'Register an attendee',
		parameters: {
			resource: 'registration',
			operation: 'create',
			eventId,
			email: fromAI('Email', 'The email of the attendee'),
			additionalFields: {
				ticketTypeId: fromAI('Ticket_Type_ID', 'The ID of the ticket type'),
				privacyPolicy: true,
			},
		},
		listed: {
			description: 'Create registration in InEvent',
			properties: {
				Email: { type: 'string', description: 'The email of the attendee' },
				Ticket_Type_ID: { type: 'string', description: 'The ID of the ticket type' },
			},
		},
	},
	split: {
		schema: 'attendee/get',
		runs: { example: 'inevent-branded-form.json', node: 'You Are Registered' },
		items: () => [expect.objectContaining({ checkInCode: expect.stringMatching(/^QR_/) })],
		trigger: { eventId, triggerOn: ['attendeeCreated'] },
		change({ state }) {
			const email = 'new@example.com';
			state.event().register({ email });
			return { _event: 'attendeeCreated', email };
		},
	},
});
