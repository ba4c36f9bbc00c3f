/**
 * Reads paged lists page by page, as async generators. Knows no vendor and no network.
 */
import { sleep } from 'n8n-workflow';
import { CallError } from '../errors';

/** One page of a list. The vendor's client alone decides whether another one follows. */
export interface Page<T> {
	records: T[];
	/** Where the next page starts: a cursor, or a page number as text; undefined on the last page. */
	next: string | undefined;
	/** How many pages there are, where the vendor says so. */
	totalPages?: number | undefined;
	/** How many records the whole list has, where the vendor says so. */
	total?: number | undefined;
	/**
	 * The vendor does not say whether there is a next page. If the same records come again, the page
	 * before was the last one.
	 */
	mayRepeat?: boolean;
	/** The vendor's clock when it responded (Unix ms), where it says so. */
	serverTimeMs?: number | undefined;
}

/**
 * Reads a list from one cursor to the next.
 *
 * @param read one page; the first one if there is no cursor
 * @throws CallError if a cursor comes again, or page after page is the same: the list would never end
 */
export async function* cursorPages<T>(
	vendor: string,
	read: (cursor: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T[]> {
	const seen = new Set<string>();
	const guard = new RepeatGuard(`${vendor}’s list`);
	let cursor: string | undefined;
	do {
		const page = await read(cursor);
		guard.checkPage(pageSignature(page.records));
		yield page.records;
		cursor = page.next;
		if (cursor !== undefined && seen.has(cursor)) {
			throw endlessListError(`${vendor}’s list`, 'it gave the same page mark twice');
		}
		if (cursor !== undefined) seen.add(cursor);
	} while (cursor !== undefined);
}

/** Records that move while a list is read can repeat a page; this many in a row mean it never ends. */
export const MAX_REPEATS = 50;

/** How a {@link RepeatGuard} words its error. */
export interface EndlessListWording {
	/** What kept happening. */
	reason: string;
	/** The last sentence of the hint. */
	advice: string;
}

const SAME_PAGE: EndlessListWording = {
	reason: `the same page came ${MAX_REPEATS} times`,
	advice: 'Try again later; if it stays, tell the vendor.',
};

/** Stops the reading of a list that repeats itself without end, whatever its pages promise. */
export class RepeatGuard {
	private repeats = 0;

	/**
	 * @param list the list as the subject of a sentence, e.g. "Eventtia’s list"
	 * @param signature of the page that an earlier reading ended with; a poll saves it
	 */
	constructor(
		private readonly list: string,
		private readonly wording: EndlessListWording = SAME_PAGE,
		private signature?: string,
	) {}

	/**
	 * @param signature a text that is the same for the same page, see {@link pageSignature}
	 * @returns whether the page is the same as the one before
	 * @throws CallError when that was the case {@link MAX_REPEATS} times in a row
	 */
	checkPage(signature: string): boolean {
		const isRepeat = signature === this.signature;
		this.signature = signature;
		return this.count(isRepeat);
	}

	/**
	 * For readers that find out themselves whether a page brought anything new.
	 *
	 * @returns `isRepeat` as given
	 * @throws CallError when it was true {@link MAX_REPEATS} times in a row
	 */
	count(isRepeat: boolean): boolean {
		this.repeats = isRepeat ? this.repeats + 1 : 0;
		if (this.repeats < MAX_REPEATS) return isRepeat;
		throw endlessListError(this.list, this.wording.reason, this.wording.advice);
	}
}

/** @returns a text by which {@link RepeatGuard} recognises a page: its length, first and last record */
export function pageSignature(records: readonly unknown[]): string {
	return JSON.stringify([records.length, records[0], records.at(-1)]);
}

function endlessListError(list: string, reason: string, advice = SAME_PAGE.advice): CallError {
	return new CallError({
		message: `${list} does not move on: ${reason}`,
		hint: `Nothing is lost, but the list could not be read to its end. ${advice}`,
	});
}

/** Pages that arrived early may wait for a slow one, so that it does not stop the others. */
const PREFETCH_PER_REQUEST = 2;

/**
 * Reads page 1 first, then the others in parallel if the vendor says how many there are, else one by
 * one. Starts one request per event-loop tick: requests sent together are answered together, and then
 * queue for the CPU while the network is idle.
 *
 * @param read one page, from 1
 * @param concurrency requests in flight at a time
 * @param limit how many records are wanted: pages beyond them are not prefetched
 * @param accept called with each page in order, before the next request is started; what it returns
 *   is yielded, and its `next` counts
 * @returns the pages in order
 */
export async function* numberedPages<P extends Page<unknown>>(
	read: (page: number) => Promise<P>,
	concurrency: number,
	limit = Number.POSITIVE_INFINITY,
	accept: (page: P) => P = (page) => page,
): AsyncGenerator<P> {
	/** Pages that were requested but not yielded yet. */
	const prefetched: Array<Promise<P>> = [];
	let requested = 0;
	let inFlight = 0;
	let received = 0;
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
				// The consumer gets the error when it comes to this page.
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
			const accepted = accept(page);
			const hasNext = accepted.next !== undefined && prefetched.length === 0;
			lastPage = Math.max(accepted.totalPages ?? 0, hasNext ? requested + 1 : requested);
			received += page.records.length;
			const pagesWanted = Math.ceil((limit - received) / Math.max(1, page.records.length));
			maxPrefetch = Math.min(concurrency * PREFETCH_PER_REQUEST, pagesWanted);
			void prefetch();
			yield accepted;
			// The consumer wants more than `limit` suggests: some records came twice.
			if (requested < lastPage && prefetched.length === 0) request();
		}
	} finally {
		isOver = true;
	}
}

/**
 * Takes records until there are enough.
 *
 * @param key identifies a record: one that moved to a later page while the list was read is taken once
 */
export async function collect<T>(
	pages: AsyncIterable<T[]>,
	limit: number,
	key: (record: T) => string,
): Promise<T[]> {
	const found = new Map<string, T>();
	for await (const records of pages) {
		for (const record of records) {
			if (found.has(key(record))) continue;
			found.set(key(record), record);
			if (found.size >= limit) return [...found.values()];
		}
	}
	return [...found.values()];
}
