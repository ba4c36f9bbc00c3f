/**
 * Reads from response headers how long to wait. Pure.
 */
import { SECOND } from '../time';
import type { Headers } from './types';

/** A reset value above this is a Unix time, below it a number of seconds to wait. */
const EPOCH_SECONDS_FLOOR = 1_000_000_000;
/** A Unix time above this is in milliseconds. */
const EPOCH_MILLISECONDS_FLOOR = 1_000_000_000_000;

/** What a family of headers says about one quota. */
interface Quota {
	/** Requests left; undefined if it does not say. */
	remaining: number | undefined;
	/** The reset value as it came: seconds to wait, a Unix time or a date. */
	reset: string | undefined;
}

/** Prefixes of the headers `…-remaining` and `…-reset`, best known first. */
const PREFIXES = ['x-ratelimit', 'x-rate-limit', 'ratelimit'];
/**
 * Headers that hold everything in one value, newest first: `limit=100, remaining=5, reset=30` (drafts 3 to 7 of
 * draft-ietf-httpapi-ratelimit-headers), or `"default";r=5;t=30`, several separated by commas (draft 8 and later).
 */
const COMBINED_HEADERS = ['ratelimit', 'x-ratelimit', 'x-rate-limit'];

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
	const hasRemaining = readQuotas(headers).some(({ remaining }) => remaining !== undefined);
	return hasRemaining && isExhausted(headers)
		? resetDelayMs(headers, serverTimeMs(headers) ?? nowMs)
		: undefined;
}

/** Whether a quota is used up; also if no header says how many requests are left. */
function isExhausted(headers: Headers): boolean {
	const counted = readQuotas(headers).filter(({ remaining }) => remaining !== undefined);
	return counted.length === 0 || counted.some(isUsedUp);
}

function isUsedUp({ remaining }: Quota): boolean {
	return remaining !== undefined && remaining <= 0;
}

/** The longest wait for a quota that is used up; the first reset value where no quota says so. */
function resetDelayMs(headers: Headers, vendorNow: number): number | undefined {
	const quotas = readQuotas(headers);
	const usedUp = quotas.filter(isUsedUp);
	const waits = (usedUp.length > 0 ? usedUp : quotas)
		.map(({ reset }) => waitUntilReset(reset, vendorNow))
		.filter((ms) => ms !== undefined);
	if (waits.length > 0) return usedUp.length > 0 ? Math.max(...waits) : waits[0];
	// The quota that is used up may have its reset value in another family.
	return quotas.map(({ reset }) => waitUntilReset(reset, vendorNow)).find((ms) => ms !== undefined);
}

function waitUntilReset(reset: string | undefined, vendorNow: number): number | undefined {
	if (reset === undefined || reset === '') return undefined;
	const value = Number(reset);
	if (!Number.isFinite(value)) {
		const date = Date.parse(reset);
		return Number.isNaN(date) ? undefined : Math.max(0, date - vendorNow);
	}
	if (value > EPOCH_MILLISECONDS_FLOOR) return Math.max(0, value - vendorNow);
	if (value > EPOCH_SECONDS_FLOOR) return Math.max(0, value * SECOND - vendorNow);
	return Math.max(0, value * SECOND);
}

/** What all headers say: first the families with one header for each value, then the combined ones. */
function readQuotas(headers: Headers): Quota[] {
	const separate = PREFIXES.map((prefix) => ({
		remaining: readCount(headerText(headers, `${prefix}-remaining`)),
		reset: headerText(headers, `${prefix}-reset`),
	}));
	const combined = COMBINED_HEADERS.flatMap((name) => readCombined(headerText(headers, name)));
	return [...separate, ...combined].filter(
		({ remaining, reset }) => remaining !== undefined || reset !== undefined,
	);
}

/** The value of a parameter, e.g. of `remaining` or `r`: a number, or a text in quotes. */
const PARAMETER = /(?:^|[;,\s])(remaining|reset|r|t)\s*=\s*"?([^;,"]+)"?/gi;

/** @returns the quotas of a combined header; several policies come with commas between them */
function readCombined(text: string | undefined): Quota[] {
	if (text === undefined) return [];
	// In the older form commas separate the values of one quota, in the newer one they separate quotas.
	const isOlder = /(^|[\s,;])(remaining|reset)\s*=/i.test(text);
	return (isOlder ? [text] : text.split(',')).map((policy) => {
		const values = new Map(
			[...policy.matchAll(PARAMETER)].map(([, name = '', value = '']) => [
				name.toLowerCase(),
				value.trim(),
			]),
		);
		return {
			remaining: readCount(values.get('remaining') ?? values.get('r')),
			reset: values.get('reset') ?? values.get('t'),
		};
	});
}

function readCount(text: string | undefined): number | undefined {
	const count = Number(text ?? Number.NaN);
	return text === '' || Number.isNaN(count) ? undefined : count;
}
