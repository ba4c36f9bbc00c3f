// Records in the order of adding, found by id or code, and read in pages behind or before a cursor.

/** The cursor is not the id of a record. */
export class UnknownCursorError extends Error {}

/** Where a page begins and how long it is. */
export interface PageRequest {
	startingAfter?: string | undefined;
	endingBefore?: string | undefined;
	limit: number;
	newestFirst: boolean;
}

export interface Page<T> {
	records: T[];
	/** Whether there is more in the direction of reading. */
	hasMore: boolean;
}

/** Records of one kind. A record keeps its place for good, so a page is found without counting. */
export class Shelf<T extends { id: string; code?: string }> {
	private readonly places: Array<T | undefined> = [];
	private readonly placeOf = new Map<string, number>();

	add(record: T): T {
		const place = this.places.push(record) - 1;
		this.placeOf.set(record.id, place);
		if (record.code !== undefined) this.placeOf.set(record.code, place);
		return record;
	}

	/** By id; by code as well where the records have one. */
	find(idOrCode: string): T | undefined {
		return this.places[this.placeOf.get(idOrCode) ?? -1];
	}

	remove(record: T): void {
		const place = this.placeOf.get(record.id);
		if (place !== undefined) this.places[place] = undefined;
		this.placeOf.delete(record.id);
		if (record.code !== undefined) this.placeOf.delete(record.code);
	}

	/** Every record, in the order of adding. */
	all(): T[] {
		return this.places.filter((record) => record !== undefined);
	}

	/** @throws UnknownCursorError when the cursor is not the id of a record */
	page(request: PageRequest, matches: (record: T) => boolean): Page<T> {
		const { startingAfter, endingBefore, limit, newestFirst } = request;
		const backwards = endingBefore !== undefined;
		const step = newestFirst === backwards ? 1 : -1;
		const cursor = startingAfter ?? endingBefore;
		const records: T[] = [];
		let place = step === 1 ? 0 : this.places.length - 1;
		if (cursor !== undefined) place = this.cursorPlace(cursor) + step;
		for (; place >= 0 && place < this.places.length && records.length <= limit; place += step) {
			const record = this.places[place];
			if (record && matches(record)) records.push(record);
		}
		const hasMore = records.length > limit;
		const shown = records.slice(0, limit);
		return { records: backwards ? shown.reverse() : shown, hasMore };
	}

	private cursorPlace(cursor: string): number {
		const place = this.placeOf.get(cursor);
		if (place === undefined || this.places[place]?.id !== cursor) {
			throw new UnknownCursorError(cursor);
		}
		return place;
	}
}
