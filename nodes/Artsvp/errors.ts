/**
 * What ARTSVP's error codes mean and what to do about them (artsvp.md, "Errors"; the body of an
 * error is not documented). Pure.
 */
import type { Problem } from '../shared/http/errors';
import { statusProblem, type Meaning } from '../shared/http/problems';
import type { Answer } from '../shared/http/types';
import { vendorWords } from '../shared/http/vendorWords';

export const STATUS = { created: 201, notFound: 404 } as const;

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
	const words = vendorWords(answer.body, secrets);
	return statusProblem('ARTSVP', answer, words, MEANINGS[answer.status], secrets);
}
