/**
 * The list behind *From List*: filters by what was typed, in pages. Pure.
 */
import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

/** Entries shown before the person scrolls on. */
const PAGE_SIZE = 100;

/**
 * @param filter what was typed; matches any part of a name or value, whatever the case
 * @param paginationToken where the page before ended
 */
export function searchPage(
	entries: readonly INodeListSearchItems[],
	filter: string | undefined,
	paginationToken: string | undefined,
): INodeListSearchResult {
	const found = entries.filter((entry) => matches(entry, filter ?? ''));
	const start = Math.max(0, Number(paginationToken ?? 0) || 0);
	const end = start + PAGE_SIZE;
	const results = found.slice(start, end);
	return end < found.length ? { results, paginationToken: String(end) } : { results };
}

/** @returns the number of the page that a token of ours names; the first one for anything else */
export function pageNumber(paginationToken: string | undefined): number {
	const page = Number(paginationToken ?? 1);
	return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

/** Whether what was typed is part of the entry's name or value, whatever the case. */
export function matches(entry: INodeListSearchItems, typed: string): boolean {
	const wanted = typed.trim().toLowerCase();
	return (
		wanted === '' ||
		entry.name.toLowerCase().includes(wanted) ||
		String(entry.value).toLowerCase().includes(wanted)
	);
}
