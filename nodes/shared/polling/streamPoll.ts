/**
 * One poll of one stream: reads, compares, says what is new, and what to keep if all goes well. No
 * effects but through the reading functions; whatever throws leaves what was kept as it was.
 */
import type { IDataObject } from 'n8n-workflow';
import { CallError } from '../http/errors';
import { eventsOf, isSuspicious } from './detect';
import { msOf } from './events';
import { shortHash } from './hash';
import { Ledger, type Difference, type FieldChange } from './ledger';
import type { Pass, StreamState } from './state';
import type { ReadPage, ReadPages, Source, Stream, StreamEvent } from './types';

/** A version that is a mere day stands for every change of that day. */
const DAY_ONLY = /^\d{4}-\d\d-\d\d$/;

const SIGNATURE_CHARACTERS = 8;
/** So often can the same page come because records move; more often the list has no end. */
const MOST_STALE_PAGES = 50;
/** Records that show up late are looked for this long after everything else was told. */
const LINGER_MS = 3_600_000;
const MOST_AHEAD_MS = 86_400_000;

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
export interface Allowance {
	/** Items that may come out. */
	items: number;
	/** No further page is read once this says so. */
	isOver(): boolean;
	nowMs(): number;
}

/** Something that happened, before its record was shaped. */
interface Emission<R> {
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
	note(): void;
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
	kept: StreamState,
	allowance: Allowance,
): Promise<StreamResult> {
	const poll = new StreamPoll(stream, source, settings, kept, allowance);
	return await poll.run();
}

class StreamPoll<Client, R extends IDataObject> {
	private readonly ledger: Ledger<R>;

	private readonly state: StreamState;

	/** By the ledger's key: a record that comes twice in one poll counts as it came last. */
	private readonly found = new Map<string, Array<Emission<R>>>();

	private readonly gone: Array<Array<Emission<R>>> = [];

	/** Items found so far. */
	private get foundItems(): number {
		let count = 0;
		for (const group of this.found.values()) count += group.length;
		return count;
	}

	private heldBack = 0;

	private pageIsReadAgain = false;

	/** The complete reading was begun by an earlier poll. */
	private readonly goesOn: boolean;

	private hasRead = false;

	/** The vendor wants to be left alone for now. */
	private isSpent = false;

	constructor(
		private readonly stream: Stream<Client, R>,
		private readonly source: Source<R>,
		private readonly settings: StreamSettings,
		kept: StreamState,
		private readonly allowance: Allowance,
	) {
		const { changedFields, chosen, salt } = settings;
		const needed = new Set(
			chosen.flatMap(({ rule }) => (rule.kind === 'became' ? [rule.field] : [])),
		);
		const watched =
			changedFields.length === 0
				? stream.watched
				: stream.watched.filter(({ name }) => changedFields.includes(name) || needed.has(name));
		this.state = { ...kept };
		this.goesOn = kept.full !== undefined;
		this.ledger = new Ledger<R>(
			{
				salt,
				watched,
				aside:
					changedFields.length === 0
						? []
						: [...needed].filter((name) => !changedFields.includes(name)),
				observe: (record) => stream.observe(record),
				// The vendor's version moves with every field, also with those that are not watched.
				versionOf: changedFields.length === 0 ? stream.versionOf : undefined,
				keepIds: chosen.some(({ rule }) => rule.kind === 'deleted'),
			},
			kept,
		);
	}

	async run(): Promise<StreamResult> {
		const completed = await this.read();
		const groups = [...this.found.values(), ...this.gone].sort(byAge);
		const taken = firstGroups(groups, this.allowance.items);
		const items = await this.shaped(groups.slice(0, taken).flat());
		for (const group of groups.slice(0, taken)) for (const { note } of group) note();
		const isCapped = taken < groups.length;
		this.finish(completed, isCapped);
		return {
			items,
			state: { ...this.state, ...this.ledger.write() },
			heldBack: this.heldBack,
		};
	}

	/** Reads changes where there is a list of them, and the complete list where that is due. */
	private async read(): Promise<{ delta: boolean; full: boolean }> {
		const { source, state, settings, allowance } = this;
		let delta = false;
		if (state.phase === 'live' && source.changes !== undefined && state.cursorMs !== undefined) {
			const pass: Pass = { sinceMs: state.cursorMs - settings.lookBackMs, ...state.delta };
			delta = await this.walk(orFromTheBeginning(source.changes(pass.sinceMs ?? 0)), pass, 'delta');
		}
		const isDue =
			state.phase === 'baseline' ||
			source.changes === undefined ||
			state.cursorMs === undefined ||
			state.full !== undefined ||
			allowance.nowMs() - (state.fullAtMs ?? 0) >= settings.fullEveryMs ||
			// A clock that was put back must not put the reading off for long.
			(state.fullAtMs ?? 0) > allowance.nowMs();
		const isOver = this.isSpent || (source.changes !== undefined && allowance.isOver());
		if (!isDue || isOver) return { delta, full: false };
		const full = await this.walk(orFromTheBeginning(source.all), this.fullPass(), 'full');
		if (full) this.findGone();
		return { delta, full };
	}

