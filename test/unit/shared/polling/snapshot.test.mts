/** What is known of records: compared, noted, forgotten, written. */
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

/** A ledger that knows some records. */
function knowing(records: Record<string, IDataObject>, own = settings()): Snapshot<IDataObject> {
	const ledger = new Snapshot(own, newStreamState());
	for (const [id, record] of Object.entries(records)) take(ledger, id, record);
	return again(ledger, own);
}

function take(
	ledger: Snapshot<IDataObject>,
	id: string,
	record: IDataObject,
	mark: 0 | 1 = 0,
): void {
	const difference = ledger.compare(ledger.keyOf(id), record);
	if (difference !== undefined) ledger.commit(ledger.keyOf(id), difference.row, mark);
}

/** The same after a restart. */
function again(ledger: Snapshot<IDataObject>, own = settings()): Snapshot<IDataObject> {
	const kept: StreamState = JSON.parse(JSON.stringify({ ...newStreamState(), ...ledger.write() }));
	return new Snapshot(own, kept);
}

describe('compare', () => {
	test('a new record has no past', () => {
		const difference = knowing({}).compare('1', ada);
		expect(difference).toMatchObject({ isNew: true, isUpdate: true, changes: [] });
		expect(difference?.was('status')).toBeUndefined();
	});

	test('the same content is no difference, whatever else the record holds', () => {
		expect(knowing({ 1: ada }).compare('1', { ...ada, other: 2 })).toBeUndefined();
	});

	test('says what a readable field was and is, of others only that they changed', () => {
		const now = { ...ada, status: 'paid', name: 'Ada L.', tags: ['y'] };
		const difference = knowing({ 1: ada }).compare('1', now);
		expect(difference?.changes).toEqual([
			{ field: 'status', was: 'new', now: 'paid' },
			{ field: 'name', now: 'Ada L.' },
			{ field: 'tags' },
		]);
		expect(difference?.was('status')).toBe('new');
		expect(difference?.was('name')).toBeUndefined();
	});

	test('a field that is gone is null now', () => {
		const { changes } = knowing({ 1: ada }).compare('1', { ...ada, status: undefined }) ?? {};
		expect(changes).toEqual([{ field: 'status', was: 'new', now: null }]);
	});

	test('the vendor’s version alone is a difference', () => {
		const difference = knowing({ 1: ada }).compare('1', { ...ada, version: 2 });
		expect(difference).toMatchObject({ isNew: false, isUpdate: true, changes: [] });
	});

	test('a field aside makes a difference, but no update', () => {
		const own = settings({ eventOnlyFields: ['status'], versionOf: undefined });
		const ledger = knowing({ 1: ada }, own);
		expect(ledger.compare('1', { ...ada })).toBeUndefined();
		const aside = ledger.compare('1', { ...ada, status: 'paid' });
		expect(aside).toMatchObject({ isNew: false, isUpdate: false });
		expect(aside?.was('status')).toBe('new');
		expect(ledger.compare('1', { ...ada, name: 'Eve' })).toMatchObject({ isUpdate: true });
	});
});

describe('who is known', () => {
	test('ids where they are needed, else hashes that depend on the salt', () => {
		expect(knowing({ 'ada@example.com': ada }).write().rows).toContain('ada@example.com');
		const hashed = knowing({ 'ada@example.com': ada }, settings({ keepIds: false }));
		expect(hashed.write().rows).not.toContain('ada');
		expect(hashed.knows(hashed.keyOf('ada@example.com'))).toBe(true);
		const other = new Snapshot(settings({ keepIds: false, salt: 'x' }), newStreamState());
		expect(other.keyOf('ada@example.com')).not.toBe(hashed.keyOf('ada@example.com'));
	});

	test('no content but the words of readable fields is kept', () => {
		const { rows, dictionary: words } = knowing({ 1: ada }).write();
		expect(rows).not.toContain('Ada');
		expect(words).toEqual(['"new"']);
	});

	test('an id with a line break is one line', () => {
		const ledger = knowing({ 'a\nb': ada });
		expect(ledger.size).toBe(1);
		expect(ledger.knows(ledger.keyOf('a\nb'))).toBe(true);
	});

	test('a forgotten record is new again', () => {
		const ledger = knowing({ 1: ada });
		ledger.forget('1');
		expect(ledger.compare('1', ada)?.isNew).toBe(true);
	});
});

describe('complete readings', () => {
	test('a new one has seen nothing, and what it then saw or noted is not unseen', () => {
		const ledger = new Snapshot(settings(), newStreamState());
		for (const id of ['1', '2', '3']) take(ledger, id, ada, 0);
		take(ledger, '4', ada, 1);
		ledger.beginScan(0);
		expect(ledger.unseen(1)).toEqual(['1', '2', '3', '4']);
		ledger.markSeen('1', 1);
		take(ledger, '2', { ...ada, name: 'B' }, 1);
		expect(again(ledger).unseen(1)).toEqual(['3', '4']);
	});

	test('missing is remembered until the record is seen or noted', () => {
		const ledger = knowing({ 1: ada, 2: ada, 3: ada });
		for (const key of ['1', '2', '3']) ledger.markMissing(key);
		ledger.markSeen('1', 0);
		take(ledger, '2', { ...ada, name: 'B' });
		const later = again(ledger);
		expect(['1', '2', '3'].map((key) => later.wasMissing(key))).toEqual([false, false, true]);
	});

	test('the last readable values of a record that is gone', () => {
		expect(knowing({ 1: ada }).lastValues('1')).toEqual({ status: 'new' });
		expect(knowing({ 1: ada }).lastValues('2')).toEqual({});
	});
});

describe('words', () => {
	const own = settings({ watched: [{ name: 'seats', keep: 'value' }], versionOf: undefined });

	test('those that nothing uses any more make room for thousands of new ones', () => {
		let ledger = knowing({ 1: { seats: 0 }, 2: { seats: 'full' } }, own);
		for (let seats = 1; seats <= 5000; seats += 1) {
			expect(ledger.compare('1', { seats })?.changes).toEqual([
				{ field: 'seats', was: seats - 1, now: seats },
			]);
			take(ledger, '1', { seats });
			if (seats % 10 === 0) ledger = again(ledger, own);
		}
		expect(ledger.write().dictionary.length).toBeLessThan(1296);
		expect(ledger.compare('2', { seats: 'some' })?.was('seats')).toBe('full');
	});

	test('more than there are places for: still known to have changed, no longer from what', () => {
		const ledger = new Snapshot(own, newStreamState());
		for (let id = 0; id < 1500; id += 1) take(ledger, String(id), { seats: id });
		const later = again(ledger, own);
		expect(later.compare('1499', { seats: 1499 })).toBeUndefined();
		expect(later.compare('1499', { seats: 3 })?.changes).toEqual([{ field: 'seats', now: 3 }]);
		expect(later.compare('1', { seats: 3 })?.was('seats')).toBe(1);
	});
});

describe('what cannot be read', () => {
	test.each([
		['rows', { rows: 'nonsense', dictionary: [] }],
		['rows of other fields', { rows: '0abcde', dictionary: [] }],
		['words', { rows: '', dictionary: ['{'] }],
	])('%s', (_, kept) => {
		expect(() => new Snapshot(settings(), { ...newStreamState(), ...kept })).toThrow(
			UnreadableRows,
		);
	});
});
