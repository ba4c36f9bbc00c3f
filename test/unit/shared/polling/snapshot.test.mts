/** The known records: compared, committed, forgotten, written. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import {
	Snapshot,
	UnreadableRows,
	type SnapshotSettings,
} from '../../../../nodes/shared/polling/snapshot.ts';
import { newStreamState, type StreamState } from '../../../../nodes/shared/polling/state.ts';

const settings = (
	own: Partial<SnapshotSettings<IDataObject>> = {},
): SnapshotSettings<IDataObject> => ({
	salt: 'salt',
	watched: [
		{ name: 'status', keep: 'value' },
		{ name: 'name', keep: 'hash' },
		{ name: 'tags', keep: 'hash' },
	],
	eventOnlyFields: [],
	observe: (record) => record,
	versionOf: ({ version }) => version,
	keepIds: true,
	...own,
});

const ada = { status: 'new', name: 'Ada', tags: ['x'], version: 1, other: 1 };

/** A stored snapshot of some records. */
function snapshotOf(records: Record<string, IDataObject>, own = settings()): Snapshot<IDataObject> {
	const snapshot = new Snapshot(own, newStreamState());
	for (const [id, record] of Object.entries(records)) commit(snapshot, id, record);
	return restored(snapshot, own);
}

function commit(
	snapshot: Snapshot<IDataObject>,
	id: string,
	record: IDataObject,
	generation: 0 | 1 = 0,
): void {
	const difference = snapshot.compare(snapshot.keyOf(id), record);
	if (difference !== undefined) snapshot.commit(snapshot.keyOf(id), difference.row, generation);
}

/** The snapshot as the next poll reads it. */
function restored(snapshot: Snapshot<IDataObject>, own = settings()): Snapshot<IDataObject> {
	const saved: StreamState = JSON.parse(
		JSON.stringify({ ...newStreamState(), ...snapshot.write() }),
	);
	return new Snapshot(own, saved);
}

describe('compare', () => {
	test('a new record has no changes', () => {
		const difference = snapshotOf({}).compare('1', ada);
		expect(difference).toMatchObject({ isNew: true, isUpdate: true, changes: [] });
		expect(difference?.was('status')).toBeUndefined();
	});

	test('fields that are not watched make no difference', () => {
		expect(snapshotOf({ 1: ada }).compare('1', { ...ada, other: 2 })).toBeUndefined();
	});

	test('a readable field has its previous value, other fields only changed', () => {
		const now = { ...ada, status: 'paid', name: 'Ada L.', tags: ['y'] };
		const difference = snapshotOf({ 1: ada }).compare('1', now);
		expect(difference?.changes).toEqual([
			{ field: 'status', was: 'new', now: 'paid' },
			{ field: 'name', now: 'Ada L.' },
			{ field: 'tags' },
		]);
		expect(difference?.was('status')).toBe('new');
		expect(difference?.was('name')).toBeUndefined();
	});

	test('a removed field is null', () => {
		const { changes } = snapshotOf({ 1: ada }).compare('1', { ...ada, status: undefined }) ?? {};
		expect(changes).toEqual([{ field: 'status', was: 'new', now: null }]);
	});

	test('the vendor’s version alone is a difference', () => {
		const difference = snapshotOf({ 1: ada }).compare('1', { ...ada, version: 2 });
		expect(difference).toMatchObject({ isNew: false, isUpdate: true, changes: [] });
	});

	test('an event-only field makes a difference, but not an update', () => {
		const own = settings({ eventOnlyFields: ['status'], versionOf: undefined });
		const snapshot = snapshotOf({ 1: ada }, own);
		expect(snapshot.compare('1', { ...ada })).toBeUndefined();
		const difference = snapshot.compare('1', { ...ada, status: 'paid' });
		expect(difference).toMatchObject({ isNew: false, isUpdate: false });
		expect(difference?.was('status')).toBe('new');
		expect(snapshot.compare('1', { ...ada, name: 'Eve' })).toMatchObject({ isUpdate: true });
	});
});

