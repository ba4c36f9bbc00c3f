/** One poll of one stream, case by case: what is read, emitted and stored. */
import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { CallError } from '../../../../nodes/shared/errors.ts';
import { changedTo, usualEvents } from '../../../../nodes/shared/polling/eventRules.ts';
import { newStreamState, type StreamState } from '../../../../nodes/shared/polling/state.ts';
import type { PollBudget } from '../../../../nodes/shared/polling/pollBudget.ts';
import {
	pollStream,
	type StreamResult,
	type StreamSettings,
} from '../../../../nodes/shared/polling/pollStream.ts';
import type { Page } from '../../../../nodes/shared/http/pages.ts';
import type { Source, Stream } from '../../../../nodes/shared/polling/types.ts';
import { MINUTE } from '../../../../nodes/shared/time.ts';

const START_MS = 1_800_000_000_000;

interface Guest extends IDataObject {
	id: string;
	name: string;
	in: boolean;
	made: number;
	at: number;
	gone?: boolean;
}

const EVENTS = [...usualEvents('guest', 'Guest'), changedTo('guestIn', 'Guest In', 'in', true)];

/** A list with pages that records its requests. */
class List {
	guests: Guest[] = [];

	graves: Guest[] = [];

	nowMs = START_MS;

	pageSize = 100;

	requests: string[] = [];

	/** The request with this number fails. */
	failsAt: { request: number; error: Error } | undefined;

	add(id: string, own: Partial<Guest> = {}): void {
		this.guests.push({
			id,
			name: `Name ${id}`,
			in: false,
			made: this.nowMs,
			at: this.nowMs,
			...own,
		});
	}

	set(id: string, own: Partial<Guest>): void {
		this.guests = this.guests.map((guest) => (guest.id === id ? { ...guest, ...own } : guest));
	}

	remove(id: string): void {
		this.guests = this.guests.filter((guest) => guest.id !== id);
	}

	source(own: { changes: boolean }): Source<Guest> {
		return {
			all: async (pageToken) => this.page('all', this.guests, pageToken),
			...(own.changes
				? {
						changes: (sinceMs: number) => async (pageToken) =>
							this.page(
								`since ${sinceMs - START_MS}`,
								[...this.guests, ...this.graves].filter(({ at }) => at >= sinceMs),
								pageToken,
							),
					}
				: {}),
			shape: async (guests) => guests.map((guest) => ({ ...guest })),
		};
	}

	private page(list: string, guests: Guest[], pageToken: string | undefined): Page<Guest> {
		this.requests.push(pageToken === undefined ? list : `${list} from ${pageToken}`);
		if (this.failsAt?.request === this.requests.length) throw this.failsAt.error;
		const from = Number(pageToken ?? 0);
		const next = from + this.pageSize;
		return {
			records: guests.slice(from, next),
			next: next < guests.length ? String(next) : undefined,
			serverTimeMs: this.nowMs,
		};
	}
}

interface Options {
	stream?: Partial<Stream<List, Guest>>;
	settings?: Partial<StreamSettings>;
	changes?: boolean;
}

/** A poll must not change the stored state. */
function frozen(state: StreamState): StreamState {
	for (const part of [state, state.fullScan, state.changeScan, state.dictionary])
		Object.freeze(part);
	return state;
}

/** A trigger that watches the list. */
class Trigger {
	state: StreamState = newStreamState();

	readonly list = new List();

	constructor(private readonly options: Options = {}) {}

	async poll(budget: Partial<PollBudget> = {}): Promise<StreamResult & { emitted: string[] }> {
		this.list.requests = [];
		const { stream, settings, changes = false } = this.options;
		const result = await pollStream<List, Guest>(
			{
				value: 'guest',
				record: 'guest',
				events: EVENTS,
				watched: [
					{ name: 'in', keep: 'value' },
					{ name: 'name', keep: 'hash' },
				],
				observe: (guest) => guest,
				idOf: ({ id }) => id,
				versionOf: ({ at }) => at,
				changedAtMs: ({ at }) => at,
				createdAtMs: ({ made }) => made,
				isDeleted: ({ gone }) => gone === true,
				cursorFrom: 'newestChange',
				open: (list) => list.source({ changes }),
				...stream,
			},
			this.list.source({ changes }),
			{
				salt: 'salt',
				chosen: EVENTS,
				startFrom: { kind: 'now' },
				lookBackMs: MINUTE,
				fullEveryMs: 60 * MINUTE,
				largestDropPercent: 30,
				changedFields: [],
				...settings,
			},
			this.state,
			{ items: 100, isExhausted: () => false, nowMs: () => this.list.nowMs, ...budget },
		);
		this.state = frozen(JSON.parse(JSON.stringify(result.state)));
		return { ...result, emitted: result.items.map(({ id, _event }) => `${id} ${_event}`) };
	}

