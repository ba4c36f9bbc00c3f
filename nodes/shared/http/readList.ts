/**
 * Reads numbered lists while their records may move: each record once, no endless reading, and a
 * second reading if the first one may have missed records.
 *
 * A record that moves to a later page comes twice and is taken once. One that moves to an earlier
 * page, which was read already, is missed; so is the first record of each later page when something
 * before it is deleted. Signs of that: fewer records came than are counted, the count went down, or,
 * where nothing is counted, a record came twice. A deletion in a list without a count shows no sign.
 */
import type { Hints, HintTopic } from '../hints';
import {
	numberedPages,
	pageSignature,
	RepeatGuard,
	type EndlessListWording,
	type Page,
} from './pages';

/** A list with numbered pages, and how it is read. */
export interface NumberedList<R, P extends Page<R>> {
	/** Reads one page, from 1. */
	read: (page: number) => Promise<P>;
	/** Identifies a record; left out where records have no id: then every record counts as another one. */
	keyOf?: ((record: R) => string) | undefined;
	/** How many records are wanted. */
	limit: number;
	/** Requests in flight at a time. */
	concurrency: number;
	/** The same for the second reading, if it differs. */
	rereadConcurrency?: number;
	/**
	 * Read again also if the count went down or, where nothing is counted, a record came twice. Without
	 * this only a list that is shorter than its count is read again.
	 */
	detectMoves?: boolean;
}

/** A list that stayed shorter than the vendor counts. */
interface Shortfall {
	counted: number;
	came: number;
}

/** Reads a vendor's lists. */
export class ListReader {
	private readonly incomplete: HintTopic<Shortfall>;

	/**
	 * @param vendor the vendor's name, for messages
	 * @param hints takes a warning where the vendor counts more records than it gave
	 * @param wording of the error about a list that never ends, if it is not the usual one
	 */
	constructor(
		private readonly vendor: string,
		private readonly hints: Hints,
		private readonly wording?: EndlessListWording,
	) {
		this.incomplete = {
			type: 'warning',
			write(facts) {
				const { counted, came } = facts.at(-1)?.fact ?? { counted: 0, came: 0 };
				return `${vendor} counts ${counted} records but gave ${came}, even after a second reading. If nobody was deleted meanwhile, run the node again.`;
			},
		};
	}

	/**
	 * Records of a list, up to its limit, each once. If the first reading may have missed some, the list
	 * is read once more; a record that came in both readings is taken from the second.
	 *
	 * @param shape turns the new records of a page into results, one for each, in their order
	 * @returns the results in the order of the list; what only the second reading found comes last
	 * @throws CallError if a page cannot be read, or page after page brings nothing new
	 */
	async read<R, P extends Page<R>, T>(
		list: NumberedList<R, P>,
		shape: (records: R[], page: P) => Promise<T[]>,
	): Promise<T[]> {
		const { limit, concurrency, rereadConcurrency = concurrency } = list;
		const found = new Map<string, T>();
		const first = await this.readInto(found, list, concurrency, shape);
		if (first.mayHaveMissed(limit)) {
			const second = await this.readInto(found, list, rereadConcurrency, shape);
			const counted = second.total ?? first.total ?? 0;
			if (found.size < Math.min(counted, limit)) {
				this.hints.add(this.incomplete, { counted, came: found.size });
			}
		}
		return [...found.values()].slice(0, limit);
	}

	/**
	 * One reading of a list, page by page; pages hold only records that did not come before.
	 *
	 * @throws CallError if a page cannot be read, or page after page brings nothing new
	 */
	pages<R, P extends Page<R>>(list: NumberedList<R, P>): AsyncGenerator<P> {
		return new Reading(list, this.guard()).pages(list.concurrency);
	}

	private guard(): RepeatGuard {
		return new RepeatGuard(`${this.vendor}’s list`, this.wording);
	}

	private async readInto<R, P extends Page<R>, T>(
		found: Map<string, T>,
		list: NumberedList<R, P>,
		concurrency: number,
		shape: (records: R[], page: P) => Promise<T[]>,
	): Promise<Reading<R, P>> {
		const reading = new Reading(list, this.guard());
		for await (const page of reading.pages(concurrency)) {
			const { records } = page;
			const before = reading.size - records.length;
			const results = await shape(records, page);
			records.forEach((record, index) => {
				const result = results[index];
				if (result !== undefined) found.set(reading.keyOf(record, before + index), result);
			});
			if (reading.size >= list.limit) break;
		}
		return reading;
	}
}

/** One reading of a list: what came so far, and whether some records may have been missed. */
class Reading<R, P extends Page<R>> {
	/** How many records the list has, as the last page that counts them says. */
	total: number | undefined;

	private readonly seen = new Set<string>();

	private largestTotal = 0;

	private largestPageCount = 0;

	private hasShrunk = false;

	private hasDuplicates = false;

	private isOver = false;

	constructor(
		private readonly list: NumberedList<R, P>,
		private readonly guard: RepeatGuard,
	) {}

	/** How many different records came. */
	get size(): number {
		return this.seen.size;
	}

	/** @param index how many records came before this one */
	keyOf(record: R, index: number): string {
		return this.list.keyOf?.(record) ?? String(index);
	}

	async *pages(concurrency: number): AsyncGenerator<P> {
		const { read, limit } = this.list;
		const accept = (page: P) => this.accept(page);
		for await (const page of numberedPages(read, concurrency, limit, accept)) {
			if (this.isOver) return;
			yield page;
		}
	}

	/** Whether records may have moved past this reading, after it came to its end. */
	mayHaveMissed(limit: number): boolean {
		const { size, total, list } = this;
		if (size >= limit) return false;
		if (total !== undefined && size < total) return true;
		if (list.detectMoves !== true) return false;
		return this.hasShrunk || (total === undefined && this.hasDuplicates);
	}

	/** @returns the page with its new records only, and without a next page if the list is over */
	private accept(page: P): P {
		this.noteCounts(page);
		const { records, mayRepeat } = page;
		const isRepeat =
			this.list.keyOf === undefined
				? this.guard.checkPage(pageSignature(records))
				: this.guard.count(records.every((record) => this.seen.has(this.keyOf(record, 0))));
		// After an empty page nothing comes, whatever it says. A list without pages may give the same
		// records for every page number.
		this.isOver = records.length === 0 || (isRepeat && mayRepeat === true);
		if (!this.isOver) return { ...page, records: records.filter((record) => this.add(record)) };
		this.hasDuplicates ||= records.length > 0;
		return { ...page, records: [], next: undefined, totalPages: undefined };
	}

	/** @returns whether the record comes for the first time */
	private add(record: R): boolean {
		const key = this.keyOf(record, this.size);
		const isNew = !this.seen.has(key);
		this.seen.add(key);
		this.hasDuplicates ||= !isNew;
		return isNew;
	}

	private noteCounts({ total, totalPages }: P): void {
		if (total !== undefined) {
			this.hasShrunk ||= total < this.largestTotal;
			this.largestTotal = Math.max(this.largestTotal, total);
			this.total = total;
		}
		if (totalPages !== undefined) {
			this.hasShrunk ||= totalPages < this.largestPageCount;
			this.largestPageCount = Math.max(this.largestPageCount, totalPages);
		}
	}
}