describe('known records', () => {
	test('have IDs where they are needed, or else hashes that depend on the salt', () => {
		expect(snapshotOf({ 'ada@example.com': ada }).write().rows).toContain('ada@example.com');
		const hashed = snapshotOf({ 'ada@example.com': ada }, settings({ keepIds: false }));
		expect(hashed.write().rows).not.toContain('ada');
		expect(hashed.knows(hashed.keyOf('ada@example.com'))).toBe(true);
		const other = new Snapshot(settings({ keepIds: false, salt: 'x' }), newStreamState());
		expect(other.keyOf('ada@example.com')).not.toBe(hashed.keyOf('ada@example.com'));
	});

	test('are stored without content, except the values of readable fields', () => {
		const { rows, dictionary } = snapshotOf({ 1: ada }).write();
		expect(rows).not.toContain('Ada');
		expect(dictionary).toEqual(['"new"']);
	});

	test('can have a line break in the ID', () => {
		const snapshot = snapshotOf({ 'a\nb': ada });
		expect(snapshot.size).toBe(1);
		expect(snapshot.knows(snapshot.keyOf('a\nb'))).toBe(true);
	});

	test('are new again after they were forgotten', () => {
		const snapshot = snapshotOf({ 1: ada });
		snapshot.forget('1');
		expect(snapshot.compare('1', ada)?.isNew).toBe(true);
	});
});

describe('full scans', () => {
	test('have seen a record once it was marked or committed', () => {
		const snapshot = new Snapshot(settings(), newStreamState());
		for (const id of ['1', '2', '3']) commit(snapshot, id, ada, 0);
		commit(snapshot, '4', ada, 1);
		snapshot.beginScan(0);
		expect(snapshot.unseen(1)).toEqual(['1', '2', '3', '4']);
		snapshot.markSeen('1', 1);
		commit(snapshot, '2', { ...ada, name: 'B' }, 1);
		expect(restored(snapshot).unseen(1)).toEqual(['3', '4']);
	});

	test('remember a missing record until it is seen or committed', () => {
		const snapshot = snapshotOf({ 1: ada, 2: ada, 3: ada });
		for (const key of ['1', '2', '3']) snapshot.markMissing(key);
		snapshot.markSeen('1', 0);
		commit(snapshot, '2', { ...ada, name: 'B' });
		const later = restored(snapshot);
		expect(['1', '2', '3'].map((key) => later.wasMissing(key))).toEqual([false, false, true]);
	});

	test('a missing record has its last readable values', () => {
		expect(snapshotOf({ 1: ada }).lastValues('1')).toEqual({ status: 'new' });
		expect(snapshotOf({ 1: ada }).lastValues('2')).toEqual({});
	});
});

describe('the dictionary', () => {
	const own = settings({ watched: [{ name: 'seats', keep: 'value' }], versionOf: undefined });

	test('drops unused values, so that there is room for thousands of new ones', () => {
		let snapshot = snapshotOf({ 1: { seats: 0 }, 2: { seats: 'full' } }, own);
		for (let seats = 1; seats <= 5000; seats += 1) {
			expect(snapshot.compare('1', { seats })?.changes).toEqual([
				{ field: 'seats', was: seats - 1, now: seats },
			]);
			commit(snapshot, '1', { seats });
			if (seats % 10 === 0) snapshot = restored(snapshot, own);
		}
		expect(snapshot.write().dictionary.length).toBeLessThan(1296);
		expect(snapshot.compare('2', { seats: 'some' })?.was('seats')).toBe('full');
	});

	test('a value without room still shows a change, but not the previous value', () => {
		const snapshot = new Snapshot(own, newStreamState());
		for (let id = 0; id < 1500; id += 1) commit(snapshot, String(id), { seats: id });
		const later = restored(snapshot, own);
		expect(later.compare('1499', { seats: 1499 })).toBeUndefined();
		expect(later.compare('1499', { seats: 3 })?.changes).toEqual([{ field: 'seats', now: 3 }]);
		expect(later.compare('1', { seats: 3 })?.was('seats')).toBe(1);
	});
});

describe('a state that cannot be read', () => {
	test.each([
		['rows', { rows: 'nonsense', dictionary: [] }],
		['rows of other fields', { rows: '0abcde', dictionary: [] }],
		['dictionary', { rows: '', dictionary: ['{'] }],
	])('%s', (_, saved) => {
		expect(() => new Snapshot(settings(), { ...newStreamState(), ...saved })).toThrow(
			UnreadableRows,
		);
	});
});
