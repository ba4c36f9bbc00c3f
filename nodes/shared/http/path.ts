/**
 * Builds request paths from ids that a person or another node gave. Pure.
 */
import { InputError } from '../errors';

/** Half of a pair of UTF-16 units: `encodeURIComponent` throws at it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * A template tag: path`/events/${id}` encodes every value, so that no id can leave its place in the
 * path.
 *
 * @throws InputError for an empty id, half a character, and for `.` and `..`, which URL parsers resolve even when
 *   encoded as a segment of their own
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
