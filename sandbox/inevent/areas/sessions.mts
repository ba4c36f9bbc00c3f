// Sessions and their speakers. The document names them without details.

import { type Endpoint, json } from '../../shared/endpoint.mts';
import { type InEventApi, toPage, pageQuery } from '../api.mts';
import type { InEventEvent } from '../event.mts';
import { notFound } from '../failure.mts';
import type { InEventSession } from '../records.mts';
import type { InEventState } from '../state.mts';

function requireSession(event: InEventEvent, id: string | undefined): InEventSession {
	const session = event.sessions.find((candidate) => candidate.id === id);
	if (!session) throw notFound();
	return session;
}

/** The endpoints of sessions. */
export const sessionEndpoints = (api: InEventApi): Array<Endpoint<InEventState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/sessions',
		scope: 'read:sessions',
		query: pageQuery,
		body: {},
		respond: ({ state, query }, event) => json(200, toPage(state, event.sessions, query, true)),
	}),
	api.ofEvent({
		method: 'GET',
		path: '/sessions/:id',
		scope: 'read:sessions',
		query: {},
		body: {},
		respond: ({ params }, event) => json(200, requireSession(event, params['id'])),
	}),
	api.ofEvent({
		method: 'GET',
		path: '/sessions/:id/speakers',
		scope: 'read:sessions',
		query: pageQuery,
		body: {},
		respond({ state, params, query }, event) {
			const { id } = requireSession(event, params['id']);
			return json(200, toPage(state, event.speakers.get(id) ?? [], query, true));
		},
	}),
];
