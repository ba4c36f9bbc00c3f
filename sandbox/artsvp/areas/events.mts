// Events and collections: the list and one.

import { type Endpoint, json } from '../../shared/endpoint.mts';
import { type ArtsvpApi, requireById } from '../api.mts';
import type { ArtsvpState } from '../state.mts';

/** The endpoints of events and collections. */
export const eventEndpoints = (api: ArtsvpApi): Array<Endpoint<ArtsvpState>> =>
	(['events', 'collections'] as const).flatMap((kind) => [
		api.endpoint({
			method: 'GET',
			path: `/${kind}/:id`,
			query: {},
			body: {},
			respond: ({ state, params: { id } }) =>
				json(
					200,
					kind === 'events' ? requireById(state.events, id) : requireById(state.collections, id),
				),
		}),
		api.endpoint({
			method: 'GET',
			path: `/${kind}`,
			query: {},
			body: {},
			respond: ({ state }) =>
				json(200, { object: 'list', url: `/v3/${kind}`, data: state[kind].all() }),
		}),
	]);
