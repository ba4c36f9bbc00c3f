/** Eventtia, for shared test files. */
import { expect } from '@jest/globals';

import { EVENTTIA_CREDENTIALS } from '../../sandbox/eventtia/credentials.mts';
import { EVENTTIA_CONTRACT, GUESTS, seedContract } from '../contract/eventtia.seed.mts';
import { fromAI } from '../e2e/support/fromAI.mts';
import { AWKWARD, TOKEN } from '../fuzz/support/awkward.mts';
import { by } from '../rig/items.mts';
import { defineVendor } from './defineVendor.mts';
import { eventtiaSamples } from './eventtia.samples.mts';
import { eventtiaStreams } from './eventtia.streams.mts';

const { email, password, accountApiKey } = EVENTTIA_CREDENTIALS;
const eventUri = by('uri', EVENTTIA_CREDENTIALS.eventUri);
const PREFIX = '/api/v3';
const OF_EVENT = `${PREFIX}/events/:event_uri`;
const LOG_INS = [`${PREFIX}/auth`, `${PREFIX}/m2m-auth`];
/** The list that the node reads only so that n8n logs in. */
const PROBE = `${PREFIX}/countries`;
const PROBE_QUERY = '?page%5Bsize%5D=1';
const UNLIMITED = { rateLimitRequests: 1_000_000, rateLimitSeconds: 1 };

const isProbe = (path: string, search: string) => path === PROBE && search === PROBE_QUERY;

