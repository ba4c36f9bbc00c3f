/** Which events a difference is, and which missing records are deleted. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import {
	decideDeletions,
	eventsFor,
	isEmittedAtStart,
	isSuspicious,
} from '../../../../nodes/shared/polling/events.ts';
import {
	changedBack,
	changedTo,
	usualEvents,
} from '../../../../nodes/shared/polling/eventRules.ts';
import type { Difference } from '../../../../nodes/shared/polling/snapshot.ts';
import type { StartFrom } from '../../../../nodes/shared/polling/types.ts';

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
	test('a new record is created, plus each state that it is in', () => {
		expect(names({ checkedIn: false })).toEqual(['guestCreated']);
		expect(names({ checkedIn: true, tier: 'vip' })).toEqual(['guestCreated', 'in', 'vip']);
	});

	test('a known record is each state that it changed to, or else updated', () => {
		expect(names({ checkedIn: true }, { checkedIn: false })).toEqual(['in']);
		expect(names({ checkedIn: false }, { checkedIn: true })).toEqual(['undone']);
		expect(names({ checkedIn: true, tier: 'vip' }, { checkedIn: false })).toEqual(['in', 'vip']);
		expect(names({ checkedIn: true }, { checkedIn: true })).toEqual(['guestUpdated']);
	});

	test('only chosen events count; a check-in is an update if check-ins are not chosen', () => {
		const [created, updated] = all;
		const [onlyCreated, onlyUpdated] = [created, updated].map((event) => (event ? [event] : []));
		expect(names({ checkedIn: true }, { checkedIn: false }, true, onlyUpdated)).toEqual([
			'guestUpdated',
		]);
		expect(names({ checkedIn: true }, { checkedIn: false }, true, onlyCreated)).toEqual([]);
		expect(names({}, undefined, true, onlyUpdated)).toEqual([]);
	});

	test('a change of event-only fields is not an update', () => {
		expect(names({ checkedIn: false }, { checkedIn: false }, false)).toEqual([]);
		expect(names({ checkedIn: true }, { checkedIn: false }, false)).toEqual(['in']);
	});
});

describe('isSuspicious', () => {
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
	])('%i known, %i missing, %i %% allowed: %s', (known, missing, percent, suspicious) => {
		expect(isSuspicious(known, missing, percent)).toBe(suspicious);
	});
});

describe('a record that the first scan finds', () => {
	const START = 1_000;
	const now: StartFrom = { kind: 'now' };
	const date: StartFrom = { kind: 'date', ms: START };

	test.each<[string, StartFrom, number | undefined, number | undefined, boolean]>([
		['everything', { kind: 'everything' }, undefined, undefined, true],
		['created at the date', date, START, undefined, true],
		['created before the date, changed after it', date, START - 1, START + 1, false],
		['changed at the date, creation unknown', date, undefined, START, true],
		['no time known', date, undefined, undefined, false],
		['created during the scan', now, START + 1, undefined, true],
		['created when the scan started', now, START, undefined, false],
		['only changed during the scan', now, undefined, START + 1, false],
	])('%s', (_, startFrom, createdAtMs, changedAtMs, isEmitted) => {
		expect(isEmittedAtStart(startFrom, { createdAtMs, changedAtMs }, START)).toBe(isEmitted);
	});

	test('is existing if the server time is unknown', () => {
		const times = { createdAtMs: START, changedAtMs: START };
		expect(isEmittedAtStart(now, times, undefined)).toBe(false);
	});
});

describe('decideDeletions', () => {
	const missing = (...flags: boolean[]) =>
		flags.map((wasMissing, index) => ({ key: String(index), wasMissing }));

	test('missing records are deleted', () => {
		expect(decideDeletions(missing(false, true), 10, 30, {})).toEqual({
			deleted: ['0', '1'],
			heldBack: 0,
		});
	});

	test('where deletions are confirmed, only records missing twice are deleted', () => {
		expect(decideDeletions(missing(false, true), 10, 30, { confirmDeletions: true })).toEqual({
			deleted: ['1'],
			heldBack: 0,
		});
	});

	test('all are held back if too many are missing', () => {
		const many = missing(true, true, true, true);
		expect(decideDeletions(many, 10, 30, {})).toEqual({ deleted: [], heldBack: 4 });
		expect(decideDeletions(many, 10, 40, {}).deleted).toHaveLength(4);
	});

	test('a log may lose any number of records', () => {
		const many = missing(true, true, true, true);
		expect(decideDeletions(many, 4, 0, { appendOnly: true }).deleted).toHaveLength(4);
	});
});
