/**
 * Dates as n8n's picker and expressions give them. Uses luxon, which n8n provides.
 */
import { DateTime } from 'luxon';
import type { Validator } from './validators';
import { asText, validator } from './validators';

/** `Z`, `+02:00`, `-0500` or `+02` at the end of a time. */
const HAS_OFFSET = /T.*(Z|[+-]\d\d(:?\d\d)?)$/i;

/** Years with four digits in every time zone. */
const FIRST_YEAR = 1000;
const LAST_YEAR = 9998;

const EXAMPLE = 'e.g. 2026-05-01T18:30:00+02:00';

/**
 * A date and time: ISO 8601 text, a JavaScript Date or a luxon DateTime.
 *
 * @param zone the IANA time zone (the workflow's) of text without an offset. If clocks go back and the
 *   local time occurs twice, the first one is taken; luxon by itself would take the one with the offset
 *   that the zone has today (luxon `datetime.js`, `objToTS`)
 * @returns a validator that returns a luxon DateTime with the offset as given
 */
export function dateTime(zone: string): Validator<DateTime> {
	return validator((value) => {
		const text = isoText(value);
		if (text === undefined || text === '') return { issue: 'is empty' };
		const parsed = DateTime.fromISO(text, { zone, setZone: true });
		if (!parsed.isValid) return { issue: `is not a date and time (${EXAMPLE})` };
		if (parsed.year < FIRST_YEAR || parsed.year > LAST_YEAR) {
			return { issue: `is not between the years ${FIRST_YEAR} and ${LAST_YEAR}` };
		}
		if (isSkipped(text, parsed)) {
			return { issue: `does not exist in ${zone}: the clocks skip that hour` };
		}
		return { value: DateTime.min(...parsed.getPossibleOffsets()) ?? parsed };
	});
}

/** luxon moves a local time that the clocks skip. Read in UTC, the time stays as written. */
function isSkipped(text: string, parsed: DateTime): boolean {
	if (HAS_OFFSET.test(text)) return false;
	const written = DateTime.fromISO(text, { zone: 'utc' });
	return written.hour !== parsed.hour || written.minute !== parsed.minute;
}

/** Text unchanged; a Date or a DateTime (even of another copy of luxon) as ISO 8601 text. */
function isoText(value: unknown): string | undefined {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString();
	if (value === undefined || value === null) return undefined;
	if (typeof value === 'object' && 'toISO' in value && typeof value.toISO === 'function') {
		return String(value.toISO());
	}
	return asText(value) ?? 'invalid';
}
