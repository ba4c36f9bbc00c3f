// What a trigger can watch at the model vendor: the same kind of table as a real vendor's streams.ts.
import { changedTo, changedBack, usualEvents } from '../../../nodes/shared/polling/eventRules.ts';
import type { Stream } from '../../../nodes/shared/polling/types.ts';
import type { ModelVendor, Person } from './modelVendor.mts';

const MINUTE_MS = 60_000;

/** How the trigger treats the vendor. */
export interface StreamManner {
	hasChanges: boolean;
	confirmsDeletion: boolean;
	cursorFrom: 'serverTime' | 'newestChange';
	tellsCreation: boolean;
}

export const EVENTS = [
	...usualEvents('person', 'Person'),
	changedTo('personCheckedIn', 'Person Checked In', 'checkedIn', true),
	changedBack('personCheckInUndone', 'Person Check-In Undone', 'checkedIn', [true], false),
	changedTo('personCancelled', 'Person Cancelled', 'status', 'cancelled'),
];

/** @param fullEveryMs @param lookBackMs the stream's own, ms */
export function streamOf(
	manner: StreamManner,
	fullEveryMs: number,
	lookBackMs: number,
): Stream<ModelVendor, Person> {
	return {
		value: 'person',
		record: 'person',
		events: EVENTS,
		watched: [
			{ name: 'status', keep: 'value' },
			{ name: 'checkedIn', keep: 'value' },
			{ name: 'name', keep: 'hash' },
		],
		observe: ({ status, checkedIn, name }) => ({ status, checkedIn, name }),
		idOf: ({ id }) => id,
		versionOf: ({ updatedAt }) => updatedAt,
		changedAtMs: ({ updatedAt }) => updatedAt,
		...(manner.tellsCreation ? { createdAtMs: ({ createdAt }: Person) => createdAt } : {}),
		isDeleted: ({ deleted }) => deleted,
		cursorFrom: manner.cursorFrom,
		confirmDeletions: manner.confirmsDeletion,
		fullEveryMinutes: fullEveryMs / MINUTE_MS,
		lookBackMinutes: lookBackMs / MINUTE_MS,
		open: (vendor) => ({
			all: vendor.all,
			...(manner.hasChanges ? { changes: (sinceMs: number) => vendor.changes(sinceMs) } : {}),
			shape: async (people) => people.map((person) => ({ ...person })),
		}),
	};
}
