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

/** Sets a property of any name: a vendor's keys can be labels typed by users, even `__proto__`. */
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

/** The same keys come with every record of a list, so their camelCase form is cached. */
const camelCaseCache = new Map<string, string>();
/** Keys can also be labels that users typed, so the cache has a limit. */
const MAX_CACHED_KEYS = 1000;

/** `created_at` → `createdAt`, `stand-zone` → `standZone`. */
export function camelCase(key: string): string {
	const cached = camelCaseCache.get(key);
	if (cached !== undefined) return cached;
	const name = key.replace(/[_-]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
	if (camelCaseCache.size < MAX_CACHED_KEYS) camelCaseCache.set(key, name);
	return name;
}
