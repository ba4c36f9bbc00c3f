/**
 * One poll of one stream: reads changes, reads the whole list when that is due, emits items, and
 * returns the new state. Has no effects except through the source; if it throws, the stored state is
 * still valid.
 */
import type { IDataObject } from 'n8n-workflow';
import { advance, isFullScanDue, type PollScans } from './cursor';
import { shortHash } from './hash';
import { takeFitting, toItem, type PendingRecord } from './items';
import { PendingRecords, type PendingSettings } from './pendingRecords';
import type { PollBudget } from './pollBudget';
import { scanPages, type ScanOptions } from './scan';
import { Snapshot, type SnapshotSettings } from './snapshot';
import type { StreamState } from './state';
import type { RecordRules, Source, Stream } from './types';

const SIGNATURE_CHARACTERS = 8;

/** How a stream is watched. */
export interface StreamSettings extends PendingSettings {
	salt: string;
	lookBackMs: number;
	/** Time between full scans of streams with a list of changes. */
	fullEveryMs: number;
	/** Only these fields are watched; empty: all. */
	changedFields: readonly string[];
}

export interface StreamResult {
	items: IDataObject[];
	state: StreamState;
	/** Deletions held back because too many records were missing at once. */
	heldBack: number;
}

/**
 * @param saved the stream's stored state; it is not changed
 * @throws UnreadableRows if the state cannot be read
 */
export async function pollStream<Client, R extends IDataObject>(
	stream: Stream<Client, R>,
	source: Source<R>,
	settings: StreamSettings,
	saved: StreamState,
	budget: PollBudget,
): Promise<StreamResult> {
	const snapshot = new Snapshot<R>(snapshotSettings(stream, settings), saved);
	const pending = new PendingRecords<R>(stream, snapshot, settings);
	const poll = { stream, source, settings, budget, snapshot, pending };
	const { scans, state } = await scanLists(poll, saved);
	const heldBack =
		scans.full?.stoppedBy === 'lastPage' ? pending.addDeletions(state.scanGeneration) : 0;

	const found = pending.sorted();
	const emitted = takeFitting(found, budget.items);
	const items = await shapeItems(stream, source, emitted);
	for (const { commit } of emitted) commit();
	const isCapped = emitted.length < found.length;
	const { cursorFrom = 'newestChange' } = stream;
	const next = advance(state, scans, isCapped, cursorFrom, budget.nowMs());
	return { items, state: { ...next, ...snapshot.write() }, heldBack };
}

function snapshotSettings<R extends IDataObject>(
	rules: RecordRules<R>,
	{ salt, chosen, changedFields }: StreamSettings,
): SnapshotSettings<R> {
	const isEverythingWatched = changedFields.length === 0;
	const eventFields = new Set(
		chosen.flatMap(({ rule }) => (rule.kind === 'became' ? [rule.field] : [])),
	);
	const isWatched = (name: string) => changedFields.includes(name) || eventFields.has(name);
	return {
		salt,
		watched: rules.watched.filter(({ name }) => isEverythingWatched || isWatched(name)),
		eventOnlyFields: isEverythingWatched
			? []
			: [...eventFields].filter((name) => !changedFields.includes(name)),
		observe: (record) => rules.observe(record),
		// The vendor's version changes with every field, including those that are not watched.
		versionOf: isEverythingWatched ? rules.versionOf : undefined,
		keepIds: chosen.some(({ rule }) => rule.kind === 'deleted'),
	};
}

interface Poll<R extends IDataObject> {
	stream: RecordRules<R>;
	source: Source<R>;
	settings: StreamSettings;
	budget: PollBudget;
	snapshot: Snapshot<R>;
	pending: PendingRecords<R>;
}

/** Reads the changes, where there is a list of them, and the whole list, where that is due. */
async function scanLists<R extends IDataObject>(
	poll: Poll<R>,
	saved: StreamState,
): Promise<{ scans: PollScans; state: StreamState }> {
	const { source, settings, budget, snapshot } = poll;
	const hasChanges = source.changes !== undefined;
	let changes: PollScans['changes'];
	if (source.changes !== undefined && saved.phase === 'live' && saved.cursorMs !== undefined) {
		const sinceMs = saved.changeScan?.sinceMs ?? saved.cursorMs - settings.lookBackMs;
		changes = await scanPages({
			...scanOptions(poll, saved),
			read: source.changes(sinceMs),
			start: { ...saved.changeScan, sinceMs },
			throwsRateLimit: true,
		});
	}
	const isDue = isFullScanDue(saved, hasChanges, settings.fullEveryMs, budget.nowMs());
	const isOutOfBudget =
		changes?.stoppedBy === 'rateLimited' || (hasChanges && budget.isExhausted());
	if (!isDue || isOutOfBudget) return { scans: { changes, full: undefined }, state: saved };

	const isResumed = saved.fullScan?.pageToken !== undefined;
	const state = isResumed ? saved : withNextGeneration(saved);
	if (!isResumed) snapshot.beginScan(saved.scanGeneration);
	const full = await scanPages({
		...scanOptions(poll, state),
		read: source.all,
		start: isResumed ? saved.fullScan : undefined,
		throwsRateLimit: changes === undefined,
	});
	return { scans: { changes, full }, state };
}

function withNextGeneration(state: StreamState): StreamState {
	return { ...state, scanGeneration: state.scanGeneration === 0 ? 1 : 0 };
}

function scanOptions<R extends IDataObject>(
	{ stream, settings, budget, pending }: Poll<R>,
	{ phase, scanGeneration: generation }: StreamState,
): Pick<
	ScanOptions<R>,
	'changedAtMs' | 'signatureOf' | 'recordName' | 'isExhausted' | 'acceptPage'
> {
	return {
		changedAtMs: (record) => stream.changedAtMs?.(record),
		signatureOf: (records) => {
			const ids = records.map((record) => stream.idOf(record)).join('\n');
			return shortHash(settings.salt, ids, SIGNATURE_CHARACTERS);
		},
		recordName: stream.record,
		isExhausted: () => budget.isExhausted(),
		acceptPage: (records, { startedMs }) =>
			pending.addPage(records, { phase, generation, startedMs }, budget.items),
	};
}

/** Shapes all records in one call, because a vendor may have to look up names for them. */
async function shapeItems<R extends IDataObject>(
	stream: RecordRules<R>,
	source: Source<R>,
	emitted: ReadonlyArray<PendingRecord<R>>,
): Promise<IDataObject[]> {
	// One entry per item: each item gets an object of its own.
	const records = emitted.flatMap(({ record, events }) =>
		record === undefined ? [] : events.map(() => record),
	);
	const shapes = (await source.shape(records)).values();
	return emitted.flatMap((pending) =>
		pending.events.map((pendingEvent) => {
			const shape =
				pending.record === undefined
					? { ...(stream.deletedItem?.(pending.id) ?? { id: pending.id }), ...pending.lastValues }
					: (shapes.next().value ?? {});
			return toItem(stream.value, pending, pendingEvent, shape);
		}),
	);
}
