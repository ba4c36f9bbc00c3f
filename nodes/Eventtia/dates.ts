/**
 * The formats in which Eventtia takes dates; each endpoint has its own (eventtia.md). A date that comes
 * without an offset is meant where the event is, and goes out in the event's time zone.
 */
import type { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import { dateTime } from '../shared/fields/dates';
import type { ItemParameters } from '../shared/fields/itemParameters';
import { optional, validator, type Validator } from '../shared/fields/validators';
import type { EventtiaClient } from './client';
import { dateField, readEventUri } from './fields';

/** luxon's tokens; a `name` says where the format is used. */
export const FORMATS = {
	/** Events and activities: "14/08/2020 - 23:00:00". */
	schedule: 'dd/LL/yyyy - HH:mm:ss',
	/** Unavailable hours: "10/12/2020 - 01:00"; day before month, as everywhere else. */
	slot: 'dd/LL/yyyy - HH:mm',
	/** Birthdate of an attendee: "27/08/2020". */
	birthdate: 'dd/LL/yyyy',
	/** Filters of attendees and activities: "2021-10-31T14:25:46", without an offset. */
	filter: "yyyy-LL-dd'T'HH:mm:ss",
	/** `updated_since`: "2019-12-31T14:25:46.000-05:00". */
	since: "yyyy-LL-dd'T'HH:mm:ss.SSSZZ",
	/** Filters of payments: "2020-07-16 23:00". */
	payment: 'yyyy-LL-dd HH:mm',
	/** The day on which an activity starts; its format is not documented. */
	day: 'yyyy-LL-dd',
} as const;

export type Format = keyof typeof FORMATS;

/**
 * A moment as text in one of Eventtia's formats.
 *
 * @param zone IANA name of the event's zone
 */
export function eventDateTime(zone: string, format: Format): Validator<string> {
	const inner = dateTime(zone);
	return validator<string>((value) => {
		const result = inner.safeParse(value);
		return result.success
			? { value: formatDate(result.data, zone, format) }
			: { issue: result.error.issues[0]?.message ?? 'is not a date and time' };
	});
}

/**
 * A calendar day as text in one of Eventtia's formats: the day that was written, wherever it was
 * written, because a birthday has no time zone.
 */
export function calendarDay(format: 'birthdate' | 'day'): Validator<string> {
	const inner = dateTime('utc');
	return validator<string>((value) => {
		const result = inner.safeParse(value);
		return result.success
			? { value: result.data.toFormat(FORMATS[format], ENGLISH) }
			: { issue: result.error.issues[0]?.message ?? 'is not a date' };
	});
}

/** Digits of another script would not be understood. */
const ENGLISH = { locale: 'en-US' } as const;

function formatDate(date: DateTime, zone: string, format: Format): string {
	return date.setZone(zone).toFormat(FORMATS[format], ENGLISH);
}

const anyValue: Validator<true> = validator<true>(() => ({ value: true }));

/**
 * @param collection e.g. `filters`
 * @param formats the entries that are dates, and how Eventtia wants each
 * @returns the entries that the person filled in
 */
export async function readEventDates<Name extends string>(
	item: ItemParameters,
	client: EventtiaClient,
	collection: string,
	formats: Record<Name, Format>,
): Promise<Partial<Record<Name, string>>> {
	const dates: Partial<Record<Name, string>> = {};
	for (const name in formats) {
		if (!isFilledIn(item, collection, name)) continue;
		const inZone = eventDateTime(await client.timeZone(readEventUri(item)), formats[name]);
		const formatDate = item.readCollection(collection, { [name]: optional(inZone) })[name];
		if (formatDate !== undefined) dates[name] = formatDate;
	}
	return dates;
}

/** An entry that was left empty needs no time zone. */
function isFilledIn(item: ItemParameters, collection: string, name: string): boolean {
	return item.readCollection(collection, { [name]: optional(anyValue) })[name] !== undefined;
}

/** The filter *Updated Since* of lists within an event. */
export function updatedSinceFilter(records: string): INodeProperties {
	return dateField('Updated Since', 'updatedSince', `Only ${records} that changed since then`);
}

/** @returns the vendor's `updated_since`, or nothing */
export async function readUpdatedSince(
	item: ItemParameters,
	client: EventtiaClient,
): Promise<string | undefined> {
	return (await readEventDates(item, client, 'filters', { updatedSince: 'since' })).updatedSince;
}
