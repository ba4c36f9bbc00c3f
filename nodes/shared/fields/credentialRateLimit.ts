/**
 * The rate limit that a credential states: "Rate Limit (Requests)" per "Rate Limit (Seconds)".
 */
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { InputError } from '../errors';
import type { RateLimit } from '../http/rateLimiter';

const MS_PER_SECOND = 1000;

/** @throws InputError if a number is not above 0 */
export function readRateLimit(credentials: ICredentialDataDecryptedObject): RateLimit {
	return {
		requests: positive(credentials.rateLimitRequests, 'Rate Limit (Requests)'),
		perMs: positive(credentials.rateLimitSeconds, 'Rate Limit (Seconds)') * MS_PER_SECOND,
	};
}

function positive(value: unknown, field: string): number {
	const number =
		typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
	if (Number.isFinite(number) && number > 0) return number;
	throw new InputError(
		`"${field}" of the credential must be a number above 0`,
		`Open the credential and correct "${field}".`,
	);
}
