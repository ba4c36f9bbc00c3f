/**
 * What every stream of every trigger promises: each change is reported once, whatever happens to pages,
 * clocks, connections, processes and settings. Runs over all streams through n8n-core's engine against the sandbox.
 */
import { describe, expect, test } from '@jest/globals';
import { setTimeout as realDelay } from 'node:timers/promises';

import type { TestVendor, VendorKey, WatchedStream } from '../../vendors/defineVendor.mts';
import { DAY, HOUR, MINUTE, SECOND, usePolling, type PollingRig, type Watch } from './rig.mts';

const ALL_AT_ONCE = 100_000;
const SHORT_BUDGET_MS = 1;
const MOST_POLLS = 40;
/** Days on which clocks in Europe change, starting an hour earlier. */
const DST_DAYS = ['2027-03-28T00:00:00Z', '2027-10-31T00:00:00Z'];

/** Declares the suite for the streams of one vendor. */
export function pollingSuite<Key extends VendorKey>(vendor: TestVendor<Key>, seed: number): void {
	let current: WatchedStream<Key> | undefined;
	const stream = () => {
		if (current === undefined) throw new Error('No stream is under test');
		return current;
	};
	const rig = usePolling(vendor, stream, seed);
	for (const one of vendor.streams) {
		describe(`${vendor.key}: ${one.name}`, () => {
			declare(vendor, one, rig, (name, run) => {
				test(name, async () => {
					current = one;
					await run();
				});
			});
		});
	}
}

type Declare = (name: string, run: () => Promise<void>) => void;

