/** Eventtia: the date formats of its endpoints. */
import { describe, expect, test } from '@jest/globals';
import { Settings } from 'luxon';

import { calendarDay, FORMATS, eventDateTime, type Format } from '../../../nodes/Eventtia/dates.ts';

const VIENNA = 'Europe/Vienna';

function toText(value: unknown, format: Format, zone = VIENNA): string {
	const result = eventDateTime(zone, format).safeParse(value);
	return result.success ? result.data : String(result.error.issues[0]?.message);
}

describe('a date and time', () => {
	test.each<[Format, string]>([
		['schedule', '05/01/2026 - 09:07:03'],
		['slot', '05/01/2026 - 09:07'],
		['birthdate', '05/01/2026'],
		['filter', '2026-01-05T09:07:03'],
		['since', '2026-01-05T09:07:03.000+01:00'],
		['payment', '2026-01-05 09:07'],
		['day', '2026-01-05'],
	])('as %s is %s', (format, expected) => {
		expect(toText('2026-01-05T08:07:03Z', format)).toBe(expected);
		expect(toText('2026-01-05T09:07:03', format)).toBe(expected);
		expect(toText(new Date('2026-01-05T08:07:03Z'), format)).toBe(expected);
	});

	test('every format is in the table above', () => {
		expect(Object.keys(FORMATS)).toHaveLength(7);
	});

	test.each([
		['America/Bogota', '05/01/2026 - 23:30:00'],
		['Asia/Kolkata', '06/01/2026 - 10:00:00'],
		['Pacific/Kiritimati', '06/01/2026 - 18:30:00'],
		['UTC', '06/01/2026 - 04:30:00'],
	])('in %s is on the local day', (zone, expected) => {
		expect(toText('2026-01-06T04:30:00Z', 'schedule', zone)).toBe(expected);
	});

	test('has the offset of the zone at that time', () => {
		expect(toText('2026-03-29T00:59:59Z', 'since')).toBe('2026-03-29T01:59:59.000+01:00');
		expect(toText('2026-03-29T01:00:00Z', 'since')).toBe('2026-03-29T03:00:00.000+02:00');
		expect(toText('2026-10-25T00:59:59Z', 'since')).toBe('2026-10-25T02:59:59.000+02:00');
		expect(toText('2026-10-25T01:00:00Z', 'since')).toBe('2026-10-25T02:00:00.000+01:00');
	});

	test('without an offset, in the hour that occurs twice, is the first of the two', () => {
		expect(toText('2026-10-25T02:30:00', 'since')).toBe('2026-10-25T02:30:00.000+02:00');
	});

	test('in the hour that the clocks skip does not exist', () => {
		expect(toText('2026-03-29T02:30:00', 'schedule')).toContain('does not exist in Europe/Vienna');
	});

	test.each(['', 'soon', '2026-02-30', '05/01/2026', null, undefined, {}])(
		'cannot be %j',
		(value) => {
			expect(eventDateTime(VIENNA, 'schedule').safeParse(value).success).toBe(false);
		},
	);

	test('is written in ASCII digits, whatever the locale of n8n', () => {
		const { defaultLocale } = Settings;
		Settings.defaultLocale = 'ar-EG';
		try {
			expect(toText('2026-01-05T08:07:03Z', 'schedule')).toBe('05/01/2026 - 09:07:03');
		} finally {
			Settings.defaultLocale = defaultLocale;
		}
	});
});

test.each([
	['2020-08-27', '27/08/2020', '2020-08-27'],
	['2020-08-27T23:59:59', '27/08/2020', '2020-08-27'],
	['2020-08-27T00:30:00+14:00', '27/08/2020', '2020-08-27'],
	['2020-08-27T23:30:00-11:00', '27/08/2020', '2020-08-27'],
	['2020-08-27T23:30:00Z', '27/08/2020', '2020-08-27'],
])('the day of %s is the day as entered', (value, birthdate, day) => {
	expect(calendarDay('birthdate').parse(value)).toBe(birthdate);
	expect(calendarDay('day').parse(value)).toBe(day);
});
