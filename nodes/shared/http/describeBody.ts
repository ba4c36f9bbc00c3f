/**
 * Says in a few words what a response body is, without quoting data from it. Pure.
 */

const MAX_QUOTE = 200;

/** e.g. "an HTML page", "an empty body", "a JSON list", "the text …" (for short plain text). */
export function describeBody(body: unknown): string {
	if (body === undefined || body === null || body === '') return 'an empty body';
	if (Array.isArray(body)) return 'a JSON list';
	if (typeof body === 'object') {
		const keys = Object.keys(body);
		return keys.length === 0
			? 'an empty JSON object'
			: `a JSON object with ${keys
					.slice(0, 5)
					.map((key) => `"${key}"`)
					.join(', ')}`;
	}
	if (typeof body !== 'string') return `the ${typeof body} ${String(body)}`;
	const text = body.trim();
	if (/^<(!doctype|html|\?xml)/i.test(text)) return 'an HTML page';
	if (/^[[{]/.test(text)) return 'JSON that is cut off or damaged';
	return `the text "${text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text}"`;
}
