/**
 * Walks through paged lists as async generators of records. Knows no vendor and no network.
 */
import { sleep } from 'n8n-workflow';
import { CallError } from './errors';

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
	const standstill = new Standstill(vendor);
	let cursor: string | undefined;
	do {
		const page = await read(cursor);
		standstill.repeats(page.records);
		yield page.records;
		cursor = page.next;
		if (cursor !== undefined && seen.has(cursor)) {
			throw endless(vendor, 'it gave the same page mark twice');
		}
		if (cursor !== undefined) seen.add(cursor);
	} while (cursor !== undefined);
}

function endless(vendor: string, reason: string): CallError {
	return new CallError({
		message: `${vendor}’s list does not move on: ${reason}`,
		hint: 'Nothing is lost, but the list could not be read to its end. Try again later; if it stays, tell the vendor.',
	});
}

/** Records that move while a list is read may bring the same page again; more often it has no end. */
const MOST_SAME_PAGES = 50;

/** Notices a list that gives the same page again and again, whatever it promises. */
export class Standstill {
	private page: string | undefined;

	private times = 0;

	constructor(private readonly vendor: string) {}

	/**
	 * @returns whether the page is the one before
	 * @throws CallError once that has been so too often
	 */
	repeats(records: readonly unknown[]): boolean {
		const page = JSON.stringify([records.length, records[0], records.at(-1)]);
		const isSame = page === this.page;
		this.page = page;
		this.times = isSame ? this.times + 1 : 0;
		if (this.times < MOST_SAME_PAGES) return isSame;
		throw endless(this.vendor, `the same page came ${MOST_SAME_PAGES} times`);
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
const AHEAD_PER_LANE = 2;

/**
 * Page 1 first; the others in parallel where the vendor tells how many there are, else one by one.
 * Requests leave one per turn of the event loop: what leaves together is answered together, and then
 * waits in line for the processor while nothing is under way.
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
	/** Pages that were asked for but not given yet. */
	const ahead: Array<Promise<NumberedPage<T>>> = [];
	let asked = 0;
	let underWay = 0;
	let given = 0;
	let known = 1;
	let mostAhead = 1;
	let isAsking = false;
	let isOver = false;

	function ask(): void {
		asked += 1;
		underWay += 1;
		const reading = read(asked);
		ahead.push(reading);
		reading.then(
			() => {
				underWay -= 1;
				void askOn();
			},
			() => {
				// It is reported when its turn comes.
				isOver = true;
			},
		);
	}

	async function askOn(): Promise<void> {
		if (isAsking) return;
		isAsking = true;
		while (!isOver && asked < known && underWay < inParallel && ahead.length < mostAhead) {
			ask();
			await sleep(0);
		}
		isAsking = false;
	}

	try {
		ask();
		for (let reading = ahead[0]; reading !== undefined; reading = ahead[0]) {
			const page = await reading;
			ahead.shift();
			const following = page.hasNext && ahead.length === 0 ? asked + 1 : asked;
			known = Math.max(page.totalPages ?? 0, following);
			given += page.records.length;
			const wanted = Math.ceil((limit - given) / Math.max(1, page.records.length));
			mostAhead = Math.min(inParallel * AHEAD_PER_LANE, wanted);
			void askOn();
			yield page.records;
			// Fewer were taken than were given: some came twice.
			if (asked < known && ahead.length === 0) ask();
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
