/**
 * Turns JSON:API records into flat records. Pure. The rule: `id` first, then the attributes in camelCase, then
 * each relationship as `<name>Id` or `<name>Ids`, with the included records under `<name>`. A key whose name is
 * taken is written as its section and the vendor's own spelling, e.g. `attributes.id` or
 * `relationships.event_id`.
 */
import type { IDataObject } from 'n8n-workflow';
import { camelCase, isObject, setOwn } from '../../shared/values';
import {
	readAttributes,
	readRelationships,
	type EventtiaRecord,
	type Reference,
} from './documents';

/** A relative path such as `/logos/thumb/missing.png` means that there is no picture. */
const NO_PICTURE = /^$|(^|\/)missing\.png$/;
/** Sizes of a picture, the best first. */
const SIZES = ['original', 'large', 'medium', 'small', 'thumb'];

/**
 * @param attributes used in place of the record's attributes
 * @param join turns a reference into the included record, flattened; undefined if it was not included
 */
export function flatten(
	record: EventtiaRecord,
	attributes: IDataObject = readAttributes(record),
	join: (reference: Reference) => IDataObject | undefined = () => undefined,
): IDataObject {
	const flat: IDataObject = { id: record.id };
	const setUnique = (section: string, key: string, name: string, value: IDataObject[string]) =>
		setOwn(flat, Object.hasOwn(flat, name) ? `${section}.${key}` : name, value);

	for (const [key, value] of Object.entries(attributes)) {
		setUnique('attributes', key, camelCase(key), toPictureUrl(value));
	}
	for (const [key, related] of readRelationships(record)) {
		const name = camelCase(key);
		if (Array.isArray(related)) {
			const ids = related.map(({ id }) => id);
			setUnique('relationships', key, `${singular(name)}Ids`, ids);
			const flattened = related.map(join).filter((joined) => joined !== undefined);
			if (flattened.length > 0) setUnique('included', key, name, flattened);
		} else if (related !== undefined) {
			setUnique('relationships', key, `${name}Id`, related?.id ?? null);
			const flattened = related === null ? undefined : join(related);
			if (flattened !== undefined) setUnique('included', key, name, flattened);
		}
	}
	return flat;
}

/** @returns for a picture its URL, or null if it has none; any other value unchanged */
export function toPictureUrl(value: IDataObject[string]): IDataObject[string] {
	if (!isObject(value) || !('thumb' in value || 'filename' in value)) return value;
	const urls = SIZES.map((size) => value[size]).filter((url) => typeof url === 'string');
	const url = urls.find((candidate) => !NO_PICTURE.test(candidate));
	return url ?? (typeof value.filename === 'string' ? value.filename : null);
}

/** `workshopCategories` → `workshopCategory`, `speakers` → `speaker`. */
function singular(name: string): string {
	return name.endsWith('ies') ? `${name.slice(0, -'ies'.length)}y` : name.replace(/s$/, '');
}
