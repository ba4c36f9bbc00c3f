/**
 * Finds what a vendor says in an error answer whose shape is not documented. Pure.
 */
import { isObject } from '../isObject';
import { safeWords } from './redact';

const MAX_LENGTH = 300;
const MAX_DEPTH = 3;
/** Where error messages stand in JSON answers, best first. */
const KEYS = ['message', 'error_description', 'error', 'errors', 'detail', 'title'];

/**
 * @param secrets values that must not appear in the words
 * @returns the vendor's words on one line, or undefined if it said nothing a person could read
 */
export function vendorWords(body: unknown, secrets: readonly string[]): string | undefined {
	const said = found(body, MAX_DEPTH);
	return isText(said) ? safeWords(said, secrets, MAX_LENGTH) : undefined;
}

function found(value: unknown, depth: number): string | undefined {
	if (typeof value === 'string') return /^\s*[<[{]/.test(value) ? undefined : value;
	if (depth === 0) return undefined;
	if (Array.isArray(value)) {
		const parts = value.map((part: unknown) => found(part, depth - 1)).filter(isText);
		return parts.length > 0 ? parts.join('; ') : undefined;
	}
	if (!isObject(value)) return undefined;
	for (const key of KEYS) {
		const words = found(value[key], depth - 1);
		if (isText(words)) return words;
	}
	return byField(value.errors);
}

/** `{ email: ["is invalid"] }` as "email is invalid". */
function byField(value: unknown): string | undefined {
	if (!isObject(value)) return undefined;
	const parts = Object.entries(value).flatMap(([field, said]: [string, unknown]) => {
		const list: unknown[] = Array.isArray(said) ? said : [said];
		return list.flatMap((one) => (typeof one === 'string' ? [`${field} ${one}`] : []));
	});
	return parts.length > 0 ? parts.join('; ') : undefined;
}

function isText(value: string | undefined): value is string {
	return value !== undefined && value.trim() !== '';
}
