/** Reading numbered lists with records that may move meanwhile. */
import { describe, expect, test } from '@jest/globals';

import { CallError } from '../../../../nodes/shared/errors.ts';
import { Hints } from '../../../../nodes/shared/hints.ts';
import type { Page } from '../../../../nodes/shared/http/pages.ts';
import { ListReader, type NumberedList } from '../../../../nodes/shared/http/readList.ts';

const ALL = Number.POSITIVE_INFINITY;

type List = NumberedList<string, Page<string>>;

type TestPage = Omit<Page<string>, 'next' | 'records'> & { hasNext?: boolean };

/** A page of one-letter records. */
function page(letters: string, { hasNext = true, ...more }: TestPage = {}): Page<string> {
	return { records: Array.from(letters), next: hasNext ? 'more' : undefined, ...more };
}
const last = (letters: string, more: TestPage = {}) => page(letters, { ...more, hasNext: false });

/**
 * Reads a list with scripted pages, in the order of the requests.
 * @returns the records, the requested pages, and the hints
 */
async function readAll(pages: Array<Page<string>>, own: Partial<List> = {}) {
	const requested: number[] = [];
	const hints = new Hints();
	const reader = new ListReader('Vendor', hints);
	const list: List = {
		read: async (number) => {
			requested.push(number);
			return pages[requested.length - 1] ?? last('');
		},
		keyOf: (record) => record,
		limit: ALL,
		concurrency: 1,
		...own,
	};
	const records = await reader.read(list, async (read) => read);
	return { records: records.join(''), requested, hints: hints.all() };
}

describe('one reading', () => {
	test('takes each record once', async () => {
		const { records, requested, hints } = await readAll([page('abc'), page('cd'), last('e')]);

		expect(records).toBe('abcde');
		expect(requested).toEqual([1, 2, 3]);
		expect(hints).toEqual([]);
	});

	test('keeps equal records without an ID separate', async () => {
		const { records } = await readAll([page('aab'), last('b')], { keyOf: undefined });

		expect(records).toBe('aabb');
	});

	test.each([
		[2, 'ab', [1]],
		[3, 'abc', [1, 2]],
		[4, 'abcd', [1, 2]],
		[5, 'abcde', [1, 2, 3]],
	])('with a limit of %d', async (limit, expected, pages) => {
		const { records, requested } = await readAll([page('ab'), page('cd'), last('ef')], { limit });

		expect(records).toBe(expected);
		expect(requested).toEqual(pages);
	});

	test('ends at an empty page, whatever it says', async () => {
		const { records, requested } = await readAll([page('ab', { totalPages: 9 }), page('')]);

		expect(records).toBe('ab');
		expect(requested).toEqual([1, 2]);
	});

	test.each([
		['with ids', (record: string) => record, 'ba'],
		['without ids', undefined, 'ab'],
	])('ends if a list %s returns the same for every page', async (_title, keyOf, again) => {
		const mayRepeat = { mayRepeat: true };
		const { records, requested } = await readAll([page('ab', mayRepeat), page(again, mayRepeat)], {
			keyOf,
		});

		expect(records).toBe('ab');
		expect(requested).toEqual([1, 2]);
	});

	test('shapes the new records of each page, and gets the page', async () => {
		const pages = [page('ab', { total: 3 }), last('bc', { total: 3 })];
		const records = await new ListReader('Vendor', new Hints()).read(
			{
				read: async (number) => pages[number - 1] ?? last(''),
				keyOf: String,
				limit: ALL,
				concurrency: 1,
			},
			async (read, { total }) => read.map((record) => `${record} of ${read.length} of ${total}`),
		);

		expect(records).toEqual(['a of 2 of 3', 'b of 2 of 3', 'c of 1 of 3']);
	});

	test('can be read page by page', async () => {
		const pages = [page('ab'), page('b'), last('c')];
		const found: string[] = [];
		const list = {
			read: async (number: number) => pages[number - 1] ?? last(''),
			keyOf: (record: string) => record,
			limit: ALL,
			concurrency: 1,
		};
		for await (const { records } of new ListReader('Vendor', new Hints()).pages(list)) {
			found.push(records.join(''));
		}

		expect(found).toEqual(['ab', '', 'c']);
	});
});