	/** A poll with time for this many pages. */
	async pollPages(pages: number): Promise<StreamResult & { emitted: string[] }> {
		return await this.poll({ isExhausted: () => this.list.requests.length >= pages });
	}
}

const rateLimited = new CallError({
	message: 'slow down',
	status: 429,
	failure: { cause: 'rate-limited' },
});

describe('the first scan', () => {
	test('emits no existing records; later polls emit changes', async () => {
		const trigger = new Trigger();
		trigger.list.add('1');
		expect((await trigger.poll()).emitted).toEqual([]);
		expect(trigger.state.phase).toBe('live');
		trigger.list.nowMs += MINUTE;
		trigger.list.add('2', { in: true });
		trigger.list.set('1', { name: 'Ada', at: trigger.list.nowMs });
		expect((await trigger.poll()).emitted).toEqual([
			'1 guestUpdated',
			'2 guestCreated',
			'2 guestIn',
		]);
		expect((await trigger.poll()).emitted).toEqual([]);
	});

	test('emits everything in portions, with "Everything"', async () => {
		const trigger = new Trigger({ settings: { startFrom: { kind: 'everything' } } });
		trigger.list.pageSize = 2;
		for (const id of ['1', '2', '3', '4', '5']) trigger.list.add(id, { at: START_MS - Number(id) });
		const emitted: string[] = [];
		for (let polls = 0; trigger.state.phase === 'baseline'; polls += 1) {
			expect(polls).toBeLessThan(10);
			const { items } = await trigger.poll({ items: 2 });
			expect(items.length).toBeLessThanOrEqual(2);
			emitted.push(...items.map(({ id }) => String(id)));
		}
		expect([...emitted].sort()).toEqual(['1', '2', '3', '4', '5']);
		expect((await trigger.poll()).emitted).toEqual([]);
	});

	test('emits records created at the date or later, with "A Date"', async () => {
		const trigger = new Trigger({ settings: { startFrom: { kind: 'date', ms: START_MS } } });
		trigger.list.add('old', { made: START_MS - 1 });
		trigger.list.add('new');
		expect((await trigger.poll()).emitted).toEqual(['new guestCreated']);
	});

	test('over several polls: emits records created since its first page, in portions', async () => {
		const trigger = new Trigger();
		trigger.list.pageSize = 1;
		trigger.list.add('1');
		trigger.list.add('2');
		await trigger.pollPages(1);
		trigger.list.nowMs += MINUTE;
		for (const id of ['3', '4', '5']) trigger.list.add(id);
		const emitted: string[] = [];
		for (let polls = 0; trigger.state.phase === 'baseline' && polls < 20; polls += 1) {
			emitted.push(...(await trigger.poll({ items: 1 })).emitted);
		}
		emitted.push(...(await trigger.poll()).emitted);
		expect([...emitted].sort()).toEqual(['3 guestCreated', '4 guestCreated', '5 guestCreated']);
	});

	test('over several polls, with a list of changes: a second full scan follows', async () => {
		const trigger = new Trigger({ changes: true });
		trigger.list.pageSize = 1;
		for (const id of ['1', '2', '3']) trigger.list.add(id);
		await trigger.pollPages(2);
		// The list moves up: 3 is now on a page that was already read, and no change reports it.
		trigger.list.remove('1');
		await trigger.pollPages(2);
		expect(trigger.state.phase).toBe('live');

		const { emitted } = await trigger.poll();

		expect(trigger.list.requests).toContain('all');
		// Whether 3 changed in between is unknown: better emitted as new than not at all.
		expect([...emitted].sort()).toEqual(['1 guestDeleted', '3 guestCreated']);
		expect((await trigger.poll()).emitted).toEqual([]);
		expect(trigger.list.requests).not.toContain('all');
	});

	test('a list that was empty sets the cursor once it has a record', async () => {
		const trigger = new Trigger({ changes: true });
		await trigger.poll();
		expect(trigger.state.cursorMs).toBeUndefined();
		trigger.list.add('1');
		expect((await trigger.poll()).emitted).toEqual(['1 guestCreated']);
		await trigger.poll();
		expect(trigger.list.requests).toEqual([`since ${-MINUTE}`]);
	});
});

