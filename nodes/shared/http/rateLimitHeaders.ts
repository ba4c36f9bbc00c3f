/**
 * Reads from response headers how long to wait. Pure.
 */
import { SECOND } from '../time';
import type { Headers } from './types';

/** A reset value above this is a Unix time, below it a number of seconds to wait. */
const EPOCH_SECONDS_FLOOR = 1_000_000_000;
/** A Unix time above this is in milliseconds. */
const EPOCH_MILLISECONDS_FLOOR = 1_000_000_000_000;
/** Names of the reset header in use, best known first. */
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
 * The vendor's clock when it responded.
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
 * seconds to wait or a Unix time. Dates are by the vendor's clock, so they are measured against its
 * `Date` header, and against our own clock only if there is none.
 *
 * @param nowMs our clock, Unix ms
 * @returns ms to wait from now (0 for a moment that has passed), or undefined if the headers say nothing
 */
export function requestedDelayMs(headers: Headers, nowMs: number): number | undefined {
	const retryAfter = retryAfterMs(headers, nowMs);
	if (retryAfter !== undefined || !isExhausted(headers)) return retryAfter;
	return resetDelayMs(headers, serverTimeMs(headers) ?? nowMs);
}

/** The same from `Retry-After` alone, which with a 503 means that the request was not processed. */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
	const text = headerText(headers, 'retry-after');
	if (text === undefined || text === '') return undefined;
	const seconds = Number(text);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * SECOND);
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - (serverTimeMs(headers) ?? nowMs));
}

/**
 * How long to pause further requests after a normal response, because the vendor says that none is left.
 *
 * @param nowMs our clock, Unix ms
 * @returns ms to wait, or undefined if some are left or the headers say nothing
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
		if (value > EPOCH_SECONDS_FLOOR) return Math.max(0, value * SECOND - vendorNow);
		return Math.max(0, value * SECOND);
	}
	return undefined;
}
