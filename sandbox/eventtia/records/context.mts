// What the records of an event know of their event, and how they count their ids.

import type { Clock } from '../../shared/clock.mts';

const IDS_PER_EVENT = 100_000;

/** An event as its records see it. */
export interface RecordContext {
	clock: Clock;
	eventId: number;
	/** 1, 2, 3, …: keeps the ids of one event apart from those of the others. */
	eventNumber: number;
	/** The event's IANA zone. */
	zone: string;
	/** Unix milliseconds. */
	startDate: number;
	currency: string;
	attendeeTypeIds: readonly number[];
	/** The first attendees of the event: the seeded purchases, payments, meetings and answers are theirs. */
	attendeeIds: readonly number[];
	/** Whether there is anything to begin with; a new event has nothing. */
	seeded: boolean;
}

/** Counts the ids of one kind of record in one event. */
export class Ids {
	private last: number;

	constructor(first: number, { eventNumber }: RecordContext) {
		this.last = first + eventNumber * IDS_PER_EVENT;
	}

	next(): number {
		this.last += 1;
		return this.last;
	}
}

/** The entry at an index that starts over at the end. @throws Error for an empty list */
export function pick<T>(list: readonly T[], index: number): T {
	const value = list[index % list.length];
	if (value === undefined) throw new Error('Cannot pick from an empty list');
	return value;
}

/** An image as the samples show one that is there, or (without a name) one that is missing. */
export function image(
	kind: string,
	filename: string | null,
): Record<'filename' | 'thumb' | 'small' | 'medium' | 'large', string | null> {
	const at = (size: string) =>
		filename === null
			? `/${kind}/${size}/missing.png`
			: `https://s3.amazonaws.com/eventtia/${kind}/${size}/${filename}`;
	return {
		filename,
		thumb: at('thumb'),
		small: at('thumb2x'),
		medium: at('medium'),
		large: at('large'),
	};
}
