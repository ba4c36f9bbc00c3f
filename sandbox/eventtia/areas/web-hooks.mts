// Web hooks: list, create and delete, for one event and for the account.

import { z } from 'zod';

import { type HttpResponse, type Endpoint, json, type Parsed } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { invalid, notFound } from '../failure.mts';
import { type Resource, respondWithList, pageQuery } from '../jsonapi.mts';
import { TRIGGERS, type WebHook } from '../records/web-hooks.mts';
import type { EventtiaAccount, EventtiaState } from '../state.mts';
import { local, wholeSeconds } from '../dates.mts';

/** The zone of the times in the sample. Web hooks of an event use the event's zone. */
const ACCOUNT_ZONE = 'America/Bogota';
const string = z.string().optional();
const target = { target_url: string, trigger: string };
type Target = Parsed<typeof target>;

/** @param precise whether the time has milliseconds, as after Create */
function shownWebHook({ id, createdAt, event, ...row }: WebHook, precise = false): Resource {
	const at = precise ? createdAt : wholeSeconds(createdAt);
	return {
		id,
		type: 'event_web_hooks',
		attributes: {
			target_url: row.targetUrl,
			trigger: row.trigger,
			created_at: local(at, event?.zone ?? ACCOUNT_ZONE),
		},
		relationships: { event: { data: event ? { id: event.id, type: 'events' } : null } },
	};
}

/** @throws Failure 400 */
function create(
	state: EventtiaState,
	{ target_url: targetUrl, trigger }: Target,
	accountEmail: string,
	event: EventtiaEvent | null,
): HttpResponse {
	if (!targetUrl) throw invalid("Target url can't be blank");
	if (!trigger) throw invalid("Trigger can't be blank");
	if (!TRIGGERS.some((known) => known === trigger)) {
		throw invalid('Trigger is not included in the list');
	}
	// "This URL must be unique"
	if (state.webHooks.has(targetUrl)) throw invalid('Target url has already been taken');
	const row = state.webHooks.add({ targetUrl, trigger, accountEmail, event });
	return json(201, { data: shownWebHook(row, true) });
}

/** @throws Failure 400, 404 */
function remove(
	state: EventtiaState,
	{ target_url: targetUrl, trigger }: Target,
	accountEmail: string,
	event: EventtiaEvent | null,
): HttpResponse {
	if (!targetUrl) throw invalid("Target url can't be blank");
	const removed = state.webHooks.remove({ targetUrl, trigger }, accountEmail, event);
	if (removed === 0 && state.unknownWebHookStatus === 404) throw notFound();
	return json(200, null);
}

/** @throws Failure 404 for another account's key */
function ownKey(account: EventtiaAccount | undefined, key: string | undefined): string {
	if (!account || account.apiKey !== key) throw notFound();
	return account.email;
}

/** The endpoints of web hooks. */
export const webHookEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.endpoint({
		method: 'GET',
		path: '/web_hooks',
		bodyAllowed: true,
		query: { ...pageQuery, event_uri: string },
		body: { event_uri: string },
		respond(call) {
			const { state, account, query, body } = call;
			const uri = query.event_uri ?? body.event_uri;
			const email = account?.email ?? '';
			const event = uri === undefined ? undefined : state.events.get(uri);
			if (uri !== undefined && event?.accountEmail !== email) throw notFound();
			return respondWithList(call, state.webHooks.of(email, event), {
				serialize: (row) => shownWebHook(row),
			});
		},
	}),
	api.ofEvent({
		method: 'POST',
		path: '/event_web_hooks',
		query: {},
		body: target,
		respond: ({ state, body }, event) => create(state, body, event.accountEmail, event),
	}),
	api.ofEvent({
		method: 'DELETE',
		path: '/event_web_hooks',
		bodyAllowed: true,
		query: target,
		body: target,
		respond: ({ state, body, query }, event) =>
			remove(state, { ...query, ...body }, event.accountEmail, event),
	}),
	api.endpoint({
		method: 'POST',
		path: '/accounts/:account_api_key/web_hooks',
		query: {},
		body: target,
		respond: ({ state, body, account, params }) =>
			create(state, body, ownKey(account, params['account_api_key']), null),
	}),
	api.endpoint({
		method: 'DELETE',
		path: '/accounts/:account_api_key/web_hooks',
		bodyAllowed: true,
		query: target,
		body: target,
		respond: ({ state, body, query, account, params }) =>
			remove(state, { ...query, ...body }, ownKey(account, params['account_api_key']), null),
	}),
];
