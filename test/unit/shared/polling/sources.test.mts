/** The helpers with which vendors' streams are written. */
import { expect, test } from '@jest/globals';

import {
	numberCopies,
	onePage,
	parseTime,
	shapeEach,
} from '../../../../nodes/shared/polling/sources.ts';

test('dates are read as Unix ms, anything else is undefined', () => {
	expect(parseTime('2026-05-01T12:00:00+02:00')).toBe(Date.UTC(2026, 4, 1, 10));
	expect([parseTime(''), parseTime(null), parseTime(5), parseTime('soon')]).toEqual(
		Array(4).fill(undefined),
	);
});

test('a list in one response has no next page', () => {
	expect(onePage(['a'], 5)).toEqual({ records: ['a'], next: undefined, serverTimeMs: 5 });
	expect(onePage([]).serverTimeMs).toBeUndefined();
});

test('equal records are numbered from 1, and the others are not affected', () => {
	const records = [{ n: 'a' }, { n: 'b' }, { n: 'a' }, { n: 'a' }];
	expect(numberCopies(records, ({ n }) => n)).toEqual([
		{ n: 'a', copy: 1 },
		{ n: 'b', copy: 1 },
		{ n: 'a', copy: 2 },
		{ n: 'a', copy: 3 },
	]);
	expect(records[0]).toEqual({ n: 'a' });
});

test('records are shaped one by one', async () => {
	expect(
		await shapeEach(({ n }: { n: number }) => ({ twice: 2 * n }))([{ n: 1 }, { n: 2 }]),
	).toEqual([{ twice: 2 }, { twice: 4 }]);
});
