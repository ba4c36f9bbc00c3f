/**
 * One poll of one stream: reads, compares, says what is new, and what to keep if all goes well. No
 * effects but through the reading functions; whatever throws leaves what was kept as it was.
 */
import type { IDataObject } from 'n8n-workflow';
import { CallError } from '../errors';
import { eventsFor, isSuspicious } from './events';
import { parseTime } from './eventRules';
import { shortHash } from './hash';
import { Snapshot, type Difference, type FieldChange } from './snapshot';
import type { Scan, StreamState } from './state';
import type { ReadPage, ReadPages, Source, Stream, StreamEvent } from './types';

/** A version that is a mere day stands for every change of that day. */
const DAY_ONLY = /^\d{4}-\d\d-\d\d$/;

const SIGNATURE_CHARACTERS = 8;
/** So often can the same page come because records move; more often the list has no end. */
const MAX_SAME_PAGES = 50;
/** Records that show up late are looked for this long after everything else was told. */
const LATE_ARRIVAL_MS = 3_600_000;
const MAX_CLOCK_SKEW_MS = 86_400_000;

/** Where a new trigger starts. */
export type StartFrom = { kind: 'now' } | { kind: 'everything' } | { kind: 'date'; ms: number };

export interface StreamSettings {
	salt: string;
	chosen: readonly StreamEvent[];
	startFrom: StartFrom;
	lookBackMs: number;
	/** Between complete readings of streams that have a list of changes. */
	fullEveryMs: number;
	largestDropPercent: number;
	/** Only these fields are watched; empty: all. */
	changedFields: readonly string[];
}

/** What one poll may take. */
export interface PollBudget {
	/** Items that may come out. */
	items: number;
	/** No further page is read once this says so. */
	isExhausted(): boolean;
	nowMs(): number;
}

/** Something that happened, before its record was shaped. */
interface PendingEvent<R> {
	event: StreamEvent;
	id: string;
	/** Undefined where the record is gone. */
	record: R | undefined;
	changes: FieldChange[];
	/** For order among emissions, Unix ms. */
	at: number;
	/** For records that are gone: what was known. */
	last?: Record<string, unknown>;
	/** Notes it in the ledger once it comes out. */
	commit(): void;
	version: string;
}

export interface StreamResult {
	items: IDataObject[];
	state: StreamState;
	/** Deletions that were held back, because too many records were missing at once. */
	heldBack: number;
}

export async function pollStream<Client, R extends IDataObject>(
	stream: Stream<Client, R>,
	source: Source<R>,
	settings: StreamSettings,
	saved: StreamState,
	budget: PollBudget,
): Promise<StreamResult> {
	const poll = new StreamPoll(stream, source, settings, saved, budget);
	return await poll.run();
}

class StreamPoll<Client, R extends IDataObject> {
	private readonly snapshot: Snapshot<R>;

	private readonly state: StreamState;

	/** By the ledger's key: a record that comes twice in one poll counts as it came last. */
	private readonly pending = new Map<string, Array<PendingEvent<R>>>();

	private readonly deletions: Array<Array<PendingEvent<R>>> = [];

	/** Items found so far. */
	private get pendingItems(): number {
		let count = 0;
		for (const group of this.pending.values()) count += group.length;
		return count;
	}

	private heldBack = 0;

	private rereadPage = false;

	/** The complete reading was begun by an earlier poll. */
	private readonly resumed: boolean;

	private hasRead = false;

	/** The vendor wants to be left alone for now. */
	private rateLimited = false;

	constructor(
		private readonly stream: Stream<Client, R>,
		private readonly source: Source<R>,
		private readonly settings: StreamSettings,
		saved: StreamState,
		private readonly budget: PollBudget,
	) {
		const { changedFields, chosen, salt } = settings;
		const needed = new Set(
			chosen.flatMap(({ rule }) => (rule.kind === 'became' ? [rule.field] : [])),
		);
		const watched =
			changedFields.length === 0
				? stream.watched
				: stream.watched.filter(({ name }) => changedFields.includes(name) || needed.has(name));
		this.state = { ...saved };
		this.resumed = saved.fullScan !== undefined;
		this.snapshot = new Snapshot<R>(
			{
				salt,
				watched,
				eventOnlyFields:
					changedFields.length === 0
						? []
						: [...needed].filter((name) => !changedFields.includes(name)),
				observe: (record) => stream.observe(record),
				// The vendor's version moves with every field, also with those that are not watched.
				versionOf: changedFields.length === 0 ? stream.versionOf : undefined,
				keepIds: chosen.some(({ rule }) => rule.kind === 'deleted'),
			},
			saved,
		);
	}

