/** Reading paged lists. */
import { describe, expect, test } from '@jest/globals';

import { CallError } from '../../../../nodes/shared/errors.ts';
import {
	collect,
	cursorPages,
	numberedPages,
	pageSignature,
	RepeatGuard,
	type Page,
} from '../../../../nodes/shared/http/pages.ts';

const ALL = Number.POSITIVE_INFINITY;
const self = (record: string) => record;
/** `next` of a numbered page: whether another one follows. */
const more = (hasNext: boolean) => (hasNext ? 'more' : undefined);

async function* recordsOf<T>(pages: AsyncIterable<Page<T>>): AsyncGenerator<T[]> {
	for await (const { records } of pages) yield records;
}

async function* listed(...pages: string[][]): AsyncGenerator<string[]> {
	yield* pages;
}

/** Reads pages by their cursor, and records which were requested. */
function cursorList(pages: Record<string, Page<string>>) {
	const asked: Array<string | undefined> = [];
	const generator = cursorPages('Vendor', async (cursor) => {
		asked.push(cursor);
		const page = pages[cursor ?? 'first'];
		if (page === undefined) throw new Error(`There is no page ${String(cursor)}`);
		return page;
	});
	return { asked, generator };
}

describe('cursor pages', () => {
	test('are read one after the other, up to the last cursor', async () => {
		const { asked, generator } = cursorList({
			first: { records: ['a', 'b'], next: 'b' },
			b: { records: [], next: 'x' },
			x: { records: ['c'], next: undefined },
		});

		expect(await collect(generator, ALL, self)).toEqual(['a', 'b', 'c']);
		expect(asked).toEqual([undefined, 'b', 'x']);
	});

	test('are not read beyond the limit', async () => {
		const { asked, generator } = cursorList({ first: { records: ['a', 'b'], next: 'b' } });

		expect(await collect(generator, 2, self)).toEqual(['a', 'b']);
		expect(asked).toEqual([undefined]);
	});

	test.each(['b', 'first'])('end with an error if a cursor repeats: %s', async (next) => {
		const { generator } = cursorList({
			first: { records: ['a'], next: 'b' },
			b: { records: ['b'], next: next === 'b' ? 'b' : 'c' },
			c: { records: ['c'], next: 'b' },
		});
		const reading = collect(generator, ALL, self);

		await expect(reading).rejects.toBeInstanceOf(CallError);
		await expect(reading).rejects.toThrow('Vendor’s list does not move on');
	});

	test('end the list if they fail', async () => {
		const { generator } = cursorList({ first: { records: ['a'], next: 'gone' } });

		await expect(collect(generator, ALL, self)).rejects.toThrow('There is no page gone');
	});
});

describe('numbered pages', () => {
	const PAGES = [['a', 'b'], ['c', 'd'], ['e', 'f'], ['g']];
	/** `known`: whether the vendor says how many pages there are. */
	function numbered(known: boolean, inParallel: number, limit?: number) {
		const asked: number[] = [];
		let inFlight = 0;
		const max = { inFlight: 0 };
		const read = async (page: number) => {
			asked.push(page);
			inFlight += 1;
			max.inFlight = Math.max(max.inFlight, inFlight);
			// Later pages get their response first.
			await new Promise((resolve) => setTimeout(resolve, 400 - 80 * page));
			inFlight -= 1;
			return {
				records: PAGES[page - 1] ?? [],
				totalPages: known ? PAGES.length : undefined,
				next: more(page < PAGES.length),
			};
		};
		return { asked, max, generator: recordsOf(numberedPages(read, inParallel, limit)) };
	}

	test.each([
		[true, 1, 1],
		[true, 2, 2],
		[true, 10, 3],
		[false, 10, 1],
	])('known: %p, %d in parallel: come in order', async (known, inParallel, maxInFlight) => {
		const list = numbered(known, inParallel);

		expect(await collect(list.generator, ALL, self)).toEqual(PAGES.flat());
		expect(list.asked).toEqual([1, 2, 3, 4]);
		expect(list.max.inFlight).toBe(maxInFlight);
	});

	test.each([
		[2, [1]],
		[3, [1, 2]],
		[4, [1, 2]],
		[5, [1, 2, 3]],
	])('requests %j for a limit of %d', async (limit, pages) => {
		const list = numbered(true, 10, limit);

		expect(await collect(list.generator, limit, self)).toEqual(PAGES.flat().slice(0, limit));
		expect(list.asked).toEqual(pages);
	});

	/** Reads six pages; the test decides when each gets its response. */
	function held(inParallel: number) {
		const waiting = new Map<number, () => void>();
		const starts: number[] = [];
		const read = async (page: number) => {
			starts.push(performance.now());
			if (page > 1) await new Promise<void>((resolve) => waiting.set(page, resolve));
			return { records: [page], totalPages: 6, next: more(page < 6) };
		};
		const yielded: number[] = [];
		const reading = (async () => {
			for await (const { records } of numberedPages(read, inParallel)) yielded.push(...records);
		})();
		const respond = async (page: number) => {
			waiting.get(page)?.();
			waiting.delete(page);
			// Enough time for all requests that may start, even on a busy machine.
			await new Promise((resolve) => setTimeout(resolve, 150));
		};
		return { waiting, starts, yielded, reading, respond };
	}

	test('are prefetched while an earlier one is slow, but not without limit', async () => {
		const { waiting, yielded, reading, respond } = held(2);
		await respond(0);
		expect([...waiting.keys()]).toEqual([2, 3]);

		await respond(3);
		await respond(4);
		expect(yielded).toEqual([1]);
		expect([...waiting.keys()]).toEqual([2, 5]);
		await respond(5);
		// Three pages wait behind the slow one: with it twice as many as may be in flight.
		expect([...waiting.keys()]).toEqual([2]);

		await respond(2);
		await respond(6);
		await reading;
		expect(yielded).toEqual([1, 2, 3, 4, 5, 6]);
	});

	test('start one per tick of the event loop', async () => {
		const { waiting, starts, reading, respond } = held(5);
		await respond(0);
		expect([...waiting.keys()]).toEqual([2, 3, 4, 5, 6]);
		const gaps = starts.slice(2).map((at, index) => at - (starts[index + 1] ?? 0));
		expect(Math.min(...gaps)).toBeGreaterThan(0.5);

		for (const page of [2, 3, 4, 5, 6]) await respond(page);
		await reading;
	});

	test('are no longer requested after reading has been abandoned', async () => {
		const asked: number[] = [];
		const pages = numberedPages(async (page) => {
			asked.push(page);
			return { records: [page], totalPages: 100, next: more(true) };
		}, 3);
		for await (const { records } of pages) if (records[0] === 2) break;
		const count = asked.length;
		await new Promise((resolve) => setTimeout(resolve, 20));

		expect(asked).toHaveLength(count);
	});

	test('report the failure of a later page when reading reaches it', async () => {
		const seen: string[][] = [];
		const reading = (async () => {
			const pages = numberedPages(async (page) => {
				if (page === 2) throw new Error('page 2');
				return { records: [`p${page}`], totalPages: 3, next: more(true) };
			}, 3);
			for await (const { records } of pages) seen.push(records);
		})();

		await expect(reading).rejects.toThrow('page 2');
		expect(seen).toEqual([['p1']]);
	});
});

