/**
 * Builds request paths from ids that a person or another node gave. Pure.
 */

/**
 * A template tag: path\`/events/${id}\` encodes every value, so that no id can leave its place in
 * the path.
 *
 * @throws RangeError for `.` and `..`, which URL parsers resolve even when nothing else is special
 */
export function path(parts: TemplateStringsArray, ...values: Array<string | number>): string {
	return parts.reduce((built, part, index) => {
		const value = String(values[index - 1]);
		if (value === '.' || value === '..' || value === '') {
			throw new RangeError('An id cannot be empty, "." or ".."');
		}
		return `${built}${encodeURIComponent(value)}${part}`;
	});
}
