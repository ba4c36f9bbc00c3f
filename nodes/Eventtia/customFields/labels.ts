/**
 * Names for what Eventtia keys by number (design §4.8): the fields of attendees, prices by attendee
 * type, event custom fields, survey questions. Pure.
 *
 * The same label has another id in every attendee type, may come twice in one, and `alias` is often
 * null (eventtia.md, "List of Attendee Types").
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../shared/values';
import {
	readAttributes,
	relatedId,
	relatedRecords,
	type EventtiaRecord,
	type ListDocument,
} from '../jsonApi/documents';

/** Names by id; a name that more than one id has carries its id. */
export type Labels = ReadonlyMap<string, string>;

/** A field that can be filled in: of an attendee type's form, of events, of a survey. */
export interface MappableField {
	id: string;
	/** The vendor's parameter for a field that every attendee has, e.g. `first_name`. */
	parameter?: string | undefined;
	/** What a person reads; unique within its form. */
	label: string;
	attributes: IDataObject;
}

export interface AttendeeType {
	id: string;
	name: string;
	fields: MappableField[];
}

/** The attendee types of one event, and their fields by id. */
export interface AttendeeTypes {
	types: AttendeeType[];
	labels: Labels;
	fields: ReadonlyMap<string, MappableField>;
	/** The attendee type of each field. */
	attendeeTypeByField: ReadonlyMap<string, string>;
}

/** Parameters of "Create Attendee" (eventtia.md) that stand in `attendee` beside `custom_fields`. */
export const DEFAULT_FIELDS = new Map([
	['first_name', 'First Name'],
	['last_name', 'Last Name'],
	['email', 'Email'],
	['company', 'Company'],
	['telephone', 'Telephone'],
	['job_title', 'Job Title'],
	['alternative_email', 'Alternative Email'],
	['birthdate', 'Birthdate'],
	['timezone', 'Timezone'],
	['country_id', 'Country'],
	['region_id', 'Region'],
	['city_id', 'City'],
]);

const ATTENDEE_FIELD_TYPE = 'attendee_type_custom_fields';

/** @param pages the whole list of attendee types, with the fields it includes by default */
export function readAttendeeTypes(pages: readonly ListDocument[]): AttendeeTypes {
	const types = pages.flatMap(({ records, included }) =>
		records.map((record) => {
			const own = relatedRecords(record, ATTENDEE_FIELD_TYPE, included);
			const others = [...included.all()].filter(
				(other) =>
					other.type === ATTENDEE_FIELD_TYPE && relatedId(other, 'attendee_type') === record.id,
			);
			return { record, fields: [...new Set([...own, ...others])] };
		}),
	);
	const typeLabels = toUniqueLabels(types.map(({ record }) => record));
	const read = types.map(({ record, fields }) => ({
		id: record.id,
		name: typeLabels.get(record.id) ?? record.id,
		fields: toAttendeeFields(fields),
	}));
	const byId = read.flatMap((type) => type.fields.map((field) => [field.id, field] as const));
	const attendeeTypeByField = read.flatMap((type) =>
		type.fields.map((field) => [field.id, type.id] as const),
	);
	return {
		types: read,
		labels: typeLabels,
		fields: new Map(byId),
		attendeeTypeByField: new Map(attendeeTypeByField),
	};
}

/**
 * Fields as they are in Eventtia, each with a label of its own.
 *
 * @param taken labels of other fields of the form
 */
export function toMappableFields(
	records: readonly EventtiaRecord[],
	taken: ReadonlySet<string> = new Set(),
): MappableField[] {
	const labels = toUniqueLabels(records, taken);
	return records.map((record) => ({
		id: record.id,
		label: labels.get(record.id) ?? record.id,
		attributes: readAttributes(record),
	}));
}

function toAttendeeFields(records: readonly EventtiaRecord[]): MappableField[] {
	const isCustom = (record: EventtiaRecord) =>
		findDefaultLabel(readAttributes(record)) === undefined;
	const defaults = toMappableFields(records.filter((record) => !isCustom(record))).map((field) => ({
		...field,
		parameter: String(field.attributes.name),
		label: findDefaultLabel(field.attributes) ?? field.label,
	}));
	const custom = toMappableFields(
		records.filter(isCustom),
		new Set(defaults.map(({ label }) => label)),
	);
	const byId = new Map([...defaults, ...custom].map((field) => [field.id, field]));
	return records.map(({ id }) => byId.get(id)).filter((field) => field !== undefined);
}

function findDefaultLabel(attributes: IDataObject): string | undefined {
	return attributes.default === true
		? DEFAULT_FIELDS.get(String(attributes.name ?? ''))
		: undefined;
}

/**
 * `name`, else `alias`, else `internal_id`, else the id; with the id where two would be the same.
 *
 * @param taken labels that others have already
 */
export function toUniqueLabels(
	records: readonly EventtiaRecord[],
	taken: ReadonlySet<string> = new Set(),
): Labels {
	const readLabels = new Map(records.map((record) => [record.id, readLabel(record)]));
	const labels = new Map(readLabels);
	for (;;) {
		const counts = new Map<string, number>();
		for (const label of labels.values()) counts.set(label, (counts.get(label) ?? 0) + 1);
		// Once more, because one may be called as another one is now: "Notes (7)".
		const ambiguous = [...readLabels].filter(
			([id, label]) =>
				labels.get(id) === label && (taken.has(label) || (counts.get(label) ?? 0) > 1),
		);
		if (ambiguous.length === 0) return labels;
		for (const [id, label] of ambiguous) labels.set(id, `${label} (${id})`);
	}
}

function readLabel(record: EventtiaRecord): string {
	const { name, alias, internal_id: internalId, label, question } = readAttributes(record);
	const texts = [name, alias, label, question, internalId].map((text) =>
		typeof text === 'string' ? text.trim() : '',
	);
	return texts.find((text) => text !== '') ?? record.id;
}

/**
 * @param pages the whole list of surveys, with `custom_fields` included: the questions
 * @returns the questions of each survey, by the survey's id
 */
export function readSurveyQuestions(pages: readonly ListDocument[]): Map<string, MappableField[]> {
	return new Map(
		pages.flatMap(({ records, included }) =>
			records.map((survey) => {
				const questions = relatedRecords(survey, 'custom_fields', included);
				return [survey.id, toMappableFields(questions)] as const;
			}),
		),
	);
}

/** Labels of many forms: ids are never used twice. */
export function labelsById(fields: Iterable<MappableField>): Labels {
	return new Map([...fields].map(({ id, label }) => [id, label]));
}

/**
 * @param keyed `{ "101226": "5" }`
 * @returns the same values under their names; a key without a name stays
 */
export function applyLabels(keyed: unknown, labels: Labels): IDataObject {
	const result: IDataObject = {};
	for (const [id, value] of Object.entries(isObject(keyed) ? keyed : {})) {
		setOwn(result, labels.get(id) ?? id, value);
	}
	return result;
}

/** Sets a key whatever it is called: labels are people's words, also `__proto__`. */
export function setOwn(target: IDataObject, key: string, value: IDataObject[string]): void {
	if (key !== '__proto__') {
		target[key] = value;
		return;
	}
	Object.defineProperty(target, key, {
		value,
		enumerable: true,
		writable: true,
		configurable: true,
	});
}
