/**
 * The output of an operation: raw records, or simplified ones with labels in place of ids. Labels are read from
 * Eventtia only if a page has something to label.
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

/** Attributes that are keyed by the ids of attendee types. */
const KEYED_BY_ATTENDEE_TYPE = ['price', 'show_for_attendee_type', 'available_for_attendee_types'];
/** Attributes that are keyed by the ids of event custom fields. */
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

/** Simplified records. @param eventUri as in {@link readShape} */
export function simplifiedShape(client: EventtiaClient, eventUri?: string): Shape {
	return async (records, { included }) => {
		const lookups = await readLookups([...records, ...included.all()], client, eventUri);
		return records.map((record) => simplifyRecord(record, { included, lookups }));
	};
}

/** Shapes a document with one record. */
export async function shapeOne(shape: Shape, { record, ...page }: RecordDocument) {
	const [shaped] = await shape([record], page);
	return shaped ?? {};
}

/** Records as Eventtia sent them, each with the included records that it refers to, directly or not. */
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

/** Reads only what simplifying these records needs. */
async function readLookups(
	records: readonly EventtiaRecord[],
	client: EventtiaClient,
	eventUri: string | undefined,
): Promise<Lookups> {
	const readIf = async <T>(
		isNeeded: (record: EventtiaRecord) => boolean,
		read: (uri: string) => Promise<T>,
	) => (eventUri !== undefined && records.some(isNeeded) ? await read(eventUri) : undefined);
	const attendeeTypes = await readIf(
		needsAttendeeTypes,
		async (uri) => await client.attendeeTypes(uri),
	);
	const eventFields = records.some(hasEventFields) ? await client.eventFields() : [];
	const questions = await readIf(isSurveyAnswer, async (uri) => await client.surveyQuestions(uri));
	const zone = await readIf(needsZone, async (uri) => await client.timeZone(uri));
	return {
		attendeeTypes,
		eventFields: labelsById(eventFields),
		questions: labelsById([...(questions?.values() ?? [])].flat()),
		zone,
	};
}

function needsAttendeeTypes(record: EventtiaRecord): boolean {
	if (record.type === 'attendees' || record.type === 'guests') return true;
	return hasEntries(record, KEYED_BY_ATTENDEE_TYPE);
}

function hasEventFields(record: EventtiaRecord): boolean {
	return record.type === 'events' && hasEntries(record, KEYED_BY_EVENT_FIELD);
}

function isSurveyAnswer({ type }: EventtiaRecord): boolean {
	return type === 'survey_answers';
}

/** Slots of an agenda are Unix times, and are shown in the time zone of the event. */
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
