// Decides what a poll must emit, only from the vendor's log and the items so far. It keeps whole records instead of
// hashes, and sets instead of generation bits, so that it shares no technique with the code under test.
import type { IDataObject } from 'n8n-workflow';
import type { ModelVendor, Person } from './modelVendor.mts';

export interface OracleSettings {
	chosen: readonly string[];
	changedFields: readonly string[];
	largestDropPercent: number;
	confirmDeletions: boolean;
	hasCreationTime: boolean;
}

export type StartFrom = { kind: 'now' } | { kind: 'everything' } | { kind: 'date'; ms: number };

/** The visible result of a finished poll. */
export interface PollOutcome {
	items: IDataObject[];
	maxItems: number;
	phase: 'baseline' | 'live';
	heldBack: number;
	/** The IDs in the stored state, or their number if only hashes are stored. */
	known: string[] | number;
}

/** What the trigger must know after a poll. It is saved and restored together with the trigger's state. */
export interface OracleState {
	startFrom: StartFrom;
	phase: 'baseline' | 'live';
	/** Records as they were last emitted, or as the first scan found them. */
	records: Map<string, Person>;
	/** Seen by the unfinished full scan. */
	seen: Set<string> | undefined;
	/** Not seen by the last complete full scan. */
	missing: Set<string>;
	/** The vendor's time when the first scan started. */
	startedMs: number | undefined;
	/** The vendor's revision when each of the last two full scans started. */
	scanRevisions: number[];
}

interface Expectation {
	record: Person | undefined;
	events: string[];
	atMs: number;
}

const MIN_SUSPICIOUS = 3;

export function initialState(startFrom: StartFrom): OracleState {
	return {
		startFrom,
		phase: 'baseline',
		records: new Map(),
		seen: undefined,
		missing: new Set(),
		startedMs: undefined,
		scanRevisions: [],
	};
}

export function copyState(state: OracleState): OracleState {
	return {
		...state,
		records: new Map(state.records),
		seen: state.seen === undefined ? undefined : new Set(state.seen),
		missing: new Set(state.missing),
		scanRevisions: [...state.scanRevisions],
	};
}

/** The trigger broke a promise. */
export class Violation extends Error {}

function assert(condition: boolean, message: () => string): asserts condition {
	if (!condition) throw new Violation(message());
}

export class Oracle {
	state: OracleState;

	/** Records as the consumer knows them, including items whose poll n8n did not save. */
	readonly consumerRecords = new Map<string, Person>();

	/** Records whose last item came from a poll that was not saved: the consumer may know more than the trigger. */
	readonly unverifiable = new Set<string>();

	private hasBeenLive = false;

	constructor(
		readonly settings: OracleSettings,
		private readonly vendor: ModelVendor,
		startFrom: StartFrom,
	) {
		this.state = initialState(startFrom);
	}

	/** Checks a successful poll and moves on to the state after it. @throws Violation */
	checkPoll(outcome: PollOutcome): void {
		const state = copyState(this.state);
		const expected = this.expect(state, outcome);
		this.compare(expected, state, outcome);
		const wasLive = state.phase === 'live';
		state.phase = outcome.phase;
		if (outcome.phase === 'live' && !wasLive)
			assert(state.seen === undefined, () => 'live too early');
		this.state = state;
		if (outcome.phase === 'live' && !this.hasBeenLive) {
			this.hasBeenLive = true;
			for (const [id, record] of state.records) this.consumerRecords.set(id, record);
		}
		this.checkKnown(outcome);
	}

	/** The configuration changed: the records of the next first scan are the new baseline. */
	reset(): void {
		this.hasBeenLive = false;
		this.consumerRecords.clear();
		this.unverifiable.clear();
	}

	/** n8n stopped after items were emitted and before the state was saved: the trigger forgets that poll. */
	crash(items: readonly IDataObject[], state: OracleState): void {
		for (const { id } of items) this.unverifiable.add(String(id));
		if (state.phase === 'baseline') this.reset();
	}

	/** The trigger continues from an older state. */
	restore(state: OracleState): void {
		this.state = copyState(state);
	}

	/** The stored state must have exactly the expected records. */
	private checkKnown({ known }: PollOutcome): void {
		const { records } = this.state;
		if (typeof known === 'number') {
			assert(known === records.size, () => `the state knows ${known} records, not ${records.size}`);
			return;
		}
		const unexpected = known.filter((id) => !records.has(id));
		assert(
			unexpected.length === 0 && known.length === records.size,
			() => `the state knows [${known.join()}] instead of [${[...records.keys()].join()}]`,
		);
	}

