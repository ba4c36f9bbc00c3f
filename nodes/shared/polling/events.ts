/**
 * Which events a difference is. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import type { Difference } from './snapshot';
import type { StreamEvent } from './types';

/**
 * A new record is "created", and whatever it has become. A known one is what it has become, or, if
 * that is nothing that was chosen, "updated".
 *
 * @param observed the record as it is now
 * @param chosen the events that the person wants, in the order in which they come out
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
	const plain = difference.isNew ? 'created' : 'updated';
	return [...chosen.filter(({ rule }) => rule.kind === plain), ...became];
}

/** Fewer records than this may vanish at once without a second thought. */
const MIN_SUSPICIOUS = 3;
const PERCENT = 100;

/**
 * Whether a complete list is so much shorter that it is more likely wrong than true: empty, or too
 * many missing at once.
 *
 * @param known how many records were known
 * @param missing how many of them the list does not have
 * @param largestDropPercent what a person takes for possible; 100 for anything
 */
export function isSuspicious(known: number, missing: number, largestDropPercent: number): boolean {
	if (missing < MIN_SUSPICIOUS || largestDropPercent >= PERCENT) return false;
	return missing >= known || missing * PERCENT > known * largestDropPercent;
}
