// The four endpoints of Invitario's check-in API, built only from the vendor's "Documentation API v1.0".

import { z } from 'zod';

import {
	type HttpResponse,
	type VendorDefinition,
	endpoint,
	json,
	rawJson,
} from '../shared/endpoint.mts';
import { credential, credentialFields } from './credentials.mts';
import { InvitarioState } from './state.mts';
import { addMutatorRoutes } from './mutators.mts';

const ERRORS = {
	invalidJson: { code: 10, message: 'Invalid JSON provided.' },
	sessionToken: { code: 30, message: 'Invalid session token provided.' },
	eventId: { code: 1000, message: 'Event ID not known.' },
	apiKey: { code: 1010, message: 'API key incorrect.' },
} as const;
const missingParameters = (names: string[]) => ({
	code: 20,
	message: `Required parameter(s) missing: ${names.join(', ')}`,
});

const string = z.string().optional();
/** The only time format that the document shows. */
const dateTime = z
	.string()
	.regex(
		/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d)?$/,
		'must look like 2018-01-01T18:30:00+02:00',
	)
	.optional();

function failure(state: InvitarioState, error: { code: number; message: string }): HttpResponse {
	return json(state.errorStatus, { status: 'error', displayMessage: null, errors: [error] });
}

/** The documented error response if parameters are missing or the session has ended; otherwise undefined. */
function checkParameters(
	state: InvitarioState,
	required: Record<string, string | undefined>,
): HttpResponse | undefined {
	const missingNames = Object.keys(required).filter((name) => !required[name]);
	if (missingNames.length > 0) return failure(state, missingParameters(missingNames));
	const { sessionToken } = required;
	return sessionToken !== undefined && !state.useSession(sessionToken)
		? failure(state, ERRORS.sessionToken)
		: undefined;
}

const knobs = z
	.object({
		errorStatus: z.number().int().min(200).max(599),
		allIncludesDeleted: z.boolean(),
		sinceIsExclusive: z.boolean(),
		zoneOffsetMinutes: z.number().int(),
	})
	.partial()
	.strict();

/** Invitario (check-in API v1.0) for the sandbox. */
export const INVITARIO: VendorDefinition<InvitarioState> = {
	name: 'invitario',
	title: 'Invitario',
	credential,
	credentialFields,
	createState: (clock) => new InvitarioState(clock),
	endpoints: () => [
		endpoint({
			method: 'POST',
			path: '/api/v1/login',
			query: {},
			body: { eventId: string, apiKey: string, stationName: string },
			respond({ state, body: { eventId, apiKey, stationName } }) {
				const errorResponse = checkParameters(state, { eventId, apiKey, stationName });
				if (errorResponse) return errorResponse;
				if (eventId !== state.event.id) return failure(state, ERRORS.eventId);
				if (apiKey !== state.apiKey) return failure(state, ERRORS.apiKey);
				const sessionToken = state.openSession();
				return json(200, { status: 'success', event: state.event, stationName, sessionToken });
			},
		}),
		endpoint({
			method: 'POST',
			path: '/api/v1/guest/list/all',
			query: {},
			body: { sessionToken: string },
			respond: ({ state, body: { sessionToken } }) =>
				checkParameters(state, { sessionToken }) ?? rawJson(200, state.allBody()),
		}),
		endpoint({
			method: 'POST',
			path: '/api/v1/guest/list/recent',
			query: {},
			body: { sessionToken: string, sinceDateTime: dateTime },
			respond: ({ state, body: { sessionToken, sinceDateTime } }) =>
				checkParameters(state, { sessionToken, sinceDateTime }) ??
				rawJson(200, state.recentBody(sinceDateTime ?? '')),
		}),
		endpoint({
			method: 'POST',
			path: '/api/v1/logout',
			query: {},
			body: { sessionToken: string },
			respond({ state, body: { sessionToken } }) {
				const errorResponse = checkParameters(state, { sessionToken });
				if (errorResponse) return errorResponse;
				state.closeSession(sessionToken ?? '');
				return json(200, { status: 'success' });
			},
		}),
	],
	invalidJson: (state) => failure(state, ERRORS.invalidJson),
	setKnobs(state, given) {
		Object.assign(state, knobs.parse(given));
	},
	controlRoutes: addMutatorRoutes,
};
