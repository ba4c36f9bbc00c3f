/**
 * The formats in which Eventtia takes dates, and how they are read from the node; each endpoint has its own
 * format (eventtia.md). A date without an offset means local time at the event, and is sent in the event's
 * time zone.
 */
import type { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import { dateField } from '../shared/fields/builders';
import { dateTime } from '../shared/fields/dates';
import type { ItemParameters } from '../shared/fields/itemParameters';
import { optional, validator, type Validator, firstIssue } from '../shared/fields/validators';
import type { EventtiaClient } from './client';
import { readEventUri } from './fields';

/** Patterns in luxon's tokens; the name says where a format is used. */
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

/** Without a locale, luxon may write digits of another script, which Eventtia would not understand. */
const ENGLISH = { locale: 'en-US' } as const;

/**
 * A validator that turns a date and time into text for Eventtia.
 *
 * @param zone IANA name of the event's time zone: a date without an offset is read in it, and the text is
 *   written in it
 */
export function eventDateTime(zone: string, format: Format): Validator<string> {
	const inner = dateTime(zone);
	return validator<string>((value) => {
		const result = inner.safeParse(value);
		return result.success
			? { value: formatDate(result.data.setZone(zone), format) }
			: { issue: firstIssue(result.error) };
	});
}

/**
 * A validator that turns a date into a calendar day as text for Eventtia. The day is taken as it was entered,
 * whatever its offset, because a birthday has no time zone.
 */
export function calendarDay(format: 'birthdate' | 'day'): Validator<string> {
	const inner = dateTime('utc');
	return validator<string>((value) => {
		const result = inner.safeParse(value);
		return result.success
			? { value: formatDate(result.data, format) }
			: { issue: firstIssue(result.error) };
	});
}

function formatDate(date: DateTime, format: Format): string {
	return date.toFormat(FORMATS[format], ENGLISH);
}

const anyValue: Validator<true> = validator<true>(() => ({ value: true }));

/**
 * Reads dates of a collection in the event's time zone. The zone is fetched only if at least one date is filled in.
 *
 * @param collection e.g. `filters`
 * @param formats the entries that are dates, and the format in which Eventtia takes each
 * @returns the entries that are filled in, as text for Eventtia
 * @throws InputError if an entry is not a date
 * @throws CallError if the time zone of the event cannot be read
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
		const date = item.readCollection(collection, { [name]: optional(inZone) })[name];
		if (date !== undefined) dates[name] = date;
	}
	return dates;
}

function isFilledIn(item: ItemParameters, collection: string, name: string): boolean {
	return item.readCollection(collection, { [name]: optional(anyValue) })[name] !== undefined;
}

/** The filter *Updated Since* of lists within an event. @param records e.g. "participants" */
export function updatedSinceFilter(records: string): INodeProperties {
	return dateField('Updated Since', 'updatedSince', `Only ${records} that changed since then`);
}

/** @returns the vendor's `updated_since`; undefined if the filter is empty */
export async function readUpdatedSince(
	item: ItemParameters,
	client: EventtiaClient,
): Promise<string | undefined> {
	return (await readEventDates(item, client, 'filters', { updatedSince: 'since' })).updatedSince;
}
