// Random histories: how the vendor and the trigger are set up, and what happens in which order. A step is one number,
// because that is fast to generate and shrinks well; `performStep` returns what it means.
import * as fc from 'fast-check';
import { HOUR, MINUTE, SECOND } from '../../../nodes/shared/time.ts';
import type { Person, ModelVendor, VendorBehavior } from './modelVendor.mts';
import { EVENTS, type StreamBehavior } from './stream.mts';

export interface Setup {
	vendor: VendorBehavior;
	stream: StreamBehavior;
	chosen: string[];
	changedFields: string[];
	startFrom: 'now' | 'everything' | 'date';
	maxItems: number;
	lookBackMs: number;
	fullEveryMs: number;
	largestDropPercent: number;
	/** Records that exist at the start. */
	initialRecords: number;
	/** The state is saved after every poll, not only after one that emits. */
	isDurable: boolean;
	latencyMs: number;
	/** How far n8n's clock is off. */
	clockSkewMs: number;
}

export interface History {
	setup: Setup;
	steps: number[];
}

const ALL_EVENTS = EVENTS.map(({ value }) => value);
const STEP_LIMIT = 0xffffff;
const MAX_STEPS = 36;
/** Mostly all events are chosen: then every change must be emitted. */
const SOME_EVENTS = [
	ALL_EVENTS,
	ALL_EVENTS,
	ALL_EVENTS,
	['personCreated', 'personUpdated', 'personDeleted'],
	['personCheckedIn', 'personCheckInUndone'],
	['personUpdated'],
	['personCreated', 'personCancelled'],
	['personCheckedIn', 'personUpdated', 'personDeleted'],
];

export type Strategy = 'changes' | 'snapshot';

export function histories(strategy: Strategy): fc.Arbitrary<History> {
	const setup = fc
		.record({
			paging: fc.constantFrom<VendorBehavior['paging'][]>('whole', 'cursor', 'number'),
			pageSize: fc.integer({ min: 1, max: 4 }),
			flags: fc.integer({ min: 0, max: 255 }),
			chosen: fc.integer({ min: 0, max: SOME_EVENTS.length - 1 }),
			changedFields: fc.constantFrom<string[][]>([], [], [], ['name']),
			startFrom: fc.constantFrom<Setup['startFrom'][]>('now', 'now', 'everything', 'date'),
			maxItems: fc.constantFrom(1000, 1, 2, 4),
			lookBack: fc.constantFrom(60, 2, 10),
			fullEveryMs: fc.constantFrom(MINUTE, 10 * SECOND, 1000 * HOUR),
			largestDropPercent: fc.constantFrom(100, 30),
			initialRecords: fc.integer({ min: 0, max: 7 }),
			latencyMs: fc.constantFrom(0, 50, 400, 3000),
			clockSkewMs: fc.constantFrom(0, HOUR, -HOUR, 90 * SECOND),
		})
		.map((raw): Setup => {
			const flag = (bit: number) => (raw.flags & (1 << bit)) !== 0;
			// Most vendors send their time.
			const sendsServerTime = flag(0) || flag(1);
			return {
				vendor: {
					paging: raw.paging,
					pageSize: raw.pageSize,
					newestFirst: flag(2),
					inclusive: flag(3),
					tombstones: strategy === 'changes' && flag(4),
					checkInChangesUpdatedAt: flag(5),
					sendsServerTime,
				},
				stream: {
					hasChanges: strategy === 'changes',
					// Numbered pages shift, so one full scan is not enough.
					confirmDeletions: raw.paging === 'number',
					cursorFrom: sendsServerTime && flag(6) ? 'serverTime' : 'newestChange',
					hasCreationTime: flag(0) || flag(6),
				},
				chosen: SOME_EVENTS[raw.chosen] ?? ALL_EVENTS,
				changedFields: raw.changedFields,
				startFrom: raw.startFrom,
				maxItems: raw.maxItems,
				lookBackMs: raw.lookBack * SECOND,
				fullEveryMs: raw.fullEveryMs,
				largestDropPercent: raw.largestDropPercent,
				initialRecords: raw.initialRecords,
				isDurable: flag(7),
				latencyMs: raw.latencyMs,
				clockSkewMs: raw.clockSkewMs,
			};
		});
	const steps = fc.array(fc.integer({ min: 0, max: STEP_LIMIT }), {
		minLength: 1,
		maxLength: MAX_STEPS,
		size: 'max',
	});
	return fc.record({ setup, steps });
}