describe('a list of changes', () => {
	const live = async (options: Options = {}): Promise<Trigger> => {
		const trigger = new Trigger({ changes: true, ...options });
		for (const id of ['1', '2', '3', '4']) trigger.list.add(id);
		await trigger.poll();
		return trigger;
	};

	test('a poll without changes is one request, from the newest change minus the look-back', async () => {
		const trigger = await live();
		trigger.list.nowMs += MINUTE;
		expect((await trigger.poll()).emitted).toEqual([]);
		expect(trigger.list.requests).toEqual([`since ${-MINUTE}`]);
	});

	test('the cursor never passes the server time at the start of the scan', async () => {
		const trigger = await live();
		trigger.list.set('1', { at: START_MS + 60 * MINUTE, name: 'from the future' });
		expect((await trigger.poll()).emitted).toEqual(['1 guestUpdated']);
		expect(trigger.state.cursorMs).toBe(START_MS);
	});

	test('a late change within the look-back is emitted once', async () => {
		const trigger = await live();
		trigger.list.nowMs += 10 * MINUTE;
		trigger.list.set('1', { at: trigger.list.nowMs, name: 'A' });
		await trigger.poll();
		trigger.list.set('2', { at: trigger.list.nowMs - MINUTE, name: 'B' });
		expect((await trigger.poll()).emitted).toEqual(['2 guestUpdated']);
		expect((await trigger.poll()).emitted).toEqual([]);
	});

	test('two updates in the same second with a poll in between are both emitted', async () => {
		const trigger = await live();
		trigger.list.set('1', { name: 'A' });
		expect((await trigger.poll()).emitted).toEqual(['1 guestUpdated']);
		trigger.list.set('1', { name: 'B' });
		expect((await trigger.poll()).emitted).toEqual(['1 guestUpdated']);
	});

	test('with too many items, the cursor waits, and each is emitted once', async () => {
		const trigger = await live();
		const cursorMs = trigger.state.cursorMs;
		trigger.list.nowMs += 10 * MINUTE;
		for (const id of ['1', '2', '3']) {
			trigger.list.set(id, { name: 'N', at: trigger.list.nowMs - Number(id) });
		}
		expect((await trigger.poll({ items: 2 })).emitted).toEqual([
			'3 guestUpdated',
			'2 guestUpdated',
		]);
		expect(trigger.state.cursorMs).toBe(cursorMs);
		expect((await trigger.poll({ items: 2 })).emitted).toEqual(['1 guestUpdated']);
		expect(trigger.state.cursorMs).toBe(trigger.list.nowMs - 1);
	});

	test('events of one record are emitted together, and the first record always fits', async () => {
		const trigger = await live();
		trigger.list.add('5', { in: true });
		expect((await trigger.poll({ items: 1 })).emitted).toEqual(['5 guestCreated', '5 guestIn']);
		trigger.list.add('6');
		expect((await trigger.poll({ items: 0 })).emitted).toEqual([]);
		expect((await trigger.poll()).emitted).toEqual(['6 guestCreated']);
	});

	test('a tombstone is emitted once; a record created and deleted in between is not', async () => {
		const trigger = await live();
		trigger.list.remove('1');
		trigger.list.graves.push(
			{ id: '1', name: '', in: false, made: 0, at: trigger.list.nowMs, gone: true },
			{ id: '9', name: '', in: false, made: 0, at: trigger.list.nowMs, gone: true },
		);
		expect((await trigger.poll()).emitted).toEqual(['1 guestDeleted']);
		expect((await trigger.poll()).emitted).toEqual([]);
	});

	test('a record listed first alive and then as a tombstone is not emitted', async () => {
		const trigger = await live();
		const ghost = { id: '9', name: '', in: false, made: 0, at: trigger.list.nowMs };
		trigger.list.graves.push(ghost, { ...ghost, gone: true });
		expect((await trigger.poll()).emitted).toEqual([]);
	});

	test('a record deleted and created again with the same ID: deleted, then created', async () => {
		const trigger = await live();
		const [one] = trigger.list.guests;
		trigger.list.remove('1');
		trigger.list.graves = one === undefined ? [] : [{ ...one, gone: true }];
		expect((await trigger.poll()).emitted).toEqual(['1 guestDeleted']);
		trigger.list.graves = [];
		trigger.list.add('1');
		expect((await trigger.poll()).emitted).toEqual(['1 guestCreated']);
	});

	test('a change scan and a full scan in one poll emit a record once, in its last version', async () => {
		const trigger = await live();
		trigger.list.nowMs += 61 * MINUTE;
		trigger.list.set('1', { name: 'A', at: trigger.list.nowMs });
		trigger.list.set('2', { in: true });
		expect((await trigger.poll()).emitted).toEqual(['2 guestIn', '1 guestUpdated']);
		expect(trigger.list.requests).toEqual([`since ${-MINUTE}`, 'all']);
	});

	test('a clock that was set back does not delay the full scan', async () => {
		const trigger = await live();
		await trigger.poll({ nowMs: () => trigger.list.nowMs - MINUTE });
		expect(trigger.list.requests).toHaveLength(2);
	});

	test('a change scan over several polls continues at its page, with its start time', async () => {
		const trigger = await live();
		trigger.list.pageSize = 2;
		trigger.list.nowMs += MINUTE;
		for (const id of ['1', '2', '3']) trigger.list.set(id, { name: 'N', at: trigger.list.nowMs });
		expect((await trigger.pollPages(1)).emitted).toEqual(['1 guestUpdated', '2 guestUpdated']);
		expect((await trigger.pollPages(1)).emitted).toEqual(['3 guestUpdated']);
		expect(trigger.list.requests).toEqual([`since ${-MINUTE} from 2`]);
		expect(trigger.state.changeScan).toBeUndefined();
	});

	test('with too many items while a full scan waits, that scan is repeated', async () => {
		const trigger = await live();
		trigger.list.pageSize = 2;
		trigger.list.nowMs += 61 * MINUTE;
		await trigger.pollPages(3);
		expect(trigger.state.fullScan).toMatchObject({ pageToken: '2' });
		trigger.list.set('1', { name: 'N', at: trigger.list.nowMs });
		trigger.list.set('2', { name: 'N', at: trigger.list.nowMs });
		expect((await trigger.poll({ items: 1, isExhausted: () => true })).emitted).toEqual([
			'1 guestUpdated',
		]);
		expect(trigger.state.fullScan).toMatchObject({ pageToken: '2', truncated: true });
		expect((await trigger.poll()).emitted).toEqual([]);
		expect((await trigger.poll()).emitted).toEqual(['2 guestUpdated']);
		expect(trigger.list.requests).toContain('all');
	});

	test('a rate limit ends the poll, which emits what it found', async () => {
		const trigger = await live();
		trigger.list.nowMs += 61 * MINUTE;
		trigger.list.set('1', { name: 'N', at: trigger.list.nowMs });
		trigger.list.failsAt = { request: 2, error: rateLimited };
		expect((await trigger.poll()).emitted).toEqual(['1 guestUpdated']);
		expect(trigger.list.requests.at(-1)).toBe('all');
		trigger.list.failsAt = { request: 1, error: rateLimited };
		await expect(trigger.poll()).rejects.toThrow('slow down');
	});

	test('a record that the changes show is not missing: two full scans in a row must miss it', async () => {
		const trigger = await live({ stream: { confirmDeletions: true } });
		const all = trigger.list.guests;
		const pollWithout = async (): Promise<string[]> => {
			trigger.list.nowMs += 61 * MINUTE;
			trigger.list.guests = all.slice(1);
			return (await trigger.poll()).emitted;
		};
		expect(await pollWithout()).toEqual([]);
		trigger.list.guests = all;
		expect((await trigger.poll()).emitted).toEqual([]);
		// Without changes, the cursor follows an hour behind the server time.
		expect(trigger.list.requests).toEqual(['since 0']);
		expect(await pollWithout()).toEqual([]);
		expect(await pollWithout()).toEqual(['1 guestDeleted']);
	});
});

