// Times in Eventtia's formats: UTC, local with an offset, and the formats of the inputs.

import { MINUTE, SECOND } from '../shared/time.mts';

const DAY_FIRST = /^(\d\d)\/(\d\d)\/(\d{4}) - (\d\d):(\d\d)(?::(\d\d))?$/;
const OFFSET = /([+-])(\d\d):(\d\d)/;

const formats = new Map<string, Intl.DateTimeFormat>();

/** The offset of a zone from UTC at a given instant, in milliseconds. @throws RangeError for an unknown zone */
function offsetMs(ms: number, zone: string): number {
	const format =
		formats.get(zone) ??
		new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
	formats.set(zone, format);
	const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? '';
	const [, sign, hours, minutes] = OFFSET.exec(name) ?? [];
	return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * MINUTE;
}

/** An instant in whole seconds. */
export function wholeSeconds(ms: number): number {
	return Math.floor(ms / SECOND) * SECOND;
}

/** `2021-09-06T14:00:00.000Z` */
export function utc(ms: number): string {
	return new Date(ms).toISOString();
}

/** `2017-10-13T08:00:00.000-05:00` */
export function local(ms: number, zone: string): string {
	const offset = offsetMs(ms, zone);
	const minutes = Math.abs(offset) / MINUTE;
	const two = (n: number) => String(n).padStart(2, '0');
	const shown = `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
	return utc(ms + offset).replace('Z', shown);
}

/** `2023-02-07`, the day in a zone. */
export function localDay(ms: number, zone: string): string {
	return local(ms, zone).slice(0, 'YYYY-MM-DD'.length);
}

/** The instant of a local time. @param wall the local time as if it were UTC, milliseconds */
export function fromLocal(wall: number, zone: string): number {
	const guess = wall - offsetMs(wall, zone);
	return wall - offsetMs(guess, zone);
}

/**
 * The instant of `14/08/2020 - 23:00:00` or (unavailable hours) `10/12/2020 - 01:00`: day first, local to the zone.
 * @returns Unix milliseconds; undefined if the text is not such a time
 */
export function fromDayFirst(text: string, zone: string): number | undefined {
	const [, day, month, year, hour, minute, second = '00'] = DAY_FIRST.exec(text) ?? [];
	return fromWall(`${year}-${month}-${day}T${hour}:${minute}:${second}`, zone);
}

/**
 * The instant of a local ISO time without a zone, `2021-10-31T14:25:46` (a space may replace the `T`, as in
 * `2020-07-16 23:00`).
 * @returns Unix milliseconds; undefined if the text is not such a time
 */
export function fromWall(text: string, zone: string): number | undefined {
	const wall = Date.parse(`${text.replace(' ', 'T')}Z`);
	if (Number.isNaN(wall)) return undefined;
	const isSame = utc(wall).startsWith(text.replace(' ', 'T'));
	return isSame ? fromLocal(wall, zone) : undefined;
}

/** `2019-12-31T14:25:46.000-05:00`, or its beginning: at least the year. */
export const UPDATED_SINCE =
	/^\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d(\.\d{1,3})?)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;
const FIRST_MOMENT = '0000-01-01T00:00:00.000';

/**
 * The instant of `updated_since`. A partial time means its first instant, in the event's zone.
 * @returns Unix milliseconds; undefined if the text is not such a time
 */
export function fromUpdatedSince(text: string, zone: string): number | undefined {
	if (!UPDATED_SINCE.test(text)) return undefined;
	const suffix = /T.*(Z|[+-]\d\d:\d\d)$/.exec(text)?.[1];
	const wall = suffix === undefined ? text : text.slice(0, -suffix.length);
	const full = wall + FIRST_MOMENT.slice(wall.length);
	if (suffix === undefined) return fromWall(full, zone);
	const moment = Date.parse(full + suffix);
	return Number.isNaN(moment) ? undefined : moment;
}
