/** Eventtia: noticing that records moved between the pages of a list. */
import { describe, expect, test } from '@jest/globals';

import { readListDocument } from '../../../nodes/Eventtia/jsonApi/documents.ts';
import { PageDrift } from '../../../nodes/Eventtia/jsonApi/completeness.ts';

const SIZE = 3;
const ALL = Number.POSITIVE_INFINITY;

function page(ids: string, more: { pages?: number; counted?: number; next?: string | null } = {}) {
	const { pages, counted, next } = more;
	const read = readListDocument({
		data: Array.from(ids).map((id) => ({ id, type: 'x' })),
		meta: { total_pages: pages ?? null, total_attendees: counted ?? null },
		...(next === undefined ? {} : { links: { next } }),
	});
	if (read === undefined) throw new Error('That is no list');
	return read;
}

/** Reads pages in order. @returns whether anybody may be missing */
function readAll(pages: Array<ReturnType<typeof page>>, limit = ALL): boolean {
	const drift = new PageDrift(SIZE);
	const found = new Set<string>();
	for (const one of pages) {
		drift.pageRead(one);
		for (const record of one.records) if (drift.isNew(record)) found.add(record.id);
	}
	expect(drift.size).toBe(found.size);
	return drift.mayHaveMissed(found.size, limit);
}

describe('somebody may be missing', () => {
	test.each([
		[
			'nothing moved',
			[page('abc', { pages: 2, counted: 5 }), page('de', { pages: 2, counted: 5 })],
			false,
		],
		[
			'one came twice, all came',
			[page('abc', { pages: 2, counted: 5 }), page('cde', { pages: 2, counted: 5 })],
			false,
		],
		[
			'one came twice, one did not',
			[page('abc', { pages: 2, counted: 6 }), page('cde', { pages: 2, counted: 6 })],
			true,
		],
		[
			'the count went down',
			[page('abc', { pages: 2, counted: 5 }), page('e', { pages: 2, counted: 4 })],
			true,
		],
		[
			'the count went up',
			[page('abc', { pages: 2, counted: 5 }), page('cde', { pages: 2, counted: 6 })],
			true,
		],
		['the pages became fewer', [page('abc', { pages: 3 }), page('ef', { pages: 2 })], true],
		['uncounted, one came twice', [page('abc'), page('cde')], true],
		['uncounted, nothing moved', [page('abc'), page('de')], false],
		[
			'the count does not fit the pages',
			[page('abc', { pages: 2, counted: 500 }), page('de', { pages: 2, counted: 500 })],
			false,
		],
	])('%s', (_title, pages, expected) => {
		expect(readAll(pages)).toBe(expected);
	});

	test('but never where as many came as were wanted', () => {
		expect(
			readAll([page('abc', { pages: 3, counted: 9 }), page('cde', { pages: 2, counted: 5 })], 5),
		).toBe(false);
	});
});

describe('another page follows', () => {
	const follows = (one: ReturnType<typeof page>) => new PageDrift(SIZE).pageRead(one).hasNext;

	test.each([
		['where links.next says so', page('a', { next: '/2' }), true],
		['not where it says no', page('abc', { next: null }), false],
		['not after an empty page, whatever it says', page('', { next: '/2' }), false],
		['where the page is full and nothing tells', page('abc'), true],
		['not where the page is not full and nothing tells', page('ab'), false],
		['not by fullness where pages are counted', page('abc', { pages: 1 }), false],
	])('%s', (_title, one, expected) => {
		expect(follows(one)).toBe(expected);
	});

	test('not where a full page brings nothing new', () => {
		const drift = new PageDrift(SIZE);
		for (const record of page('abc').records) drift.isNew(record);

		expect(drift.pageRead(page('cba')).hasNext).toBe(false);
	});
});

test('records of two types may have the same id', () => {
	const drift = new PageDrift(SIZE);

	expect(drift.isNew({ id: '1', type: 'x' })).toBe(true);
	expect(drift.isNew({ id: '1', type: 'y' })).toBe(true);
	expect(drift.isNew({ id: '1', type: 'x' })).toBe(false);
});