	async run(): Promise<StreamResult> {
		const completed = await this.read();
		const groups = [...this.pending.values(), ...this.deletions].sort(oldestFirst);
		const taken = groupsThatFit(groups, this.budget.items);
		const items = await this.toItems(groups.slice(0, taken).flat());
		for (const group of groups.slice(0, taken)) for (const { commit } of group) commit();
		const isCapped = taken < groups.length;
		this.finish(completed, isCapped);
		return {
			items,
			state: { ...this.state, ...this.snapshot.write() },
			heldBack: this.heldBack,
		};
	}

	/** Reads changes where there is a list of them, and the complete list where that is due. */
	private async read(): Promise<{ delta: boolean; full: boolean }> {
		const { source, state, settings, budget } = this;
		let delta = false;
		if (state.phase === 'live' && source.changes !== undefined && state.cursorMs !== undefined) {
			const scan: Scan = { sinceMs: state.cursorMs - settings.lookBackMs, ...state.changeScan };
			delta = await this.scan(restartable(source.changes(scan.sinceMs ?? 0)), scan, 'changeScan');
		}
		const isDue =
			state.phase === 'baseline' ||
			source.changes === undefined ||
			state.cursorMs === undefined ||
			state.fullScan !== undefined ||
			budget.nowMs() - (state.fullScanAtMs ?? 0) >= settings.fullEveryMs ||
			// A clock that was put back must not put the reading off for long.
			(state.fullScanAtMs ?? 0) > budget.nowMs();
		const isExhausted = this.rateLimited || (source.changes !== undefined && budget.isExhausted());
		if (!isDue || isExhausted) return { delta, full: false };
		const full = await this.scan(restartable(source.all), this.nextFullScan(), 'fullScan');
		if (full) this.findDeletions();
		return { delta, full };
	}

	/** A complete reading that goes on, or a new one: whatever begins at the beginning sees all anew. */
	private nextFullScan(): Scan {
		const { state } = this;
		if (state.fullScan?.pageToken !== undefined) return { ...state.fullScan };
		this.snapshot.beginScan(state.scanGeneration);
		state.scanGeneration = state.scanGeneration === 0 ? 1 : 0;
		return {};
	}

	/** Reads pages until the last one, or until the time is over. @returns whether it was the last one */
	private async scan(
		read: ReadPages<R>,
		scan: Scan,
		kind: 'changeScan' | 'fullScan',
	): Promise<boolean> {
		for (let samePages = 0; ; ) {
			const page = await this.readPage(read, scan.pageToken);
			if (page === undefined) return false;
			if (page.serverTimeMs !== undefined) scan.startedMs ??= page.serverTimeMs;
			this.state[kind] = scan;
			const isBaseline = this.state.phase === 'baseline';
			const before = new Set(isBaseline ? this.pending.keys() : []);
			for (const record of page.records) this.inspect(record, scan);
			if (isBaseline && this.pendingItems > this.budget.items) {
				this.postpone(before);
				return false;
			}
			const signature = this.signatureOf(page);
			const isSame = signature === scan.signature;
			samePages = isSame ? samePages + 1 : 0;
			if (samePages >= MAX_SAME_PAGES) throw endlessListError(this.stream.record);
			if (page.next === undefined || (isSame && page.mayRepeat === true)) {
				delete scan.pageToken;
				return true;
			}
			scan.pageToken = page.next;
			scan.signature = signature;
			if (this.budget.isExhausted()) return false;
		}
	}

	/** Tells whether a page is the one before: some lists do not mind which page is asked for. */
	private signatureOf({ records }: ReadPage<R>): string {
		const ids = records.map((record) => this.stream.idOf(record)).join('\n');
		return shortHash(this.settings.salt, ids, SIGNATURE_CHARACTERS);
	}

	/** @returns undefined where the vendor's budget is spent after some pages: it goes on later */
	private async readPage(
		read: ReadPages<R>,
		pageToken: string | undefined,
	): Promise<ReadPage<R> | undefined> {
		const page = await read(pageToken).catch((error: unknown) => {
			if (!this.hasRead || !isRateLimit(error)) throw error;
			this.rateLimited = true;
			return undefined;
		});
		this.hasRead = true;
		return page;
	}

	/** The page that brings more than may come out is read again by the next poll. */
	private postpone(before: ReadonlySet<string>): void {
		this.rereadPage = true;
		// Alone it is more than may come out: then some of it comes out now.
		if (before.size === 0) return;
		for (const key of [...this.pending.keys()]) if (!before.has(key)) this.pending.delete(key);
	}

