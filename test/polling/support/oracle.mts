// Says what must come out of a poll, from nothing but what the vendor served to it and what came out before. Keeps
// whole records instead of hashes and sets instead of marks, so that it shares no trick with what it judges.
import type { IDataObject } from 'n8n-workflow';
import type { ModelVendor, Person } from './modelVendor.mts';

export interface OracleSettings {
	chosen: readonly string[];
	changedFields: readonly string[];
	largestDropPercent: number;
	confirmsDeletion: boolean;
	tellsCreation: boolean;
}

export type Start = { kind: 'now' } | { kind: 'everything' } | { kind: 'date'; ms: number };

/** What a finished poll shows from outside. */
export interface PollOutcome {
	items: IDataObject[];
	cap: number;
	phase: 'baseline' | 'live';
	heldBack: number;
	/** Ids in the state, where it keeps them; else how many. */
	known: string[] | number;
}

/** What the trigger may know after a poll; belongs to the state that was kept after it. */
export interface Told {
	start: Start;
	phase: 'baseline' | 'live';
	/** Records as the consumer, or the beginning, knows them. */
	records: Map<string, Person>;
	/** Seen in the complete reading under way. */
	seen: Set<string> | undefined;
	/** Missing from the last complete reading. */
	missing: Set<string>;
	/** The vendor's clock when the first reading began. */
	startedMs: number | undefined;
	/** At which change the last two complete readings began. */
	passRevs: number[];
}

interface Expected {
	record: Person | undefined;
	events: string[];
	at: number;
}

const MIN_SUSPICIOUS = 3;

export function nothingTold(start: Start): Told {
	return {
		start,
		phase: 'baseline',
		records: new Map(),
		seen: undefined,
		missing: new Set(),
		startedMs: undefined,
		passRevs: [],
	};
}

export function copyOf(told: Told): Told {
	return {
		...told,
		records: new Map(told.records),
		seen: told.seen === undefined ? undefined : new Set(told.seen),
		missing: new Set(told.missing),
		passRevs: [...told.passRevs],
	};
}

/** A promise that was not kept. */
export class Broken extends Error {}

function must(condition: boolean, sentence: () => string): asserts condition {
	if (!condition) throw new Broken(sentence());
}

export class Oracle {
	told: Told;

	/** What a consumer believes, whatever n8n forgot: since the trigger is live. */
	readonly believed = new Map<string, Person>();

	/** Whose last item came out of a poll that was forgotten: the consumer may know more than the trigger. */
	readonly excused = new Set<string>();

	private hasBeenLive = false;

	constructor(
		readonly settings: OracleSettings,
		private readonly vendor: ModelVendor,
		start: Start,
	) {
		this.told = nothingTold(start);
	}

	/** Judges a poll that went well, and goes on from it. @throws Broken */
	judge(outcome: PollOutcome): void {
		const told = copyOf(this.told);
		const expected = this.expect(told, outcome);
		this.compare(expected, told, outcome);
		const wasLive = told.phase === 'live';
		told.phase = outcome.phase;
		if (outcome.phase === 'live' && !wasLive) must(told.seen === undefined, () => 'live too early');
		this.told = told;
		if (outcome.phase === 'live' && !this.hasBeenLive) {
			this.hasBeenLive = true;
			for (const [id, record] of told.records) this.believed.set(id, record);
		}
		this.checkKnown(outcome);
	}

	/** The person wants something else: what is there when it is read next is the new beginning. */
	beginAnew(): void {
		this.hasBeenLive = false;
		this.believed.clear();
		this.excused.clear();
	}

	/** n8n ended after items came out and before the state was saved: for the trigger that poll never was. */
	crash(items: readonly IDataObject[], told: Told): void {
		for (const { id } of items) this.excused.add(String(id));
		if (told.phase === 'baseline') this.beginAnew();
	}

	/** The trigger goes on from an older state. */
	forget(told: Told): void {
		this.told = copyOf(told);
	}

