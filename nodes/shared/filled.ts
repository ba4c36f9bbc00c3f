/**
 * Leaves out what a person left empty.
 */
import type { IDataObject } from 'n8n-workflow';

/** @returns only the entries with a value: not undefined, not '', not an empty list */
export function filled(entries: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(entries).filter(
			([, value]) =>
				value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
		),
	);
}
