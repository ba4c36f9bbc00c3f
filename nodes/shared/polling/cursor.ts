/**
 * Where the next poll of a stream continues: the cursor of the list of changes, unfinished scans, and
 * when the next full scan is due. Pure.
 */
import { DAY, HOUR } from '../time';
import type { ScanResult } from './scan';
import type { Scan, StreamState } from './state';

/** Changes may appear in the list this long after they were made. */
const LATE_ARRIVAL_MS = HOUR;
/** A time further in the future than this is wrong; no vendor's clock is off by that much. */
const MAX_CLOCK_SKEW_MS = DAY;

/** The scans of one poll. */
export interface PollScans {
	/** Undefined if the list of changes was not read. */
	changes: ScanResult | undefined;
	/** Undefined if no full scan was due. */
	full: ScanResult | undefined;
}

/**
 * Whether the complete list must be read.
 *
 * @param hasChanges whether the stream has a list of changes; if not, each poll is a full scan
 * @param fullEveryMs time between full scans
 * @param nowMs n8n's clock, Unix ms
 */
export function isFullScanDue(
	{ phase, cursorMs, fullScan, fullScanAtMs = 0 }: StreamState,
	hasChanges: boolean,
	fullEveryMs: number,
	nowMs: number,
): boolean {
	if (!hasChanges || phase === 'baseline') return true;
	if (cursorMs === undefined || fullScan !== undefined) return true;
	// After n8n's clock was set back, the last scan seems to be in the future.
	return nowMs - fullScanAtMs >= fullEveryMs || fullScanAtMs > nowMs;
}

/**
 * @param state the stream's state before the poll; `rows` and `dictionary` are copied
 * @param isCapped whether items were left for later polls
 * @param cursorFrom see `Stream.cursorFrom`
 * @param nowMs n8n's clock, Unix ms
 * @returns the state after the poll. The cursor moves, and the trigger becomes live, only if every
 *   item of the scan was emitted
 */
export function advance(
	state: StreamState,
	{ changes, full }: PollScans,
	isCapped: boolean,
	cursorFrom: 'serverTime' | 'newestChange',
	nowMs: number,
): StreamState {
	// A page that is read again brings its items back. Any other scan must start over to find them.
	const isTruncated = isCapped && full?.stoppedBy !== 'page';
	const changeScan = truncate(changes?.scan ?? state.changeScan, isTruncated);
	const fullScan = truncate(full?.scan ?? state.fullScan, isTruncated);
	const isChangeScanDone = changes?.stoppedBy === 'lastPage';
	const isFullScanDone = full?.stoppedBy === 'lastPage';

	let { cursorMs, phase, fullScanAtMs } = state;
	if (isChangeScanDone && isEmitted(changeScan)) {
		cursorMs = moveCursor(cursorMs, changeScan, cursorFrom, nowMs);
	}
	if (isFullScanDone && isEmitted(fullScan)) {
		// The first scan sets the cursor. If the list was empty, a later one does.
		cursorMs ??= moveCursor(undefined, fullScan, cursorFrom, nowMs);
		// A first scan spread over several polls can miss records that moved between pages, so a second
		// full scan follows.
		if (phase === 'live' || state.fullScan === undefined) fullScanAtMs = nowMs;
		phase = 'live';
	}
	const { rows, dictionary, scanGeneration } = state;
	return {
		phase,
		rows,
		dictionary,
		scanGeneration,
		...(cursorMs === undefined ? {} : { cursorMs }),
		...(fullScanAtMs === undefined ? {} : { fullScanAtMs }),
		...(isChangeScanDone || changeScan === undefined ? {} : { changeScan }),
		...(isFullScanDone || fullScan === undefined ? {} : { fullScan }),
	};
}

function truncate(scan: Scan | undefined, isTruncated: boolean): Scan | undefined {
	return scan !== undefined && isTruncated ? { ...scan, truncated: true } : scan;
}

function isEmitted(scan: Scan | undefined): boolean {
	return scan?.truncated !== true;
}

/** @returns the cursor where the scan came to, or the previous one if that is later */
function moveCursor(
	cursorMs: number | undefined,
	scan: Scan | undefined,
	cursorFrom: 'serverTime' | 'newestChange',
	nowMs: number,
): number | undefined {
	const reachedMs = cursorAfter(scan ?? {}, cursorFrom);
	if (reachedMs === undefined || reachedMs > nowMs + MAX_CLOCK_SKEW_MS) return cursorMs;
	return Math.max(reachedMs, cursorMs ?? reachedMs);
}

/**
 * Never past the server's time at the start of the scan. If nothing changed for an hour, the cursor
 * follows the server's time, so that the last changes are not re-read on every poll.
 */
function cursorAfter(
	{ startedMs, newestMs }: Scan,
	cursorFrom: 'serverTime' | 'newestChange',
): number | undefined {
	if (cursorFrom === 'serverTime') return startedMs;
	if (newestMs === undefined || startedMs === undefined) return newestMs;
	return Math.max(Math.min(newestMs, startedMs), startedMs - LATE_ARRIVAL_MS);
}
