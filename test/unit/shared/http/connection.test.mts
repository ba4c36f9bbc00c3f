/** What a connection error says about whether a request was sent. */
import { expect, test } from '@jest/globals';

import { connectionFailure } from '../../../../nodes/shared/http/connection.ts';

const FAILURES: Array<[string | undefined, string, RegExp]> = [
	['ECONNREFUSED', 'notSent', /refused/],
	['EAI_AGAIN', 'notSent', /looked up/],
	['EHOSTUNREACH', 'notSent', /no route/],
	['ENETUNREACH', 'notSent', /no route/],
	['ENETDOWN', 'notSent', /network is down/],
	['ENOTFOUND', 'permanent', /no server with that name/],
	['ERR_INVALID_URL', 'permanent', /not a valid URL/],
	// Node.js checks header values before it sends anything.
	['ERR_INVALID_CHAR', 'permanent', /character that cannot be sent/],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'permanent', /another name/],
	['CERT_HAS_EXPIRED', 'permanent', /expired/],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'permanent', /self-signed/],
	['SELF_SIGNED_CERT_IN_CHAIN', 'permanent', /self-signed/],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'permanent', /cannot be verified/],
	['ERR_CANCELED', 'cancelled', /stopped/],
	['ECONNABORTED', 'unknown', /in time/],
	['ETIMEDOUT', 'unknown', /in time/],
	['ECONNRESET', 'unknown', /broke/],
	['EPIPE', 'unknown', /broke/],
	['ESOMETHINGNEW', 'unknown', /broke/],
	[undefined, 'unknown', /broke/],
];

test.each(FAILURES)('%s: %s', (code, delivery, reason) => {
	const failure = connectionFailure(code);
	expect(failure.delivery).toBe(delivery);
	expect(failure.reason).toMatch(reason);
	expect(failure.reason).toMatch(/^[a-z]/);
});
