/** One poll of one stream, case by case: what is read, what comes out, what is kept. */
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

const MINUTE_MS = 60_000;
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

/** A list in pages of some records, with what was asked of it. */
class List {
	guests: Guest[] = [];

	graves: Guest[] = [];

	nowMs = START_MS;

	pageSize = 100;

	asked: string[] = [];

	/** The request by this number fails. */
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
			all: async (mark) => this.page('all', this.guests, mark),
			...(own.changes
				? {
						changes: (sinceMs: number) => async (mark) =>
							this.page(
								`since ${sinceMs - START_MS}`,
								[...this.guests, ...this.graves].filter(({ at }) => at >= sinceMs),
								mark,
							),
					}
				: {}),
			shape: async (guests) => guests.map((guest) => ({ ...guest })),
		};
	}

	private page(list: string, guests: Guest[], mark: string | undefined): Page<Guest> {
		this.asked.push(mark === undefined ? list : `${list} from ${mark}`);
		if (this.failsAt?.request === this.asked.length) throw this.failsAt.error;
		const from = Number(mark ?? 0);
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

/** What was kept must not change, whatever the poll does. */
function frozen(state: StreamState): StreamState {
	for (const part of [state, state.fullScan, state.changeScan, state.dictionary])
		Object.freeze(part);
	return state;
}

/** A trigger at the list. */
class Trigger {
	state: StreamState = newStreamState();

	readonly list = new List();

	constructor(private readonly options: Options = {}) {}

	async poll(allowance: Partial<PollBudget> = {}): Promise<StreamResult & { told: string[] }> {
		this.list.asked = [];
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
				lookBackMs: MINUTE_MS,
				fullEveryMs: 60 * MINUTE_MS,
				largestDropPercent: 30,
				changedFields: [],
				...settings,
			},
			this.state,
			{ items: 100, isExhausted: () => false, nowMs: () => this.list.nowMs, ...allowance },
		);
		this.state = frozen(JSON.parse(JSON.stringify(result.state)));
		return { ...result, told: result.items.map(({ id, _event }) => `${id} ${_event}`) };
	}

	/** Reads so many pages a poll. */
	async pollPages(pages: number): Promise<StreamResult & { told: string[] }> {
		return await this.poll({ isExhausted: () => this.list.asked.length >= pages });
	}
}

const rateLimited = new CallError({
	message: 'slow down',
	status: 429,
	failure: { cause: 'rate-limited' },
});

describe('the beginning', () => {
	test('what is there is known, and nothing comes out; then what changes does', async () => {
		const trigger = new Trigger();
		trigger.list.add('1');
		expect((await trigger.poll()).told).toEqual([]);
		expect(trigger.state.phase).toBe('live');
		trigger.list.nowMs += MINUTE_MS;
		trigger.list.add('2', { in: true });
		trigger.list.set('1', { name: 'Ada', at: trigger.list.nowMs });
		expect((await trigger.poll()).told).toEqual(['1 guestUpdated', '2 guestCreated', '2 guestIn']);
		expect((await trigger.poll()).told).toEqual([]);
	});

	test('everything, oldest first, in portions, and what is found meanwhile', async () => {
		const trigger = new Trigger({ settings: { startFrom: { kind: 'everything' } } });
		trigger.list.pageSize = 2;
		for (const id of ['1', '2', '3', '4', '5']) trigger.list.add(id, { at: START_MS - Number(id) });
		const told: string[] = [];
		for (let polls = 0; trigger.state.phase === 'baseline'; polls += 1) {
			expect(polls).toBeLessThan(10);
			const { items } = await trigger.poll({ items: 2 });
			expect(items.length).toBeLessThanOrEqual(2);
			told.push(...items.map(({ id }) => String(id)));
		}
		expect([...told].sort()).toEqual(['1', '2', '3', '4', '5']);
		expect((await trigger.poll()).told).toEqual([]);
	});

	test('since a date: made then or later', async () => {
		const trigger = new Trigger({ settings: { startFrom: { kind: 'date', ms: START_MS } } });
		trigger.list.add('old', { made: START_MS - 1 });
		trigger.list.add('new');
		expect((await trigger.poll()).told).toEqual(['new guestCreated']);
	});

	test('over several polls: what was made since its first page is new, in portions', async () => {
		const trigger = new Trigger();
		trigger.list.pageSize = 1;
		trigger.list.add('1');
		trigger.list.add('2');
		await trigger.pollPages(1);
		trigger.list.nowMs += MINUTE_MS;
		for (const id of ['3', '4', '5']) trigger.list.add(id);
		const told: string[] = [];
		for (let polls = 0; trigger.state.phase === 'baseline' && polls < 20; polls += 1) {
			told.push(...(await trigger.poll({ items: 1 })).told);
		}
		told.push(...(await trigger.poll()).told);
		expect([...told].sort()).toEqual(['3 guestCreated', '4 guestCreated', '5 guestCreated']);
	});

	test('over several polls, beside a list of changes: the whole list is read once more', async () => {
		const trigger = new Trigger({ changes: true });
		trigger.list.pageSize = 1;
		for (const id of ['1', '2', '3']) trigger.list.add(id);
		await trigger.pollPages(2);
		// The list moves up: 3 now stands on a page that was read already, and nothing tells of it.
		trigger.list.remove('1');
		await trigger.pollPages(2);
		expect(trigger.state.phase).toBe('live');

		const { told } = await trigger.poll();

		expect(trigger.list.asked).toContain('all');
		// Nobody can say whether 3 changed meanwhile: better told as new than not at all.
		expect([...told].sort()).toEqual(['1 guestDeleted', '3 guestCreated']);
		expect((await trigger.poll()).told).toEqual([]);
		expect(trigger.list.asked).not.toContain('all');
	});

	test('a list that was empty gives a cursor once something is in it', async () => {
		const trigger = new Trigger({ changes: true });
		await trigger.poll();
		expect(trigger.state.cursorMs).toBeUndefined();
		trigger.list.add('1');
		expect((await trigger.poll()).told).toEqual(['1 guestCreated']);
		await trigger.poll();
		expect(trigger.list.asked).toEqual([`since ${-MINUTE_MS}`]);
	});
});

