/** Where the next poll continues, case by case. */
import { describe, expect, test } from '@jest/globals';

import { advance, isFullScanDue, type PollScans } from '../../../../nodes/shared/polling/cursor.ts';
import type { ScanResult } from '../../../../nodes/shared/polling/scan.ts';
import {
	newStreamState,
	type Scan,
	type StreamState,
} from '../../../../nodes/shared/polling/state.ts';
import { DAY, HOUR, MINUTE } from '../../../../nodes/shared/time.ts';

const NOW = 1_800_000_000_000;

const baseline = newStreamState();
const live: StreamState = { ...baseline, phase: 'live', cursorMs: NOW - HOUR, fullScanAtMs: NOW };

const scanned = (stoppedBy: ScanResult['stoppedBy'], scan: Scan = {}): ScanResult => ({
	scan,
	stoppedBy,
});
const changes = (scan: Scan, stoppedBy: ScanResult['stoppedBy'] = 'lastPage'): PollScans => ({
	changes: scanned(stoppedBy, scan),
	full: undefined,
});
const full = (scan: Scan, stoppedBy: ScanResult['stoppedBy'] = 'lastPage'): PollScans => ({
	changes: undefined,
	full: scanned(stoppedBy, scan),
});

const after = (
	state: StreamState,
	scans: PollScans,
	isCapped = false,
	cursorFrom: 'serverTime' | 'newestChange' = 'newestChange',
): StreamState => advance(Object.freeze({ ...state }), scans, isCapped, cursorFrom, NOW);

describe('isFullScanDue', () => {
	test.each<[string, Partial<StreamState>, boolean, number, boolean]>([
		['no list of changes', {}, false, DAY, true],
		['first scan not complete', { phase: 'baseline' }, true, DAY, true],
		['unfinished full scan', { fullScan: { pageToken: '2' } }, true, DAY, true],
		['interval not over', { fullScanAtMs: NOW - HOUR + 1 }, true, HOUR, false],
		['interval over', { fullScanAtMs: NOW - HOUR }, true, HOUR, true],
		['clock set back', { fullScanAtMs: NOW + 1 }, true, HOUR, true],
		['scanned just now', { fullScanAtMs: NOW }, true, HOUR, false],
	])('%s: %j', (_, own, hasChanges, fullEveryMs, isDue) => {
		expect(isFullScanDue({ ...live, ...own }, hasChanges, fullEveryMs, NOW)).toBe(isDue);
	});

	test('no cursor: the list of changes cannot be read', () => {
		const { cursorMs: _, ...withoutCursor } = live;
		expect(isFullScanDue(withoutCursor, true, DAY, NOW)).toBe(true);
	});

	test('no full scan ever completed', () => {
		const { fullScanAtMs: _, ...withoutTime } = live;
		expect(isFullScanDue(withoutTime, true, DAY, NOW)).toBe(true);
	});
});

describe('the cursor after a change scan', () => {
	const start = NOW - HOUR;

	test.each<[string, Scan, 'serverTime' | 'newestChange', number]>([
		['server time', { startedMs: NOW - MINUTE, newestMs: NOW }, 'serverTime', NOW - MINUTE],
		['newest change', { startedMs: NOW, newestMs: NOW - MINUTE }, 'newestChange', NOW - MINUTE],
		['never past the server time', { startedMs: NOW - 5, newestMs: NOW }, 'newestChange', NOW - 5],
		['no change in the scan', { startedMs: NOW + MINUTE }, 'newestChange', start],
		[
			'an hour behind the server time, if the newest change is older',
			{ startedMs: NOW + MINUTE, newestMs: start - MINUTE },
			'newestChange',
			start + MINUTE,
		],
		['newest change, without server time', { newestMs: NOW - 7 }, 'newestChange', NOW - 7],
		['never back', { startedMs: start - HOUR, newestMs: start - HOUR }, 'newestChange', start],
		['no server time, no change', {}, 'newestChange', start],
		['no server time', { newestMs: NOW }, 'serverTime', start],
		['at most a day ahead', { newestMs: NOW + DAY }, 'newestChange', NOW + DAY],
		['not further ahead', { newestMs: NOW + DAY + 1 }, 'newestChange', start],
	])('%s', (_, scan, cursorFrom, cursorMs) => {
		expect(after(live, changes(scan), false, cursorFrom).cursorMs).toBe(cursorMs);
	});

	test('stays if items were left for later polls', () => {
		expect(after(live, changes({ newestMs: NOW }), true).cursorMs).toBe(start);
		expect(after(live, changes({ newestMs: NOW, truncated: true })).cursorMs).toBe(start);
	});

	test('stays if the scan is not complete', () => {
		for (const stoppedBy of ['budget', 'rateLimited'] as const) {
			const scan = { pageToken: '2', newestMs: NOW };
			expect(after(live, changes(scan, stoppedBy))).toMatchObject({
				cursorMs: start,
				changeScan: scan,
			});
		}
	});
});

