/** The stored state: read as it was written, or not at all. */
import { describe, expect, test } from '@jest/globals';

import {
	newStreamState,
	readState,
	STATE_VERSION,
	type TriggerState,
} from '../../../../nodes/shared/polling/state.ts';

const state: TriggerState = {
	v: STATE_VERSION,
	revision: 'a revision',
	salt: 'salt',
	configurationHash: 'hash',
	start: '{}',
	suppressExisting: true,
	streams: {
		guest: {
			phase: 'live',
			rows: '0abcdek',
			dictionary: ['"a"'],
			scanGeneration: 1,
			cursorMs: 5,
			fullScanAtMs: 6,
			fullScan: { pageToken: '2', startedMs: 1, newestMs: 2, truncated: true },
			changeScan: { sinceMs: 3 },
		},
		ticket: newStreamState(),
	},
};

/** The state with one thing changed, as JSON. */
function changed(change: (state: Record<string, unknown>) => void): unknown {
	const copy: Record<string, unknown> = JSON.parse(JSON.stringify(state));
	change(copy);
	return copy;
}

test('a stored state is read as it was', () => {
	expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state);
});

test('no state: the first poll', () => {
	expect(readState(undefined)).toBe('absent');
});

describe('unreadable', () => {
	test.each([
		['null', null],
		['text', 'x'],
		['a list', []],
		['an empty object', {}],
		['a later version', { ...state, v: STATE_VERSION + 1 }],
		['no version', { ...state, v: undefined }],
		['a fractional version', { ...state, v: '1.5' }],
		['no salt', { ...state, salt: 1 }],
		['no configuration hash', { ...state, configurationHash: null }],
		['no start', { ...state, start: undefined }],
		['no streams', { ...state, streams: [] }],
		['a stream that is not an object', { ...state, streams: { guest: 'x' } }],
		['an unknown phase', { ...state, streams: { guest: { ...newStreamState(), phase: 'x' } } }],
		['no rows', { ...state, streams: { guest: { ...newStreamState(), rows: null } } }],
		['no dictionary', { ...state, streams: { guest: { ...newStreamState(), dictionary: {} } } }],
		[
			'an unknown generation',
			{ ...state, streams: { guest: { ...newStreamState(), scanGeneration: 2 } } },
		],
	])('%s', (_, saved) => {
		expect(readState(saved)).toBe('unreadable');
	});
});

test('invalid details are dropped', () => {
	const invalid = changed((copy) => {
		copy.suppressExisting = 'yes';
		copy.streams = {
			guest: {
				...newStreamState(),
				cursorMs: 'soon',
				fullScanAtMs: null,
				fullScan: 'x',
				changeScan: { pageToken: 3, sinceMs: '4', truncated: 1 },
			},
		};
	});
	expect(readState(invalid)).toEqual({
		...state,
		suppressExisting: false,
		streams: { guest: { ...newStreamState(), changeScan: {} } },
	});
});

test('version 1 is the first and needs no migration', () => {
	expect(STATE_VERSION).toBe(1);
	expect(readState({ ...state, v: 1 })).toEqual(state);
	expect(readState({ ...state, v: 0 })).toBe('unreadable');
});
