/** Dates and times as people, pickers and expressions give them. */
import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';

import { dateTime } from '../../../../nodes/shared/fields/dates.ts';

const VIENNA = 'Europe/Vienna';
/** The validator's value as ISO 8601 text, or its issue. */
function read(value: unknown, zone = VIENNA): string | null | undefined {
	const result = dateTime(zone).safeParse(value);
	return result.success
		? result.data.toISO({ suppressMilliseconds: true })
		: result.error.issues[0]?.message;
}
const NO_DATE = 'is not a date and time (e.g. 2026-05-01T18:30:00+02:00)';

describe('text without an offset is in the workflow’s time zone', () => {
	test.each([
		['2026-05-01T18:30:00', '2026-05-01T18:30:00+02:00'],
		['2026-01-01T18:30:00', '2026-01-01T18:30:00+01:00'],
		['2026-05-01 18:30'.replace(' ', 'T'), '2026-05-01T18:30:00+02:00'],
		['2026-05-01', '2026-05-01T00:00:00+02:00'],
		['  2026-05-01T18:30:00  ', '2026-05-01T18:30:00+02:00'],
	])('%s', (value, iso) => {
		expect(read(value)).toBe(iso);
	});

	test('the same text is another time in another zone', () => {
		expect(read('2026-05-01T18:30:00', 'America/New_York')).toBe('2026-05-01T18:30:00-04:00');
		expect(read('2026-05-01T18:30:00', 'UTC')).toBe('2026-05-01T18:30:00Z');
	});
});

describe('days on which clocks change', () => {
	test('an hour that clocks skip is rejected', () => {
		expect(read('2026-03-29T01:59:59')).toBe('2026-03-29T01:59:59+01:00');
		expect(read('2026-03-29T02:30:00')).toBe(
			'does not exist in Europe/Vienna: the clocks skip that hour',
		);
		expect(read('2026-03-29T02:30:00+01:00')).toBe('2026-03-29T02:30:00+01:00');
		expect(read('2026-03-29T03:00:00')).toBe('2026-03-29T03:00:00+02:00');
	});

	test('of an hour that occurs twice the first is taken, so that no change is missed', () => {
		expect(read('2026-10-25T02:30:00')).toBe('2026-10-25T02:30:00+02:00');
		expect(read('2026-10-25T03:00:00')).toBe('2026-10-25T03:00:00+01:00');
	});

	test('an offset chooses between the two', () => {
		expect(read('2026-10-25T02:30:00+02:00')).toBe('2026-10-25T02:30:00+02:00');
		expect(read('2026-10-25T02:30:00+01:00')).toBe('2026-10-25T02:30:00+01:00');
	});
});

describe('text with an offset keeps it, whatever the zone', () => {
	test.each([
		['2026-05-01T18:30:00Z', '2026-05-01T18:30:00Z'],
		['2026-05-01T18:30:00-07:00', '2026-05-01T18:30:00-07:00'],
		['2026-05-01T18:30:00+0530', '2026-05-01T18:30:00+05:30'],
		['2026-05-01T18:30:00.123+05:45', '2026-05-01T18:30:00.123+05:45'],
	])('%s', (value, iso) => {
		expect(read(value)).toBe(iso);
		expect(read(value, 'Pacific/Auckland')).toBe(iso);
	});
});

describe('values from expressions', () => {
	test('a JavaScript Date', () => {
		expect(read(new Date(Date.UTC(2026, 4, 1, 16, 30)))).toBe('2026-05-01T16:30:00Z');
	});

	test('a luxon DateTime keeps its offset', () => {
		const value = DateTime.fromISO('2026-05-01T18:30:00', { zone: 'Asia/Tokyo' });
		expect(read(value)).toBe('2026-05-01T18:30:00+09:00');
	});

	test('a DateTime of another copy of luxon', () => {
		expect(read({ toISO: () => '2026-05-01T18:30:00.000+09:00' })).toBe(
			'2026-05-01T18:30:00+09:00',
		);
	});
});

describe('rejected', () => {
	test.each([
		['', 'is empty'],
		['  ', 'is empty'],
		[undefined, 'is empty'],
		[null, 'is empty'],
		['yesterday', NO_DATE],
		['2026-02-30', NO_DATE],
		['2026-05-01T25:00:00', NO_DATE],
		['01/05/2026', NO_DATE],
		['01.05.2026 18:30', NO_DATE],
		[1_777_653_000_000, NO_DATE],
		[true, NO_DATE],
		[{}, NO_DATE],
		[['2026-05-01', '2026-05-02'], NO_DATE],
		[new Date(Number.NaN), NO_DATE],
		[DateTime.invalid('for the test'), NO_DATE],
	])('%j', (value, issue) => {
		expect(read(value)).toBe(issue);
	});

	test('a zone that does not exist', () => {
		expect(read('2026-05-01T18:30:00', 'Mars/Base')).toBe(NO_DATE);
	});
});
