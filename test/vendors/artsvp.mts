/** ARTSVP, for shared test files. */
import { expect } from '@jest/globals';

import { ARTSVP_CREDENTIALS } from '../../sandbox/artsvp/credentials.mts';
import { ARTSVP_CONTRACT } from '../contract/artsvp.contract.mts';
import { fromAI } from '../e2e/support/fromAI.mts';
import { AWKWARD } from '../fuzz/support/awkward.mts';
import { artsvpSamples } from './artsvp.samples.mts';
import { artsvpStreams } from './artsvp.streams.mts';
import { defineVendor } from './defineVendor.mts';

const { apiKey } = ARTSVP_CREDENTIALS;
const PREFIX = '/api/v3';
const UNLIMITED = { rateLimitRequests: 1_000_000, rateLimitSeconds: 1 };
/** Who booked, for what, and the reference that guests quote. */
const BOOKING = 'Noah Novák, noah.novak.14@example.com, Winter Party, 6288-6D01-4CA5';

export default defineVendor({
	key: 'artsvp',
	credential: {
		type: 'artsvpApi',
		name: 'ARTSVP account',
		data: (url) => ({ apiKey, baseUrl: `${url}${PREFIX}` }),
		unlimited: UNLIMITED,
		secrets: ['apiKey'],
		wrong: { apiKey: 'wrong' },
		fields: ['apiKey', 'bearerPrefix', 'baseUrl', 'rateLimitRequests', 'rateLimitSeconds'],
	},
	api: {
		prefix: PREFIX,
		parameters: {},
		liftLimits({ state }) {
			state.rateLimit.limit = null;
		},
		isLogIn: () => false,
		hasSessions: false,
	},
	contract: { table: ARTSVP_CONTRACT, seed() {} },
	failures: {
		body: (error) => ({ error }),
		causes: { 401: 'credential-invalid', 403: 'credential-invalid' },
		accepts: { 'DELETE /api/v3/invites/:id': 'anything' },
		ignored: [],
	},
	read: { resource: 'event', operation: 'getAll' },
	streams: artsvpStreams,
	samples: artsvpSamples,
	fuzz: {
		parameters: {},
		responses: {
			disguise: { apiKey: `artsvp ${AWKWARD}`, ...UNLIMITED },
			filteredBy: /\.resource_tags\b/,
			list: {
				operation: 'booking: getAll',
				endless: [
					['empty pages', { has_more: true, last_booking_id: 'boo-$', data: [] }],
					['the same page', { has_more: true, last_booking_id: 'boo-$', data: [{ id: 'boo-1' }] }],
					[
						'the same page token',
						{ has_more: true, last_booking_id: 'boo-1', data: [{ id: 'boo-$' }] },
					],
				],
			},
		},
	},
	secrets: {
		list: { resource: 'booking', operation: 'getAll' },
		picker: { method: 'searchBookings', parameter: 'bookingId' },
		trigger: { triggerOn: ['bookingCreated', 'bookingDeleted'] },
	},
	editor: {
		searchWords: ['rsvp', 'booking', 'vernissage', 'door list'],
		actions: ['On invite used', 'Create invite', 'Update booking'],
		form: ['API Key *', 'Bearer Prefix', 'Base URL *'],
		typed: ({ url }) => ({ apiKey, baseUrl: `${url}${PREFIX}` }),
		list: 'Get many bookings',
		deleted: 0,
		pick: { from: 'Booking', typed: 'noah', listed: BOOKING },
		shown: { email: 'noah.novak.14@example.com', name: 'Noah Novák' },
		trigger: {
			word: 'rsvp',
			on: 'On booking confirmed',
			chosen: 'Booking Confirmed',
			fields: ['Trigger On', 'Filters', 'Start From', 'Simplify', 'Options'],
			event: 'bookingConfirmed',
		},
	},
	aiTool: {
		name: 'List bookings',
		parameters: {
			resource: 'booking',
			operation: 'getAll',
			returnAll: false,
			limit: fromAI('Limit', 'How many bookings at most', 'number'),
			filters: {},
		},
		listed: {
			description: 'Get many bookings in ARTSVP',
			properties: { Limit: { type: 'number', description: 'How many bookings at most' } },
		},
	},
	split: {
		schema: 'booking/get',
		runs: { example: 'artsvp-art-fair-invitations.json', node: 'Personal Links' },
		items: () =>
			['lucy.green@example.com', 'omar.haddad@example.com', 'mei.tanaka@example.com'].map((email) =>
				expect.objectContaining({ email, result: 'created' }),
			),
		trigger: { triggerOn: ['bookingCreated'] },
		change({ state }) {
			const { id } = state.addBooking({ email: 'new@example.com' });
			return { _event: 'bookingCreated', id };
		},
	},
});
