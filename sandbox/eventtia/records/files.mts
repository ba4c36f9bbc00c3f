// The files of one event, by category. No endpoint lists the categories; users get their IDs elsewhere.

import type { UploadedFile } from '../../shared/endpoint.mts';
import type { EventtiaEvent } from '../event.mts';

/** A file. `content` is the uploaded content; seeded files have none. */
export interface EventFile {
	id: string;
	categoryId: string;
	name: string;
	description: string;
	filename: string;
	isImage: boolean;
	content: UploadedFile | undefined;
}

const IMAGE = /^image\//;

/** The files of one event. */
export class FileStore {
	/** IDs of the categories; the first one has a seeded file. */
	readonly categoryIds: readonly string[];
	private readonly rows: EventFile[] = [];

	constructor(private readonly event: EventtiaEvent) {
		this.categoryIds = event.seed.filled ? [event.nextId(), event.nextId()] : [];
		const [first] = this.categoryIds;
		if (first === undefined) return;
		this.rows.push({
			id: event.nextId(),
			categoryId: first,
			name: 'test_file',
			description: 'a file for testing',
			filename: 'test-file.png',
			isImage: true,
			content: undefined,
		});
	}

	of(categoryId: string): EventFile[] {
		return this.rows.filter((row) => row.categoryId === categoryId);
	}

	add(categoryId: string, name: string, description: string, content: UploadedFile): EventFile {
		const { filename, contentType } = content;
		const isImage = IMAGE.test(contentType);
		const id = this.event.nextId();
		const row = { id, categoryId, name, description, filename, isImage, content };
		this.rows.push(row);
		return row;
	}

	toJSON(): unknown {
		return { categoryIds: this.categoryIds, files: this.rows };
	}
}