	/** What the state must be able to tell: exactly the records that were told. */
	private checkKnown({ known }: PollOutcome): void {
		const { records } = this.told;
		if (typeof known === 'number') {
			must(known === records.size, () => `the state knows ${known} records, not ${records.size}`);
			return;
		}
		const strange = known.filter((id) => !records.has(id));
		must(
			strange.length === 0 && known.length === records.size,
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

	/** What a change is called. */
	private eventsOf(now: Person, was: Person | undefined): string[] {
		const { chosen, changedFields } = this.settings;
		const is: Array<string | false> = [
			now.checkedIn && was?.checkedIn !== true && 'personCheckedIn',
			!now.checkedIn && was?.checkedIn === true && 'personCheckInUndone',
			now.status === 'cancelled' && was?.status !== 'cancelled' && 'personCancelled',
		];
		const became = is.filter((event): event is string => event !== false && chosen.includes(event));
		if (was === undefined)
			return [...['personCreated'].filter((e) => chosen.includes(e)), ...became];
		if (became.length > 0) return became;
		const counts =
			changedFields.length === 0 || changedFields.some((field) => now[field] !== was[field]);
		return counts ? ['personUpdated'].filter((event) => chosen.includes(event)) : [];
	}

	/** Whether a record that is met for the first time is new, and not what was there at the beginning. */
	private isNews(record: Person, told: Told): boolean {
		if (told.phase === 'live') return true;
		const { tellsCreation } = this.settings;
		switch (told.start.kind) {
			case 'everything':
				return true;
			case 'date':
				return (tellsCreation ? record.createdAt : record.updatedAt) >= told.start.ms;
			case 'now':
				return tellsCreation && told.startedMs !== undefined && record.createdAt > told.startedMs;
		}
	}

	private expect(told: Told, { heldBack, cap }: PollOutcome): Map<string, Expected> {
		const expected = new Map<string, Expected>();
		let held = 0;
		let before = new Set<string>();
		let isPostponed = false;
		for (const served of this.vendor.served) {
			if (served.what === 'record') this.meet(served.record, told, expected);
			else if (served.list === 'changes') continue;
			else if (served.what === 'page') {
				isPostponed = told.phase === 'baseline' && itemsIn(expected) > cap;
				if (isPostponed && before.size > 0) {
					for (const id of [...expected.keys()]) if (!before.has(id)) expected.delete(id);
				}
				before = new Set(expected.keys());
			} else if (served.what === 'begin') {
				told.seen = new Set();
				told.passRevs = [...told.passRevs.slice(-1), served.rev];
				if (told.phase === 'baseline' && this.vendor.manner.tellsTime) {
					told.startedMs ??= served.atMs;
				}
			} else if (!isPostponed) {
				held = this.missThose(told, expected);
				told.seen = undefined;
			}
		}
		must(held === heldBack, () => `${heldBack} deletions were held back instead of ${held}`);
		return expected;
	}

	private meet(record: Person, told: Told, expected: Map<string, Expected>): void {
		const { id } = record;
		const was = told.records.get(id);
		if (record.deleted) {
			if (was === undefined) expected.delete(id);
			else if (this.settings.chosen.includes('personDeleted')) {
				expected.set(id, { record, events: ['personDeleted'], at: record.updatedAt });
			} else {
				told.records.delete(id);
				expected.delete(id);
			}
			return;
		}
		told.seen?.add(id);
		told.missing.delete(id);
		if (was !== undefined && this.content(was) === this.content(record)) {
			expected.delete(id);
			return;
		}
		const events = was !== undefined || this.isNews(record, told) ? this.eventsOf(record, was) : [];
		if (events.length > 0) {
			expected.set(id, { record, events, at: record.updatedAt });
			return;
		}
		expected.delete(id);
		told.records.set(id, record);
	}

	/** The end of a complete reading. @returns how many deletions are held back */
	private missThose(told: Told, expected: Map<string, Expected>): number {
		const { seen, records, missing, passRevs } = told;
		const { largestDropPercent, confirmsDeletion, chosen } = this.settings;
		const gone = [...records.keys()].filter((id) => seen?.has(id) !== true);
		const isHeld =
			gone.length >= MIN_SUSPICIOUS &&
			largestDropPercent < 100 &&
			(gone.length >= records.size || gone.length * 100 > records.size * largestDropPercent);
		if (isHeld) return gone.length;
		for (const id of gone) {
			const isSure = !confirmsDeletion || missing.has(id);
			missing.add(id);
			if (!isSure || expected.has(id)) continue;
			const since = this.vendor.aliveSince.get(id) ?? Number.POSITIVE_INFINITY;
			const firstRev = passRevs[confirmsDeletion ? 0 : passRevs.length - 1] ?? 0;
			must(
				since > firstRev || this.vendor.manner.paging === 'number',
				() => `${id} was there all the time, and counts as gone`,
			);
			if (chosen.includes('personDeleted')) {
				expected.set(id, {
					record: undefined,
					events: ['personDeleted'],
					at: Number.POSITIVE_INFINITY,
				});
			} else records.delete(id);
		}
		return 0;
	}

	private compare(expected: Map<string, Expected>, told: Told, { items, cap }: PollOutcome): void {
		const groups = groupsOf(items);
		for (const { id, events, rev } of groups) {
			const due = expected.get(id);
			must(due !== undefined, () => `${id}: ${events.join()} came out for nothing`);
			must(
				due.events.join() === events.join(),
				() => `${id}: ${events.join()} came out instead of ${due.events.join()}`,
			);
			must(due.record?.rev === rev, () => `${id}: not as the vendor served it last`);
			const before = told.records.get(id);
			must(
				before === undefined || rev === undefined || rev > before.rev,
				() => `${id}: an older version came out after a newer one`,
			);
			expected.delete(id);
			if (due.record === undefined || due.record.deleted) told.records.delete(id);
			else told.records.set(id, due.record);
			if (due.record === undefined || due.record.deleted) this.believed.delete(id);
			else this.believed.set(id, due.record);
			told.missing.delete(id);
			const left = [...expected.values()];
			must(
				left.every(({ at }) => at >= due.at),
				() => `${id}: ${events.join()} came out before something older`,
			);
		}
		if (expected.size === 0) return;
		const [[id, { events }]] = [...expected] as [[string, Expected]];
		const fits = [...expected.values()].some((one) => items.length + one.events.length <= cap);
		const everyFits = [...expected.values()].every(
			(one) => items.length + one.events.length <= cap,
		);
		must(!fits || !everyFits, () => `${id}: ${events.join()} did not come out`);
		must(items.length > 0 || cap <= 0, () => `${id}: nothing comes out at all`);
	}
}

/** A beginning stops at the page that brings more than may come out, and reads that page again. */
function itemsIn(expected: ReadonlyMap<string, Expected>): number {
	return [...expected.values()].reduce((sum, { events }) => sum + events.length, 0);
}

interface Group {
	id: string;
	events: string[];
	rev: number | undefined;
}

/** Items of one record come out one after the other. */
function groupsOf(items: readonly IDataObject[]): Group[] {
	const groups: Group[] = [];
	for (const item of items) {
		const id = String(item.id);
		const rev = typeof item.rev === 'number' ? item.rev : undefined;
		const last = groups.at(-1);
		if (last?.id === id) last.events.push(String(item._event));
		else groups.push({ id, events: [String(item._event)], rev });
	}
	must(
		new Set(groups.map(({ id }) => id)).size === groups.length,
		() => 'a record comes out twice',
	);
	return groups;
}
