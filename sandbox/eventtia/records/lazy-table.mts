// Records by ID in the order of adding. Seeded records are created when they are read.

/** A table of records. A seeded record is created on first use. */
export class LazyTable<Row extends { id: string }> {
	private readonly existing = new Map<number, Row>();
	private readonly addedPositions = new Map<string, number>();
	length: number;

	/**
	 * @param seeded how many records there are to start with; their IDs are `firstId` and the numbers after it
	 * @param make creates a seeded record from its position and ID, the same one every time
	 */
	constructor(
		private readonly seeded: number,
		private readonly firstId: number,
		private readonly make: (position: number, id: string) => Row,
	) {
		this.length = seeded;
	}

	/** A record to read; a change to it may be lost. @throws RangeError beyond the end */
	peek(position: number): Row {
		if (position < 0 || position >= this.length) throw new RangeError(`no row ${position}`);
		return this.existing.get(position) ?? this.make(position, String(this.firstId + position));
	}

	/** The record at a position if it was touched or added; does not create it. */
	existingAt(position: number): Row | undefined {
		return this.existing.get(position);
	}

	/** A record that can be changed in place. */
	touch(position: number): Row {
		const row = this.peek(position);
		this.existing.set(position, row);
		return row;
	}

	/** A record by ID, for reading or for a change in place. */
	find(id: string): Row | undefined {
		const position = this.findPosition(id);
		return position === undefined ? undefined : this.touch(position);
	}

	add(row: Row): Row {
		this.existing.set(this.length, row);
		this.addedPositions.set(row.id, this.length);
		this.length += 1;
		return row;
	}

	/** Every position, in order. */
	positions(): number[] {
		return Array.from({ length: this.length }, (_, position) => position);
	}

	private findPosition(id: string): number | undefined {
		const added = this.addedPositions.get(id);
		if (added !== undefined) return added;
		const position = /^\d+$/.test(id) ? Number(id) - this.firstId : -1;
		return position >= 0 && position < this.seeded ? position : undefined;
	}
}
