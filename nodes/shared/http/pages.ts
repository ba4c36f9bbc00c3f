/**
 * Walks through paged lists as async generators of records. Knows no vendor and no network.
 */
import { CallError } from './errors';

/** Where a list is read from one cursor to the next. */
export interface CursorPage<T> {
	records: T[];
	/** Where the next page starts; undefined on the last one. */
	next: string | undefined;
}

/**
 * @param read one page, from the start where no cursor is given
 * @throws CallError if a cursor comes again: the list would never end
 */
export async function* cursorPages<T>(
	vendor: string,
	read: (cursor: string | undefined) => Promise<CursorPage<T>>,
): AsyncGenerator<T[]> {
	const seen = new Set<string>();
	let cursor: string | undefined;
	do {
		const page = await read(cursor);
		yield page.records;
		cursor = page.next;
		if (cursor !== undefined && seen.has(cursor)) {
			throw new CallError({
				message: `${vendor}’s list does not move on: it gave the same page mark twice`,
				hint: 'Nothing is lost, but the list could not be read to its end. Try again later; if it stays, tell the vendor.',
			});
		}
		if (cursor !== undefined) seen.add(cursor);
	} while (cursor !== undefined);
}

/** Where a list is read by page number. */
export interface NumberedPage<T> {
	records: T[];
	/** How many pages there are, where the vendor says so. */
	totalPages: number | undefined;
	/** Whether another page follows, as far as this page tells. */
	hasNext: boolean;
}

/**
 * Page 1 first; the others in parallel where the vendor tells how many there are, else one by one.
 *
 * @param read one page, from 1
 * @param inParallel pages under way at a time
 * @param limit how many records will be taken: no page beyond them is read ahead
 * @returns pages in order
 */
export async function* numberedPages<T>(
	read: (page: number) => Promise<NumberedPage<T>>,
	inParallel: number,
	limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<T[]> {
	const ahead: Array<Promise<NumberedPage<T>>> = [];
	let asked = 0;
	let given = 0;
	const ask = () => {
		asked += 1;
		const reading = read(asked);
		// One that fails while an earlier one is waited for is reported when its turn comes.
		reading.catch(() => undefined);
		ahead.push(reading);
	};
	ask();
	for (let reading = ahead.shift(); reading !== undefined; reading = ahead.shift()) {
		const page = await reading;
		const following = page.hasNext && ahead.length === 0 ? asked + 1 : asked;
		const known = Math.max(page.totalPages ?? 0, following);
		given += page.records.length;
		const wanted = Math.ceil((limit - given) / Math.max(1, page.records.length));
		while (asked < known && ahead.length < Math.min(inParallel, wanted)) ask();
		yield page.records;
		// Fewer were taken than were given: some came twice.
		if (asked < known && ahead.length === 0) ask();
	}
}

/**
 * Records until there are enough.
 *
 * @param key what tells records apart: one that moved to a later page while the list was read comes once
 */
export async function collect<T>(
	pages: AsyncIterable<T[]>,
	limit: number,
	key: (record: T, index: number) => string,
): Promise<T[]> {
	const seen = new Set<string>();
	const found: T[] = [];
	for await (const records of pages) {
		for (const record of records) {
			const id = key(record, found.length);
			if (seen.has(id)) continue;
			seen.add(id);
			found.push(record);
			if (found.length >= limit) return found;
		}
	}
	return found;
}
