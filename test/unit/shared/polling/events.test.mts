/** Which events a difference is, and when a list is too short to be believed. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { eventsFor, isSuspicious } from '../../../../nodes/shared/polling/events.ts';
import {
	changedBack,
	changedTo,
	usualEvents,
} from '../../../../nodes/shared/polling/eventRules.ts';
import { parseTime } from '../../../../nodes/shared/polling/sources.ts';
import type { Difference } from '../../../../nodes/shared/polling/snapshot.ts';

const all = [
	...usualEvents('guest', 'Guest'),
	changedTo('in', 'Checked In', 'checkedIn', true),
	changedBack('undone', 'Undone', 'checkedIn', [true], false),
	changedTo('vip', 'Became VIP', 'tier', 'vip'),
];

function difference(was: IDataObject | undefined, isUpdate = true): Difference {
	return {
		isNew: was === undefined,
		isUpdate,
		changes: [],
		was: (field) => was?.[field],
		row: { content: '', fields: '' },
	};
}

const names = (now: IDataObject, was?: IDataObject, isUpdate = true, chosen = all): string[] =>
	eventsFor(now, difference(was, isUpdate), chosen).map(({ value }) => value);

describe('events', () => {
	test('a new record is created, and what it has become', () => {
		expect(names({ checkedIn: false })).toEqual(['guestCreated']);
		expect(names({ checkedIn: true, tier: 'vip' })).toEqual(['guestCreated', 'in', 'vip']);
	});

	test('a known one is what it has become, else updated', () => {
		expect(names({ checkedIn: true }, { checkedIn: false })).toEqual(['in']);
		expect(names({ checkedIn: false }, { checkedIn: true })).toEqual(['undone']);
		expect(names({ checkedIn: true, tier: 'vip' }, { checkedIn: false })).toEqual(['in', 'vip']);
		expect(names({ checkedIn: true }, { checkedIn: true })).toEqual(['guestUpdated']);
	});

	test('only what was chosen; a check-in is an update where check-ins are not asked for', () => {
		const [created, updated] = all;
		const [onlyCreated, onlyUpdated] = [created, updated].map((event) => (event ? [event] : []));
		expect(names({ checkedIn: true }, { checkedIn: false }, true, onlyUpdated)).toEqual([
			'guestUpdated',
		]);
		expect(names({ checkedIn: true }, { checkedIn: false }, true, onlyCreated)).toEqual([]);
		expect(names({}, undefined, true, onlyUpdated)).toEqual([]);
	});

	test('what is no update makes none', () => {
		expect(names({ checkedIn: false }, { checkedIn: false }, false)).toEqual([]);
		expect(names({ checkedIn: true }, { checkedIn: false }, false)).toEqual(['in']);
	});
});

describe('a list that is much shorter', () => {
	test.each([
		[10, 2, 30, false],
		[2, 2, 30, false],
		[3, 3, 30, true],
		[3, 3, 99, true],
		[3, 3, 100, false],
		[10, 3, 30, false],
		[10, 4, 30, true],
		[1000, 3, 0, true],
		[1000, 300, 30, false],
		[1000, 301, 30, true],
	])('%i known, %i missing, %i %% allowed: %s', (known, missing, percent, held) => {
		expect(isSuspicious(known, missing, percent)).toBe(held);
	});
});

test('dates as Unix ms, where they are dates', () => {
	expect(parseTime('2026-05-01T12:00:00+02:00')).toBe(Date.UTC(2026, 4, 1, 10));
	expect([parseTime(''), parseTime(null), parseTime(5), parseTime('soon')]).toEqual(
		Array(4).fill(undefined),
	);
});
