/** Invitario, for shared test files. */
import { expect } from '@jest/globals';

import { INVITARIO_CREDENTIALS } from '../../sandbox/invitario/credentials.mts';
import { INVITARIO_CONTRACT, SEEDED } from '../contract/invitario.contract.mts';
import { fromAI } from '../e2e/support/fromAI.mts';
import { AWKWARD } from '../fuzz/support/awkward.mts';
import { by } from '../rig/items.mts';
import { defineVendor } from './defineVendor.mts';
import { invitarioSamples } from './invitario.samples.mts';
import { invitarioStreams } from './invitario.streams.mts';

/** Collections that the contract does not fill in. */
const options = {
	customFieldLabels: { labels: [{ field: '13', label: 'Host' }] },
	resolveCompanions: true,
};

export default defineVendor({
	key: 'invitario',
	credential: {
		type: 'invitarioApi',
		name: 'Invitario Check-In account',
		data: (url) => ({ ...INVITARIO_CREDENTIALS, baseUrl: url }),
		unlimited: {},
		secrets: ['apiKey'],
		wrong: { apiKey: 'wrong' },
		fields: ['eventId', 'apiKey', 'stationName', 'baseUrl'],
	},
	api: {
		prefix: '',
		parameters: {},
		liftLimits() {},
		isLogIn: ({ path }) => path === '/api/v1/login',
		hasSessions: true,
	},
	contract: {
		table: INVITARIO_CONTRACT,
		seed: ({ state }) => void state.addGuest({ fields: { email: SEEDED.email } }),
	},
	failures: {
		body: (message) => ({ status: 'error', displayMessage: null, errors: [{ code: 99, message }] }),
		expired: { status: 'error', displayMessage: null, errors: [{ code: 30, message: 'Session' }] },
		causes: {},
		accepts: {},
		ignored: ['/api/v1/logout'],
		wordsAreFinal: true,
	},
	read: { resource: 'event', operation: 'get' },
	streams: invitarioStreams,
	samples: invitarioSamples,
	fuzz: {
		parameters: {
			also: {
				'guest: get': { options },
				'guest: getAll': { options },
				'guest: getChangedSince': { options },
			},
			readsWithPost: true,
		},
		responses: {
			disguise: { apiKey: `invitario ${AWKWARD}`, sessionToken: `stored ${AWKWARD}` },
			filteredBy: /\.deleteDateTime\b/,
			// "A finished run stays finished": the log-out comes last.
			isUnread: ({ path }) => path === '/api/v1/logout',
			list: { operation: 'guest: getAll', endless: [] },
		},
	},
	secrets: {
		list: { resource: 'guest', operation: 'getAll' },
		picker: { method: 'searchGuests', parameter: 'guestId' },
		trigger: { triggerOn: ['guestCreated', 'guestDeleted'] },
	},
	editor: {
		searchWords: ['check-in', 'check in', 'invitation', 'door list'],
		actions: ['On guest checked in', 'Get event', 'Get many guests changed since date'],
		form: ['Base URL *', 'Event ID *', 'App Code *', 'Station Name *'],
		typed: ({ url }) => ({ ...INVITARIO_CREDENTIALS, baseUrl: url }),
		list: 'Get many guests',
		deleted: 2,
		pick: { from: 'Guest', typed: 'noah', listed: 'Noah Novák, Cedar & Sons' },
		shown: { email: 'noah.novak.14@example.com', name: 'Noah Novák', company: 'Cedar & Sons' },
		trigger: {
			word: 'check-in',
			on: 'On guest checked in',
			chosen: 'Guest Checked In',
			fields: ['Trigger On', 'Start From', 'Simplify', 'Options'],
			event: 'guestCheckedIn',
		},
	},
	aiTool: {
		name: 'Find a guest at the door',
		parameters: {
			resource: 'guest',
			operation: 'get',
			guestId: by('email', fromAI('Email', 'The email of the guest')),
			simplify: true,
		},
		listed: {
			description: 'Get guest in Invitario',
			properties: { Email: { type: 'string', description: 'The email of the guest' } },
		},
	},
	split: {
		schema: 'guest/get',
		runs: {
			parameters: {
				resource: 'guest',
				operation: 'getAll',
				returnAll: true,
				filters: { checkInStatus: 'checkedIn' },
				options: {},
			},
		},
		items: ({ state }) =>
			state
				.guests()
				.filter(
					(guest) =>
						guest.checkInDateTime !== null &&
						guest.checkOutDateTime === null &&
						guest.deleteDateTime === null,
				)
				.map(({ fields: { email } }) => expect.objectContaining({ email })),
		trigger: { triggerOn: ['guestCreated'] },
		change({ state }) {
			const email = 'new@example.com';
			state.addGuest({ fields: { email } });
			return { _event: 'guestCreated', email };
		},
	},
});
