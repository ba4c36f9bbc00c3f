// What all of Event Vault's endpoints share: the four authentication headers and the documented errors for them.

import type { z } from 'zod';

import type { Clock } from '../shared/clock.mts';
import {
	type HttpResponse,
	type Call,
	type Endpoint,
	type EndpointSpec,
	type Headers,
	type Parsed,
	Refusal,
	endpoint,
	text,
} from '../shared/endpoint.mts';
import { MINUTE } from '../shared/time.mts';
import type { EventVaultEvent, EventVaultState } from './state.mts';

const AUTH_HEADERS = ['x-api-key', 'x-client-id', 'x-event-id', 'x-timestamp'] as const;
/** "Must be within 5 minutes of server time." Exactly 5 minutes is taken to be inside. */
const TIMESTAMP_WINDOW_MS = 5 * MINUTE;

const MISSING_HEADERS =
	'The request must include x-api-key, x-client-id, x-event-id, and x-timestamp headers.';

/** An endpoint of the event that the headers name. */
export interface ApiSpec<Query extends z.ZodRawShape, Body extends z.ZodRawShape>
	extends Omit<EndpointSpec<EventVaultState, Query, Body>, 'respond'> {
	respond(
		call: Call<EventVaultState, Parsed<Query>, Parsed<Body>>,
		event: EventVaultEvent,
	): HttpResponse;
}

/** The event that the four headers authorise, or the documented error response. */
function authorise(
	state: EventVaultState,
	headers: Headers,
	clock: Clock,
): EventVaultEvent | HttpResponse {
	if (AUTH_HEADERS.some((name) => !headers[name])) return text(400, MISSING_HEADERS);
	if (headers['x-client-id'] !== state.clientId) return text(404, 'Client not found.');
	if (headers['x-api-key'] !== state.apiKey) return text(403, 'Invalid API key.');
	const event = state.events.get(String(headers['x-event-id']));
	if (!event) return text(404, 'Event not found.');
	if (Math.abs(Number(headers['x-timestamp']) - clock.now()) > TIMESTAMP_WINDOW_MS) {
		return text(408, 'Request timestamp is outside the allowed 5-minute window.');
	}
	return event;
}

/** @throws Refusal for a timestamp in a form that the document does not describe */
export function checkHeaders(headers: Headers): void {
	const timestamp = headers['x-timestamp'];
	if (timestamp && !/^\d+$/.test(String(timestamp))) {
		throw new Refusal('x-timestamp must be Unix milliseconds in digits');
	}
}

/** Makes endpoints. @param clock the vendor server's */
export class EventVaultApi {
	constructor(private readonly clock: Clock) {}

	/** An endpoint behind the four headers. */
	endpoint<Query extends z.ZodRawShape, Body extends z.ZodRawShape>(
		spec: ApiSpec<Query, Body>,
	): Endpoint<EventVaultState> {
		const { respond, ...rest } = spec;
		return endpoint<EventVaultState, Query, Body>({
			...rest,
			respond: (call) => {
				const event = authorise(call.state, call.headers, this.clock);
				return 'status' in event ? event : respond(call, event);
			},
		});
	}
}
