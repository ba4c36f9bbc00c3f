/**
 * Plain objects and their keys: checks, empty values, names. Pure.
 */
import type { IDataObject } from 'n8n-workflow';

/** Whether a value is an object with keys: neither null nor a list. */
export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns only the entries that have a value: not undefined, not '', not an empty list */
export function omitEmpty(entries: IDataObject): IDataObject {
	return Object.fromEntries(
		Object.entries(entries).filter(
			([, value]) =>
				value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
		),
	);
}

/** Sets a key, whatever it is called: keys of a vendor may be people's words, even `__proto__`. */
export function setOwn(target: IDataObject, key: string, value: IDataObject[string]): void {
	if (key !== '__proto__') {
		target[key] = value;
		return;
	}
	Object.defineProperty(target, key, {
		value,
		enumerable: true,
		writable: true,
		configurable: true,
	});
}

/** Keys that were converted before: every record of a list has the same ones. */
const camelCaseKeys = new Map<string, string>();
/** Keys can be people's words, so the map must not grow forever. */
const MAX_REMEMBERED_KEYS = 1000;

/** `created_at` → `createdAt`, `stand-zone` → `standZone`. */
export function camelCase(key: string): string {
	const known = camelCaseKeys.get(key);
	if (known !== undefined) return known;
	const name = key.replace(/[_-]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
	if (camelCaseKeys.size < MAX_REMEMBERED_KEYS) camelCaseKeys.set(key, name);
	return name;
}
