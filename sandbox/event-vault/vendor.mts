// The nine endpoints of Event Vault, built only from the vendor's document "API Integrations".

import { z } from 'zod';

import type { VendorDefinition } from '../shared/endpoint.mts';
import { EventVaultApi, checkHeaders } from './api.mts';
import { guestEndpoints } from './areas/guests.mts';
import { ticketEndpoints } from './areas/tickets.mts';
import { credential, credentialFields } from './credentials.mts';
import { EventVaultState } from './state.mts';

/** Every area of the document. To add one, write a file and list it here. */
const AREAS = [guestEndpoints, ticketEndpoints];

const knobs = z
	.object({
		missingFields: z.enum(['empty', 'absent', 'null']),
		removeGuestRemovesTickets: z.boolean(),
	})
	.partial()
	.strict();

/** Event Vault for the sandbox. */
export const EVENT_VAULT: VendorDefinition<EventVaultState> = {
	name: 'event-vault',
	title: 'Event Vault',
	credential,
	credentialFields,
	createState: () => new EventVaultState(),
	endpoints(clock) {
		const api = new EventVaultApi(clock);
		return AREAS.flatMap((area) => area(api));
	},
	checkHeaders,
	setKnobs(state, given) {
		Object.assign(state, knobs.parse(given));
	},
};