export default defineVendor({
	key: 'eventtia',
	credential: {
		type: 'eventtiaApi',
		name: 'Eventtia account',
		data: (url) => ({ authenticateAs: 'user', email, password, accountApiKey, baseUrl: url }),
		unlimited: UNLIMITED,
		secrets: ['password', 'accountApiKey'],
		wrong: { password: 'wrong', sessionToken: '' },
		fields: [
			'email',
			'password',
			'accountApiKey',
			'authenticateAs',
			'baseUrl',
			'rateLimitRequests',
			'rateLimitSeconds',
		],
	},
	api: {
		prefix: PREFIX,
		parameters: { eventUri },
		liftLimits({ state }) {
			state.rateLimit.limit = null;
		},
		isLogIn: ({ path }) => LOG_INS.includes(path),
		isLogInProbe: ({ path, query }) => path === PROBE && query['page[number]'] === undefined,
		hasSessions: true,
		session({ state }) {
			const account = state.accounts.get(email);
			if (account === undefined) throw new Error('The sandbox has no account');
			return { sessionToken: state.issueToken(account) };
		},
	},
	contract: {
		table: EVENTTIA_CONTRACT,
		guests: GUESTS,
		seed: ({ state }) => void seedContract(state),
	},
	failures: {
		body: (message) => ({ message }),
		expired: { message: 'Your token is invalid or not present.' },
		causes: { 401: 'credential-invalid', 403: 'credential-invalid' },
		accepts: {
			[`PUT ${OF_EVENT}/attendees/:attendee_id/cancel`]: 'json',
			[`DELETE ${OF_EVENT}/attendee_workshops`]: 'json',
			[`POST ${OF_EVENT}/clone`]: 'json',
			// A value of any type.
			[`GET ${OF_EVENT}/event_params/:param_name`]: 'anything',
			[`PATCH ${OF_EVENT}/event_params/:param_name`]: 'json',
			[`DELETE ${OF_EVENT}/business_conferences/:business_conference_id/business_conference_participant_types/:business_conference_participant_type_id/unavailable_hours/:id`]:
				'json',
			[`DELETE ${OF_EVENT}/event_web_hooks`]: 'json',
			[`DELETE ${PREFIX}/accounts/:account_api_key/web_hooks`]: 'json',
		},
		ignored: [],
	},
	read: { resource: 'country', operation: 'getAll' },
	streams: eventtiaStreams,
	samples: eventtiaSamples,
	fuzz: {
		parameters: {
			uses: {
				// Names of fields and the event's time zone.
				'*': [
					'GET /api/v3/events/:event_uri',
					'GET /api/v3/events/:event_uri/attendee_types',
					'GET /api/v3/event-custom-fields',
				],
				'event: clone': ['GET /api/v3/events', 'GET /api/v3/events/:event_uri/clone-progress'],
			},
			// Which related records exist, and the content of an embed code or an answer.
			mayRefuse: /query: include: not|streaming_embed_code: Unrecognized|answers must be/,
		},
		responses: {
			// The account's key is part of URLs, which must match the recorded ones.
			disguise: { password: `eventtia ${AWKWARD}`, ...UNLIMITED },
			inEveryAddress: 'eventUri',
			session: { sessionToken: TOKEN },
			isLogIn: ({ path, search }) => path === LOG_INS[0] || isProbe(path, search),
			withoutIds: /attendeeActivity: remove/,
			// The status confirms the change; for some of these responses the document shows no body.
			mayBeSilent: ({ method, path }) =>
				method === 'DELETE' || path.endsWith('/cancel') || path.includes('/event_params/'),
			// An event parameter may have any value, including plain text.
			isUnread: ({ method, path, search }) =>
				isProbe(path, search) || (method === 'GET' && path.includes('/event_params/')),
			list: {
				operation: 'country: getAll',
				endless: [
					[
						'empty pages',
						{ data: [], links: { next: 'http://127.0.0.1:1/x' }, meta: { total_pages: 1e9 } },
					],
					[
						'the same page',
						{
							data: [{ id: '1', type: 'countries' }],
							links: { next: { href: 'http://127.0.0.1:1/x' } },
							meta: { total_pages: 1e9 },
						},
					],
				],
			},
		},
	},
	secrets: {
		list: { resource: 'attendee', operation: 'getAll', eventUri },
		picker: { method: 'searchAttendees', parameter: 'attendeeId' },
		trigger: { triggerOn: ['attendeeCreated', 'attendeeDeleted'], eventUri },
	},
	editor: {
		searchWords: ['exhibitors', 'registration', 'webhook', 'eventtia'],
		actions: ['On attendee checked in', 'Create attendee', 'Get many payments'],
		form: ['Log In With', 'Email *', 'Password *', 'Account API Key', 'Base URL *'],
		typed: ({ url }) => ({ email, password, baseUrl: url }),
		list: 'Get many attendees',
		deleted: 0,
		async prepare(panel) {
			await panel.searchList('Event', 'test', 'Test Event');
			await panel.pickListed('Test Event');
		},
		pick: {
			from: 'Attendee',
			typed: 'noah',
			listed: 'Noah Novák, noah.novak.14@example.com, Cedar & Sons',
		},
		shown: { email: 'noah.novak.14@example.com', name: 'Noah Novák' },
		trigger: {
			word: 'registration',
			on: 'On attendee checked in',
			chosen: 'Attendee Checked In',
			fields: ['Trigger On', 'Event', 'Start From', 'Simplify', 'Options'],
			event: 'attendeeCheckedIn',
		},
	},
	aiTool: {
		name: 'Find an attendee',
		parameters: {
			resource: 'attendee',
			operation: 'getByEmail',
			eventUri,
			email: fromAI('Email', 'The email of the attendee'),
		},
		listed: {
			description: 'Get attendee by email in Eventtia',
			properties: { Email: { type: 'string', description: 'The email of the attendee' } },
		},
	},
	split: {
		schema: 'attendee/get',
		runs: { example: 'eventtia-after-the-show.json', node: 'The Report' },
		items: ({ state }) => {
			const confirmed = Array.from(state.event().attendees.all()).filter(
				({ status, archived }) => status === 'confirmed' && !archived,
			);
			return [expect.objectContaining({ confirmed: confirmed.length })];
		},
		trigger: { eventUri, triggerOn: ['attendeeCreated'] },
		change({ state }) {
			const person = { email: 'new@example.com', first_name: 'New', last_name: 'Attendee' };
			state.event().attendees.register(person);
			return { _event: 'attendeeCreated', email: person.email };
		},
	},
});
