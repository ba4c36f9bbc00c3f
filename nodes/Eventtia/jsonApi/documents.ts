/**
 * JSON:API documents as Eventtia writes them (eventtia.md, "Pagination", "Included resources"): what
 * a record is, what came along with it, where a list goes on. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/values';

/** A resource object: `{ id, type, attributes, relationships }`. */
export interface EventtiaRecord extends IDataObject {
	id: string;
	type: string;
}

/** One document with one record. */
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
	/** Whether another page follows; undefined where the answer says nothing of it. */
	hasNext: boolean | undefined;
}

/** The records of the section `included`, by type and id. */
export class Included {
	private readonly byKey = new Map<string, EventtiaRecord>();

	constructor(section: unknown) {
		const listed: unknown[] = Array.isArray(section) ? section : [];
		for (const entry of listed) {
			const record = readRecord(entry);
			if (record === undefined) continue;
			const key = toKey(record.type, record.id);
			// A sample of the document has one id twice; the first is as good as the second.
			if (!this.byKey.has(key)) this.byKey.set(key, record);
		}
	}

	find(type: string, id: string): EventtiaRecord | undefined {
		if (this.byKey.size === 0) return undefined;
		return this.byKey.get(toKey(type, id));
	}

	/** What a record points to, as far as it came along. */
	relatedTo(record: EventtiaRecord): EventtiaRecord[] {
		return readRelationships(record)
			.flatMap(([, related]) => related ?? [])
			.map(({ type, id }) => this.find(type, id))
			.filter((found) => found !== undefined);
	}

	all(): Iterable<EventtiaRecord> {
		return this.byKey.values();
	}
}

function toKey(type: string, id: string): string {
	return `${type} ${id}`;
}

/** @returns the record, its id as text; undefined for anything else */
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

export function readAttributes(record: EventtiaRecord): IDataObject {
	return isObject(record.attributes) ? record.attributes : {};
}

/** What a relationship points to: one record, none (null), several, or not told (undefined). */
export type Related = Reference | Reference[] | null | undefined;

export interface Reference {
	id: string;
	type: string;
}

/** All relationships of a record that say what they point to. */
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

/** The id that a to-one relationship points to. */
export function relatedId(record: EventtiaRecord, name: string): string | undefined {
	const related = readRelationship(record, name);
	return related === null || related === undefined || Array.isArray(related)
		? undefined
		: related.id;
}

/** The records that a to-many relationship points to, as far as they came along. */
export function relatedRecords(
	record: EventtiaRecord,
	name: string,
	included: Included,
): EventtiaRecord[] {
	const related = readRelationship(record, name);
	if (!Array.isArray(related)) return [];
	return related
		.map(({ type, id }) => included.find(type, id))
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

/** A link is an address, or an object that holds one (JSON:API 1.1, "Links"); on the last page it is null. */
function isLink(link: unknown): boolean {
	return isObject(link) ? isLink(link.href) : typeof link === 'string' && link !== '';
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
