/**
 * Describes a response body in a few words, without secrets and guests' data. Pure.
 */
import { redactedExcerpt } from './redact';

const MAX_QUOTE = 200;
const MAX_KEYS = 5;
const MAX_KEY = 40;

/**
 * @param secrets values that must not appear in the text
 * @returns e.g. "an HTML page", "an empty body", "a JSON list", "the text …" (the start of plain text)
 */
export function describeBody(body: unknown, secrets: readonly string[]): string {
	if (body === undefined || body === null || body === '') return 'an empty body';
	if (Array.isArray(body)) return 'a JSON list';
	if (typeof body === 'object') {
		const keys = Object.keys(body);
		return keys.length === 0
			? 'an empty JSON object'
			: `a JSON object with ${keys
					.slice(0, MAX_KEYS)
					.map((key) => `"${redactedExcerpt(key, secrets, MAX_KEY)}"`)
					.join(', ')}`;
	}
	if (typeof body !== 'string') return `the ${typeof body} ${String(body)}`;
	const text = body.trim();
	if (/^<(!doctype|html|\?xml)/i.test(text)) return 'an HTML page';
	if (/^[[{]/.test(text)) return 'JSON that is cut off or damaged';
	return `the text "${redactedExcerpt(text, secrets, MAX_QUOTE)}"`;
}