	content({ name, status, checkedIn, updatedAt }: Person): string {
		const { changedFields } = this.settings;
		if (changedFields.length === 0) return JSON.stringify([name, status, checkedIn, updatedAt]);
		const fields = { name, status, checkedIn };
		const needed = this.neededFields();
		return JSON.stringify(
			Object.entries(fields).filter(
				([field]) => changedFields.includes(field) || needed.includes(field),
			),
		);
	}

	private neededFields(): string[] {
		const { chosen } = this.settings;
		return [
			...(chosen.includes('personCheckedIn') || chosen.includes('personCheckInUndone')
				? ['checkedIn']
				: []),
			...(chosen.includes('personCancelled') ? ['status'] : []),
		];
	}

	/** The events of a change. */
	private eventsFor(now: Person, was: Person | undefined): string[] {
		const { chosen, changedFields } = this.settings;
		const states: Array<string | false> = [
			now.checkedIn && was?.checkedIn !== true && 'personCheckedIn',
			!now.checkedIn && was?.checkedIn === true && 'personCheckInUndone',
			now.status === 'cancelled' && was?.status !== 'cancelled' && 'personCancelled',
		];
		const became = states.filter(
			(event): event is string => event !== false && chosen.includes(event),
		);
		if (was === undefined)
			return [...['personCreated'].filter((e) => chosen.includes(e)), ...became];
		if (became.length > 0) return became;
		const counts =
			changedFields.length === 0 || changedFields.some((field) => now[field] !== was[field]);
		return counts ? ['personUpdated'].filter((event) => chosen.includes(event)) : [];
	}

	/** Whether a record that is seen for the first time is emitted. */
	private isEmitted(record: Person, state: OracleState): boolean {
		if (state.phase === 'live') return true;
		const { hasCreationTime } = this.settings;
		switch (state.startFrom.kind) {
			case 'everything':
				return true;
			case 'date':
				return (hasCreationTime ? record.createdAt : record.updatedAt) >= state.startFrom.ms;
			case 'now':
				return (
					hasCreationTime && state.startedMs !== undefined && record.createdAt > state.startedMs
				);
		}
	}

	private expect(
		state: OracleState,
		{ heldBack, maxItems }: PollOutcome,
	): Map<string, Expectation> {
		const expected = new Map<string, Expectation>();
		let heldBackCount = 0;
		let before = new Set<string>();
		let isPostponed = false;
		for (const entry of this.vendor.log) {
			if (entry.kind === 'record') this.expectRecord(entry.record, state, expected);
			else if (entry.list === 'changes') continue;
			else if (entry.kind === 'page') {
				isPostponed = state.phase === 'baseline' && countItems(expected) > maxItems;
				if (isPostponed && before.size > 0) {
					for (const id of [...expected.keys()]) if (!before.has(id)) expected.delete(id);
				}
				before = new Set(expected.keys());
			} else if (entry.kind === 'begin') {
				state.seen = new Set();
				state.scanRevisions = [...state.scanRevisions.slice(-1), entry.revision];
				if (state.phase === 'baseline' && this.vendor.behavior.sendsServerTime) {
					state.startedMs ??= entry.atMs;
				}
			} else if (!isPostponed) {
				heldBackCount = this.expectDeletions(state, expected);
				state.seen = undefined;
			}
		}
		assert(
			heldBackCount === heldBack,
			() => `${heldBack} deletions were held back instead of ${heldBackCount}`,
		);
		return expected;
	}

	private expectRecord(
		record: Person,
		state: OracleState,
		expected: Map<string, Expectation>,
	): void {
		const { id } = record;
		const was = state.records.get(id);
		if (record.deleted) {
			if (was === undefined) expected.delete(id);
			else if (this.settings.chosen.includes('personDeleted')) {
				expected.set(id, { record, events: ['personDeleted'], atMs: record.updatedAt });
			} else {
				state.records.delete(id);
				expected.delete(id);
			}
			return;
		}
		state.seen?.add(id);
		state.missing.delete(id);
		if (was !== undefined && this.content(was) === this.content(record)) {
			expected.delete(id);
			return;
		}
		const events =
			was !== undefined || this.isEmitted(record, state) ? this.eventsFor(record, was) : [];
		if (events.length > 0) {
			expected.set(id, { record, events, atMs: record.updatedAt });
			return;
		}
		expected.delete(id);
		state.records.set(id, record);
	}

