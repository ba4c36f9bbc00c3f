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
	const start = Number(paginationToken ?? 0) || 0;
	const end = start + PAGE_SIZE;
	const results = found.slice(start, end);
	return end < found.length ? { results, paginationToken: String(end) } : { results };
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
