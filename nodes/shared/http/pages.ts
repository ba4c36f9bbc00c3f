/**
 * Walks through paged lists as async generators of records. Knows no vendor and no network.
 */
import { sleep } from 'n8n-workflow';
import { CallError } from '../errors';

/** Where a list is read from one cursor to the next. */
export interface CursorPage<T> {
	records: T[];
	/** Where the next page starts; undefined on the last one. */
	next: string | undefined;
}

/**
 * @param read one page, from the start where no cursor is given
 * @throws CallError if a cursor comes again, or page after page is the same: the list would never end
 */
export async function* cursorPages<T>(
	vendor: string,
	read: (cursor: string | undefined) => Promise<CursorPage<T>>,
): AsyncGenerator<T[]> {
	const seen = new Set<string>();
	const repeatGuard = new RepeatGuard(vendor);
	let cursor: string | undefined;
	do {
		const page = await read(cursor);
		repeatGuard.check(page.records);
		yield page.records;
		cursor = page.next;
		if (cursor !== undefined && seen.has(cursor)) {
			throw endlessListError(vendor, 'it gave the same page mark twice');
		}
		if (cursor !== undefined) seen.add(cursor);
	} while (cursor !== undefined);
}

function endlessListError(vendor: string, reason: string): CallError {
	return new CallError({
		message: `${vendor}’s list does not move on: ${reason}`,
		hint: 'Nothing is lost, but the list could not be read to its end. Try again later; if it stays, tell the vendor.',
	});
}

/** Records that move while a list is read may bring the same page again; more often it has no end. */
const MAX_SAME_PAGES = 50;

/** Notices a list that gives the same page again and again, whatever it promises. */
export class RepeatGuard {
	private page: string | undefined;

	private times = 0;

	constructor(private readonly vendor: string) {}

	/**
	 * @returns whether the page is the one before
	 * @throws CallError once that has been so too often
	 */
	check(records: readonly unknown[]): boolean {
		const page = JSON.stringify([records.length, records[0], records.at(-1)]);
		const isSame = page === this.page;
		this.page = page;
		this.times = isSame ? this.times + 1 : 0;
		if (this.times < MAX_SAME_PAGES) return isSame;
		throw endlessListError(this.vendor, `the same page came ${MAX_SAME_PAGES} times`);
	}
}

/** Where a list is read by page number. */
export interface NumberedPage<T> {
	records: T[];
	/** How many pages there are, where the vendor says so. */
	totalPages: number | undefined;
	/** Whether another page follows, as far as this page tells. */
	hasNext: boolean;
}

/** Pages that arrived before their turn may wait: one slow answer does not stop the others. */
const PREFETCH_PER_REQUEST = 2;

/**
 * Page 1 first; the others in parallel where the vendor tells how many there are, else one by one.
 * Requests leave one per turn of the event loop: what leaves together is answered together, and then
 * waits in line for the processor while nothing is under way.
 *
 * @param read one page, from 1
 * @param concurrency pages under way at a time
 * @param limit how many records will be taken: no page beyond them is read ahead
 * @returns pages in order
 */
export async function* numberedPages<T>(
	read: (page: number) => Promise<NumberedPage<T>>,
	concurrency: number,
	limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<T[]> {
	/** Pages that were asked for but not given yet. */
	const prefetched: Array<Promise<NumberedPage<T>>> = [];
	let requested = 0;
	let inFlight = 0;
	let yielded = 0;
	let lastPage = 1;
	let maxPrefetch = 1;
	let isPrefetching = false;
	let isOver = false;

	function request(): void {
		requested += 1;
		inFlight += 1;
		const reading = read(requested);
		prefetched.push(reading);
		reading.then(
			() => {
				inFlight -= 1;
				void prefetch();
			},
			() => {
				// It is reported when its turn comes.
				isOver = true;
			},
		);
	}

	async function prefetch(): Promise<void> {
		if (isPrefetching) return;
		isPrefetching = true;
		while (
			!isOver &&
			requested < lastPage &&
			inFlight < concurrency &&
			prefetched.length < maxPrefetch
		) {
			request();
			await sleep(0);
		}
		isPrefetching = false;
	}

	try {
		request();
		for (let reading = prefetched[0]; reading !== undefined; reading = prefetched[0]) {
			const page = await reading;
			prefetched.shift();
			const following = page.hasNext && prefetched.length === 0 ? requested + 1 : requested;
			lastPage = Math.max(page.totalPages ?? 0, following);
			yielded += page.records.length;
			const wanted = Math.ceil((limit - yielded) / Math.max(1, page.records.length));
			maxPrefetch = Math.min(concurrency * PREFETCH_PER_REQUEST, wanted);
			void prefetch();
			yield page.records;
			// Fewer were taken than were given: some came twice.
			if (requested < lastPage && prefetched.length === 0) request();
		}
	} finally {
		isOver = true;
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
