/** *From List* over a paged list: matches are found on any page. */
import { expect, test } from '@jest/globals';
import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { createPagedListSearch } from '../../../../nodes/shared/action/editorMethods.ts';
import { partial } from '../support/partial.mts';

const PAGE_SIZE = 10;

/** A search in a list of guests, and the cursors of the pages that it read. */
function searching(guests: number) {
	const read: Array<string | undefined> = [];
	const search = createPagedListSearch(
		{
			name: 'Vendor',
			credentialType: 'vendorApi',
			resources: [],
			defaultConcurrency: 1,
			connect: () => undefined,
		},
		async (_client, _typed, cursor) => {
			read.push(cursor);
			const start = Number(cursor ?? 0);
			const end = Math.min(start + PAGE_SIZE, guests);
			const entries = Array.from({ length: end - start }, (_, index) => ({
				name: `Guest ${start + index}`,
				value: String(start + index),
			}));
			return { entries, next: end < guests ? String(end) : undefined };
		},
	);
	const context = partial<ILoadOptionsFunctions>({ getCredentials: async () => ({}) });
	return {
		read,
		search: async (typed?: string, token?: string) => await search.call(context, typed, token),
	};
}

test('without typed text, returns one page and the token of the next', async () => {
	const { read, search } = searching(35);

	const { results, paginationToken } = await search(undefined, '10');

	expect(results.map(({ name }) => name)[0]).toBe('Guest 10');
	expect(results).toHaveLength(PAGE_SIZE);
	expect(paginationToken).toBe('20');
	expect(read).toEqual(['10']);
});

test('finds a match on the last page in one search', async () => {
	const { read, search } = searching(35);

	expect(await search(' guest 34 ')).toEqual({ results: [{ name: 'Guest 34', value: '34' }] });
	expect(read).toEqual([undefined, '10', '20', '30']);
});

test('stops when there are enough matches to scroll', async () => {
	const { read, search } = searching(95);

	const { results, paginationToken } = await search('guest');

	expect(results).toHaveLength(20);
	expect(paginationToken).toBe('20');
	expect(read).toHaveLength(2);
});

test('reads at most 10 pages per search and continues from there', async () => {
	const { read, search } = searching(135);

	const first = await search('guest 131');

	expect(first).toEqual({ results: [], paginationToken: '100' });
	expect(read).toHaveLength(10);
	expect((await search('guest 131', first.paginationToken)).results).toHaveLength(1);
});
