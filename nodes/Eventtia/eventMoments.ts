/**
 * Dates of a collection in the time zone of the event, which is read only where a date was given.
 */
import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../shared/fields/itemParameters';
import { validator, optional, type Validator } from '../shared/fields/validators';
import type { EventtiaClient } from './client';
import { momentIn, type Format } from './dates';
import { dateField, readEventUri } from './fields';

const anyValue: Validator<true> = validator<true>(() => ({ value: true }));

/**
 * @param collection e.g. `filters`
 * @param formats the entries that are dates, and how Eventtia wants each
 * @returns the entries that the person filled in
 */
export async function readEventMoments<Name extends string>(
	item: ItemParameters,
	client: EventtiaClient,
	collection: string,
	formats: Record<Name, Format>,
): Promise<Partial<Record<Name, string>>> {
	const moments: Partial<Record<Name, string>> = {};
	for (const name in formats) {
		if (!isGiven(item, collection, name)) continue;
		const inZone = momentIn(await client.timeZone(readEventUri(item)), formats[name]);
		const written = item.readCollection(collection, { [name]: optional(inZone) })[name];
		if (written !== undefined) moments[name] = written;
	}
	return moments;
}

/** An entry that was left empty needs no time zone. */
function isGiven(item: ItemParameters, collection: string, name: string): boolean {
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
	return (await readEventMoments(item, client, 'filters', { updatedSince: 'since' })).updatedSince;
}
