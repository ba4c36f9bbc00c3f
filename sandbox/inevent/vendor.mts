// InEvent's token server and API: what the vendor's document details, and what it only names, built by its
// conventions.

import { z } from 'zod';

import type { VendorDefinition } from '../shared/endpoint.mts';
import { rateLimitKnobs } from '../shared/rate-limit.mts';
import { InEventApi } from './api.mts';
import { analyticsEndpoints } from './areas/analytics.mts';
import { attendeeEndpoints } from './areas/attendees.mts';
import { authEndpoints } from './areas/auth.mts';
import { orderEndpoints } from './areas/orders.mts';
import { registrationEndpoints } from './areas/registration.mts';
import { sessionEndpoints } from './areas/sessions.mts';
import { credential, credentialFields } from './credentials.mts';
import { InEventState, SCOPES } from './state.mts';

/** Every area of the document. To add one, write a file and list it here. */
const AREAS = [
	authEndpoints,
	attendeeEndpoints,
	registrationEndpoints,
	analyticsEndpoints,
	sessionEndpoints,
	orderEndpoints,
];

const knobs = z
	.object({
		tokenLifeSeconds: z.number().positive(),
		ungrantedScopes: z.enum(['refused', 'dropped']),
		grantedScopes: z.array(z.enum(SCOPES)),
		registrationStatus: z.union([z.literal(200), z.literal(201)]),
		duplicateEmails: z.enum(['conflict', 'allowed']),
		privacyPolicyRequired: z.boolean(),
		anyIdempotencyKey: z.boolean(),
		actionStatus: z.union([z.literal(200), z.literal(204)]),
		repeatedCheckIns: z.enum(['conflict', 'accepted']),
		repeatedRefunds: z.enum(['counted', 'conflict']),
		maxPageSize: z.number().int().positive(),
		pageSizeOver: z.enum(['refused', 'capped']),
		totalShown: z.boolean(),
		lastPage: z.enum(['null', 'absent']),
		newestFirst: z.boolean(),
		sinceIsExclusive: z.boolean(),
		rateLimit: rateLimitKnobs,
	})
	.partial()
	.strict();

/** InEvent (REST API v1 and its token server) for the sandbox. */
export const INEVENT: VendorDefinition<InEventState> = {
	name: 'inevent',
	title: 'InEvent',
	credential,
	credentialFields,
	createState: (clock) => new InEventState(clock),
	endpoints(clock) {
		const api = new InEventApi(clock);
		return AREAS.flatMap((area) => area(api));
	},
	setKnobs(state, given) {
		const { rateLimit, ...own } = knobs.parse(given);
		Object.assign(state, own);
		Object.assign(state.rateLimit, rateLimit);
	},
};
