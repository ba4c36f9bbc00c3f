/**
 * Finds the message in an error response whose shape is not documented. Pure.
 */
import { isObject } from '../values';
import { redactedExcerpt } from './redact';

const MAX_LENGTH = 300;
const MAX_DEPTH = 3;
/** The keys of error messages in JSON responses, best first. */
const KEYS = ['message', 'error_description', 'error', 'errors', 'detail', 'title'];

/**
 * @param secrets values that must not appear in the message
 * @returns the vendor's message on one line, or undefined if it holds nothing a person could read
 */
export function errorMessage(body: unknown, secrets: readonly string[]): string | undefined {
	const message = findMessage(body, MAX_DEPTH);
	return isText(message) ? redactedExcerpt(message, secrets, MAX_LENGTH) : undefined;
}

function findMessage(value: unknown, depth: number): string | undefined {
	if (typeof value === 'string') return /^\s*[<[{]/.test(value) ? undefined : value;
	if (depth === 0) return undefined;
	if (Array.isArray(value)) {
		const parts = value.map((part: unknown) => findMessage(part, depth - 1)).filter(isText);
		return parts.length > 0 ? parts.join('; ') : undefined;
	}
	if (!isObject(value)) return undefined;
	for (const key of KEYS) {
		const message = findMessage(value[key], depth - 1);
		if (isText(message)) return message;
	}
	return byField(value.errors);
}

/** `{ email: ["is invalid"] }` as "email is invalid". */
function byField(value: unknown): string | undefined {
	if (!isObject(value)) return undefined;
	const parts = Object.entries(value).flatMap(([field, message]: [string, unknown]) => {
		const list: unknown[] = Array.isArray(message) ? message : [message];
		return list.flatMap((one) => (typeof one === 'string' ? [`${field} ${one}`] : []));
	});
	return parts.length > 0 ? parts.join('; ') : undefined;
}

function isText(value: string | undefined): value is string {
	return value !== undefined && value.trim() !== '';
}
