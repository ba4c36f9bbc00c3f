/**
 * How far the clock of this n8n is off Event Vault's clock. Pure.
 */
import { duration } from '../shared/http/problems';
import { serverTimeMs } from '../shared/http/rateLimitHeaders';
import type { Headers } from '../shared/http/types';

const MINUTE_MS = 60_000;

/** How far a time stamp may be off Event Vault's clock (event-vault.md, "Authentication"). */
export const CLOCK_TOLERANCE_MS = 5 * MINUTE_MS;

/**
 * @param headers of a response
 * @param nowMs our clock when the response arrived, Unix ms
 * @returns milliseconds to add to our clock to get Event Vault's; undefined without a valid `Date` header
 */
export function clockOffsetMs(headers: Headers, nowMs: number): number | undefined {
	const serverMs = serverTimeMs(headers);
	return serverMs === undefined ? undefined : serverMs - nowMs;
}

/**
 * For example "The clock of this n8n is 7 minutes behind Event Vault". From two minutes on it is rounded to
 * minutes: the `Date` header has whole seconds, so the measured offset is up to a second off.
 */
export function describeOffset(offsetMs: number): string {
	const direction = offsetMs > 0 ? 'behind' : 'ahead of';
	const minutes = Math.round(Math.abs(offsetMs) / MINUTE_MS);
	const roundedMs = minutes < 2 ? Math.abs(offsetMs) : minutes * MINUTE_MS;
	return `The clock of this n8n is ${duration(roundedMs)} ${direction} Event Vault`;
}
