/** Items: their keys, their shape, their order, and how many fit. */
import { describe, expect, test } from '@jest/globals';

import { changedTo, usualEvents } from '../../../../nodes/shared/polling/eventRules.ts';
import {
	countItems,
	eventItem,
	itemKey,
	itemVersion,
	oldestFirst,
	takeFitting,
	toItem,
	versionText,
} from '../../../../nodes/shared/polling/items.ts';
import type { StreamEvent } from '../../../../nodes/shared/polling/types.ts';

const [created, updated, deleted] = usualEvents('guest', 'Guest') as [
	StreamEvent,
	StreamEvent,
	StreamEvent,
];
const checkedIn = changedTo('guestIn', 'Guest In', 'in', true);
const NOON = '2026-05-01T12:00:00+02:00';
const NOON_MS = String(Date.UTC(2026, 4, 1, 10));

describe('the version in a key', () => {
	test.each<[string, StreamEvent, unknown, string]>([
		['a date is Unix ms', updated, NOON, NOON_MS],
		['a number is itself', updated, 7, '7'],
		['other text is itself', updated, 'v7', 'v7'],
		['a mere day is not precise', updated, '2026-05-01', 'hash'],
		['no version', updated, undefined, 'hash'],
		['null', updated, null, 'hash'],
		['an object', updated, {}, 'hash'],
		['a state event has the content, too', checkedIn, 7, '7.hash'],
		['a state event without a version', checkedIn, undefined, 'hash.hash'],
	])('%s', (_, event, version, expected) => {
		expect(itemVersion(event, version, 'hash')).toBe(expected);
	});

	test('the same moment is the same version, however it is written', () => {
		expect(versionText('2026-05-01T10:00:00.000Z')).toBe(versionText(NOON));
	});
});

test('a key names stream, record, version and event; a created record has no version', () => {
	expect(itemKey('guest', '1', updated, '5')).toBe('guest:1:5:guestUpdated');
	expect(itemKey('guest', '1', deleted, 'deleted')).toBe('guest:1:deleted:guestDeleted');
	expect(itemKey('guest', '1', created, '5')).toBe('guest:1:guestCreated');
});

describe('an item', () => {
	test('starts with its event, which a field of the record cannot replace', () => {
		const item = eventItem({ id: '1', _event: 'x', _key: 'y' }, 'guestUpdated', 'k');
		expect(Object.entries(item)).toEqual([
			['_event', 'guestUpdated'],
			['id', '1'],
			['_key', 'k'],
		]);
	});

	test('has the changes, if there are any', () => {
		const change = { field: 'name', now: 'Ada' };
		const pending = { event: updated, version: '5' };
		expect(toItem('guest', { id: '1', changes: [change] }, pending, { name: 'Ada' })).toEqual({
			_event: 'guestUpdated',
			name: 'Ada',
			_key: 'guest:1:5:guestUpdated',
			_changes: [change],
		});
		expect(toItem('guest', { id: '1', changes: [] }, pending, {})).not.toHaveProperty('_changes');
	});
});

test('oldest first; the same time keeps the order, an unknown time comes last', () => {
	const records = [Infinity, 5, 3, Infinity, 5].map((atMs, id) => ({ id, atMs }));
	expect(records.sort(oldestFirst).map(({ id }) => id)).toEqual([2, 1, 4, 0, 3]);
});

describe('how many records fit', () => {
	const withEvents = (...counts: number[]) =>
		counts.map((count) => ({
			events: Array.from({ length: count }, () => ({ event: updated, version: '' })),
		}));

	test.each<[number[], number, number]>([
		[[1, 1, 1], 2, 2],
		[[1, 1], 2, 2],
		[[1, 2], 2, 1],
		[[3, 1], 2, 1],
		[[3], 1, 1],
		[[1], 0, 0],
		[[1], -3, 0],
		[[], 5, 0],
		[[1, 2, 1], 2, 1],
	])('%j items per record, at most %i: %i records', (counts, maxItems, fitting) => {
		const records = withEvents(...counts);
		expect(takeFitting(records, maxItems)).toEqual(records.slice(0, fitting));
	});

	test('counts the items of all records', () => {
		expect(countItems(withEvents(1, 2, 3))).toBe(6);
		expect(countItems([])).toBe(0);
	});
});
