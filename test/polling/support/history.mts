// Random histories: how the vendor and the trigger are set up, and what happens in which order. A step is one number,
// because that is quick to make and shrinks well; `told` says what it means.
import * as fc from 'fast-check';
import type { Person, ModelVendor, VendorManner } from './modelVendor.mts';
import { EVENTS, type StreamManner } from './stream.mts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

export interface Setup {
	vendor: VendorManner;
	stream: StreamManner;
	chosen: string[];
	changedFields: string[];
	startFrom: 'now' | 'everything' | 'date';
	cap: number;
	lookBackMs: number;
	fullEveryMs: number;
	largestDropPercent: number;
	/** Records that are there at the beginning. */
	before: number;
	/** The state is saved after every poll, not only after one that emits. */
	isDurable: boolean;
	latencyMs: number;
	/** How far n8n's clock is off. */
	skewMs: number;
}

export interface History {
	setup: Setup;
	steps: number[];
}

const ALL_EVENTS = EVENTS.map(({ value }) => value);
const STEP_LIMIT = 0xffffff;
const MOST_STEPS = 36;
/** More often than not everything is chosen: then nothing may stay silent. */
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

export type Strategy = 'delta' | 'snapshot';

export function histories(strategy: Strategy): fc.Arbitrary<History> {
	const setup = fc
		.record({
			paging: fc.constantFrom<VendorManner['paging'][]>('whole', 'cursor', 'number'),
			pageSize: fc.integer({ min: 1, max: 4 }),
			flags: fc.integer({ min: 0, max: 255 }),
			chosen: fc.integer({ min: 0, max: SOME_EVENTS.length - 1 }),
			changedFields: fc.constantFrom<string[][]>([], [], [], ['name']),
			startFrom: fc.constantFrom<Setup['startFrom'][]>('now', 'now', 'everything', 'date'),
			cap: fc.constantFrom(1000, 1, 2, 4),
			lookBack: fc.constantFrom(60, 2, 10),
			fullEveryMs: fc.constantFrom(MINUTE_MS, 10 * SECOND_MS, 1000 * HOUR_MS),
			largestDropPercent: fc.constantFrom(100, 30),
			before: fc.integer({ min: 0, max: 7 }),
			latencyMs: fc.constantFrom(0, 50, 400, 3000),
			skewMs: fc.constantFrom(0, HOUR_MS, -HOUR_MS, 90 * SECOND_MS),
		})
		.map((given): Setup => {
			const flag = (place: number) => (given.flags & (1 << place)) !== 0;
			// Most vendors say what time it is.
			const tellsTime = flag(0) || flag(1);
			return {
				vendor: {
					paging: given.paging,
					pageSize: given.pageSize,
					newestFirst: flag(2),
					inclusive: flag(3),
					tombstones: strategy === 'delta' && flag(4),
					checkInMoves: flag(5),
					tellsTime,
				},
				stream: {
					hasChanges: strategy === 'delta',
					// Pages by number shift, so one reading proves nothing.
					confirmsDeletion: given.paging === 'number',
					cursorFrom: tellsTime && flag(6) ? 'serverTime' : 'newestChange',
					tellsCreation: flag(0) || flag(6),
				},
				chosen: SOME_EVENTS[given.chosen] ?? ALL_EVENTS,
				changedFields: given.changedFields,
				startFrom: given.startFrom,
				cap: given.cap,
				lookBackMs: given.lookBack * SECOND_MS,
				fullEveryMs: given.fullEveryMs,
				largestDropPercent: given.largestDropPercent,
				before: given.before,
				isDurable: flag(7),
				latencyMs: given.latencyMs,
				skewMs: given.skewMs,
			};
		});
	const steps = fc.array(fc.integer({ min: 0, max: STEP_LIMIT }), {
		minLength: 1,
		maxLength: MOST_STEPS,
		size: 'max',
	});
	return fc.record({ setup, steps });
}

/** What the trigger and n8n do; writers and the clock are the world's. */
export interface Actor {
	poll(): Promise<void>;
	/** n8n ends without a chance to save, and starts again. */
	restart(): Promise<void>;
	/** The next poll is interrupted right after its items came out, before its state was saved. */
	crashNext(): void;
	/** The next poll has time for so many pages. */
	budget(pages: number): void;
	cap(items: number): void;
	/** n8n's clock jumps. */
	skew(ms: number): void;
	/** The person edits the node. */
	edit(which: number): Promise<void>;
}

/** How often each thing happens. */
const DECK = [
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
	'other cap',
	'edit',
] as const;

const WAITS_MS = [1, 300, 900, 2000, 7000, 30_000, 61_000, 700_000];
const SKEWS_MS = [0, HOUR_MS, -HOUR_MS, 5000];
const CAPS = [1, 2, 3, 1000];
const WRITES = [
	'create',
	'update',
	'check in or undo',
	'cancel',
	'delete',
	're-create',
	'change late',
];
const MOST_LATE_MS = 1000;

/** Does one step. @returns what it was, in words */
export async function take(
	step: number,
	{ lookBackMs, vendor: { checkInMoves } }: Setup,
	vendor: ModelVendor,
	actor: Actor,
): Promise<string> {
	const kind = DECK[step % DECK.length] ?? 'poll';
	const which = (step >> 6) & 0xff;
	const more = (step >> 14) & 0xff;
	const person = (): Person | undefined => {
		const people = [...vendor.alive.values()];
		return people[which % Math.max(1, people.length)];
	};
	const write = (): void => {
		const one = person();
		const grave = [...vendor.graves.keys()][which % Math.max(1, vendor.graves.size)];
		if (kind === 'create') vendor.create();
		else if (kind === 're-create') vendor.create(grave);
		else if (one === undefined) return;
		else if (kind === 'delete') vendor.remove(one);
		else if (kind === 'update') vendor.change(one, { name: `name ${vendor.rev + 1}` });
		else if (kind === 'cancel')
			vendor.change(one, { status: one.status === 'cancelled' ? 'registered' : 'cancelled' });
		else if (kind === 'check in or undo') {
			vendor.change(one, { checkedIn: !one.checkedIn }, 0, checkInMoves);
		} else {
			const late = Math.max(0, lookBackMs - 2 * MOST_LATE_MS);
			vendor.change(one, { name: `name ${vendor.rev + 1}` }, late);
		}
	};
	if (WRITES.includes(kind)) {
		// One in four happens while the next list is read.
		if (more % 4 === 3) {
			vendor.between.push(write);
			return `${kind} (${which}) between two pages`;
		}
		write();
		return `${kind} (${which})`;
	}
	switch (kind) {
		case 'poll':
			await actor.poll();
			break;
		case 'wait': {
			const ms = WAITS_MS[which % WAITS_MS.length] ?? 0;
			vendor.nowMs += ms;
			return `wait ${ms} ms`;
		}
		case 'page fails':
			vendor.fault = { page: 1 + (which % 4), kind: more };
			return `page ${1 + (which % 4)} of the next poll fails`;
		case 'restart':
			await actor.restart();
			break;
		case 'crash in next poll':
			actor.crashNext();
			break;
		case 'clock jumps':
			actor.skew(SKEWS_MS[which % SKEWS_MS.length] ?? 0);
			break;
		case 'little time':
			actor.budget(1 + (which % 3));
			return `the next poll has time for ${1 + (which % 3)} pages`;
		case 'other cap':
			actor.cap(CAPS[which % CAPS.length] ?? 1);
			return `at most ${CAPS[which % CAPS.length]} items`;
		case 'edit':
			await actor.edit(which);
			break;
		default:
	}
	return kind;
}
