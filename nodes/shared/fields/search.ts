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
	const wanted = (filter ?? '').trim().toLowerCase();
	const found = entries.filter(
		({ name, value }) =>
			wanted === '' ||
			name.toLowerCase().includes(wanted) ||
			String(value).toLowerCase().includes(wanted),
	);
	const start = Number(paginationToken ?? 0) || 0;
	const end = start + PAGE_SIZE;
	const results = found.slice(start, end);
	return end < found.length ? { results, paginationToken: String(end) } : { results };
}
