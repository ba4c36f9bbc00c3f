/**
 * Makes the `Idempotency-Key` of a registration from its content. Pure.
 */
import { createHash } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

/** RFC 9562 §5.8: version 8 ("custom") is the first digit of the third group, the variant that of the fourth. */
const UUID_VERSION = '8';
const UUID_VARIANT = '8';

/**
 * The same event and input give the same key, in any order of the fields. A workflow that runs again thus
 * registers nobody twice.
 *
 * @param input the body of the registration
 * @returns a UUID, like the `Idempotency-Key` in inevent.md
 */
export function idempotencyKey(eventId: string, input: IDataObject): string {
	const hex = createHash('sha256')
		.update(JSON.stringify([eventId, sortFields(input)]))
		.digest('hex');
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`${UUID_VERSION}${hex.slice(13, 16)}`,
		`${UUID_VARIANT}${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}

/** Sorts the fields of all objects by name, so that equal inputs give equal JSON. */
function sortFields(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sortFields);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([key, inner]) => [key, sortFields(inner)]));
}
