// InEvent's errors: `{error, message, request_id, details?}`, as the document's samples show them.

import { type HttpResponse, json } from '../shared/endpoint.mts';
import type { InEventState } from './state.mts';

/** One invalid field, as in `{ field: 'email', issue: 'invalid_format' }`. */
export interface Detail {
	field: string;
	issue: string;
}

/** The vendor answers with an error. */
export class Failure extends Error {
	constructor(
		readonly status: number,
		readonly error: string,
		message: string,
		readonly details?: Detail[],
	) {
		super(message);
	}
}

/** The documented response to invalid input. */
export function invalid(details: Detail[], message = 'Invalid query parameters'): Failure {
	return new Failure(400, 'validation_error', message, details);
}

export const notFound = () => new Failure(404, 'not_found', 'Resource not found');

/** The response of an effect, or of the error that it throws. */
export function catchFailure(state: InEventState, effect: () => HttpResponse): HttpResponse {
	try {
		return effect();
	} catch (thrown) {
		if (!(thrown instanceof Failure)) throw thrown;
		const { status, error, message, details } = thrown;
		return json(status, {
			error,
			message,
			...(details === undefined ? {} : { details }),
			request_id: state.requestId(),
		});
	}
}
