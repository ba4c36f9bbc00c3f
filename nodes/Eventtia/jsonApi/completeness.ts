/**
 * Notices when records moved between the pages of a list while it was read (design: neither lost nor
 * doubled), and where a list ends whose answers do not say so.
 *
 * A record that moves to a later page comes twice and is taken once. One that moves to an earlier
 * page, which was read already, is missed; so is the first of each later page when something before
 * it is deleted. What tells: the count went down, fewer came than are counted, or, where nothing is
 * counted, a record came twice. Nothing tells of a deletion in a list that is not counted.
 */
import { recordKey, type EventtiaRecord, type ListDocument } from './documents';

export class PageDrift {
	/** How many records Eventtia counts in the list, where it says so believably. */
	counted: number | undefined;

	private readonly seen = new Set<string>();

	private mostCounted = 0;

	private mostPages = 0;

	private shrank = false;

	private cameTwice = false;

	constructor(private readonly pageSize: number) {}

	/** How many different records were taken. */
	get size(): number {
		return this.seen.size;
	}

	/**
	 * Takes note of a page as it arrives.
	 *
	 * @returns how many pages there are, where it says so, and whether another follows: by
	 *   `links.next`, else whenever the page is full and brings something new
	 */
	pageRead(page: ListDocument): { totalPages: number | undefined; hasNext: boolean } {
		const { records, totalPages } = page;
		const counted = this.countOf(page);
		if (counted !== undefined) {
			this.shrank ||= counted < this.mostCounted;
			this.mostCounted = Math.max(this.mostCounted, counted);
			this.counted = counted;
		}
		if (totalPages !== undefined) {
			this.shrank ||= totalPages < this.mostPages;
			this.mostPages = Math.max(this.mostPages, totalPages);
		}
		const isFull = records.length >= this.pageSize;
		const seemsToGoOn =
			totalPages === undefined && isFull && records.some((one) => !this.seen.has(recordKey(one)));
		return {
			totalPages,
			// An empty page ends the list, whatever it says: a list that never fills never ends.
			hasNext: records.length > 0 && (page.hasNext ?? seemsToGoOn),
		};
	}

	/** Whether the record is taken for the first time. */
	isNew(record: EventtiaRecord): boolean {
		const key = recordKey(record);
		if (this.seen.has(key)) {
			this.cameTwice = true;
			return false;
		}
		this.seen.add(key);
		return true;
	}

	/** Whether records may have moved past the reading, after it came to its end. */
	mayHaveMissed(found: number, limit: number): boolean {
		if (found >= limit) return false;
		if (this.shrank) return true;
		return this.counted === undefined ? this.cameTwice : found < this.counted;
	}

	/** `total_attendees` counts the list only where it fits the number of pages. */
	private countOf({ meta, totalPages }: ListDocument): number | undefined {
		const counted = Number(meta.total_attendees ?? Number.NaN);
		const fits = totalPages !== undefined && Math.ceil(counted / this.pageSize) === totalPages;
		return fits ? counted : undefined;
	}
}