describe('accepting a page', () => {
	test('happens in order, before the next one is requested: reading can end there', async () => {
		const requested: number[] = [];
		const accepted: number[] = [];
		const pages = numberedPages(
			async (page) => {
				requested.push(page);
				return { records: [page], next: more(true) };
			},
			5,
			ALL,
			(page) => {
				accepted.push(...page.records);
				return page.records[0] === 3 ? { ...page, next: undefined } : page;
			},
		);
		const yielded = await collect(recordsOf(pages), ALL, String);

		expect(yielded).toEqual([1, 2, 3]);
		expect(accepted).toEqual([1, 2, 3]);
		expect(requested).toEqual([1, 2, 3]);
	});
});

describe('the repeat guard', () => {
	test('recognises a repeated page, and stops the list after 50 repeats in a row', () => {
		const guard = new RepeatGuard('The list of guests');

		expect(guard.checkPage('a')).toBe(false);
		for (let repeat = 1; repeat < 50; repeat += 1) expect(guard.checkPage('a')).toBe(true);
		expect(() => guard.checkPage('a')).toThrow(
			'The list of guests does not move on: the same page came 50 times',
		);
	});

	test('starts again after another page', () => {
		const guard = new RepeatGuard('The list');

		for (let page = 0; page < 200; page += 1) {
			expect(guard.checkPage(String(Math.floor(page / 49)))).toBe(page % 49 !== 0);
		}
	});

	test('recognises the page that an earlier reading ended with', () => {
		expect(new RepeatGuard('The list', undefined, 'a').checkPage('a')).toBe(true);
		expect(new RepeatGuard('The list', undefined, 'a').checkPage('b')).toBe(false);
	});

	test('uses the reader’s own count in its message', () => {
		const guard = new RepeatGuard('The list', { reason: 'nothing new came', advice: 'Ask them.' });
		const count = () => {
			for (let page = 0; page < 50; page += 1) guard.count(true);
		};

		expect(count).toThrow(
			new CallError({ message: 'The list does not move on: nothing new came' }),
		);
	});

	test.each([
		[[1, 2, 3], [1, 5, 3], true],
		[[1, 2, 3], [1, 2, 3, 3], false],
		[[1, 2], [2, 1], false],
		[[], [], true],
	])('treats %j and %j as the same page: %p', (one, other, isSame) => {
		expect(pageSignature(one) === pageSignature(other)).toBe(isSame);
	});
});

describe('collecting', () => {
	test('takes each record once, by its key, and keeps the order', async () => {
		expect(await collect(listed(['a', 'b'], ['b', 'c'], ['a', 'd']), ALL, self)).toEqual([
			'a',
			'b',
			'c',
			'd',
		]);
	});

	test('counts only the collected records towards the limit', async () => {
		expect(await collect(listed(['a', 'a'], ['a', 'b', 'c']), 2, self)).toEqual(['a', 'b']);
	});

	test('of nothing is empty', async () => {
		expect(await collect(listed(), ALL, self)).toEqual([]);
	});
});
