/**
 * What an error without a response says about the request: was it sent, is another try any use.
 * Pure.
 */

/**
 * - `notSent`: it certainly never reached the vendor; another try may.
 * - `maybeSent`: it broke off after it may have reached the vendor.
 * - `hopeless`: it certainly never reached the vendor, and another try will not either.
 * - `cancelled`: the execution was stopped.
 */
export type ConnectionFate = 'notSent' | 'maybeSent' | 'hopeless' | 'cancelled';

export interface ConnectionFailure {
	fate: ConnectionFate;
	/** What a person is told, without addresses or values: a clause that starts in lower case. */
	reason: string;
	/** What to do, where it is not the address that is wrong. */
	hint?: string;
}

/** Node.js `errno` names and the codes of axios (`AxiosError.code`). */
const FAILURES: Record<string, ConnectionFailure> = {
	ECONNREFUSED: { fate: 'notSent', reason: 'the server refused the connection' },
	EAI_AGAIN: { fate: 'notSent', reason: 'the name of the server could not be looked up' },
	EHOSTUNREACH: { fate: 'notSent', reason: 'there is no route to the server' },
	ENETUNREACH: { fate: 'notSent', reason: 'there is no route to the server' },
	ENETDOWN: { fate: 'notSent', reason: 'the network is down' },
	ENOTFOUND: { fate: 'hopeless', reason: 'there is no server with that name' },
	ERR_INVALID_URL: { fate: 'hopeless', reason: 'the address is not a valid URL' },
	/** Node.js checks the values of headers before it sends them. */
	ERR_INVALID_CHAR: {
		fate: 'hopeless',
		reason: 'a value in the credential holds a character that cannot be sent',
		hint: 'Type the values in the credential anew: an invisible character may have been copied along.',
	},
	ERR_TLS_CERT_ALTNAME_INVALID: {
		fate: 'hopeless',
		reason: 'the certificate of the server is for another name',
	},
	CERT_HAS_EXPIRED: { fate: 'hopeless', reason: 'the certificate of the server has expired' },
	DEPTH_ZERO_SELF_SIGNED_CERT: {
		fate: 'hopeless',
		reason: 'the certificate of the server is self-signed',
	},
	SELF_SIGNED_CERT_IN_CHAIN: {
		fate: 'hopeless',
		reason: 'the certificate of the server is self-signed',
	},
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
		fate: 'hopeless',
		reason: 'the certificate of the server cannot be verified',
	},
	ERR_CANCELED: { fate: 'cancelled', reason: 'the execution was stopped' },
	ECONNABORTED: { fate: 'maybeSent', reason: 'no answer came in time' },
	ETIMEDOUT: { fate: 'maybeSent', reason: 'no answer came in time' },
	ECONNRESET: { fate: 'maybeSent', reason: 'the connection broke' },
	EPIPE: { fate: 'maybeSent', reason: 'the connection broke' },
};

/** Anything else that has a code but no response: assume the worst, that it may have been sent. */
const UNKNOWN_FAILURE: ConnectionFailure = { fate: 'maybeSent', reason: 'the connection broke' };

/**
 * @param code the error's code, e.g. `ECONNRESET`; undefined where the error had none
 * @returns what is known of the request's fate
 */
export function connectionFailure(code: string | undefined): ConnectionFailure {
	return (code === undefined ? undefined : FAILURES[code]) ?? UNKNOWN_FAILURE;
}