function declare<Key extends VendorKey>(
	vendor: TestVendor<Key>,
	stream: WatchedStream<Key>,
	rig: PollingRig<Key>,
	it: Declare,
): void {
	const { events, add, change, remove } = stream;
	const { created, updated, deleted } = events;
	/** No test where there is nothing to test. */
	const unless = (doesNotApply: boolean, name: string, run: () => Promise<void>) => {
		if (!doesNotApply) it(name, run);
	};
	let n = 0;
	const number = () => ++n;
	const server = () => rig.server;

	/** Adds a record. */
	const added = () => {
		if (add === undefined) throw new Error('Nothing can be added');
		return add(rig.server, number());
	};
	const changed = (id: string) => {
		if (change === undefined) throw new Error('Nothing can be changed');
		change(rig.server, id, number());
	};
	const removed = (id: string) => {
		if (remove === undefined) throw new Error('Nothing can be removed');
		remove(rig.server, id);
	};
	/** A record from before the trigger started. */
	const old = () => stream.fixed ?? added();
	const isCreated = (id: string) => ({ event: created ?? '', id });
	const isUpdated = (id: string) => ({ event: updated ?? '', id });
	const isDeleted = (id: string) => ({ event: deleted ?? '', id });
	/** Causes one event, of a kind that the stream reports. */
	const happens = (known: string) => {
		if (created !== undefined) return isCreated(added());
		changed(known);
		return isUpdated(known);
	};
	const subject = () => stream.fixed ?? '';
	const quiet = async (watch: Watch) => {
		expect(await watch.next()).toEqual([]);
		expect(await watch.whole()).toEqual([]);
	};
	const unique = (watch: Watch) => {
		const keys = watch.all.map(({ _key }) => _key);
		expect(new Set(keys).size).toBe(keys.length);
	};
	/** More records than two pages hold. */
	const fill = () => {
		for (let count = 0; count < (stream.pageSize ?? 0) * 2 + 5; count++) added();
	};
	const lists = () => stream.lists(rig.server);
	/** Does something when the page with this number is requested in the next reading. */
	const beforePage = (page: number, act: () => void) => {
		let asked = 0;
		rig.relay.before = (passing) => {
			if (!rig.isList(passing)) return;
			asked += 1;
			if (asked === page) act();
		};
	};

	it('reports nothing in a first or an unchanged poll, and n8n gets null', async () => {
		if (add !== undefined) added();
		const watch = await rig.watching();
		rig.time.pass(MINUTE);
		expect((await watch.poll()).emitted).toBeNull();
		await quiet(watch);
	});

	it('reports created, updated and deleted', async () => {
		const watch = await rig.watching();
		let id = stream.fixed ?? '';
		if (add !== undefined) {
			id = added();
			expect(await watch.next()).toEqual([isCreated(id)]);
			expect(watch.last[0]?._changes).toBeUndefined();
			await quiet(watch);
		}
		if (change !== undefined) {
			changed(id);
			expect(await watch.next()).toEqual([isUpdated(id)]);
			const changes = watch.last[0]?._changes;
			expect(changes).toContainEqual(expect.objectContaining({ field: stream.changedField }));
			await quiet(watch);
		}
		if (remove !== undefined) {
			removed(id);
			const soon = await watch.next();
			expect([...soon, ...(await watch.whole())]).toEqual([isDeleted(id)]);
			await quiet(watch);
		}
		unique(watch);
	});

	it('reports the same with durable cursors', async () => {
		const watch = await rig.watching({ durable: true });
		const reported = [happens(subject()), happens(subject())];
		const soon = await watch.next();
		expect(soon).toHaveLength(stream.fixed === undefined ? 2 : 1);
		expect(reported).toEqual(expect.arrayContaining(soon));
		await quiet(watch);
	});

	for (const { event, before, act } of stream.specials) {
		it(`reports ${event}, alone and with the others`, async () => {
			const id = old();
			before?.(rig.server, id);
			const alone = await rig.watching({ triggerOn: [event] });
			const beside = await rig.watching({
				triggerOn: [...Object.values(events), event],
			});
			if (change !== undefined && stream.fixed === undefined) {
				changed(id);
				expect(await alone.next()).toEqual([]);
				expect(await beside.next()).toEqual([isUpdated(id)]);
			}
			rig.time.pass(MINUTE);
			act(rig.server, id);
			expect(await alone.next()).toEqual([{ event, id }]);
			expect(await beside.next()).toEqual([{ event, id }]);
			await quiet(alone);
			await quiet(beside);
		});
	}

	unless(
		created === undefined,
		'Everything tells every record once, then what happens',
		async () => {
			const ids = [added(), added(), added()];
			const watch = await rig.watch({
				parameters: { startFrom: 'everything' },
				options: { maxItems: ALL_AT_ONCE },
			});
			const reported = await watch.next();
			for (const id of ids)
				expect(reported.filter((one) => one.id === id)).toEqual([isCreated(id)]);
			expect(new Set(reported.map(({ id }) => id)).size).toBe(reported.length);
			expect(reported.every(({ event }) => event === created)).toBe(true);
			await quiet(watch);
			const late = added();
			expect(await watch.next()).toEqual([isCreated(late)]);
			unique(watch);
		},
	);

	unless(
		created === undefined,
		'Everything in small portions tells every record once',
		async () => {
			stream.clear?.(rig.server);
			const ids = Array.from({ length: 7 }, added);
			const watch = await rig.watch({
				parameters: { startFrom: 'everything' },
				options: { maxItems: 2 },
			});
			for (let poll = 0; poll < MOST_POLLS && watch.all.length < ids.length; poll++) {
				await watch.next();
				expect(watch.last.length).toBeLessThanOrEqual(2);
			}
			const known = stream.clear === undefined ? watch.all.length : ids.length;
			expect(watch.all).toHaveLength(known);
			for (let poll = 0; poll < MOST_POLLS && (await watch.next()).length > 0; poll++);
			const reported = rig.reported(watch.all);
			for (const id of ids) expect(reported.filter((one) => one.id === id)).toHaveLength(1);
			const late = added();
			expect(await watch.next()).toEqual([isCreated(late)]);
		},
	);

	unless(
		created === undefined,
		'A Date tells records since then, where they say when they were made',
		async () => {
			added();
			rig.time.pass(HOUR);
			const since = new Date(rig.time.now()).toISOString();
			rig.time.pass(HOUR);
			const young = added();
			rig.time.pass(MINUTE);
			const watch = await rig.watch({ parameters: { startFrom: 'date', startDate: since } });
			const reported = await watch.next();
			if (stream.dated) expect(reported).toEqual([isCreated(young)]);
			else expect(reported.length).toBeLessThanOrEqual(1);
			await quiet(watch);
		},
	);

	it('reports records with the same timestamp that are found in two polls', async () => {
		const watch = await rig.watching();
		rig.time.freeze();
		const one = happens(subject());
		expect(rig.reported((await watch.poll()).items)).toEqual([one]);
		const other = happens(subject());
		expect(rig.reported((await watch.poll()).items)).toEqual([other]);
		await quiet(watch);
	});

	unless(change === undefined, 'two updates within a second', async () => {
		const id = old();
		const watch = await rig.watching();
		rig.time.pass(MINUTE);
		rig.time.freeze();
		changed(id);
		const first = (await watch.poll()).items;
		changed(id);
		const second = (await watch.poll()).items;
		expect([rig.reported(first), rig.reported(second)]).toEqual([[isUpdated(id)], [isUpdated(id)]]);
		await quiet(watch);
	});

	it('reports a late arrival with an older timestamp', async () => {
		const watch = await rig.watching();
		const newest = happens(subject());
		expect(await watch.next()).toEqual([newest]);
		for (const age of [90 * SECOND, 2 * HOUR]) {
			server().clock.skewMs = -age;
			const late = happens(subject());
			server().clock.skewMs = 0;
			const soon = await watch.next();
			expect([...soon, ...(await watch.whole())]).toEqual([late]);
		}
		await quiet(watch);
	});

	it('reports a record that changes while it is read', async () => {
		const id = change === undefined ? '' : old();
		if (add !== undefined && stream.pageSize !== undefined) fill();
		const watch = await rig.watching();
		const reported: string[] = [];
		for (const page of [1, 2]) {
			const expected: Array<{ event: string; id: string }> = [];
			rig.time.pass(DAY);
			beforePage(page, () => {
				if (change !== undefined) {
					changed(id);
					expected.push(isUpdated(id));
				}
				if (created !== undefined) expected.push(isCreated(added()));
			});
			const soon = await watch.next();
			rig.relay.reset();
			const later = [...soon, ...(await watch.next()), ...(await watch.whole())];
			expect(sorted(later)).toEqual(sorted(expected));
			reported.push(...later.map((one) => one.id));
		}
		await quiet(watch);
	});

	unless(
		add === undefined || remove === undefined || stream.pageSize === undefined,
		'pages that shift while they are read lose and double nothing',
		async () => {
			const first = added();
			fill();
			const last = added();
			const watch = await rig.watching();
			for (const id of [first, last]) {
				rig.time.pass(DAY);
				beforePage(2, () => removed(id));
				const soon = await watch.next();
				rig.relay.reset();
				expect([...soon, ...(await watch.whole())]).toEqual([isDeleted(id)]);
				await quiet(watch);
			}
		},
	);

	it('leaves everything unchanged after an error on a page', async () => {
		if (stream.pageSize !== undefined && add !== undefined) fill();
		const watch = await rig.watching();
		const expected = happens(subject());
		const before = watch.held();
		const page = stream.pageSize === undefined || stream.hasChanges ? 1 : 2;
		for (const path of lists()) {
			const tries: [number, ...number[]] = [page, page + 1, page + 2, page + 3, page + 4, page + 5];
			server().faults.add({ when: { path, nth: tries }, do: { kind: 'status', status: 503 } });
		}
		expect(await watch.next()).toEqual([]);
		expect(watch.held()).toBe(before);
		expect(watch.logs.filter(({ level }) => level === 'warn')).toHaveLength(1);
		server().faults.clear();
		expect(await watch.next()).toEqual([expected]);
		await quiet(watch);
	});

	unless(
		stream.pageSize === undefined || add === undefined || !stream.hasChanges,
		'a full reading that fails on a later page leaves everything as it was',
		async () => {
			fill();
			const watch = await rig.watching();
			rig.time.pass(DAY);
			const expected = happens(subject());
			const before = watch.held();
			let asked = 0;
			rig.relay.before = (passing) => {
				if (!rig.isList(passing)) return;
				asked += 1;
				if (asked >= 3) throw new Error('The connection breaks');
			};
			expect(await watch.next()).toEqual([]);
			expect(asked).toBeGreaterThanOrEqual(3);
			expect(watch.held()).toBe(before);
			rig.relay.reset();
			expect(await watch.next()).toEqual([expected]);
			await quiet(watch);
		},
	);

	it('waits out a short rate limit, and throws a long one the third time', async () => {
		const watch = await rig.watching();
		const expected = happens(subject());
		const [path = ''] = lists().slice(-1);
		server().faults.add({
			when: { path },
			times: 2,
			do: { kind: 'rateLimit', retryAfterSeconds: 3 },
		});
		expect(await watch.next()).toEqual([expected]);
		const other = happens(subject());
		server().faults.add({
			when: { path, every: 1 },
			do: { kind: 'rateLimit', retryAfterSeconds: 7200 },
		});
		expect(await watch.next()).toEqual([]);
		expect(await watch.next()).toEqual([]);
		rig.time.pass(MINUTE);
		const third = await watch.poll();
		expect(third.error?.failure).toMatchObject({ cause: 'rate-limited' });
		expect(third.error?.failure).toHaveProperty('retryAfterMs');
		server().faults.clear();
		rig.time.pass(3 * HOUR);
		expect(await watch.next()).toEqual([other]);
		await quiet(watch);
	});

	unless(!vendor.api.hasSessions, 'a session that ends is opened again', async () => {
		const watch = await rig.watching();
		const expected = happens(subject());
		for (const path of lists()) {
			server().faults.add({ when: { path, nth: 1 }, do: { kind: 'expireSession' } });
		}
		expect(await watch.next()).toEqual([expected]);
		await quiet(watch);
	});

	it('throws a transient failure the third time, and then loses nothing', async () => {
		const watch = await rig.watching();
		const expected = happens(subject());
		for (const path of lists()) {
			server().faults.add({ when: { path, every: 1 }, do: { kind: 'status', status: 503 } });
		}
		for (let poll = 1; poll <= 2; poll++) {
			rig.time.pass(MINUTE);
			expect(await watch.poll()).toMatchObject({ emitted: null, error: undefined });
		}
		rig.time.pass(MINUTE);
		const { error } = await watch.poll();
		expect(error).toMatchObject({ name: 'NodeApiError' });
		expect(error?.failure).toMatchObject({ cause: 'temporarily-unavailable' });
		server().faults.clear();
		expect(await watch.next()).toEqual([expected]);
		await quiet(watch);
	});

	it('survives a vendor that is down at the start', async () => {
		const watch = await rig.watch();
		for (const path of lists()) {
			server().faults.add({ when: { path, every: 1 }, do: { kind: 'reset' } });
		}
		expect(await watch.poll()).toMatchObject({ emitted: null, error: undefined });
		server().faults.clear();
		expect(await watch.next()).toEqual([]);
		const expected = happens(subject());
		expect(await watch.next()).toEqual([expected]);
	});

	it('throws wrong credentials immediately', async () => {
		const watch = await rig.watching();
		const before = watch.held();
		await watch.changeCredential(vendor.credential.wrong);
		if (vendor.api.hasSessions) server().faults.add({ do: { kind: 'expireSession' } });
		rig.time.pass(MINUTE);
		const { error } = await watch.poll();
		expect(error).toMatchObject({ name: 'NodeApiError' });
		expect(error?.failure).toMatchObject({ cause: 'credential-invalid' });
		expect(watch.held()).toBe(before);
	});

	for (const durable of [false, true]) {
		it(`survives a restart after every step${durable ? ', with durable cursors' : ''}`, async () => {
			const watch = await rig.watching({ durable });
			// n8n saves after the activation.
			watch.configure({});
			const step = async (expected: unknown[]) => {
				watch.restart();
				expect(await watch.next()).toEqual(expected);
				watch.restart();
				expect(await watch.next()).toEqual([]);
			};
			await step([]);
			const one = happens(subject());
			await step([one]);
			const other = happens(subject());
			await step([other]);
			if (change !== undefined) {
				changed(one.id);
				await step([isUpdated(one.id)]);
			}
			if (remove !== undefined && !stream.confirms) {
				removed(one.id);
				await step([isDeleted(one.id)]);
			}
			await quiet(watch);
		});
	}

	it('keeps overlapping polls separate', async () => {
		const watch = await rig.watching();
		const expected = happens(subject());
		let waiting = 0;
		rig.relay.before = async (passing) => {
			if (!rig.isList(passing)) return;
			waiting += 1;
			await realDelay(100);
		};
		const first = watch.poll();
		while (waiting === 0) await realDelay(5);
		const second = await watch.poll();
		expect(second).toMatchObject({ emitted: null, error: undefined });
		expect(rig.reported((await first).items)).toEqual([expected]);
		rig.relay.reset();
		await quiet(watch);
	});

	unless(created === undefined, 'a cap is caught up, oldest first', async () => {
		const watch = await rig.watching({ options: { maxItems: 3 } });
		const ids = Array.from({ length: 8 }, () => {
			rig.time.pass(2 * SECOND);
			return added();
		});
		const portions: string[][] = [];
		for (let poll = 0; poll < 4; poll++) {
			portions.push((await watch.next()).map(({ id }) => id));
		}
		expect(portions.map(({ length }) => length)).toEqual([3, 3, 2, 0]);
		expect(stream.timed ? portions.flat() : portions.flat().sort()).toEqual(
			stream.timed ? ids : [...ids].sort(),
		);
		await quiet(watch);
	});

	it('reports no existing records after a configuration change', async () => {
		const id = change === undefined ? '' : old();
		const watch = await rig.watching();
		const credential = vendor.credential.data(rig.relay.url);
		happens(subject());
		await watch.changeCredential({ ...credential, baseUrl: `${String(credential.baseUrl)}/` });
		watch.configure({});
		expect(await watch.next()).toEqual([]);
		const expected = happens(subject());
		expect(await watch.next()).toEqual([expected]);
		happens(subject());
		const field = stream.changedField;
		if (change === undefined || field === undefined) return;
		watch.configure({ options: { changedFields: [field] } });
		expect(await watch.next()).toEqual([]);
		changed(id);
		expect(await watch.next()).toEqual([isUpdated(id)]);
		await quiet(watch);
	});

	it('returns samples in a manual test and changes nothing', async () => {
		if (add !== undefined) added();
		const fresh = await rig.watch();
		const first = await fresh.test();
		expect(first.error).toBeUndefined();
		expect(first.items.length).toBeGreaterThan(0);
		expect(first.items.length).toBeLessThanOrEqual(5);
		for (const item of first.items) {
			expect(Object.values(events)).toContain(item._event);
			expect(typeof item._key).toBe('string');
		}
		expect([fresh.saved(), fresh.held()]).toEqual(['{}', '{}']);

		const watch = await rig.watching();
		const expected = happens(subject());
		const before = [watch.saved(), watch.held()];
		expect((await watch.test()).items.length).toBeGreaterThan(0);
		expect([watch.saved(), watch.held()]).toEqual(before);
		expect(await watch.next()).toEqual([expected]);
	});

	for (const day of DST_DAYS) {
		it(`works on ${day.slice(0, 10)}, when the clocks change`, async () => {
			const from = Date.parse(day) - HOUR;
			rig.time.moveTo(Math.max(from, rig.time.now()));
			const watch = await rig.watching({ timeZone: 'Europe/Vienna' });
			for (let step = 0; step < 12; step++) {
				rig.time.pass(19 * MINUTE);
				const expected = happens(subject());
				expect(await watch.next()).toEqual([expected]);
			}
			await quiet(watch);
		});
	}

	for (const skew of [HOUR, -HOUR]) {
		it(`works with a vendor clock that is an hour ${skew > 0 ? 'fast' : 'slow'}`, async () => {
			server().clock.skewMs = skew;
			const watch = await rig.watching();
			for (let step = 0; step < 3; step++) {
				const expected = happens(subject());
				expect(await watch.next()).toEqual([expected]);
			}
			// The clock is corrected.
			server().clock.skewMs = 0;
			const expected = happens(subject());
			const soon = await watch.next();
			expect([...soon, ...(await watch.whole())]).toEqual([expected]);
			await quiet(watch);
		});
	}

	unless(
		stream.clear === undefined || add === undefined,
		'a list that is empty at first fills',
		async () => {
			stream.clear?.(rig.server);
			const watch = await rig.watching();
			await quiet(watch);
			const id = added();
			expect(await watch.next()).toEqual([isCreated(id)]);
			if (remove !== undefined) {
				removed(id);
				const soon = await watch.next();
				expect([...soon, ...(await watch.whole())]).toEqual([isDeleted(id)]);
			}
			await quiet(watch);
		},
	);

	unless(
		stream.clear === undefined || add === undefined || !stream.hasChanges,
		'a list that filled later is not read whole every time',
		async () => {
			stream.clear?.(rig.server);
			const watch = await rig.watching();
			fill();
			await watch.next();
			await watch.next();
			rig.time.pass(DAY);
			const id = added();
			expect(await watch.next()).toEqual([isCreated(id)]);
			await watch.next();
			// Only the last one is still within the look-back.
			const before = rig.reads();
			await watch.next();
			expect(rig.reads() - before).toBe(1);
		},
	);

	for (const [how, keep] of [
		['half', (position: number) => position % 2 === 0],
		['empty', () => false],
	] as const) {
		unless(
			add === undefined || (remove === undefined && stream.clear === undefined),
			`a list that is ${how} for a while is not believed`,
			async () => {
				for (let count = 0; count < 8; count++) added();
				const watch = await rig.watching();
				const restore = rig.thinOut(keep);
				if (stream.remove === undefined) {
					// A log: its rows expire on their own, so only a temporary gap can be tested.
					expect(await watch.next()).toEqual([]);
				} else {
					for (let round = 0; round < 2; round++) expect(await watch.whole()).toEqual([]);
				}
				restore();
				expect(await watch.next()).toEqual([]);
				expect(await watch.whole()).toEqual([]);
				if (remove !== undefined) {
					const warned = watch.logs.filter(({ message }) => message.includes('held back'));
					expect(warned.length).toBeGreaterThan(0);
				}
				const id = added();
				expect(await watch.next()).toEqual([isCreated(id)]);
				await quiet(watch);
			},
		);
	}

	it('resets an unreadable state, with a warning', async () => {
		const states = (good: string) => {
			const kept = JSON.parse(good)['node:Trigger'].watch;
			const { [stream.name]: own } = kept.streams;
			const withStream = (changes: object) => ({
				watch: { ...kept, streams: { [stream.name]: { ...own, ...changes } } },
			});
			return [
				{ watch: 'nonsense' },
				{ watch: { ...kept, v: 99 } },
				{ watch: { ...kept, streams: 'none' } },
				withStream({ rows: 'nonsense' }),
				withStream({ dictionary: ['{'] }),
				withStream({ phase: 'later' }),
			];
		};
		for (let index = 0; index < 6; index++) {
			const watch = await rig.watching();
			happens(subject());
			const state = states(watch.held())[index];
			watch.overwrite(state ?? {});
			expect(await watch.next()).toEqual([]);
			expect(watch.logs.filter(({ level }) => level === 'warn')).toHaveLength(1);
			const expected = happens(subject());
			expect(await watch.next()).toEqual([expected]);
		}
	});

	unless(
		stream.pageSize === undefined || add === undefined,
		'polls that end before the list does go on where they were',
		async () => {
			const early = added();
			fill();
			const watch = await rig.watch({ budgetMs: SHORT_BUDGET_MS });
			const several = async () => {
				const reported = [];
				for (let poll = 0; poll < 12; poll++) reported.push(...(await watch.next()));
				return reported;
			};
			expect(await several()).toEqual([]);
			const late = added();
			expect(await several()).toEqual([isCreated(late)]);
			if (change !== undefined) {
				changed(early);
				expect(await several()).toEqual([isUpdated(early)]);
			}
			if (remove !== undefined) {
				removed(early);
				rig.time.pass(DAY);
				const soon = await several();
				rig.time.pass(DAY);
				expect([...soon, ...(await several())]).toEqual([isDeleted(early)]);
			}
			expect(await several()).toEqual([]);
		},
	);

	const pageSize = stream.pageSize ?? 0;
	unless(
		pageSize === 0 || add === undefined || remove === undefined,
		'a reading that waits at a record which is removed goes on all the same',
		async () => {
			const ids: string[] = [];
			for (let count = 0; count < pageSize * 2 + 5; count++) ids.push(added());
			const watch = await rig.watch({
				parameters: { startFrom: 'everything' },
				options: { maxItems: pageSize + 3 },
			});
			const reported = await watch.next();
			expect(reported.length).toBeGreaterThan(0);
			for (const id of ids) removed(id);
			const left = Array.from({ length: 3 }, added);
			for (let poll = 0; poll < 12; poll++) await watch.next();
			const all = rig.reported(watch.all);
			for (const id of left) expect(all.filter((one) => one.id === id)).toEqual([isCreated(id)]);
		},
	);

	it('stores no personal data', async () => {
		const watch = await rig.watching({
			triggerOn: Object.values(events).filter((event) => event !== deleted),
		});
		happens(subject());
		await watch.next();
		expect(watch.held()).toContain('"watch"');
		expect(watch.held()).not.toMatch(/@|example\.com|Acme|Company|Guest \d/);
	});

	it('leaves out other updates with Changed Fields', async () => {
		const field = stream.changedField;
		if (change === undefined || field === undefined || stream.name === 'ticketStat') return;
		const id = old();
		const watch = await rig.watching({ options: { changedFields: [field] } });
		changed(id);
		expect(await watch.next()).toEqual([isUpdated(id)]);
		await quiet(watch);
	});

	unless(change === undefined, '_key differs for every event of a record', async () => {
		const id = old();
		const watch = await rig.watching();
		changed(id);
		await watch.next();
		changed(id);
		await watch.next();
		expect(watch.all).toHaveLength(2);
		unique(watch);
	});
}

function sorted(reported: ReadonlyArray<{ event: string; id: string }>): string[] {
	return reported.map(({ event, id }) => `${id} ${event}`).sort();
}