/** Runs the trigger like n8n. The records and the clock belong to the model vendor. */
export interface Runner {
	poll(): Promise<void>;
	/** n8n stops without saving, and starts again. */
	restart(): Promise<void>;
	/** The next poll is interrupted after its items were emitted and before its state was saved. */
	crashInNextPoll(): void;
	/** The next poll has time for this many pages. */
	limitPages(pages: number): void;
	/** Changes *Max Items per Poll*. */
	setMaxItems(items: number): void;
	/** Changes n8n's clock. */
	setClockSkew(ms: number): void;
	/** Edits the node or its credential. */
	editNode(which: number): Promise<void>;
}

/** The kinds of steps, each repeated in proportion to its frequency. */
const STEP_KINDS = [
	...Array<'poll'>(10).fill('poll'),
	...Array<'create'>(3).fill('create'),
	...Array<'update'>(4).fill('update'),
	...Array<'check in or undo'>(3).fill('check in or undo'),
	'cancel',
	'delete',
	'delete',
	're-create',
	'change late',
	'wait',
	'wait',
	'page fails',
	'restart',
	'crash in next poll',
	'clock jumps',
	'little time',
	'other limit',
	'edit',
] as const;

const WAITS_MS = [1, 300, 900, 2000, 7000, 30_000, 61_000, 700_000];
const CLOCK_SKEWS_MS = [0, HOUR, -HOUR, 5000];
const MAX_ITEMS = [1, 2, 3, 1000];
const WRITES = [
	'create',
	'update',
	'check in or undo',
	'cancel',
	'delete',
	're-create',
	'change late',
];
const MAX_LATENESS_MS = 1000;

/** Performs one step. @returns its description */
export async function performStep(
	step: number,
	{ lookBackMs, vendor: { checkInChangesUpdatedAt } }: Setup,
	vendor: ModelVendor,
	runner: Runner,
): Promise<string> {
	const kind = STEP_KINDS[step % STEP_KINDS.length] ?? 'poll';
	const which = (step >> 6) & 0xff;
	const more = (step >> 14) & 0xff;
	const pickPerson = (): Person | undefined => {
		const people = [...vendor.alive.values()];
		return people[which % Math.max(1, people.length)];
	};
	const write = (): void => {
		const person = pickPerson();
		const deletedId = [...vendor.deletedPeople.keys()][
			which % Math.max(1, vendor.deletedPeople.size)
		];
		if (kind === 'create') vendor.create();
		else if (kind === 're-create') vendor.create(deletedId);
		else if (person === undefined) return;
		else if (kind === 'delete') vendor.remove(person);
		else if (kind === 'update') vendor.change(person, { name: `name ${vendor.revision + 1}` });
		else if (kind === 'cancel')
			vendor.change(person, { status: person.status === 'cancelled' ? 'registered' : 'cancelled' });
		else if (kind === 'check in or undo') {
			vendor.change(person, { checkedIn: !person.checkedIn }, 0, checkInChangesUpdatedAt);
		} else {
			const latenessMs = Math.max(0, lookBackMs - 2 * MAX_LATENESS_MS);
			vendor.change(person, { name: `name ${vendor.revision + 1}` }, latenessMs);
		}
	};
	if (WRITES.includes(kind)) {
		// One in four happens between two pages of the next scan.
		if (more % 4 === 3) {
			vendor.betweenPages.push(write);
			return `${kind} (${which}) between two pages`;
		}
		write();
		return `${kind} (${which})`;
	}
	switch (kind) {
		case 'poll':
			await runner.poll();
			break;
		case 'wait': {
			const ms = WAITS_MS[which % WAITS_MS.length] ?? 0;
			vendor.nowMs += ms;
			return `wait ${ms} ms`;
		}
		case 'page fails':
			vendor.plannedFailure = { page: 1 + (which % 4), kind: more };
			return `page ${1 + (which % 4)} of the next poll fails`;
		case 'restart':
			await runner.restart();
			break;
		case 'crash in next poll':
			runner.crashInNextPoll();
			break;
		case 'clock jumps':
			runner.setClockSkew(CLOCK_SKEWS_MS[which % CLOCK_SKEWS_MS.length] ?? 0);
			break;
		case 'little time':
			runner.limitPages(1 + (which % 3));
			return `the next poll has time for ${1 + (which % 3)} pages`;
		case 'other limit':
			runner.setMaxItems(MAX_ITEMS[which % MAX_ITEMS.length] ?? 1);
			return `at most ${MAX_ITEMS[which % MAX_ITEMS.length]} items`;
		case 'edit':
			await runner.editNode(which);
			break;
		default:
	}
	return kind;
}
