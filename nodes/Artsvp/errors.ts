/**
 * What ARTSVP's error codes mean and what to do about them (artsvp.md, "Errors"; the body of an
 * error is not documented). Pure.
 */
import type { Failure } from 'n8n-workflow';
import { describeBody } from '../shared/http/describeBody';
import type { Problem } from '../shared/http/errors';
import { AMBIGUOUS_HINT } from '../shared/http/problems';
import type { Answer } from '../shared/http/types';
import { vendorWords } from '../shared/http/vendorWords';

export const STATUS = { created: 201, notFound: 404 } as const;

const FIRST_SERVER_ERROR = 500;

interface Meaning {
	/** ARTSVP's own words for the code. */
	words: string;
	hint: string;
	failure?: Failure;
}

const MEANINGS: Record<number, Meaning> = {
	400: { words: 'The request is invalid.', hint: 'Check the fields of the node.' },
	401: {
		words: 'The API key provided is invalid.',
		hint: 'Copy "API Key" again into the credential (Settings → Developer), or switch "Bearer Prefix" there.',
		failure: { cause: 'credential-invalid' },
	},
	403: {
		words: 'The data requested is for administrators only.',
		hint: 'Use the key of an administrator in the credential.',
		failure: { cause: 'credential-invalid' },
	},
	404: {
		words: 'Data could not be found.',
		hint: 'Check the ID fields of the node: the record may have been deleted, or belong to another account.',
	},
	429: {
		words: 'Rate limit has been exceeded.',
		hint: 'Other programs may use the same key. Lower "Rate Limit" in the credential.',
		failure: { cause: 'rate-limited' },
	},
	500: {
		words: 'ARTSVP had a problem with its server.',
		hint: 'Run the item again later.',
		failure: { cause: 'temporarily-unavailable' },
	},
	503: {
		words: 'ARTSVP is temporarily offline for maintenance.',
		hint: 'Run the item again later.',
		failure: { cause: 'temporarily-unavailable' },
	},
};

/**
 * @param answer any answer from 400 on
 * @param secrets values that must not appear in the words
 */
export function problemOf(answer: Answer, secrets: readonly string[]): Problem {
	const meaning = MEANINGS[answer.status];
	const message =
		vendorWords(answer.body, secrets) ??
		meaning?.words ??
		`ARTSVP answered with HTTP ${answer.status} and ${describeBody(answer.body, secrets)}`;
	const isDown = answer.status >= FIRST_SERVER_ERROR;
	const hint =
		meaning?.hint ??
		(isDown
			? 'That is on ARTSVP’s side. Run the item again later.'
			: 'Check the fields of the node and "Base URL" in the credential.');
	return {
		message,
		hint: answer.ambiguous ? `${hint} ${AMBIGUOUS_HINT}` : hint,
		status: answer.status,
		failure: meaning?.failure ?? (isDown ? { cause: 'temporarily-unavailable' } : undefined),
		ambiguous: answer.ambiguous,
	};
}
