/**
 * Decides which events a difference is, and which missing records are deleted. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import type { Difference } from './snapshot';
import type { RecordRules, StartFrom, StreamEvent } from './types';

/**
 * A new record is "created", plus every state it is already in. A known record is each state that it
 * changed to; if it changed to none of the chosen ones, it is "updated".
 *
 * @param observed the record's watched fields as they are now
 * @param chosen the events chosen in the node
 * @returns events in the order of their items
 */
export function eventsFor(
	observed: IDataObject,
	difference: Difference,
	chosen: readonly StreamEvent[],
): StreamEvent[] {
	const became = chosen.filter(({ rule }) => {
		if (rule.kind !== 'became') return false;
		return rule.from(difference.was(rule.field)) && rule.to(observed[rule.field]);
	});
	if (!difference.isNew && (became.length > 0 || !difference.isUpdate)) return became;
	const general = difference.isNew ? 'created' : 'updated';
	return [...chosen.filter(({ rule }) => rule.kind === general), ...became];
}

/** When a record was created and changed, Unix ms, where the vendor says so. */
export interface RecordTimes {
	createdAtMs: number | undefined;
	changedAtMs: number | undefined;
}

/**
 * Whether a record that the first scan finds is emitted. Otherwise it is only taken as known.
 *
 * @param scanStartedMs the server's time when that scan started, Unix ms
 */
export function isEmittedAtStart(
	startFrom: StartFrom,
	{ createdAtMs, changedAtMs }: RecordTimes,
	scanStartedMs: number | undefined,
): boolean {
	switch (startFrom.kind) {
		case 'everything':
			return true;
		case 'date': {
			const knownSinceMs = createdAtMs ?? changedAtMs;
			return knownSinceMs !== undefined && knownSinceMs >= startFrom.ms;
		}
		case 'now':
			// A first scan can take several polls. Records created during that time are new.
			return (
				scanStartedMs !== undefined && createdAtMs !== undefined && createdAtMs > scanStartedMs
			);
	}
}

/** Fewer missing records than this are never suspicious. */
const MIN_SUSPICIOUS = 3;
const PERCENT = 100;

/**
 * Whether so many records are missing from a complete list that the list is more likely wrong: all of
 * them, or a larger part than the user expects.
 *
 * @param known how many records were known
 * @param missing how many of them are not in the list
 * @param largestDropPercent the largest part that may be missing; 100 allows everything
 */
export function isSuspicious(known: number, missing: number, largestDropPercent: number): boolean {
	if (missing < MIN_SUSPICIOUS || largestDropPercent >= PERCENT) return false;
	return missing >= known || missing * PERCENT > known * largestDropPercent;
}

/** A known record that a complete list does not contain. */
export interface MissingRecord {
	key: string;
	/** The previous full scan did not see it either. */
	wasMissing: boolean;
}

/**
 * Decides which of the missing records are deleted.
 *
 * @param known how many records were known
 * @returns their keys, and how many deletions are held back because the list is suspiciously short
 */
export function decideDeletions(
	missing: readonly MissingRecord[],
	known: number,
	largestDropPercent: number,
	{
		appendOnly,
		confirmDeletions,
	}: Pick<RecordRules<IDataObject>, 'appendOnly' | 'confirmDeletions'>,
): { deleted: string[]; heldBack: number } {
	if (appendOnly !== true && isSuspicious(known, missing.length, largestDropPercent)) {
		return { deleted: [], heldBack: missing.length };
	}
	const deleted = missing.filter(({ wasMissing }) => confirmDeletions !== true || wasMissing);
	return { deleted: deleted.map(({ key }) => key), heldBack: 0 };
}
