/**
 * How far our clock is off Event Vault's. Pure.
 */
import { duration } from '../shared/http/problems';
import { serverTimeMs } from '../shared/http/rateLimitHeaders';
import type { Headers } from '../shared/http/types';

/** Event Vault accepts time stamps this far off its own clock (event-vault.md, "Authentication"). */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/**
 * @param nowMs our clock when the answer came, Unix ms
 * @returns ms to add to our clock to get Event Vault's (from its `Date` header, whole seconds), or
 *   undefined if the answer has none
 */
export function clockOffsetMs(headers: Headers, nowMs: number): number | undefined {
	const theirs = serverTimeMs(headers);
	return theirs === undefined ? undefined : theirs - nowMs;
}

const MINUTE_MS = 60_000;

/**
 * e.g. "The clock of this n8n is 7 minutes behind Event Vault". Rounded to the nearest minute:
 * `Date` has whole seconds, so 7 minutes ahead measure as up to a second more.
 */
export function describeOffset(offsetMs: number): string {
	const side = offsetMs > 0 ? 'behind' : 'ahead of';
	const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
	const off = minutes < 2 ? Math.abs(offsetMs) : minutes * MINUTE_MS;
	return `The clock of this n8n is ${duration(off)} ${side} Event Vault`;
}
