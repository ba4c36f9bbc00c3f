/**
 * Collects what one poll finds: compares records with the snapshot and keeps those that have events
 * until they are emitted.
 */
import type { IDataObject } from 'n8n-workflow';
import { decideDeletions, eventsFor, isEmittedAtStart } from './events';
import { countItems, DELETED_VERSION, itemVersion, oldestFirst, type PendingRecord } from './items';
import type { Difference, Snapshot } from './snapshot';
import type { StreamState } from './state';
import type { RecordRules, StartFrom, StreamEvent } from './types';

export interface PendingSettings {
	chosen: readonly StreamEvent[];
	startFrom: StartFrom;
	largestDropPercent: number;
}

/** The scan that reads a page. */
export interface PageContext {
	phase: StreamState['phase'];
	generation: 0 | 1;
	/** The server's time when the scan started, Unix ms. */
	startedMs: number | undefined;
}

export class PendingRecords<R extends IDataObject> {
	/** By key: if a record comes twice in one poll, the later version counts. */
	private readonly changed = new Map<string, PendingRecord<R>>();

	private readonly missing: Array<PendingRecord<R>> = [];

	constructor(
		private readonly rules: RecordRules<R>,
		private readonly snapshot: Snapshot<R>,
		private readonly settings: PendingSettings,
	) {}

	/** All pending records, oldest first. */
	sorted(): Array<PendingRecord<R>> {
		return [...this.changed.values(), ...this.missing].sort(oldestFirst);
	}

	/**
	 * Adds what a page shows.
	 *
	 * @param maxItems how many items may be emitted
	 * @returns false if a first scan has found more than that. Records that are new on this page are
	 *   then dropped, and the next poll must read the page again.
	 */
	addPage(records: readonly R[], page: PageContext, maxItems: number): boolean {
		const earlierKeys = new Set(this.changed.keys());
		for (const record of records) this.addRecord(record, page);
		if (page.phase === 'live' || countItems(this.changed.values()) <= maxItems) return true;
		// If the page alone has too many, some of its items are emitted now.
		if (earlierKeys.size > 0) {
			for (const key of this.changed.keys()) if (!earlierKeys.has(key)) this.changed.delete(key);
		}
		return false;
	}

	/**
	 * Adds the records that a complete full scan did not see.
	 *
	 * @returns how many deletions are held back
	 */
	addDeletions(generation: 0 | 1): number {
		const { rules, snapshot, settings } = this;
		const missing = snapshot
			.unseen(generation)
			.map((key) => ({ key, wasMissing: snapshot.wasMissing(key) }));
		const { deleted, heldBack } = decideDeletions(
			missing,
			snapshot.size,
			settings.largestDropPercent,
			rules,
		);
		if (heldBack > 0) return heldBack;
		for (const { key } of missing) snapshot.markMissing(key);
		for (const key of deleted) if (!this.changed.has(key)) this.addMissing(key);
		return 0;
	}

	private addRecord(record: R, page: PageContext): void {
		const { rules, snapshot } = this;
		const id = rules.idOf(record);
		const key = snapshot.keyOf(id);
		if (rules.isDeleted?.(record) === true) {
			this.addTombstone(key, id, record);
			return;
		}
		snapshot.markSeen(key, page.generation);
		const difference = snapshot.compare(key, record);
		if (difference === undefined) {
			this.changed.delete(key);
			return;
		}
		const commit = () => snapshot.commit(key, difference.row, page.generation);
		const events = this.chosenEvents(record, difference, page);
		if (events.length === 0) {
			this.changed.delete(key);
			commit();
			return;
		}
		const version = rules.versionOf?.(record);
		const { content } = difference.row;
		this.changed.set(key, {
			id,
			record,
			events: events.map((event) => ({ event, version: itemVersion(event, version, content) })),
			changes: difference.changes,
			atMs: this.changedAtMs(record) ?? rules.createdAtMs?.(record) ?? Number.POSITIVE_INFINITY,
			commit,
		});
	}

	private chosenEvents(record: R, difference: Difference, page: PageContext): StreamEvent[] {
		const { rules, settings } = this;
		const isExisting = page.phase === 'baseline' && difference.isNew;
		if (isExisting) {
			const times = {
				createdAtMs: rules.createdAtMs?.(record),
				changedAtMs: this.changedAtMs(record),
			};
			if (!isEmittedAtStart(settings.startFrom, times, page.startedMs)) return [];
		}
		return eventsFor(rules.observe(record), difference, settings.chosen);
	}

	private addTombstone(key: string, id: string, record: R): void {
		// What the same poll found of the record before is out of date.
		this.changed.delete(key);
		if (!this.snapshot.knows(key)) return;
		const pending = this.deletion(key, id);
		if (pending === undefined) return;
		const atMs = this.changedAtMs(record) ?? Number.POSITIVE_INFINITY;
		this.changed.set(key, { ...pending, record, atMs });
	}

	private addMissing(key: string): void {
		const lastValues = this.snapshot.lastValues(key);
		const pending = this.deletion(key, key);
		if (pending !== undefined) this.missing.push({ ...pending, lastValues });
	}

	/** @returns undefined if *Deleted* is not chosen: the record is then forgotten at once */
	private deletion(key: string, id: string): PendingRecord<R> | undefined {
		const commit = () => this.snapshot.forget(key);
		const event = this.settings.chosen.find(({ rule }) => rule.kind === 'deleted');
		if (event === undefined) {
			commit();
			return undefined;
		}
		return {
			id,
			record: undefined,
			events: [{ event, version: DELETED_VERSION }],
			changes: [],
			atMs: Number.POSITIVE_INFINITY,
			commit,
		};
	}

	private changedAtMs(record: R): number | undefined {
		return this.rules.changedAtMs?.(record);
	}
}