describe('a list without changes', () => {
	const live = async (ids: string[], options: Options = {}): Promise<Trigger> => {
		const trigger = new Trigger(options);
		for (const id of ids) trigger.list.add(id);
		await trigger.poll();
		return trigger;
	};

	test('a missing record is deleted, with its last known values', async () => {
		const trigger = await live(['1', '2'], {
			stream: { deletedItem: (id) => ({ id, email: `${id}@example.com` }) },
		});
		trigger.list.remove('1');
		expect((await trigger.poll()).items).toEqual([
			{
				id: '1',
				email: '1@example.com',
				in: false,
				_event: 'guestDeleted',
				_key: 'guest:1:deleted:guestDeleted',
			},
		]);
		expect((await trigger.poll()).emitted).toEqual([]);
	});

	test('too many deletions are held back, and forgotten when the records return', async () => {
		const trigger = await live(['1', '2', '3', '4']);
		const all = trigger.list.guests;
		trigger.list.guests = [];
		expect(await trigger.poll()).toMatchObject({ emitted: [], heldBack: 4 });
		trigger.list.guests = all.slice(1);
		expect(await trigger.poll()).toMatchObject({ emitted: ['1 guestDeleted'], heldBack: 0 });
	});

	test('any number of deletions is allowed at 100 percent, and in a log', async () => {
		const ids = ['1', '2', '3', '4'];
		for (const options of [
			{ settings: { largestDropPercent: 100 } },
			{ stream: { appendOnly: true } },
		]) {
			const trigger = await live(ids, options);
			trigger.list.guests = [];
			expect((await trigger.poll()).emitted).toHaveLength(4);
		}
	});

	test('deletions that do not fit are emitted later, once', async () => {
		const trigger = await live(['1', '2', '3', '4', '5', '6', '7', '8']);
		trigger.list.remove('1');
		trigger.list.remove('2');
		expect((await trigger.poll({ items: 1 })).emitted).toEqual(['1 guestDeleted']);
		expect((await trigger.poll({ items: 1 })).emitted).toEqual(['2 guestDeleted']);
		expect((await trigger.poll()).emitted).toEqual([]);
	});

	test('a full scan over several polls: only a record on none of its pages is deleted', async () => {
		const trigger = await live(['1', '2', '3', '4']);
		trigger.list.pageSize = 2;
		trigger.list.remove('4');
		expect((await trigger.pollPages(1)).emitted).toEqual([]);
		expect((await trigger.pollPages(1)).emitted).toEqual(['4 guestDeleted']);
	});

	test('if Deleted is not chosen, no IDs are stored and deleted records are forgotten', async () => {
		const chosen = EVENTS.filter(({ value }) => value !== 'guestDeleted');
		const trigger = await live(['ada@example.com'], { settings: { chosen } });
		expect(JSON.stringify(trigger.state)).not.toContain('ada');
		trigger.list.guests = [];
		expect((await trigger.poll()).emitted).toEqual([]);
		expect(trigger.state.rows).toBe('');
	});
});

