/**
 * The key that makes a repeated registration the same registration. Pure.
 */
import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** RFC 9562 §5.8: version 8, "custom", in the first digit of the third group; variant in the fourth. */
const UUID_VERSION = '8';
const UUID_VARIANT = '8';

/**
 * The same event and input always give the same key, whatever the order of the fields, so that a
 * workflow that runs again registers nobody twice.
 *
 * @returns a UUID, the form that inevent.md shows for `Idempotency-Key`
 */
export function idempotencyKey(eventId: string, input: IDataObject): string {
	const hex = createHash('sha256')
		.update(JSON.stringify([eventId, ordered(input)]))
		.digest('hex');
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`${UUID_VERSION}${hex.slice(13, 16)}`,
		`${UUID_VARIANT}${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}

/** Objects with their fields in one order, so that equal inputs give equal text. */
function ordered(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(ordered);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}
