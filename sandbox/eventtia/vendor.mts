// Eventtia's API v3 for the sandbox: the list of its areas, its headers, its knobs.

import { z } from 'zod';

import { Refusal, type VendorDefinition } from '../shared/endpoint.mts';
import { rateLimitKnobs } from '../shared/rate-limit.mts';
import { credential, credentialFields } from './credentials.mts';
import { EventtiaApi } from './api.mts';
import { addAttendeeRoutes } from './attendee-mutators.mts';
import { attendeeTypeEndpoints } from './areas/attendee-types.mts';
import { attendeeEndpoints } from './areas/attendees.mts';
import { registrationEndpoints } from './areas/registration.mts';
import { attendeeActivityEndpoints } from './areas/attendee-activities.mts';
import { guestEndpoints } from './areas/guests.mts';
import { authEndpoints } from './areas/auth.mts';
import { fileEndpoints } from './areas/files.mts';
import { placeEndpoints } from './areas/places.mts';
import { webHookEndpoints } from './areas/web-hooks.mts';
import { eventEndpoints } from './areas/events.mts';
import { activityEndpoints } from './areas/activities.mts';
import { networkingEndpoints } from './areas/networking.mts';
import { merchandisingEndpoints } from './areas/merchandising.mts';
import { exhibitorEndpoints } from './areas/exhibitors.mts';
import { guideEndpoints } from './areas/guide.mts';
import { communicationEndpoints } from './areas/communications.mts';
import { surveyEndpoints } from './areas/surveys.mts';
import { paymentEndpoints } from './areas/payments.mts';
import { addRecordRoutes } from './record-mutators.mts';
import { EventtiaState } from './state.mts';

/** Every area of the document. To add one, write a file and list it here. */
const AREAS = [
	authEndpoints,
	eventEndpoints,
	attendeeTypeEndpoints,
	attendeeEndpoints,
	registrationEndpoints,
	attendeeActivityEndpoints,
	guestEndpoints,
	activityEndpoints,
	networkingEndpoints,
	merchandisingEndpoints,
	exhibitorEndpoints,
	guideEndpoints,
	communicationEndpoints,
	surveyEndpoints,
	paymentEndpoints,
	webHookEndpoints,
	placeEndpoints,
	fileEndpoints,
];

const knobs = z
	.object({
		links: z.boolean(),
		totals: z.boolean(),
		tokenLifeSeconds: z.number().positive(),
		endedToken: z.enum(['refused', 'anonymous']),
		filterZone: z.enum(['event', 'utc']),
		filterBound: z.enum(['exclusive', 'inclusive']),
		newestFirst: z.boolean(),
		fieldChoices: z.enum(['list', 'lines', 'options']),
		duplicateEmails: z.enum(['refused', 'allowed']),
		byEmail: z.enum(['first', 'last']),
		cancelStatus: z.union([z.literal(200), z.literal(204)]),
		repeatedCancels: z.enum(['accepted', 'refused']),
		repeatedActivities: z.enum(['accepted', 'refused']),
		cloneAfterRequests: z.number().int().nonnegative(),
		cloneAfterMs: z.number().nonnegative().nullable(),
		unknownWebHookStatus: z.union([z.literal(200), z.literal(404)]),
		inTheFuture: z.enum(['value', 'present']),
		setCategories: z.enum(['replace', 'add']),
		paymentFilter: z.enum(['created_at', 'updated_at']),
		eventParamForm: z.enum(['resource', 'bare']),
		rateLimit: rateLimitKnobs,
	})
	.partial()
	.strict();

/** Eventtia (API v3) for the sandbox. */
export const EVENTTIA: VendorDefinition<EventtiaState> = {
	name: 'eventtia',
	title: 'Eventtia',
	credential,
	credentialFields,
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
	controlRoutes(control, state) {
		addAttendeeRoutes(control, state);
		addRecordRoutes(control, state);
	},
};