describe('only some fields', () => {
	const live = async (changedFields: string[]): Promise<Trigger> => {
		const chosen = EVENTS.filter(({ value }) => ['guestUpdated', 'guestIn'].includes(value));
		const trigger = new Trigger({ settings: { changedFields, chosen } });
		trigger.list.add('1', { in: true });
		await trigger.poll();
		return trigger;
	};

	test('an event-only field makes no update', async () => {
		const trigger = await live(['name']);
		trigger.list.set('1', { in: false, at: START_MS + 1 });
		expect((await trigger.poll()).emitted).toEqual([]);
		trigger.list.set('1', { in: true, at: START_MS + 2 });
		expect((await trigger.poll()).emitted).toEqual(['1 guestIn']);
		trigger.list.set('1', { name: 'N', at: START_MS + 3 });
		expect((await trigger.poll()).emitted).toEqual(['1 guestUpdated']);
	});

	test('the vendor’s version alone makes no update', async () => {
		const trigger = await live(['name']);
		trigger.list.set('1', { at: START_MS + 1 });
		expect((await trigger.poll()).emitted).toEqual([]);
	});
});

test('a failed page changes no state', async () => {
	const trigger = new Trigger();
	trigger.list.pageSize = 1;
	trigger.list.add('1');
	trigger.list.add('2');
	await trigger.poll();
	trigger.list.set('1', { name: 'N' });
	const before = JSON.stringify(trigger.state);
	trigger.list.failsAt = { request: 2, error: new Error('broken') };
	await expect(trigger.poll()).rejects.toThrow('broken');
	expect(JSON.stringify(trigger.state)).toBe(before);
	trigger.list.failsAt = undefined;
	expect((await trigger.poll()).emitted).toEqual(['1 guestUpdated']);
});

test('an item has its changes and its key', async () => {
	const trigger = new Trigger();
	trigger.list.add('1');
	await trigger.poll();
	trigger.list.set('1', { in: true, name: 'N', at: START_MS + 5 });
	expect((await trigger.poll()).items).toEqual([
		{
			id: '1',
			name: 'N',
			in: true,
			made: START_MS,
			at: START_MS + 5,
			_event: 'guestIn',
			_key: expect.stringMatching(new RegExp(`^guest:1:${START_MS + 5}\\..{5}:guestIn$`)),
			_changes: [
				{ field: 'in', was: false, now: true },
				{ field: 'name', now: 'N' },
			],
		},
	]);
});