	/** Handles the end of a full scan. @returns how many deletions are held back */
	private expectDeletions(state: OracleState, expected: Map<string, Expectation>): number {
		const { seen, records, missing, scanRevisions } = state;
		const { largestDropPercent, confirmDeletions, chosen } = this.settings;
		const missingIds = [...records.keys()].filter((id) => seen?.has(id) !== true);
		const isHeldBack =
			missingIds.length >= MIN_SUSPICIOUS &&
			largestDropPercent < 100 &&
			(missingIds.length >= records.size ||
				missingIds.length * 100 > records.size * largestDropPercent);
		if (isHeldBack) return missingIds.length;
		for (const id of missingIds) {
			const isConfirmed = !confirmDeletions || missing.has(id);
			missing.add(id);
			if (!isConfirmed || expected.has(id)) continue;
			const since = this.vendor.aliveSince.get(id) ?? Number.POSITIVE_INFINITY;
			const firstRevision = scanRevisions[confirmDeletions ? 0 : scanRevisions.length - 1] ?? 0;
			assert(
				since > firstRevision || this.vendor.behavior.paging === 'number',
				() => `${id} existed all the time, but counts as deleted`,
			);
			if (chosen.includes('personDeleted')) {
				expected.set(id, {
					record: undefined,
					events: ['personDeleted'],
					atMs: Number.POSITIVE_INFINITY,
				});
			} else records.delete(id);
		}
		return 0;
	}

	private compare(
		expected: Map<string, Expectation>,
		state: OracleState,
		{ items, maxItems }: PollOutcome,
	): void {
		const groups = groupItems(items);
		for (const { id, events, revision } of groups) {
			const expectation = expected.get(id);
			assert(expectation !== undefined, () => `${id}: ${events.join()} was emitted without reason`);
			assert(
				expectation.events.join() === events.join(),
				() => `${id}: ${events.join()} was emitted instead of ${expectation.events.join()}`,
			);
			assert(
				expectation.record?.revision === revision,
				() => `${id}: not the last version that the vendor sent`,
			);
			const before = state.records.get(id);
			assert(
				before === undefined || revision === undefined || revision > before.revision,
				() => `${id}: an older version was emitted after a newer one`,
			);
			expected.delete(id);
			for (const records of [state.records, this.consumerRecords]) {
				if (expectation.record === undefined || expectation.record.deleted) records.delete(id);
				else records.set(id, expectation.record);
			}
			state.missing.delete(id);
			const remaining = [...expected.values()];
			assert(
				remaining.every(({ atMs }) => atMs >= expectation.atMs),
				() => `${id}: ${events.join()} was emitted before something older`,
			);
		}
		if (expected.size === 0) return;
		const [[id, { events }]] = [...expected] as [[string, Expectation]];
		const fits = [...expected.values()].some(
			(record) => items.length + record.events.length <= maxItems,
		);
		const everyFits = [...expected.values()].every(
			(record) => items.length + record.events.length <= maxItems,
		);
		assert(!fits || !everyFits, () => `${id}: ${events.join()} was not emitted`);
		assert(items.length > 0 || maxItems <= 0, () => `${id}: nothing is emitted at all`);
	}
}

/** How many items there are. A first scan stops at the page that has too many, and reads it again. */
function countItems(expected: ReadonlyMap<string, Expectation>): number {
	return [...expected.values()].reduce((sum, { events }) => sum + events.length, 0);
}

interface Group {
	id: string;
	events: string[];
	revision: number | undefined;
}

/** Groups consecutive items of the same record. */
function groupItems(items: readonly IDataObject[]): Group[] {
	const groups: Group[] = [];
	for (const item of items) {
		const id = String(item.id);
		const revision = typeof item.revision === 'number' ? item.revision : undefined;
		const last = groups.at(-1);
		if (last?.id === id) last.events.push(String(item._event));
		else groups.push({ id, events: [String(item._event)], revision });
	}
	assert(
		new Set(groups.map(({ id }) => id)).size === groups.length,
		() => 'a record is emitted twice',
	);
	return groups;
}