	/** A complete reading that goes on, or a new one: whatever begins at the beginning sees all anew. */
	private fullPass(): Pass {
		const { state } = this;
		if (state.full?.mark !== undefined) return { ...state.full };
		this.ledger.unsee(state.passMark);
		state.passMark = state.passMark === 0 ? 1 : 0;
		return {};
	}

	/** Reads pages until the last one, or until the time is over. @returns whether it was the last one */
	private async walk(read: ReadPages<R>, pass: Pass, kind: 'delta' | 'full'): Promise<boolean> {
		for (let stalePages = 0; ; ) {
			const page = await this.pageOf(read, pass.mark);
			if (page === undefined) return false;
			if (page.serverTimeMs !== undefined) pass.startedMs ??= page.serverTimeMs;
			this.state[kind] = pass;
			const isBaseline = this.state.phase === 'baseline';
			const before = new Set(isBaseline ? this.found.keys() : []);
			for (const record of page.records) this.look(record, pass);
			if (isBaseline && this.foundItems > this.allowance.items) {
				this.postpone(before);
				return false;
			}
			const signature = this.signatureOf(page);
			const repeats = signature === pass.signature;
			stalePages = repeats ? stalePages + 1 : 0;
			if (stalePages >= MOST_STALE_PAGES) throw endless(this.stream.record);
			if (page.next === undefined || (repeats && page.mayRepeat === true)) {
				delete pass.mark;
				return true;
			}
			pass.mark = page.next;
			pass.signature = signature;
			if (this.allowance.isOver()) return false;
		}
	}

	/** Tells whether a page is the one before: some lists do not mind which page is asked for. */
	private signatureOf({ records }: ReadPage<R>): string {
		const ids = records.map((record) => this.stream.idOf(record)).join('\n');
		return shortHash(this.settings.salt, ids, SIGNATURE_CHARACTERS);
	}

	/** @returns undefined where the vendor's budget is spent after some pages: it goes on later */
	private async pageOf(
		read: ReadPages<R>,
		mark: string | undefined,
	): Promise<ReadPage<R> | undefined> {
		const page = await read(mark).catch((error: unknown) => {
			if (!this.hasRead || !isRateLimit(error)) throw error;
			this.isSpent = true;
			return undefined;
		});
		this.hasRead = true;
		return page;
	}

	/** The page that brings more than may come out is read again by the next poll. */
	private postpone(before: ReadonlySet<string>): void {
		this.pageIsReadAgain = true;
		// Alone it is more than may come out: then some of it comes out now.
		if (before.size === 0) return;
		for (const key of [...this.found.keys()]) if (!before.has(key)) this.found.delete(key);
	}

