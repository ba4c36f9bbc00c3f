/**
 * Helpers for vendors' streams: the times of records, lists without pages, records without IDs. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import type { Page } from '../http/pages';

/** @returns a date as Unix ms; undefined if there is none, or it is not a date */
export function parseTime(date: unknown): number | undefined {
	const ms = typeof date === 'string' && date !== '' ? Date.parse(date) : Number.NaN;
	return Number.isNaN(ms) ? undefined : ms;
}

/**
 * A list that comes in one response.
 *
 * @param serverTimeMs the server's time when it responded, Unix ms, where the response contains it
 */
export function onePage<R>(records: R[], serverTimeMs?: number): Page<R> {
	return { records, next: undefined, serverTimeMs };
}

/** Shapes records one by one. */
export function shapeEach<R>(
	shape: (record: R) => IDataObject,
): (records: readonly R[]) => Promise<IDataObject[]> {
	return async (records) => records.map((record) => shape(record));
}

/**
 * Numbers records without an ID, so that two equal ones are two records.
 *
 * @param keyOf equal for records that cannot be distinguished
 * @returns the records with their `copy`, from 1
 */
export function numberCopies<R extends object>(
	records: readonly R[],
	keyOf: (record: R) => string,
): Array<R & { copy: number }> {
	const copies = new Map<string, number>();
	return records.map((record) => {
		const key = keyOf(record);
		const copy = (copies.get(key) ?? 0) + 1;
		copies.set(key, copy);
		return { ...record, copy };
	});
}
