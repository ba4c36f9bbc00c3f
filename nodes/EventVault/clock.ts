/**
 * How far our clock is off Event Vault's. Pure.
 */
import { duration } from '../shared/http/problems';
import { serverTimeMs } from '../shared/http/rateLimit';
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

/** e.g. "The clock of this n8n is 7 minutes behind Event Vault". */
export function describeOffset(offsetMs: number): string {
	const side = offsetMs > 0 ? 'behind' : 'ahead of';
	return `The clock of this n8n is ${duration(Math.abs(offsetMs))} ${side} Event Vault`;
}
