/**
 * Reads Eventtia's JSON:API documents (eventtia.md, "Pagination", "Included resources"): records, the
 * records included with them, and whether a list has another page. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/values';

/** A resource object: `{ id, type, attributes, relationships }`. */
export interface EventtiaRecord extends IDataObject {
	id: string;
	type: string;
}

/** A document with one record. */
export interface RecordDocument {
	record: EventtiaRecord;
	included: Included;
	meta: IDataObject;
}

/** One page of a list. */
export interface ListDocument {
	records: EventtiaRecord[];
	included: Included;
	meta: IDataObject;
	totalPages: number | undefined;
	/** Whether another page follows; undefined if the response does not say. */
	hasNext: boolean | undefined;
}

/** The records in the section `included`, by type and id. */
export class Included {
	private readonly byKey = new Map<string, EventtiaRecord>();

	/** @param section the value of `included`; anything but a list counts as empty */
	constructor(section: unknown) {
		const listed: unknown[] = Array.isArray(section) ? section : [];
		for (const entry of listed) {
			const record = readRecord(entry);
			if (record === undefined) continue;
			const key = recordKey(record);
			// One sample in the document has the same id twice, with equal content.
			if (!this.byKey.has(key)) this.byKey.set(key, record);
		}
	}

	find(reference: Reference): EventtiaRecord | undefined {
		if (this.byKey.size === 0) return undefined;
		return this.byKey.get(recordKey(reference));
	}

	/** The included records that a record refers to. */
	relatedTo(record: EventtiaRecord): EventtiaRecord[] {
		return readRelationships(record)
			.flatMap(([, related]) => related ?? [])
			.map((reference) => this.find(reference))
			.filter((found) => found !== undefined);
	}

	all(): Iterable<EventtiaRecord> {
		return this.byKey.values();
	}
}

/** Identifies a record in a list of several types: ids are unique per type only. */
export function recordKey({ type, id }: Reference): string {
	return `${type} ${id}`;
}

/** @returns the record, with its id as text; undefined if the value is not a record */
function readRecord(value: unknown): EventtiaRecord | undefined {
	if (isRecord(value)) return value;
	if (!isObject(value)) return undefined;
	const { id, type } = value;
	if (typeof type !== 'string' || (typeof id !== 'string' && typeof id !== 'number')) {
		return undefined;
	}
	return id === '' ? undefined : { ...value, id: String(id), type };
}

function isRecord(value: unknown): value is EventtiaRecord {
	return (
		isObject(value) &&
		typeof value.type === 'string' &&
		typeof value.id === 'string' &&
		value.id !== ''
	);
}

/** @returns the attributes of a record; empty if it has none */
export function readAttributes(record: EventtiaRecord): IDataObject {
	return isObject(record.attributes) ? record.attributes : {};
}

/** What a relationship refers to: one record, none (null), several, or unknown (undefined: no `data`). */
export type Related = Reference | Reference[] | null | undefined;

/** A JSON:API resource identifier. */
export interface Reference {
	id: string;
	type: string;
}

/** All relationships of a record, by name; one without `data` is undefined. */
export function readRelationships(record: EventtiaRecord): Array<[name: string, related: Related]> {
	const section = isObject(record.relationships) ? record.relationships : {};
	return Object.entries(section).map(([name, relationship]) => [name, readRelated(relationship)]);
}

function readRelationship(record: EventtiaRecord, name: string): Related {
	const { relationships } = record;
	if (!isObject(relationships) || !Object.hasOwn(relationships, name)) return undefined;
	return readRelated(relationships[name]);
}

function readRelated(relationship: unknown): Related {
	const data: unknown = isObject(relationship) ? relationship.data : undefined;
	if (data === null) return null;
	if (!Array.isArray(data)) return readRecord(data);
	const references: unknown[] = data;
	return references.map(readRecord).filter((reference) => reference !== undefined);
}

/** @returns the id that a to-one relationship refers to; undefined if there is none */
export function relatedId(record: EventtiaRecord, name: string): string | undefined {
	const related = readRelationship(record, name);
	return related === null || related === undefined || Array.isArray(related)
		? undefined
		: related.id;
}

/** @returns the included records that a to-many relationship refers to */
export function relatedRecords(
	record: EventtiaRecord,
	name: string,
	included: Included,
): EventtiaRecord[] {
	const related = readRelationship(record, name);
	if (!Array.isArray(related)) return [];
	return related
		.map((reference) => included.find(reference))
		.filter((found) => found !== undefined);
}

/** @returns undefined if the body is not a document with one record */
export function readRecordDocument(body: unknown): RecordDocument | undefined {
	const document = isObject(body) ? body : {};
	const record = readRecord(document.data);
	if (record === undefined) return undefined;
	const meta = isObject(document.meta) ? document.meta : {};
	return { record, included: new Included(document.included), meta };
}

/** A link is a URL, or an object with a `href` (JSON:API 1.1, "Links"); on the last page `next` is null. */
function isLink(link: unknown): boolean {
	return isObject(link) ? isLink(link.href) : typeof link === 'string' && link !== '';
}

/**
 * How many records the list has: `total_attendees`. The document does not say what it counts, e.g. in a filtered
 * list, so it is trusted only if it fits the number of pages.
 */
export function readTotal(
	{ meta, totalPages }: Pick<ListDocument, 'meta' | 'totalPages'>,
	pageSize: number,
): number | undefined {
	const total = Number(meta.total_attendees ?? Number.NaN);
	return totalPages !== undefined && Math.ceil(total / pageSize) === totalPages ? total : undefined;
}

/** @returns undefined if the body is not a document with a list of records */
export function readListDocument(body: unknown): ListDocument | undefined {
	if (!isObject(body) || !Array.isArray(body.data)) return undefined;
	const entries: unknown[] = body.data;
	const records = entries.map(readRecord).filter((record) => record !== undefined);
	if (records.length < entries.length) return undefined;
	const meta = isObject(body.meta) ? body.meta : {};
	const pages = Number(meta.total_pages ?? Number.NaN);
	const links = isObject(body.links) ? body.links : {};
	return {
		records,
		included: new Included(body.included),
		meta,
		totalPages: Number.isInteger(pages) && pages >= 0 ? pages : undefined,
		hasNext: 'next' in links ? isLink(links.next) : undefined,
	};
}
