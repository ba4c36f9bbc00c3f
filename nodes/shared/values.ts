/**
 * Checks and builds plain objects.
 */
import type { IDataObject } from 'n8n-workflow';

/** Whether a value is an object with keys: neither null nor a list. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns only the entries that have a value: not undefined, not '', not an empty list */
export function omitEmpty(entries: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(entries).filter(
			([, value]) =>
				value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
		),
	);
}