describe('a list of changes', () => {
	const live = async (options: Options = {}): Promise<Trigger> => {
		const trigger = new Trigger({ changes: true, ...options });
		for (const id of ['1', '2', '3', '4']) trigger.list.add(id);
		await trigger.poll();
		return trigger;
	};

	test('an idle poll is one request, from the newest change less the look-back', async () => {
		const trigger = await live();
		trigger.list.nowMs += MINUTE_MS;
		expect((await trigger.poll()).told).toEqual([]);
		expect(trigger.list.asked).toEqual([`since ${-MINUTE_MS}`]);
	});

	test('the cursor never passes the vendor’s clock at the beginning of the reading', async () => {
		const trigger = await live();
		trigger.list.set('1', { at: START_MS + 60 * MINUTE_MS, name: 'from the future' });
		expect((await trigger.poll()).told).toEqual(['1 guestUpdated']);
		expect(trigger.state.cursorMs).toBe(START_MS);
	});

	test('late, within the look-back: once', async () => {
		const trigger = await live();
		trigger.list.nowMs += 10 * MINUTE_MS;
		trigger.list.set('1', { at: trigger.list.nowMs, name: 'A' });
		await trigger.poll();
		trigger.list.set('2', { at: trigger.list.nowMs - MINUTE_MS, name: 'B' });
		expect((await trigger.poll()).told).toEqual(['2 guestUpdated']);
		expect((await trigger.poll()).told).toEqual([]);
	});

	test('two updates in one second, one poll between them: both', async () => {
		const trigger = await live();
		trigger.list.set('1', { name: 'A' });
		expect((await trigger.poll()).told).toEqual(['1 guestUpdated']);
		trigger.list.set('1', { name: 'B' });
		expect((await trigger.poll()).told).toEqual(['1 guestUpdated']);
	});

	test('more than may come out: the cursor waits, and each comes out once', async () => {
		const trigger = await live();
		const cursorMs = trigger.state.cursorMs;
		trigger.list.nowMs += 10 * MINUTE_MS;
		for (const id of ['1', '2', '3']) {
			trigger.list.set(id, { name: 'N', at: trigger.list.nowMs - Number(id) });
		}
		expect((await trigger.poll({ items: 2 })).told).toEqual(['3 guestUpdated', '2 guestUpdated']);
		expect(trigger.state.cursorMs).toBe(cursorMs);
		expect((await trigger.poll({ items: 2 })).told).toEqual(['1 guestUpdated']);
		expect(trigger.state.cursorMs).toBe(trigger.list.nowMs - 1);
	});

	test('events of one record come out together, and something always does', async () => {
		const trigger = await live();
		trigger.list.add('5', { in: true });
		expect((await trigger.poll({ items: 1 })).told).toEqual(['5 guestCreated', '5 guestIn']);
		trigger.list.add('6');
		expect((await trigger.poll({ items: 0 })).told).toEqual([]);
		expect((await trigger.poll()).told).toEqual(['6 guestCreated']);
	});

	test('a tombstone, once; created and deleted in between: nothing', async () => {
		const trigger = await live();
		trigger.list.remove('1');
		trigger.list.graves.push(
			{ id: '1', name: '', in: false, made: 0, at: trigger.list.nowMs, gone: true },
			{ id: '9', name: '', in: false, made: 0, at: trigger.list.nowMs, gone: true },
		);
		expect((await trigger.poll()).told).toEqual(['1 guestDeleted']);
		expect((await trigger.poll()).told).toEqual([]);
	});

	test('a record that is shown alive and then gone in one reading is not created', async () => {
		const trigger = await live();
		const ghost = { id: '9', name: '', in: false, made: 0, at: trigger.list.nowMs };
		trigger.list.graves.push(ghost, { ...ghost, gone: true });
		expect((await trigger.poll()).told).toEqual([]);
	});

	test('deleted, and made again with the same id: deleted, then created', async () => {
		const trigger = await live();
		const [one] = trigger.list.guests;
		trigger.list.remove('1');
		trigger.list.graves = one === undefined ? [] : [{ ...one, gone: true }];
		expect((await trigger.poll()).told).toEqual(['1 guestDeleted']);
		trigger.list.graves = [];
		trigger.list.add('1');
		expect((await trigger.poll()).told).toEqual(['1 guestCreated']);
	});

	test('changes and the complete list in one poll: a record comes out once, as it was last', async () => {
		const trigger = await live();
		trigger.list.nowMs += 61 * MINUTE_MS;
		trigger.list.set('1', { name: 'A', at: trigger.list.nowMs });
		trigger.list.set('2', { in: true });
		expect((await trigger.poll()).told).toEqual(['2 guestIn', '1 guestUpdated']);
		expect(trigger.list.asked).toEqual([`since ${-MINUTE_MS}`, 'all']);
	});

	test('a clock that was put back does not put the complete reading off', async () => {
		const trigger = await live();
		await trigger.poll({ nowMs: () => trigger.list.nowMs - MINUTE_MS });
		expect(trigger.list.asked).toHaveLength(2);
	});

	test('a reading that takes several polls goes on where it was, since when it began', async () => {
		const trigger = await live();
		trigger.list.pageSize = 2;
		trigger.list.nowMs += MINUTE_MS;
		for (const id of ['1', '2', '3']) trigger.list.set(id, { name: 'N', at: trigger.list.nowMs });
		expect((await trigger.pollPages(1)).told).toEqual(['1 guestUpdated', '2 guestUpdated']);
		expect((await trigger.pollPages(1)).told).toEqual(['3 guestUpdated']);
		expect(trigger.list.asked).toEqual([`since ${-MINUTE_MS} from 2`]);
		expect(trigger.state.changeScan).toBeUndefined();
	});

	test('a cap while a complete reading waits: that one is read again, too', async () => {
		const trigger = await live();
		trigger.list.pageSize = 2;
		trigger.list.nowMs += 61 * MINUTE_MS;
		await trigger.pollPages(3);
		expect(trigger.state.fullScan).toMatchObject({ pageToken: '2' });
		trigger.list.set('1', { name: 'N', at: trigger.list.nowMs });
		trigger.list.set('2', { name: 'N', at: trigger.list.nowMs });
		expect((await trigger.poll({ items: 1, isExhausted: () => true })).told).toEqual([
			'1 guestUpdated',
		]);
		expect(trigger.state.fullScan).toMatchObject({ pageToken: '2', truncated: true });
		expect((await trigger.poll()).told).toEqual([]);
		expect((await trigger.poll()).told).toEqual(['2 guestUpdated']);
		expect(trigger.list.asked).toContain('all');
	});

	test('a spent budget ends the reading and keeps what it found', async () => {
		const trigger = await live();
		trigger.list.nowMs += 61 * MINUTE_MS;
		trigger.list.set('1', { name: 'N', at: trigger.list.nowMs });
		trigger.list.failsAt = { request: 2, error: rateLimited };
		expect((await trigger.poll()).told).toEqual(['1 guestUpdated']);
		expect(trigger.list.asked.at(-1)).toBe('all');
		trigger.list.failsAt = { request: 1, error: rateLimited };
		await expect(trigger.poll()).rejects.toThrow('slow down');
	});

	test('alive in the changes is not missing: two readings in a row must miss it', async () => {
		const trigger = await live({ stream: { confirmDeletions: true } });
		const all = trigger.list.guests;
		const pollWithout = async (): Promise<string[]> => {
			trigger.list.nowMs += 61 * MINUTE_MS;
			trigger.list.guests = all.slice(1);
			return (await trigger.poll()).told;
		};
		expect(await pollWithout()).toEqual([]);
		trigger.list.guests = all;
		expect((await trigger.poll()).told).toEqual([]);
		// A list that is quiet moves on an hour behind the vendor's clock.
		expect(trigger.list.asked).toEqual(['since 0']);
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

	test('what is missing is gone, with what was known of it', async () => {
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
		expect((await trigger.poll()).told).toEqual([]);
	});

	test('too much at once is held back, and comes back without a word', async () => {
		const trigger = await live(['1', '2', '3', '4']);
		const all = trigger.list.guests;
		trigger.list.guests = [];
		expect(await trigger.poll()).toMatchObject({ told: [], heldBack: 4 });
		trigger.list.guests = all.slice(1);
		expect(await trigger.poll()).toMatchObject({ told: ['1 guestDeleted'], heldBack: 0 });
	});

	test('a person may allow any drop; a log drops by itself', async () => {
		const ids = ['1', '2', '3', '4'];
		for (const options of [
			{ settings: { largestDropPercent: 100 } },
			{ stream: { appendOnly: true } },
		]) {
			const trigger = await live(ids, options);
			trigger.list.guests = [];
			expect((await trigger.poll()).told).toHaveLength(4);
		}
	});

	test('deletions that may not come out yet come out later, once', async () => {
		const trigger = await live(['1', '2', '3', '4', '5', '6', '7', '8']);
		trigger.list.remove('1');
		trigger.list.remove('2');
		expect((await trigger.poll({ items: 1 })).told).toEqual(['1 guestDeleted']);
		expect((await trigger.poll({ items: 1 })).told).toEqual(['2 guestDeleted']);
		expect((await trigger.poll()).told).toEqual([]);
	});

	test('a reading over several polls: only what none of its pages showed is gone', async () => {
		const trigger = await live(['1', '2', '3', '4']);
		trigger.list.pageSize = 2;
		trigger.list.remove('4');
		expect((await trigger.pollPages(1)).told).toEqual([]);
		expect((await trigger.pollPages(1)).told).toEqual(['4 guestDeleted']);
	});

	test('without deletions nobody’s id is kept, and what is gone is forgotten', async () => {
		const chosen = EVENTS.filter(({ value }) => value !== 'guestDeleted');
		const trigger = await live(['ada@example.com'], { settings: { chosen } });
		expect(JSON.stringify(trigger.state)).not.toContain('ada');
		trigger.list.guests = [];
		expect((await trigger.poll()).told).toEqual([]);
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

	test('a field that only an event needs makes no update', async () => {
		const trigger = await live(['name']);
		trigger.list.set('1', { in: false, at: START_MS + 1 });
		expect((await trigger.poll()).told).toEqual([]);
		trigger.list.set('1', { in: true, at: START_MS + 2 });
		expect((await trigger.poll()).told).toEqual(['1 guestIn']);
		trigger.list.set('1', { name: 'N', at: START_MS + 3 });
		expect((await trigger.poll()).told).toEqual(['1 guestUpdated']);
	});

	test('the vendor’s version alone makes none either', async () => {
		const trigger = await live(['name']);
		trigger.list.set('1', { at: START_MS + 1 });
		expect((await trigger.poll()).told).toEqual([]);
	});
});

test('a page that fails leaves what was kept as it was', async () => {
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
	expect((await trigger.poll()).told).toEqual(['1 guestUpdated']);
});

test('an item says what changed, and by which key it is told apart', async () => {
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