	private inspect(record: R, scan: Scan): void {
		const { stream, snapshot, state } = this;
		const id = stream.idOf(record);
		const key = snapshot.keyOf(id);
		const at = stream.changedAtMs?.(record);
		if (at !== undefined) scan.newestMs = Math.max(scan.newestMs ?? at, at);
		if (stream.isDeleted?.(record) === true) {
			this.inspectTombstone(id, key, record, at);
			return;
		}
		const pageToken = state.scanGeneration;
		snapshot.markSeen(key, pageToken);
		const difference = snapshot.compare(key, record);
		if (difference === undefined) {
			this.pending.delete(key);
			return;
		}
		const commit = () => snapshot.commit(key, difference.row, pageToken);
		const events = this.isNews(record, difference)
			? eventsFor(stream.observe(record), difference, this.settings.chosen)
			: [];
		if (events.length === 0) {
			this.pending.delete(key);
			commit();
			return;
		}
		const version = this.versionOf(record, difference);
		this.pending.set(
			key,
			events.map((event) => ({
				event,
				id,
				record,
				changes: difference.changes,
				at: at ?? stream.createdAtMs?.(record) ?? Number.POSITIVE_INFINITY,
				commit: commit,
				// What a record became may be told again before its version moves.
				version: event.rule.kind === 'became' ? `${version}.${difference.row.content}` : version,
			})),
		);
	}

	/** While the list is read for the first time, records are old unless the person wants them. */
	private isNews(record: R, difference: Difference): boolean {
		const { startFrom } = this.settings;
		if (this.state.phase === 'live' || !difference.isNew) return true;
		const { stream, state } = this;
		const madeAt = stream.createdAtMs?.(record) ?? stream.changedAtMs?.(record);
		switch (startFrom.kind) {
			case 'everything':
				return true;
			case 'date':
				return madeAt !== undefined && madeAt >= startFrom.ms;
			case 'now': {
				// A first reading of several polls: what was made meanwhile is new.
				const startedMs = state.fullScan?.startedMs;
				const createdAt = stream.createdAtMs?.(record);
				return startedMs !== undefined && createdAt !== undefined && createdAt > startedMs;
			}
		}
	}

	private versionOf(record: R, difference: Difference): string {
		const version = this.stream.versionOf?.(record);
		const isPrecise =
			typeof version === 'number' || (typeof version === 'string' && !DAY_ONLY.test(version));
		return isPrecise ? versionText(version) : difference.row.content;
	}

	private inspectTombstone(id: string, key: string, record: R, at: number | undefined): void {
		// What the same poll found of it before is history.
		this.pending.delete(key);
		if (!this.snapshot.knows(key)) return;
		const commit = () => this.snapshot.forget(key);
		const [event] = this.deletedEvents();
		if (event === undefined) return commit();
		this.pending.set(key, [
			{
				event,
				id,
				record,
				changes: [],
				at: at ?? Number.POSITIVE_INFINITY,
				commit,
				version: 'deleted',
			},
		]);
	}

	/** What a complete reading did not see is gone, unless too much is missing at once. */
	private findDeletions(): void {
		const { snapshot, stream, settings, state } = this;
		const unseen = snapshot.unseen(state.scanGeneration);
		const isHeldBack =
			stream.appendOnly !== true &&
			isSuspicious(snapshot.size, unseen.length, settings.largestDropPercent);
		if (isHeldBack) this.heldBack = unseen.length;
		const [event] = this.deletedEvents();
		for (const key of unseen) {
			const isSure = stream.confirmDeletions !== true || snapshot.wasMissing(key);
			if (!isHeldBack) snapshot.markMissing(key);
			if (isHeldBack || !isSure || this.pending.has(key)) continue;
			if (event === undefined) {
				snapshot.forget(key);
				continue;
			}
			const pendingEvent: PendingEvent<R> = {
				event,
				id: key,
				record: undefined,
				changes: [],
				at: Number.POSITIVE_INFINITY,
				last: snapshot.lastValues(key),
				commit: () => snapshot.forget(key),
				version: 'deleted',
			};
			this.deletions.push([pendingEvent]);
		}
	}

	private deletedEvents(): StreamEvent[] {
		return this.settings.chosen.filter(({ rule }) => rule.kind === 'deleted');
	}

	/** Moves on where everything that was read came out. */
	private finish(completed: { delta: boolean; full: boolean }, isCapped: boolean): void {
		const { state } = this;
		const readThrough = (scan: Scan | undefined) => !isCapped && scan?.truncated !== true;
		if (isCapped && !this.rereadPage) {
			// What was left is found again: by the same list of changes, by the next complete reading.
			if (state.changeScan !== undefined)
				state.changeScan = { ...state.changeScan, truncated: true };
			if (state.fullScan !== undefined) state.fullScan = { ...state.fullScan, truncated: true };
		}
		if (completed.delta) {
			if (readThrough(state.changeScan)) this.advanceCursor(state.changeScan);
			delete state.changeScan;
		}
		if (completed.full) {
			if (readThrough(state.fullScan)) {
				// A list that was empty at first gives no cursor until something is in it.
				if (state.cursorMs === undefined) this.advanceCursor(state.fullScan);
				// Between the polls of a first reading records may have moved past it: it is read once more.
				if (state.phase === 'live' || !this.resumed) state.fullScanAtMs = this.budget.nowMs();
				state.phase = 'live';
			}
			delete state.fullScan;
		}
	}

