// Eventtia's errors: `{"message": "…"}`, as the document's samples show them.

import { type HttpResponse, json } from '../shared/endpoint.mts';

/** The vendor answers with an error. */
export class Failure extends Error {
	constructor(
		readonly status: number,
		message: string,
	) {
		super(message);
	}
}

/** "400 Bad Request -- Your request is invalid." */
export const invalid = (message: string) => new Failure(400, message);

/** The sample of a 404. */
export const notFound = () => new Failure(404, 'ActiveRecord::RecordNotFound');

/** The response of an effect, or of the error that it throws. */
export function catchFailure(effect: () => HttpResponse): HttpResponse {
	try {
		return effect();
	} catch (thrown) {
		if (!(thrown instanceof Failure)) throw thrown;
		return json(thrown.status, { message: thrown.message });
	}
}
