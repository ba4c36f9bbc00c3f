/**
 * Builds request paths from ids that come from people or other nodes. Pure.
 */
import { InputError } from '../errors';

/** `encodeURIComponent` throws on a lone surrogate. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A template tag: path`/events/${id}` encodes every value, so that no id can change the rest of the path.
 *
 * @throws InputError for an empty id, a lone surrogate, and for `.` and `..`, which URL parsers resolve
 *   even if they are encoded, where they are a whole segment
 */
export function path(parts: TemplateStringsArray, ...values: Array<string | number>): string {
	return parts.reduce((built, part, index) => {
		const value = String(values[index - 1]);
		if (value === '' || value === '.' || value === '..') {
			throw new InputError('An ID is empty or holds only dots', 'Check the ID fields of the node.');
		}
		if (LONE_SURROGATE.test(value)) {
			throw new InputError('An ID holds half a character', 'Check the ID fields of the node.');
		}
		return `${built}${encodeURIComponent(value)}${part}`;
	});
}
