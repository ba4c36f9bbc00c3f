/**
 * What an error without a response says about the request: whether it was sent, and whether another
 * attempt can help. Pure.
 */

/**
 * - `notSent`: it certainly did not reach the vendor; another attempt may.
 * - `unknown`: it broke off after it may have reached the vendor.
 * - `permanent`: it certainly did not reach the vendor, and another attempt will not either.
 * - `cancelled`: the execution was stopped.
 */
export type Delivery = 'notSent' | 'unknown' | 'permanent' | 'cancelled';

export interface ConnectionFailure {
	delivery: Delivery;
	/** For messages, without addresses or values: a clause that starts in lower case. */
	reason: string;
	/** What to do, if it is not the address that is wrong. */
	hint?: string;
}

/** Node.js `errno` names and the codes of axios (`AxiosError.code`). */
const FAILURES: Record<string, ConnectionFailure> = {
	ECONNREFUSED: { delivery: 'notSent', reason: 'the server refused the connection' },
	EAI_AGAIN: { delivery: 'notSent', reason: 'the name of the server could not be looked up' },
	EHOSTUNREACH: { delivery: 'notSent', reason: 'there is no route to the server' },
	ENETUNREACH: { delivery: 'notSent', reason: 'there is no route to the server' },
	ENETDOWN: { delivery: 'notSent', reason: 'the network is down' },
	ENOTFOUND: { delivery: 'permanent', reason: 'there is no server with that name' },
	ERR_INVALID_URL: { delivery: 'permanent', reason: 'the address is not a valid URL' },
	/** Node.js checks header values before it sends them. */
	ERR_INVALID_CHAR: {
		delivery: 'permanent',
		reason: 'a value in the credential holds a character that cannot be sent',
		hint: 'Type the values in the credential anew: an invisible character may have been copied along.',
	},
	ERR_TLS_CERT_ALTNAME_INVALID: {
		delivery: 'permanent',
		reason: 'the certificate of the server is for another name',
	},
	CERT_HAS_EXPIRED: { delivery: 'permanent', reason: 'the certificate of the server has expired' },
	DEPTH_ZERO_SELF_SIGNED_CERT: {
		delivery: 'permanent',
		reason: 'the certificate of the server is self-signed',
	},
	SELF_SIGNED_CERT_IN_CHAIN: {
		delivery: 'permanent',
		reason: 'the certificate of the server is self-signed',
	},
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
		delivery: 'permanent',
		reason: 'the certificate of the server cannot be verified',
	},
	ERR_CANCELED: { delivery: 'cancelled', reason: 'the execution was stopped' },
	ECONNABORTED: { delivery: 'unknown', reason: 'no answer came in time' },
	ETIMEDOUT: { delivery: 'unknown', reason: 'no answer came in time' },
	ECONNRESET: { delivery: 'unknown', reason: 'the connection broke' },
	EPIPE: { delivery: 'unknown', reason: 'the connection broke' },
};

/** Any other code without a response: assume the worst, that the request may have been sent. */
const UNKNOWN_FAILURE: ConnectionFailure = { delivery: 'unknown', reason: 'the connection broke' };

/**
 * @param code the error's code, e.g. `ECONNRESET`; undefined if the error has none
 * @returns what is known about the request
 */
export function connectionFailure(code: string | undefined): ConnectionFailure {
	return (code === undefined ? undefined : FAILURES[code]) ?? UNKNOWN_FAILURE;
}
