/**
 * What comes out of an operation: raw records, or simplified ones with the names they need, which
 * are read from Eventtia only where a page has something to name.
 */
import type { IDataObject } from 'n8n-workflow';
import type { Parameters } from '../../shared/fields/parameters';
import { boolean } from '../../shared/fields/validators';
import { isObject } from '../../shared/values';
import type { EventtiaClient, Shape } from '../client';
import {
	readAttributes,
	type EventtiaRecord,
	type Included,
	type RecordDocument,
} from '../jsonApi/documents';
import { labelsById } from '../customFields/labels';
import { simplifyRecord, type Lookups } from '../simplify';

/** Attributes that are keyed by the ids of attendee types or of their fields. */
const KEYED_BY_ATTENDEE_TYPE = ['price', 'show_for_attendee_type', 'available_for_attendee_types'];
const KEYED_BY_EVENT_FIELD = ['fields', 'custom_fields_data'];

/**
 * Reads *Simplify*.
 *
 * @param eventUri the event that the records belong to; undefined for lists of the account
 */
export function readShape(
	parameters: Parameters,
	client: EventtiaClient,
	eventUri?: string,
): Shape {
	return parameters.read('simplify', boolean) ? simplifiedShape(client, eventUri) : rawShape;
}

/** Simplified records, with the names they need. */
export function simplifiedShape(client: EventtiaClient, eventUri?: string): Shape {
	return async (records, { included }) => {
		const lookups = await readLookups([...records, ...included.all()], client, eventUri);
		return records.map((record) => simplifyRecord(record, { included, lookups }));
	};
}

/** One record through {@link readShape}. */
export async function shapeOne(shape: Shape, { record, ...page }: RecordDocument) {
	const [shaped] = await shape([record], page);
	return shaped ?? {};
}

/** As Eventtia sent it, with those included records that it points to. */
export const rawShape: Shape = async (records, { included }) =>
	records.map((record) => {
		const related = collectRelated(record, included);
		return related.length > 0 ? { ...record, included: related } : { ...record };
	});

function collectRelated(record: EventtiaRecord, included: Included): EventtiaRecord[] {
	const found = new Set<EventtiaRecord>();
	const follow = (from: EventtiaRecord) => {
		for (const related of included.relatedTo(from)) {
			if (related === record || found.has(related)) continue;
			found.add(related);
			follow(related);
		}
	};
	follow(record);
	return [...found];
}

async function readLookups(
	records: readonly EventtiaRecord[],
	client: EventtiaClient,
	eventUri: string | undefined,
): Promise<Lookups> {
	const needs = (predicate: (record: EventtiaRecord) => boolean) => records.some(predicate);
	const eventIf = (needed: boolean) => (needed ? eventUri : undefined);
	const typesEvent = eventIf(needs(needsAttendeeTypes));
	const questionsEvent = eventIf(needs(({ type }) => type === 'survey_answers'));
	const zoneEvent = eventIf(needs(needsZone));
	return {
		attendeeTypes: typesEvent === undefined ? undefined : await client.attendeeTypes(typesEvent),
		eventFields: labelsById(needs(hasEventFields) ? await client.eventFields() : []),
		questions: labelsById(
			questionsEvent === undefined
				? []
				: [...(await client.surveyQuestions(questionsEvent)).values()].flat(),
		),
		zone: zoneEvent === undefined ? undefined : await client.timeZone(zoneEvent),
	};
}

function needsAttendeeTypes(record: EventtiaRecord): boolean {
	if (record.type === 'attendees' || record.type === 'guests') return true;
	return hasEntries(record, KEYED_BY_ATTENDEE_TYPE);
}

function hasEventFields(record: EventtiaRecord): boolean {
	return record.type === 'events' && hasEntries(record, KEYED_BY_EVENT_FIELD);
}

function needsZone(record: EventtiaRecord): boolean {
	return hasEntries(record, ['agenda']) || isNonEmptyList(readAttributes(record).blocked_slots);
}

function hasEntries(record: EventtiaRecord, keys: readonly string[]): boolean {
	const attributes = readAttributes(record);
	return keys.some((key) => {
		const value: IDataObject[string] = attributes[key];
		return isObject(value) && Object.keys(value).length > 0;
	});
}

function isNonEmptyList(value: unknown): boolean {
	return Array.isArray(value) && value.length > 0;
}
