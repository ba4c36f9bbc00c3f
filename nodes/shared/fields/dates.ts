/**
 * Dates as n8n's picker and expressions give them. Uses luxon, which n8n provides.
 */
import { DateTime } from 'luxon';
import type { Check } from './checks';
import { check } from './checks';

/** `Z`, `+02:00`, `-0500` or `+02` at the end of a time. */
const HAS_OFFSET = /T.*(Z|[+-]\d\d(:?\d\d)?)$/i;

const EXAMPLE = 'e.g. 2026-05-01T18:30:00+02:00';

/**
 * A moment: ISO 8601 text, a JavaScript Date or a luxon DateTime.
 *
 * @param zone the IANA zone that a text without an offset is meant in (the workflow's). Where the
 *   clock goes back and the text is meant twice, it is the first of the two: luxon alone takes the
 *   one whose offset the zone has today (luxon `datetime.js`, `objToTS`)
 * @returns a check that gives a luxon DateTime with the offset as given
 */
export function moment(zone: string): Check<DateTime> {
	return check((value) => {
		const text = isoText(value);
		if (text === undefined || text === '') return { complaint: 'is empty' };
		const parsed = DateTime.fromISO(text, { zone, setZone: true });
		if (!parsed.isValid) return { complaint: `is not a date and time (${EXAMPLE})` };
		if (isSkipped(text, parsed)) {
			return { complaint: `does not exist in ${zone}: the clocks skip that hour` };
		}
		return { value: DateTime.min(...parsed.getPossibleOffsets()) ?? parsed };
	});
}

/** Where the clocks go forward, luxon moves a time that they skip; read in UTC it stays as written. */
function isSkipped(text: string, parsed: DateTime): boolean {
	if (HAS_OFFSET.test(text)) return false;
	const written = DateTime.fromISO(text, { zone: 'utc' });
	return written.hour !== parsed.hour || written.minute !== parsed.minute;
}

/** Texts as they are; Date and DateTime (also of another copy of luxon) as ISO text. */
function isoText(value: unknown): string | undefined {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString();
	if (typeof value === 'object' && value !== null && 'toISO' in value) {
		return typeof value.toISO === 'function' ? String(value.toISO()) : undefined;
	}
	if (value === undefined || value === null) return undefined;
	return String(value).trim();
}
