// The token server: client credentials for an access token (RFC 6749 §4.4).

import { z } from 'zod';

import {
	type HttpResponse,
	type Endpoint,
	endpoint,
	json,
	type Parsed,
} from '../../shared/endpoint.mts';
import { Failure, catchFailure } from '../failure.mts';
import type { InEventState } from '../state.mts';

const string = z.string().optional();
const tokenBody = {
	grant_type: string,
	client_id: string,
	client_secret: string,
	scope: string,
};

/** The fields of a form; each may appear once. */
function readForm(raw: string): Record<string, string> {
	const fields = Array.from(new URLSearchParams(raw));
	if (new Set(fields.map(([name]) => name)).size !== fields.length) throw new SyntaxError('twice');
	return Object.fromEntries(fields);
}

function issueToken(state: InEventState, body: Parsed<typeof tokenBody>): HttpResponse {
	const { grant_type: grant, client_id: id, client_secret: secret, scope } = body;
	const missing = Object.entries({ grant_type: grant, client_id: id, client_secret: secret })
		.filter(([, value]) => !value)
		.map(([field]) => ({ field, issue: 'required' }));
	// The codes of a token server's errors: RFC 6749 §5.2; the document shows none.
	if (missing.length > 0) throw new Failure(400, 'invalid_request', 'Missing fields', missing);
	if (grant !== 'client_credentials') {
		throw new Failure(400, 'unsupported_grant_type', 'Use grant_type=client_credentials');
	}
	const client = state.clients.get(id ?? '');
	if (!client || client.clientSecret !== secret) {
		throw new Failure(401, 'invalid_client', 'Unknown client or wrong secret');
	}
	const requestedScopes = scope ? scope.split(' ') : client.scopes;
	const ungranted = requestedScopes.filter((name) => !client.scopes.includes(name));
	if (ungranted.length > 0 && state.ungrantedScopes === 'refused') {
		throw new Failure(400, 'invalid_scope', `Scope not granted: ${ungranted.join(' ')}`);
	}
	const scopes = requestedScopes.filter((name) => client.scopes.includes(name));
	return json(200, {
		access_token: state.issueToken(id ?? '', scopes),
		token_type: 'Bearer',
		expires_in: state.tokenLifeSeconds,
		scope: scopes.join(' '),
	});
}

/** The endpoint that issues tokens. */
export const authEndpoints = (): Array<Endpoint<InEventState>> => [
	endpoint<InEventState, z.ZodRawShape, typeof tokenBody>({
		method: 'POST',
		path: '/oauth/token',
		query: {},
		body: tokenBody,
		bodies: { 'application/x-www-form-urlencoded': readForm },
		respond: ({ state, body }) => catchFailure(state, () => issueToken(state, body)),
	}),
];