	private look(record: R, pass: Pass): void {
		const { stream, ledger, state } = this;
		const id = stream.idOf(record);
		const key = ledger.keyOf(id);
		const at = stream.changedAtMs?.(record);
		if (at !== undefined) pass.newestMs = Math.max(pass.newestMs ?? at, at);
		if (stream.isDeleted?.(record) === true) {
			this.noteTombstone(id, key, record, at);
			return;
		}
		const mark = state.passMark;
		ledger.saw(key, mark);
		const difference = ledger.compare(key, record);
		if (difference === undefined) {
			this.found.delete(key);
			return;
		}
		const accept = () => ledger.accept(key, difference.row, mark);
		const events = this.isNews(record, difference)
			? eventsOf(stream.observe(record), difference, this.settings.chosen)
			: [];
		if (events.length === 0) {
			this.found.delete(key);
			accept();
			return;
		}
		const version = this.versionOf(record, difference);
		this.found.set(
			key,
			events.map((event) => ({
				event,
				id,
				record,
				changes: difference.changes,
				at: at ?? stream.createdAtMs?.(record) ?? Number.POSITIVE_INFINITY,
				note: accept,
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
				const startedMs = state.full?.startedMs;
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

	private noteTombstone(id: string, key: string, record: R, at: number | undefined): void {
		// What the same poll found of it before is history.
		this.found.delete(key);
		if (!this.ledger.knows(key)) return;
		const note = () => this.ledger.forget(key);
		const [event] = this.deletedEvents();
		if (event === undefined) return note();
		this.found.set(key, [
			{
				event,
				id,
				record,
				changes: [],
				at: at ?? Number.POSITIVE_INFINITY,
				note,
				version: 'deleted',
			},
		]);
	}

	/** What a complete reading did not see is gone, unless too much is missing at once. */
	private findGone(): void {
		const { ledger, stream, settings, state } = this;
		const unseen = ledger.unseen(state.passMark);
		const isHeld =
			stream.isLog !== true &&
			isSuspicious(ledger.size, unseen.length, settings.largestDropPercent);
		if (isHeld) this.heldBack = unseen.length;
		const [event] = this.deletedEvents();
		for (const key of unseen) {
			const isSure = stream.confirmsDeletion !== true || ledger.wasMissing(key);
			if (!isHeld) ledger.miss(key);
			if (isHeld || !isSure || this.found.has(key)) continue;
			if (event === undefined) {
				ledger.forget(key);
				continue;
			}
			const emission: Emission<R> = {
				event,
				id: key,
				record: undefined,
				changes: [],
				at: Number.POSITIVE_INFINITY,
				last: ledger.lastValues(key),
				note: () => ledger.forget(key),
				version: 'deleted',
			};
			this.gone.push([emission]);
		}
	}

	private deletedEvents(): StreamEvent[] {
		return this.settings.chosen.filter(({ rule }) => rule.kind === 'deleted');
	}

	/** Moves on where everything that was read came out. */
	private finish(completed: { delta: boolean; full: boolean }, isCapped: boolean): void {
		const { state } = this;
		const readThrough = (pass: Pass | undefined) => !isCapped && pass?.left !== true;
		if (isCapped && !this.pageIsReadAgain) {
			// What was left is found again: by the same list of changes, by the next complete reading.
			if (state.delta !== undefined) state.delta = { ...state.delta, left: true };
			if (state.full !== undefined) state.full = { ...state.full, left: true };
		}
		if (completed.delta) {
			if (readThrough(state.delta)) this.moveCursor(state.delta);
			delete state.delta;
		}
		if (completed.full) {
			if (readThrough(state.full)) {
				// A list that was empty at first gives no cursor until something is in it.
				if (state.cursorMs === undefined) this.moveCursor(state.full);
				// Between the polls of a first reading records may have moved past it: it is read once more.
				if (state.phase === 'live' || !this.goesOn) state.fullAtMs = this.allowance.nowMs();
				state.phase = 'live';
			}
			delete state.full;
		}
	}

	/**
	 * Never back, never past the vendor's clock at the beginning of the reading. A list that is quiet for
	 * long moves on by that clock, so that the last burst of changes is not read again for ever.
	 */
	private moveCursor(pass: Pass | undefined): void {
		const { allowance, state } = this;
		const { startedMs, newestMs } = pass ?? {};
		const reached =
			this.stream.cursorFrom === 'serverTime'
				? startedMs
				: newestMs === undefined || startedMs === undefined
					? newestMs
					: Math.max(Math.min(newestMs, startedMs), startedMs - LINGER_MS);
		// No vendor's clock is a day ahead: from such a place nothing would ever be new.
		if (reached === undefined || reached > allowance.nowMs() + MOST_AHEAD_MS) return;
		state.cursorMs = Math.max(reached, state.cursorMs ?? reached);
	}

	private async shaped(emissions: ReadonlyArray<Emission<R>>): Promise<IDataObject[]> {
		const records = emissions.flatMap(({ record }) => (record === undefined ? [] : [record]));
		const shapes = await this.source.shape(records);
		let next = 0;
		return emissions.map(({ event, id, record, changes, last, version }) => {
			const shape =
				record === undefined
					? { ...(this.stream.goneItem?.(id) ?? { id }), ...last }
					: (shapes[next++] ?? {});
			return {
				...eventItem(shape, event.value, itemKey(this.stream.value, id, event, version)),
				...(changes.length > 0 ? { _changes: changes.map((change) => ({ ...change })) } : {}),
			};
		});
	}
}

function endless(record: string): CallError {
	return new CallError({
		message: `The list of ${record}s does not move on: the same page came ${MOST_STALE_PAGES} times`,
		hint: 'Nothing is lost, but the list could not be read to its end. If it stays, tell the vendor.',
	});
}

function isRateLimit(error: unknown): boolean {
	return error instanceof CallError && error.problem.failure?.cause === 'rate-limited';
}

/** What vendors answer to a mark that they do not know; which of these is not documented. */
const REFUSED: readonly number[] = [400, 404, 410, 422];

function isRefused(error: unknown): boolean {
	return error instanceof CallError && REFUSED.includes(error.problem.status ?? 0);
}

/** A mark may be a record that is gone since: the list is then read from its beginning, once. */
function orFromTheBeginning<R>(read: ReadPages<R>): ReadPages<R> {
	let isAnew = false;
	return async (mark) =>
		await read(mark).catch(async (error: unknown) => {
			if (mark === undefined || isAnew || !isRefused(error)) throw error;
			isAnew = true;
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
	return String((typeof version === 'string' ? msOf(version) : undefined) ?? version);
}

interface Aged {
	at: number;
}

/** Oldest first; what has no time comes last, in the order in which it was found. */
function byAge(a: readonly Aged[], b: readonly Aged[]): number {
	const [first, second] = [a[0]?.at ?? 0, b[0]?.at ?? 0];
	return first === second ? 0 : first - second;
}

/** How many groups fit; what belongs to one record comes out together, and something always does. */
function firstGroups(groups: ReadonlyArray<readonly unknown[]>, most: number): number {
	let items = 0;
	let taken = 0;
	for (const group of groups) {
		if (taken > 0 && items + group.length > most) break;
		items += group.length;
		taken += 1;
	}
	return most > 0 ? taken : 0;
}
