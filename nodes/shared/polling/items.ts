/**
 * The items of a poll: their keys, their shape, their order, and how many may be emitted. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import { parseTime } from './sources';
import type { FieldChange } from './snapshot';
import type { StreamEvent } from './types';

/** A version that is only a date covers all changes of that day. */
const DATE_ONLY = /^\d{4}-\d\d-\d\d$/;

/** The version in the key of a *Deleted* item. */
export const DELETED_VERSION = 'deleted';

/** Everything that happened to one record since the last poll. Its events are emitted together. */
export interface PendingRecord<R> {
	id: string;
	/** Undefined if the record is missing from the list. */
	record: R | undefined;
	/** At least one. */
	events: readonly PendingEvent[];
	changes: readonly FieldChange[];
	/** When it happened, Unix ms, for the order of items; Infinity if unknown. */
	atMs: number;
	/** The last known values of a missing record. */
	lastValues?: Record<string, unknown>;
	/** Updates the snapshot, once the events are emitted. */
	commit(): void;
}

export interface PendingEvent {
	event: StreamEvent;
	/** The version in the key of the item; see {@link itemVersion}. */
	version: string;
}

/**
 * The version in an item's key.
 *
 * @param version the vendor's version of the record
 * @param content the snapshot's hash of the record, for vendors without a precise version
 */
export function itemVersion(event: StreamEvent, version: unknown, content: string): string {
	const isPrecise =
		typeof version === 'number' || (typeof version === 'string' && !DATE_ONLY.test(version));
	const recordVersion = isPrecise ? versionText(version) : content;
	// A record can change its state several times before the vendor's version changes.
	return event.rule.kind === 'became' ? `${recordVersion}.${content}` : recordVersion;
}

/** A version that is a date becomes Unix ms: vendors write the same moment in several ways. */
export function versionText(version: string | number): string {
	return String((typeof version === 'string' ? parseTime(version) : undefined) ?? version);
}

/**
 * The key of an item. The same event always has the same key, also from an instant trigger. A
 * *Created* key has no version: a record is created once, even if it changes before it is emitted.
 */
export function itemKey(stream: string, id: string, event: StreamEvent, version: string): string {
	const parts = [stream, id, ...(event.rule.kind === 'created' ? [] : [version]), event.value];
	return parts.join(':');
}

/** A record with its event, which is the first column of n8n's table, and its key. */
export function eventItem<Record extends object>(record: Record, event: string, key: string) {
	const eventEntry = { _event: event };
	return { ...eventEntry, ...record, ...eventEntry, _key: key };
}

/**
 * The item of one event.
 *
 * @param stream the stream's `value`
 * @param shape the record as it is emitted
 */
export function toItem(
	stream: string,
	{ id, changes }: Pick<PendingRecord<unknown>, 'id' | 'changes'>,
	{ event, version }: PendingEvent,
	shape: object,
): IDataObject {
	return {
		...eventItem(shape, event.value, itemKey(stream, id, event, version)),
		...(changes.length > 0 ? { _changes: changes.map((change) => ({ ...change })) } : {}),
	};
}

/** How many items the records have together. */
export function countItems(records: Iterable<Pick<PendingRecord<unknown>, 'events'>>): number {
	let count = 0;
	for (const { events } of records) count += events.length;
	return count;
}

/** Sorts records by time, oldest first. Records of the same or an unknown time keep their order. */
export function oldestFirst(
	a: Pick<PendingRecord<unknown>, 'atMs'>,
	b: Pick<PendingRecord<unknown>, 'atMs'>,
): number {
	return a.atMs === b.atMs ? 0 : a.atMs - b.atMs;
}

/**
 * The first records whose items fit. A record is never split; the first one always fits, so that no
 * record blocks the others.
 *
 * @param maxItems none fits if it is 0
 */
export function takeFitting<P extends Pick<PendingRecord<unknown>, 'events'>>(
	records: readonly P[],
	maxItems: number,
): P[] {
	if (maxItems <= 0) return [];
	let items = 0;
	const overflow = records.findIndex(({ events }, index) => {
		items += events.length;
		return index > 0 && items > maxItems;
	});
	return overflow < 0 ? [...records] : records.slice(0, overflow);
}
