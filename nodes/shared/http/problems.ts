/**
 * What people read when a request to any vendor fails. Pure.
 */
import type { Failure } from 'n8n-workflow';
import type { Problem } from '../errors';
import { MINUTE, SECOND } from '../time';
import type { ConnectionFailure } from './connection';
import { describeBody } from './describeBody';
import { isServerError, Status } from './status';
import type { HttpResponse } from './types';

/** Said of a write that may have happened although it has no clear response. */
export const AMBIGUOUS_HINT =
	'It is not known whether the change was made: the answer was lost. Check before you run this item again.';

/** There was no response, even after all attempts that are allowed. */
export function connectionProblem(
	vendor: string,
	failure: ConnectionFailure,
	attempts: number,
	ambiguous: boolean,
): Problem {
	const after = attempts > 1 ? ` (${attempts} tries)` : '';
	const isPermanent = failure.delivery === 'permanent';
	return {
		message: `${vendor} could not be reached: ${failure.reason}${after}`,
		hint: ambiguous ? AMBIGUOUS_HINT : connectionHint(failure),
		failure: { cause: isPermanent ? 'configuration-invalid' : 'temporarily-unavailable' },
		ambiguous,
	};
}

function connectionHint({ delivery, hint }: ConnectionFailure): string {
	if (delivery === 'permanent') return hint ?? 'Check "Base URL" in the credential.';
	return 'Check "Base URL" in the credential and that this n8n can reach the internet, then run it again.';
}

/**
 * The vendor (or the back-off) asks for a longer wait than the person allows.
 *
 * @param retryAfterMs how long the vendor asked to wait
 * @param nowMs our clock, Unix ms; the message names the end of the wait in UTC
 */
export function waitTooLongProblem(
	vendor: string,
	status: number | undefined,
	retryAfterMs: number,
	maxWaitMs: number,
	nowMs: number,
): Problem {
	const resetsAtEpochMs = nowMs + retryAfterMs;
	const rateLimited = status === Status.tooManyRequests;
	const failure: Failure = {
		cause: rateLimited ? 'rate-limited' : 'temporarily-unavailable',
		retryAfterMs,
		resetsAtEpochMs,
	};
	const until = formatUtc(resetsAtEpochMs, nowMs);
	return {
		message: rateLimited
			? `${vendor} allows no more requests until ${until} UTC`
			: `${vendor} is not available and asks to come back at ${until} UTC`,
		hint: `That is in ${duration(retryAfterMs)}; "Max Wait" allows ${duration(maxWaitMs)} for one request. Run it again then, or raise "Max Wait" or lower "Concurrency" under "Options".`,
		status,
		failure,
	};
}

/** The largest time value of a Date (ECMA-262, "Time Values and Time Range"). */
const MAX_DATE_MS = 8.64e15;

/** The time in UTC, with the date unless that is today. */
function formatUtc(epochMs: number, nowMs: number): string {
	const [date = '', time = ''] = new Date(Math.min(epochMs, MAX_DATE_MS)).toISOString().split('T');
	const isToday = new Date(nowMs).toISOString().startsWith(date);
	return `${isToday ? '' : `${date} `}${time.slice(0, 'hh:mm:ss'.length)}`;
}

/**
 * A body that is not what the vendor's document says.
 *
 * @param expected what it should be, e.g. "a list of guests"
 * @param secrets values that must not appear in the text
 */
export function unexpectedBodyProblem(
	vendor: string,
	response: HttpResponse,
	expected: string,
	secrets: readonly string[],
): Problem {
	return {
		message: `${vendor} answered with ${describeBody(response.body, secrets)} instead of ${expected}`,
		hint: sentences(
			response.ambiguous ? AMBIGUOUS_HINT : undefined,
			'Check "Base URL" in the credential; if it is right, try again later.',
		),
		status: response.status,
		ambiguous: response.ambiguous,
	};
}

/** A redirect. It is never followed, because n8n would send custom key headers to its target. */
export function redirectProblem(vendor: string, response: HttpResponse): Problem {
	return {
		message: `${vendor} sent the request to another address`,
		hint: 'Redirects are not followed, so that your keys stay with the vendor. Enter the final address as "Base URL" in the credential (often https:// instead of http://).',
		status: response.status,
		failure: { cause: 'configuration-invalid' },
	};
}

/** e.g. "40 seconds", "7 minutes". */
export function duration(ms: number): string {
	if (ms < 2 * MINUTE) {
		const seconds = Math.max(1, Math.ceil(ms / SECOND));
		return `${seconds} second${seconds === 1 ? '' : 's'}`;
	}
	return `${Math.ceil(ms / MINUTE)} minutes`;
}

/** What an error means at a vendor, and what to do about it. */
export interface StatusAdvice {
	/** Said where the vendor's response holds no message; its status and body are described otherwise. */
	message?: string | undefined;
	/** What to do; left out where {@link VendorError.details} say it. */
	hint?: string | undefined;
	/** Why, for n8n; by the status where it is left out. */
	failure?: Failure | undefined;
}

/** What a vendor says in an error response, without secrets. */
export interface VendorError {
	message?: string | undefined;
	/** What is wrong with single fields; comes before the hint. */
	details?: string | undefined;
	/** Comes last, e.g. the vendor's id of the request. */
	note?: string | undefined;
}

/**
 * An error response in the words of the vendor, or of the vendor's table of advice.
 *
 * @param error what the vendor said this time
 * @param advice the row of the vendor's table, where it has one
 * @param secrets values that must not appear in the text
 */
export function statusProblem(
	vendor: string,
	{ status, body, ambiguous }: HttpResponse,
	error: VendorError,
	advice: StatusAdvice | undefined,
	secrets: readonly string[],
): Problem {
	return {
		message:
			error.message ??
			advice?.message ??
			`${vendor} answered with HTTP ${status} and ${describeBody(body, secrets)}`,
		hint: sentences(
			error.details,
			advice === undefined ? defaultHint(vendor, status) : advice.hint,
			ambiguous ? AMBIGUOUS_HINT : undefined,
			error.note,
		),
		status,
		failure: advice?.failure ?? defaultFailure(status),
		ambiguous,
	};
}

function defaultHint(vendor: string, status: number): string {
	return isServerError(status)
		? `That is on ${vendor}’s side. Run the item again later.`
		: 'Check the fields of the node and "Base URL" in the credential.';
}

function defaultFailure(status: number): Failure | undefined {
	if (status === Status.tooManyRequests) return { cause: 'rate-limited' };
	return isServerError(status) ? { cause: 'temporarily-unavailable' } : undefined;
}

/**
 * A list with an entry that is no such record.
 *
 * @param position of the entry, from 1
 * @param record with its article, e.g. "a guest"
 * @param lacks what the entry does not have, e.g. `without an "id"`
 */
export function invalidRecordProblem(
	vendor: string,
	status: number,
	position: number,
	record: string,
	lacks: string,
): Problem {
	return {
		message: `${vendor}’s list has ${record} (number ${position}) ${lacks}`,
		hint: `Check "Base URL" in the credential; if it is right, ask ${vendor}.`,
		status,
	};
}

function sentences(...parts: Array<string | undefined>): string {
	return parts.filter((part) => part !== undefined).join(' ');
}
