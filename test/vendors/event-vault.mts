/** Event Vault, for shared test files. */
import { expect } from '@jest/globals';

import { EVENT_VAULT_CREDENTIALS } from '../../sandbox/event-vault/credentials.mts';
import { EVENT_VAULT_CONTRACT, SEEDED } from '../contract/event-vault.contract.mts';
import { fromAI } from '../e2e/support/fromAI.mts';
import { AWKWARD } from '../fuzz/support/awkward.mts';
import { defineVendor } from './defineVendor.mts';
import { eventVaultSamples } from './event-vault.samples.mts';
import { eventVaultStreams } from './event-vault.streams.mts';

const { apiKey, clientId, eventId, otherEventId } = EVENT_VAULT_CREDENTIALS;

export default defineVendor({
	key: 'eventVault',
	credential: {
		type: 'eventVaultApi',
		name: 'Event Vault account',
		data: (url) => ({ apiKey, clientId, eventId, baseUrl: url }),
		unlimited: {},
		secrets: ['apiKey'],
		wrong: { apiKey: 'wrong' },
		fields: ['apiKey', 'clientId', 'eventId', 'baseUrl'],
	},
	api: {
		prefix: '',
		parameters: {},
		liftLimits() {},
		isLogIn: () => false,
		hasSessions: false,
	},
	contract: {
		table: EVENT_VAULT_CONTRACT,
		seed({ state }) {
			for (const id of [eventId, otherEventId]) {
				const event = state.event(id);
				event.addGuest({ userEmail: SEEDED.userEmail });
				event.putTicket(SEEDED.userEmail, SEEDED.ticketType);
			}
		},
	},
	failures: { body: (words) => words, causes: {}, accepts: {}, ignored: [] },
	read: { resource: 'guest', operation: 'getCount' },
	streams: eventVaultStreams,
	samples: eventVaultSamples,
	fuzz: {
		parameters: {},
		responses: {
			disguise: { apiKey: `vault ${AWKWARD}` },
			filteredBy: /\.(EMAIL|TIER|email|registered|vCardData|country)\b/,
			list: { operation: 'guest: getAll', endless: [] },
		},
	},
	secrets: {
		list: { resource: 'guest', operation: 'getAll' },
		picker: { method: 'searchGuests', parameter: 'userEmail' },
		trigger: { triggerOn: ['guestCreated', 'guestDeleted'] },
	},
	editor: {
		searchWords: ['door list', 'event vault', 'ticket', 'guest list'],
		actions: ['On guest created', 'Add guest', 'Get many tickets'],
		form: ['API Key *', 'Client ID *', 'Event ID *', 'Base URL *'],
		typed: ({ url }) => ({ apiKey, clientId, eventId, baseUrl: url }),
		list: 'Get many guests',
		deleted: 0,
		pick: { from: 'Email', typed: 'noah', listed: 'Noah Novák (noah.novak.14@example.com)' },
		shown: { email: 'noah.novak.14@example.com', name: 'Noah Novák' },
		trigger: {
			word: 'guest list',
			on: 'On guest created',
			chosen: 'Guest Created',
			fields: ['Trigger On', 'Start From', 'Simplify', 'Options'],
			event: 'guestCreated',
		},
	},
	aiTool: {
		name: 'Add a guest',
		parameters: {
			resource: 'guest',
			operation: 'add',
			userEmail: fromAI('Email', 'The email of the guest'),
			additionalFields: {
				name: fromAI('Name', 'First and last name'),
				company: fromAI('Company', 'The company, empty if it is not known'),
			},
		},
		listed: {
			description: 'Add guest in Event Vault',
			properties: {
				Email: { type: 'string', description: 'The email of the guest' },
				Name: { type: 'string', description: 'First and last name' },
				Company: { type: 'string', description: 'The company, empty if it is not known' },
			},
		},
	},
	split: {
		schema: 'guest/get',
		runs: { example: 'event-vault-guest-list.json', node: 'Count the Guests' },
		items: ({ state }) => {
			const { guestCount } = state.event();
			return [expect.objectContaining({ guestCount })];
		},
		trigger: { triggerOn: ['guestDeleted'] },
		change({ state }) {
			const email = state.event().guests().at(-1)?.email ?? '';
			state.event().removeGuest(email);
			return { _event: 'guestDeleted', email };
		},
	},
});
