// Eventtia's API v3 for the sandbox: the list of its areas, its headers, its knobs.

import { z } from 'zod';

import { Refusal, type VendorDefinition } from '../shared/endpoint.mts';
import { rateLimitKnobs } from '../shared/rate-limit.mts';
import { EventtiaApi } from './api.mts';
import { authEndpoints } from './areas/auth.mts';
import { eventEndpoints } from './areas/events.mts';
import { EventtiaState } from './state.mts';

/** Every area of the document: a new one is a file and a line here. */
const AREAS = [authEndpoints, eventEndpoints];

const knobs = z
	.object({
		links: z.boolean(),
		totals: z.boolean(),
		tokenLifeSeconds: z.number().positive(),
		filterZone: z.enum(['event', 'utc']),
		filterBound: z.enum(['exclusive', 'inclusive']),
		rateLimit: rateLimitKnobs,
	})
	.partial()
	.strict();

/** Eventtia (API v3) for the sandbox. */
export const EVENTTIA: VendorDefinition<EventtiaState> = {
	name: 'eventtia',
	title: 'Eventtia',
	createState: (clock) => new EventtiaState(clock),
	endpoints(clock) {
		const api = new EventtiaApi(clock);
		return AREAS.flatMap((area) => area(api));
	},
	checkHeaders({ authorization }) {
		if (authorization !== undefined && !/^Bearer \S+$/.test(authorization.toString())) {
			throw new Refusal('Authorization must be "Bearer <your token>"');
		}
	},
	setKnobs(state, given) {
		const { rateLimit, ...own } = knobs.parse(given);
		Object.assign(state, own);
		Object.assign(state.rateLimit, rateLimit);
	},
};
