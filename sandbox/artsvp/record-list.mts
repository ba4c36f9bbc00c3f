// Records in the order of adding, found by id or code, and read in pages after or before a cursor.

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

/** Records of one kind. The index of a record never changes, so a cursor is found without a search. */
export class RecordList<T extends { id: string; code?: string }> {
	private readonly records: Array<T | undefined> = [];
	private readonly indexById = new Map<string, number>();

	add(record: T): T {
		const index = this.records.push(record) - 1;
		this.indexById.set(record.id, index);
		if (record.code !== undefined) this.indexById.set(record.code, index);
		return record;
	}

	/** By ID; also by code where the records have one. */
	find(idOrCode: string): T | undefined {
		return this.records[this.indexById.get(idOrCode) ?? -1];
	}

	remove(record: T): void {
		const index = this.indexById.get(record.id);
		if (index !== undefined) this.records[index] = undefined;
		this.indexById.delete(record.id);
		if (record.code !== undefined) this.indexById.delete(record.code);
	}

	/** Every record, in the order of adding. */
	all(): T[] {
		return this.records.filter((record) => record !== undefined);
	}

	/** @throws UnknownCursorError when the cursor is not the id of a record */
	page(request: PageRequest, matches: (record: T) => boolean): Page<T> {
		const { startingAfter, endingBefore, limit, newestFirst } = request;
		const backwards = endingBefore !== undefined;
		const step = newestFirst === backwards ? 1 : -1;
		const cursor = startingAfter ?? endingBefore;
		const found: T[] = [];
		let index = step === 1 ? 0 : this.records.length - 1;
		if (cursor !== undefined) index = this.indexOfCursor(cursor) + step;
		for (; index >= 0 && index < this.records.length && found.length <= limit; index += step) {
			const record = this.records[index];
			if (record && matches(record)) found.push(record);
		}
		const hasMore = found.length > limit;
		const page = found.slice(0, limit);
		return { records: backwards ? page.reverse() : page, hasMore };
	}

	private indexOfCursor(cursor: string): number {
		const index = this.indexById.get(cursor);
		if (index === undefined || this.records[index]?.id !== cursor) {
			throw new UnknownCursorError(cursor);
		}
		return index;
	}
}
