/**
 * The rows of a fixed collection, as n8n gives them: `{ rows: [...] }`, or `{}` where there are none.
 */
import type { IDataObject } from 'n8n-workflow';

/** @returns undefined for an object that holds something else than rows */
export function readRows(value: IDataObject): unknown[] | undefined {
	const { rows } = value;
	if (Array.isArray(rows)) return rows;
	return Object.keys(value).length === 0 ? [] : undefined;
}