	/**
	 * Never back, never past the vendor's clock at the beginning of the reading. A list that is quiet for
	 * long moves on by that clock, so that the last burst of changes is not read again for ever.
	 */
	private advanceCursor(scan: Scan | undefined): void {
		const { budget, state } = this;
		const { startedMs, newestMs } = scan ?? {};
		const reached =
			this.stream.cursorFrom === 'serverTime'
				? startedMs
				: newestMs === undefined || startedMs === undefined
					? newestMs
					: Math.max(Math.min(newestMs, startedMs), startedMs - LATE_ARRIVAL_MS);
		// No vendor's clock is a day ahead: from such a place nothing would ever be new.
		if (reached === undefined || reached > budget.nowMs() + MAX_CLOCK_SKEW_MS) return;
		state.cursorMs = Math.max(reached, state.cursorMs ?? reached);
	}

	private async toItems(pendingEvents: ReadonlyArray<PendingEvent<R>>): Promise<IDataObject[]> {
		const records = pendingEvents.flatMap(({ record }) => (record === undefined ? [] : [record]));
		const shapes = await this.source.shape(records);
		let next = 0;
		return pendingEvents.map(({ event, id, record, changes, last, version }) => {
			const shape =
				record === undefined
					? { ...(this.stream.deletedItem?.(id) ?? { id }), ...last }
					: (shapes[next++] ?? {});
			return {
				...eventItem(shape, event.value, itemKey(this.stream.value, id, event, version)),
				...(changes.length > 0 ? { _changes: changes.map((change) => ({ ...change })) } : {}),
			};
		});
	}
}

function endlessListError(record: string): CallError {
	return new CallError({
		message: `The list of ${record}s does not move on: the same page came ${MAX_SAME_PAGES} times`,
		hint: 'Nothing is lost, but the list could not be read to its end. If it stays, tell the vendor.',
	});
}

function isRateLimit(error: unknown): boolean {
	return error instanceof CallError && error.problem.failure?.cause === 'rate-limited';
}

/** What vendors answer to a mark that they do not know; which of these is not documented. */
const REJECTED: readonly number[] = [400, 404, 410, 422];

function isRejected(error: unknown): boolean {
	return error instanceof CallError && REJECTED.includes(error.problem.status ?? 0);
}

/** A mark may be a record that is gone since: the list is then read from its beginning, once. */
function restartable<R>(read: ReadPages<R>): ReadPages<R> {
	let hasRestarted = false;
	return async (pageToken) =>
		await read(pageToken).catch(async (error: unknown) => {
			if (pageToken === undefined || hasRestarted || !isRejected(error)) throw error;
			hasRestarted = true;
			return await read(undefined);
		});
}

/**
 * The same for the same event, also from an instant trigger: a record is made once, whatever becomes of
 * it before it is told.
 */
export function itemKey(stream: string, id: string, event: StreamEvent, version: string): string {
	const parts = [stream, id, ...(event.rule.kind === 'created' ? [] : [version]), event.value];
	return parts.join(':');
}

/** A record with what happened to it: that comes first, so that it is the first column of n8n's table. */
export function eventItem<Record extends object>(record: Record, event: string, key: string) {
	const happened = { _event: event };
	return { ...happened, ...record, ...happened, _key: key };
}

/** A version that is a date, as Unix ms: vendors write the same moment in more than one way. */
export function versionText(version: string | number): string {
	return String((typeof version === 'string' ? parseTime(version) : undefined) ?? version);
}

interface Aged {
	at: number;
}

/** Oldest first; what has no time comes last, in the order in which it was found. */
function oldestFirst(a: readonly Aged[], b: readonly Aged[]): number {
	const [first, second] = [a[0]?.at ?? 0, b[0]?.at ?? 0];
	return first === second ? 0 : first - second;
}

/** How many groups fit; what belongs to one record comes out together, and something always does. */
function groupsThatFit(groups: ReadonlyArray<readonly unknown[]>, most: number): number {
	let items = 0;
	let taken = 0;
	for (const group of groups) {
		if (taken > 0 && items + group.length > most) break;
		items += group.length;
		taken += 1;
	}
	return most > 0 ? taken : 0;
}
