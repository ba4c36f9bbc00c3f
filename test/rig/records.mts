/**
 * Ways to take one record out of several. All of them fail if it is missing, so that no test passes without a record.
 */

/** The n-th record (from 0). @throws Error if there are too few */
export function nth<T>(records: Iterable<T>, index = 0): T {
	const found = Array.from(records)[index];
	if (found === undefined) throw new Error(`There is no record ${index}`);
	return found;
}

/** A value that must exist. @throws Error if it is undefined */
export function existing<T>(value: T | undefined): T {
	if (value === undefined) throw new Error('The value is missing');
	return value;
}
