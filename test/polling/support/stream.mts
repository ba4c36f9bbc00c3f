// The stream of the model vendor, written like a real vendor's streams.ts.
import { changedBack, changedTo, usualEvents } from '../../../nodes/shared/polling/eventRules.ts';
import type { Stream } from '../../../nodes/shared/polling/types.ts';
import { MINUTE } from '../../../nodes/shared/time.ts';
import type { ModelVendor, Person } from './modelVendor.mts';

/** How the trigger reads the vendor. */
export interface StreamBehavior {
	hasChanges: boolean;
	confirmDeletions: boolean;
	cursorFrom: 'serverTime' | 'newestChange';
	hasCreationTime: boolean;
}

export const EVENTS = [
	...usualEvents('person', 'Person'),
	changedTo('personCheckedIn', 'Person Checked In', 'checkedIn', true),
	changedBack('personCheckInUndone', 'Person Check-In Undone', 'checkedIn', [true], false),
	changedTo('personCancelled', 'Person Cancelled', 'status', 'cancelled'),
];

/** @param fullEveryMs time between full scans @param lookBackMs how far change scans look back */
export function createStream(
	behavior: StreamBehavior,
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
		...(behavior.hasCreationTime ? { createdAtMs: ({ createdAt }: Person) => createdAt } : {}),
		isDeleted: ({ deleted }) => deleted,
		cursorFrom: behavior.cursorFrom,
		confirmDeletions: behavior.confirmDeletions,
		fullEveryMinutes: fullEveryMs / MINUTE,
		lookBackMinutes: lookBackMs / MINUTE,
		open: (vendor) => ({
			all: vendor.all,
			...(behavior.hasChanges ? { changes: (sinceMs: number) => vendor.changes(sinceMs) } : {}),
			shape: async (people) => people.map((person) => ({ ...person })),
		}),
	};
}
