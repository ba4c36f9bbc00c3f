/**
 * Reads "come back later" out of response headers. Pure.
 */
import type { Headers } from './types';

const MS_PER_SECOND = 1000;
/** A reset value above this is a Unix time, below it a number of seconds to wait. */
const EPOCH_SECONDS_FLOOR = 1_000_000_000;
/** A Unix time above this is in milliseconds. */
const EPOCH_MILLISECONDS_FLOOR = 1_000_000_000_000;
/** Spellings of the reset header in use, best known first. */
const RESET_HEADERS = ['x-ratelimit-reset', 'x-rate-limit-reset', 'ratelimit-reset'];
const REMAINING_HEADERS = [
	'x-ratelimit-remaining',
	'x-rate-limit-remaining',
	'ratelimit-remaining',
];

/** The text of a header, or undefined. Header names are lower-case. */
export function headerText(headers: Headers, name: string): string | undefined {
	const value = headers[name];
	if (typeof value === 'string') return value.trim();
	if (typeof value === 'number') return String(value);
	if (Array.isArray(value)) return typeof value[0] === 'string' ? value[0].trim() : undefined;
	return undefined;
}

/**
 * The vendor's own clock when it answered.
 *
 * @returns Unix time in ms from the `Date` header (whole seconds), or undefined without one
 */
export function serverTimeMs(headers: Headers): number | undefined {
	const text = headerText(headers, 'date');
	if (text === undefined) return undefined;
	const time = Date.parse(text);
	return Number.isNaN(time) ? undefined : time;
}

/**
 * How long the vendor asks to wait.
 *
 * `Retry-After` is a number of seconds or an HTTP date (RFC 9110 §10.2.3); reset headers hold
 * seconds to wait or a Unix time. Dates are the vendor's, so they are measured against the
 * vendor's `Date` header where there is one, and only otherwise against our own clock.
 *
 * @param nowMs our clock, Unix ms
 * @returns ms to wait from now (0 for a moment that has passed), or undefined if nothing was said
 */
export function requestedDelayMs(headers: Headers, nowMs: number): number | undefined {
	const retryAfter = retryAfterMs(headers, nowMs);
	if (retryAfter !== undefined || !isExhausted(headers)) return retryAfter;
	return resetDelayMs(headers, serverTimeMs(headers) ?? nowMs);
}

/** The same from `Retry-After` alone: with a 503 it says that the request was turned away. */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
	const text = headerText(headers, 'retry-after');
	if (text === undefined || text === '') return undefined;
	const seconds = Number(text);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * MS_PER_SECOND);
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - (serverTimeMs(headers) ?? nowMs));
}

/**
 * How long to hold back further requests although this one was answered: the vendor says that none
 * is left.
 *
 * @param nowMs our clock, Unix ms
 * @returns ms to wait, or undefined if something is left or nothing was said
 */
export function exhaustedDelayMs(headers: Headers, nowMs: number): number | undefined {
	const hasRemaining = REMAINING_HEADERS.some((name) => headerText(headers, name) !== undefined);
	return hasRemaining && isExhausted(headers)
		? resetDelayMs(headers, serverTimeMs(headers) ?? nowMs)
		: undefined;
}

function isExhausted(headers: Headers): boolean {
	const texts = REMAINING_HEADERS.map((name) => headerText(headers, name));
	const text = texts.find((found) => found !== undefined && found !== '');
	return text === undefined || Number(text) <= 0;
}

function resetDelayMs(headers: Headers, vendorNow: number): number | undefined {
	for (const name of RESET_HEADERS) {
		const text = headerText(headers, name);
		const value = text === undefined || text === '' ? Number.NaN : Number(text);
		if (!Number.isFinite(value)) {
			const date = Date.parse(text ?? '');
			if (Number.isNaN(date)) continue;
			return Math.max(0, date - vendorNow);
		}
		if (value > EPOCH_MILLISECONDS_FLOOR) return Math.max(0, value - vendorNow);
		if (value > EPOCH_SECONDS_FLOOR) return Math.max(0, value * MS_PER_SECOND - vendorNow);
		return Math.max(0, value * MS_PER_SECOND);
	}
	return undefined;
}
