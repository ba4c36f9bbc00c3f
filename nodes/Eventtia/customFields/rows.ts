/**
 * Reads the rows of a fixed collection. n8n gives `{ rows: [...] }`, or `{}` if there are none.
 */
import type { IDataObject } from 'n8n-workflow';

/** @returns undefined for an object that holds anything but rows */
export function readRows(value: IDataObject): unknown[] | undefined {
	const { rows } = value;
	if (Array.isArray(rows)) return rows;
	return Object.keys(value).length === 0 ? [] : undefined;
}
