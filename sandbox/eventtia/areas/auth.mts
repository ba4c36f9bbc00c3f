// Log-in: e-mail and password (documented), client id and secret (from the vendor's public n8n node).

import { z } from 'zod';

import { type Endpoint, json } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import { Failure } from '../failure.mts';
import type { EventtiaState } from '../state.mts';

const string = z.string().optional();

/** The two endpoints that issue tokens. */
export const authEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.endpoint({
		method: 'POST',
		path: '/auth',
		access: 'public',
		query: {},
		body: { email: string, password: string },
		respond({ state, body }) {
			const account = state.accounts.get(body.email ?? '');
			if (!account || account.password !== body.password) {
				throw new Failure(401, 'Wrong username or password.');
			}
			return json(200, { auth_token: state.issueToken(account), username: account.username });
		},
	}),
	api.endpoint({
		method: 'POST',
		path: '/m2m-auth',
		access: 'public',
		query: {},
		body: { client_id: string, client_secret: string },
		respond({ state, body }) {
			const account = Array.from(state.accounts.values()).find(
				({ clientId, clientSecret }) =>
					clientId === body.client_id && clientSecret === body.client_secret,
			);
			if (!account) throw new Failure(401, 'Wrong client id or client secret.');
			return json(200, { access_token: state.issueToken(account) });
		},
	}),
];