describe('an unfinished scan', () => {
	test('is stored, and dropped once it is complete', () => {
		const waiting = { ...live, changeScan: { pageToken: '2' }, fullScan: { pageToken: '5' } };
		const done = after(waiting, { ...changes({}), full: scanned('budget', { pageToken: '6' }) });
		expect(done).not.toHaveProperty('changeScan');
		expect(done.fullScan).toEqual({ pageToken: '6' });
		expect(after(waiting, full({}))).not.toHaveProperty('fullScan');
	});

	test('stays as it is if it was not read', () => {
		const waiting = { ...live, fullScan: { pageToken: '5' } };
		expect(after(waiting, changes({})).fullScan).toEqual({ pageToken: '5' });
		const nothingRead = { scan: undefined, stoppedBy: 'rateLimited' } as const;
		expect(after(live, { ...changes({}), full: nothingRead })).not.toHaveProperty('fullScan');
	});

	test('is truncated if items were left, even if it was not read', () => {
		const waiting = { ...live, fullScan: { pageToken: '5' } };
		const capped = after(waiting, changes({ pageToken: '2' }, 'budget'), true);
		expect(capped.changeScan).toEqual({ pageToken: '2', truncated: true });
		expect(capped.fullScan).toEqual({ pageToken: '5', truncated: true });
	});

	test('is not truncated if its last page is read again', () => {
		const capped = after(baseline, full({ pageToken: '2' }, 'page'), true);
		expect(capped.fullScan).toEqual({ pageToken: '2' });
	});
});

describe('the first scan', () => {
	test('makes the stream live and sets the cursor', () => {
		expect(after(baseline, full({ newestMs: NOW - 5 }))).toMatchObject({
			phase: 'live',
			cursorMs: NOW - 5,
			fullScanAtMs: NOW,
		});
	});

	test('sets no cursor if the list is empty', () => {
		const state = after(baseline, full({}));
		expect(state.phase).toBe('live');
		expect(state).not.toHaveProperty('cursorMs');
	});

	test('is followed by a second one if it took several polls', () => {
		const resumed = { ...baseline, fullScan: { pageToken: '2' } };
		const state = after(resumed, full({ newestMs: NOW }));
		expect(state.phase).toBe('live');
		expect(state).not.toHaveProperty('fullScanAtMs');
		expect(isFullScanDue(state, true, DAY, NOW)).toBe(true);
	});

	test.each([
		['not complete', full({ pageToken: '2' }, 'budget'), false],
		['capped', full({}), true],
		['truncated by an earlier poll', full({ truncated: true }), false],
	])('%s: not live yet', (_, scans, isCapped) => {
		const state = after(baseline, scans, isCapped);
		expect(state.phase).toBe('baseline');
		expect(state).not.toHaveProperty('cursorMs');
	});
});

describe('a later full scan', () => {
	test('does not move the cursor', () => {
		const state = after({ ...live, fullScanAtMs: NOW - DAY }, full({ newestMs: NOW }));
		expect(state).toMatchObject({ cursorMs: live.cursorMs, fullScanAtMs: NOW });
	});

	test('counts as done even if it took several polls', () => {
		const resumed = { ...live, fullScanAtMs: NOW - DAY, fullScan: { pageToken: '2' } };
		expect(after(resumed, full({})).fullScanAtMs).toBe(NOW);
	});

	test('is repeated if items were left', () => {
		const before = { ...live, fullScanAtMs: NOW - DAY };
		expect(after(before, full({}), true).fullScanAtMs).toBe(NOW - DAY);
	});
});
