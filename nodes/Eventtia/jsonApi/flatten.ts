/**
 * JSON:API records as flat records. Pure. The rule: `id` first, then the attributes in camelCase, then
 * each relationship as `<name>Id` or `<name>Ids`, and under `<name>` what was included of it. Whoever
 * finds the name taken carries the section it comes from and the vendor's own spelling, e.g.
 * `attributes.id` or `relationships.event_id`.
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/values';
import { readAttributes, readRelationships, type EventtiaRecord } from './documents';
import { setOwn } from '../customFields/labels';

/** Relative addresses such as `/logos/thumb/missing.png` mean that there is no picture. */
const NO_PICTURE = /^$|(^|\/)missing\.png$/;
/** Sizes of a picture, best first. */
const SIZES = ['original', 'large', 'medium', 'small', 'thumb'];

/**
 * @param attributes what to take instead of the record's own attributes
 * @param join what becomes of an included record; undefined where it was not included
 */
export function flatten(
	record: EventtiaRecord,
	attributes: IDataObject = readAttributes(record),
	join: (reference: { type: string; id: string }) => IDataObject | undefined = () => undefined,
): IDataObject {
	const flat: IDataObject = { id: record.id };
	const setUnique = (section: string, key: string, name: string, value: IDataObject[string]) =>
		setOwn(flat, Object.hasOwn(flat, name) ? `${section}.${key}` : name, value);

	for (const [key, value] of Object.entries(attributes)) {
		setUnique('attributes', key, camelCase(key), tidy(value));
	}
	for (const [key, related] of readRelationships(record)) {
		const name = camelCase(key);
		if (Array.isArray(related)) {
			const ids = related.map(({ id }) => id);
			setUnique('relationships', key, `${singular(name)}Ids`, ids);
			const flattened = related.map(join).filter((one) => one !== undefined);
			if (flattened.length > 0) setUnique('included', key, name, flattened);
		} else if (related !== undefined) {
			setUnique('relationships', key, `${name}Id`, related?.id ?? null);
			const flattened = related === null ? undefined : join(related);
			if (flattened !== undefined) setUnique('included', key, name, flattened);
		}
	}
	return flat;
}

/** A picture becomes its address, or null where there is none; anything else stays. */
export function tidy(value: IDataObject[string]): IDataObject[string] {
	if (!isObject(value) || !('thumb' in value || 'filename' in value)) return value;
	const urls = SIZES.map((size) => value[size]).filter((url) => typeof url === 'string');
	const url = urls.find((candidate) => !NO_PICTURE.test(candidate));
	return url ?? (typeof value.filename === 'string' ? value.filename : null);
}

/** Keys as they are in every record of a list, in camelCase. */
const camelCaseCache = new Map<string, string>();
/** Keys can be people's words: those are not kept for ever. */
const MAX_CACHED_KEYS = 1000;

export function camelCase(key: string): string {
	const known = camelCaseCache.get(key);
	if (known !== undefined) return known;
	const name = key.replace(/[_-]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
	if (camelCaseCache.size < MAX_CACHED_KEYS) camelCaseCache.set(key, name);
	return name;
}

/** `workshopCategories` → `workshopCategory`, `speakers` → `speaker`. */
function singular(name: string): string {
	return name.endsWith('ies') ? `${name.slice(0, -'ies'.length)}y` : name.replace(/s$/, '');
}
