/** What a connection error says about the fate of a request. */
import { expect, test } from '@jest/globals';

import { connectionFailure } from '../../../../nodes/shared/http/connection.ts';

const FATES: Array<[string | undefined, string, RegExp]> = [
	['ECONNREFUSED', 'notSent', /refused/],
	['EAI_AGAIN', 'notSent', /looked up/],
	['EHOSTUNREACH', 'notSent', /no route/],
	['ENETUNREACH', 'notSent', /no route/],
	['ENETDOWN', 'notSent', /network is down/],
	['ENOTFOUND', 'hopeless', /no server with that name/],
	['ERR_INVALID_URL', 'hopeless', /not a valid URL/],
	// Node's own check of header values runs before anything is sent.
	['ERR_INVALID_CHAR', 'hopeless', /character that cannot be sent/],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'hopeless', /another name/],
	['CERT_HAS_EXPIRED', 'hopeless', /expired/],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'hopeless', /self-signed/],
	['SELF_SIGNED_CERT_IN_CHAIN', 'hopeless', /self-signed/],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'hopeless', /cannot be verified/],
	['ERR_CANCELED', 'cancelled', /stopped/],
	['ECONNABORTED', 'maybeSent', /in time/],
	['ETIMEDOUT', 'maybeSent', /in time/],
	['ECONNRESET', 'maybeSent', /broke/],
	['EPIPE', 'maybeSent', /broke/],
	['ESOMETHINGNEW', 'maybeSent', /broke/],
	[undefined, 'maybeSent', /broke/],
];

test.each(FATES)('%s: %s', (code, fate, reason) => {
	const failure = connectionFailure(code);
	expect(failure.fate).toBe(fate);
	expect(failure.reason).toMatch(reason);
	expect(failure.reason).toMatch(/^[a-z]/);
});
