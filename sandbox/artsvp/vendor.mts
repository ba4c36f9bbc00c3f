// ARTSVP's API v3, built only from the vendor's document: its areas and its knobs.

import { z } from 'zod';

import type { VendorDefinition } from '../shared/endpoint.mts';
import { rateLimitKnobs } from '../shared/rate-limit.mts';
import { ArtsvpApi } from './api.mts';
import { bookingEndpoints } from './areas/bookings.mts';
import { eventEndpoints } from './areas/events.mts';
import { inviteEndpoints } from './areas/invites.mts';
import { credential, credentialFields } from './credentials.mts';
import { addMutatorRoutes } from './mutators.mts';
import { ArtsvpState } from './state.mts';

/** Every area of the document. To add one, write a file and list it here. */
const AREAS = [eventEndpoints, bookingEndpoints, inviteEndpoints];

const knobs = z
	.object({
		authorization: z.enum(['either', 'raw', 'bearer']),
		errorBody: z.enum(['error', 'message', 'empty']),
		csvLists: z.boolean(),
		newestFirst: z.boolean(),
		cursorAdvances: z.boolean(),
		createdStatus: z.union([z.literal(200), z.literal(201)]),
		filterScope: z.enum(['resource', 'account']),
		batchListsExisting: z.boolean(),
		inviteBookings: z.enum(['object', 'list', 'absent']),
		limitless: z.string(),
		inviteCodes: z.boolean(),
		metaDataOnUpdate: z.enum(['merge', 'replace']),
		rateLimit: rateLimitKnobs,
	})
	.partial()
	.strict();

/** ARTSVP (API v3) for the sandbox. */
export const ARTSVP: VendorDefinition<ArtsvpState> = {
	name: 'artsvp',
	title: 'ARTSVP',
	credential,
	credentialFields,
	createState: (clock) => new ArtsvpState(clock),
	endpoints(clock) {
		const api = new ArtsvpApi(clock);
		return AREAS.flatMap((area) => area(api));
	},
	setKnobs(state, given) {
		const { rateLimit, ...own } = knobs.parse(given);
		Object.assign(state, own);
		Object.assign(state.rateLimit, rateLimit);
	},
	controlRoutes: addMutatorRoutes,
};