describe('an endless list', () => {
	const endless = async (list: Partial<List>) => {
		let requests = 0;
		const reading = readAll([], {
			read: async () => {
				requests += 1;
				return page(requests % 2 === 0 || list.keyOf === undefined ? 'ab' : 'ba');
			},
			...list,
		});
		const error = await reading.catch((reason: unknown) => reason);
		return { error, requests };
	};

	test.each([
		['with ids', (record: string) => record],
		['without ids', undefined],
	])('%s is abandoned after 50 pages with nothing new', async (_title, keyOf) => {
		const { error, requests } = await endless({ keyOf });

		expect(error).toEqual(
			new CallError({
				message: 'Vendor’s list does not move on: the same page came 50 times',
			}),
		);
		expect(requests).toBe(51);
	});
});

describe('a second reading', () => {
	/** The first reading, and the second one, which finds all records. */
	const twice = [last('abcdef', { total: 6, totalPages: 1 })];

	test.each<[string, Array<Page<string>>, boolean, boolean]>([
		['all came', [page('abc', { total: 5 }), last('de', { total: 5 })], false, true],
		[
			'one came twice, all came',
			[page('abc', { total: 5 }), last('cde', { total: 5 })],
			false,
			true,
		],
		[
			'one came twice, one did not',
			[page('abc', { total: 6 }), last('cde', { total: 6 })],
			true,
			false,
		],
		['the count went up', [page('abc', { total: 5 }), last('cde', { total: 6 })], true, false],
		['the count went down', [page('abc', { total: 5 }), last('e', { total: 4 })], true, true],
		['fewer pages', [page('abc', { totalPages: 3 }), last('ef', { totalPages: 2 })], true, true],
		['uncounted, one came twice', [page('abc'), last('cde')], true, true],
		['uncounted, all different', [page('abc'), last('de')], false, true],
	])('%s: %p', async (_title, first, isNeeded, onlyIfMovesAreDetected) => {
		const careful = await readAll([...first, ...twice], { detectMoves: true });
		const plain = await readAll([...first, ...twice]);

		expect(careful.requested).toEqual(isNeeded ? [1, 2, 1] : [1, 2]);
		expect(plain.requested).toEqual(isNeeded && !onlyIfMovesAreDetected ? [1, 2, 1] : [1, 2]);
		if (isNeeded) expect(Array.from(careful.records).sort().join('')).toBe('abcdef');
		expect(careful.hints).toEqual([]);
	});

	test('is not needed if the limit was reached', async () => {
		const pages = [page('abc', { total: 9 }), page('cde', { total: 5 })];
		const { requested } = await readAll(pages, { limit: 5, detectMoves: true });

		expect(requested).toEqual([1, 2]);
	});

	test('takes precedence over the first; records found only by it come last', async () => {
		const reader = new ListReader('Vendor', new Hints());
		let requests = 0;
		const list: List = {
			read: async () => {
				requests += 1;
				return last(requests === 1 ? 'bc' : 'abc', { total: 3 });
			},
			keyOf: (record) => record,
			limit: ALL,
			concurrency: 1,
		};
		const records = await reader.read(list, async (read) =>
			read.map((record) => `${record}${requests}`),
		);

		expect(records).toEqual(['b2', 'c2', 'a2']);
	});

	test('has its own concurrency', async () => {
		const most = [0, 0];
		let readings = 0;
		let inFlight = 0;
		let release = () => {};
		const threeInFlight = new Promise<void>((resolve) => (release = resolve));
		await readAll([], {
			concurrency: 3,
			rereadConcurrency: 1,
			read: async (number) => {
				if (number === 1) readings += 1;
				inFlight += 1;
				most[readings - 1] = Math.max(most[readings - 1] ?? 0, inFlight);
				if (inFlight === 3) release();
				if (readings === 1 && number > 1) await threeInFlight;
				else await new Promise((resolve) => setTimeout(resolve, 5));
				inFlight -= 1;
				return page('abcd'.charAt(number - 1), { hasNext: number < 4, totalPages: 4, total: 5 });
			},
		});

		expect(most).toEqual([3, 1]);
	});

	test('leads to a hint if it finds no more either', async () => {
		const short = last('ab', { total: 5 });
		const { records, hints, requested } = await readAll([short, short]);

		expect(records).toBe('ab');
		expect(requested).toEqual([1, 1]);
		expect(hints).toEqual([
			{
				message:
					'Vendor counts 5 records but gave 2, even after a second reading. If nobody was deleted meanwhile, run the node again.',
				type: 'warning',
				location: 'outputPane',
			},
		]);
	});
});
