/**
 * Choices that the editor reads from the vendor: *From List* of a resource locator, and drop-downs.
 */
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { matches, searchPage } from '../fields/search';
import { asNodeErrors } from './nodeError';
import { openClient } from './openClient';
import type { Vendor } from './types';

/** n8n's signature of a list search method. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * A search over a list that is read whole.
 *
 * @param entries reads all entries, in any order; they are shown in alphabetical order
 */
export function createListSearch<Client>(
	vendor: Vendor<Client>,
	entries: (client: Client, context: ILoadOptionsFunctions) => Promise<INodeListSearchItems[]>,
): ListSearch {
	return async function (filter, paginationToken) {
		const found = await withClient(this, vendor, async (client) => await entries(client, this));
		found.sort((a, b) => a.name.localeCompare(b.name));
		return searchPage(found, filter, paginationToken);
	};
}

/** A shorter list cannot be scrolled, and n8n's editor asks for more only at the end of a list. */
const MIN_MATCHES = 20;
/** Pages read for one search: the editor waits for the result. */
const MAX_PAGES = 10;

/**
 * A search over a list that is too long to read whole. If the vendor cannot search, matches can be on
 * later pages, so pages are read until there are enough matches to show.
 *
 * @param page reads one page for the typed text; entries that do not match are dropped here
 */
export function createPagedListSearch<Client>(
	vendor: Vendor<Client>,
	page: (
		client: Client,
		typed: string,
		cursor: string | undefined,
		context: ILoadOptionsFunctions,
	) => Promise<{ entries: INodeListSearchItems[]; next: string | undefined }>,
): ListSearch {
	return async function (filter, paginationToken) {
		const typed = (filter ?? '').trim();
		return await withClient(this, vendor, async (client) => {
			const results: INodeListSearchItems[] = [];
			let cursor = paginationToken;
			for (let pages = 1; ; pages += 1) {
				const { entries, next } = await page(client, typed, cursor, this);
				results.push(...entries.filter((entry) => matches(entry, typed)));
				if (next === undefined) return { results };
				const isEnough = typed === '' || results.length >= MIN_MATCHES;
				if (isEnough || pages >= MAX_PAGES) return { results, paginationToken: next };
				cursor = next;
			}
		});
	};
}

/** The options of a drop-down, in alphabetical order. */
export function createLoadOptions<Client>(
	vendor: Vendor<Client>,
	options: (client: Client, context: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>,
): (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]> {
	return async function () {
		const found = await withClient(this, vendor, async (client) => await options(client, this));
		return found.sort((a, b) => a.name.localeCompare(b.name));
	};
}

/** Opens the vendor's client for a request of the editor, and closes it; errors become n8n's. */
export async function withClient<Client, T>(
	context: ILoadOptionsFunctions,
	vendor: Vendor<Client>,
	work: (client: Client) => Promise<T>,
): Promise<T> {
	return await asNodeErrors(context, async () => {
		const { client } = await openClient(context, vendor);
		try {
			return await work(client);
		} finally {
			await vendor.close?.(client);
		}
	});
}
