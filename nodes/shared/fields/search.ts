/**
 * The search in *From List*: filters entries by the typed text and splits them into pages. Pure.
 */
import type { INodeListSearchItems, INodeListSearchResult } from 'n8n-workflow';

/** How many entries the editor gets at a time. */
const PAGE_SIZE = 100;

/**
 * @param filter the typed text; matches any part of a name or value, ignoring case
 * @param paginationToken where the previous page ended
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

/** @returns the page number in a pagination token; 1 if there is none or it is invalid */
export function pageNumber(paginationToken: string | undefined): number {
	const page = Number(paginationToken ?? 1);
	return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

/** Whether the typed text is part of the entry's name or value, ignoring case. */
export function matches(entry: INodeListSearchItems, typed: string): boolean {
	const wanted = typed.trim().toLowerCase();
	return (
		wanted === '' ||
		entry.name.toLowerCase().includes(wanted) ||
		String(entry.value).toLowerCase().includes(wanted)
	);
}
