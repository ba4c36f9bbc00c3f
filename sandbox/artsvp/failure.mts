// ARTSVP's errors: a status and, under a key that the document does not name, a message.

import { type HttpResponse, json, text } from '../shared/endpoint.mts';
import type { ArtsvpState } from './state.mts';

/** The messages of the document's table "Errors". */
const ERROR_MESSAGES = {
	400: 'The request is invalid.',
	401: 'The API key provided is invalid.',
	404: 'Data could not be found.',
	429: 'Rate limit has been exceeded.',
} as const;

/** The vendor answers with an error. */
export class Failure extends Error {
	constructor(
		readonly status: keyof typeof ERROR_MESSAGES,
		detail = '',
	) {
		super([ERROR_MESSAGES[status], detail].filter(Boolean).join(' '));
	}
}

/** The response to a failed request; the knob `errorBody` decides its body. */
export function failure(state: ArtsvpState, { status, message }: Failure): HttpResponse {
	return state.errorBody === 'empty'
		? text(status, '')
		: json(status, { [state.errorBody]: message });
}

/** The response of an effect, or of the error that it throws. */
export function catchFailure(state: ArtsvpState, effect: () => HttpResponse): HttpResponse {
	try {
		return effect();
	} catch (error) {
		if (error instanceof Failure) return failure(state, error);
		throw error;
	}
}
