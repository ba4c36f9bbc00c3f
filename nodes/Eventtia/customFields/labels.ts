/**
 * Labels for what Eventtia keys by number: the fields of attendees, prices by attendee type, event custom
 * fields, survey questions. Pure.
 *
 * A label has a different id in each attendee type and can come twice in one type, and `alias` is often
 * null (eventtia.md, "List of Attendee Types").
 */
import type { IDataObject } from 'n8n-workflow';
import { isObject, setOwn } from '../../shared/values';
import {
	readAttributes,
	relatedId,
	relatedRecords,
	type EventtiaRecord,
	type ListDocument,
} from '../jsonApi/documents';

/** A page of a list, with the records included in it. */
type PageOfRecords = Pick<ListDocument, 'records' | 'included'>;

/** Labels by id. If several ids have the same label, the id is appended. */
export type Labels = ReadonlyMap<string, string>;

/** A field that can be filled in: of an attendee type's form, of events, of a survey. */
export interface MappableField {
	id: string;
	/** The vendor's parameter, for fields that every attendee has, e.g. `first_name`. */
	parameter?: string | undefined;
	/** Shown to the user; unique within its form. */
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
	/** The id of the attendee type that a field belongs to, by the field's id. */
	attendeeTypeByField: ReadonlyMap<string, string>;
}

/** Parameters of "Create Attendee" (eventtia.md) in `attendee` beside `custom_fields`, and their labels. */
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

/**
 * Reads the attendee types of an event and their fields. A field belongs to a type if either of the two refers
 * to the other.
 *
 * @param pages the whole list of attendee types, with the fields that it includes by default
 */
export function readAttendeeTypes(pages: readonly PageOfRecords[]): AttendeeTypes {
	const records = pages.flatMap(({ records: onPage, included }) =>
		onPage.map((record) => {
			const listed = relatedRecords(record, ATTENDEE_FIELD_TYPE, included);
			const referring = [...included.all()].filter(
				(field) =>
					field.type === ATTENDEE_FIELD_TYPE && relatedId(field, 'attendee_type') === record.id,
			);
			return { record, fields: [...new Set([...listed, ...referring])] };
		}),
	);
	const labels = toUniqueLabels(records.map(({ record }) => record));
	const types = records.map(({ record, fields }) => ({
		id: record.id,
		name: labels.get(record.id) ?? record.id,
		fields: toAttendeeFields(fields),
	}));
	const all = types.flatMap((type) => type.fields.map((field) => ({ type, field })));
	return {
		types,
		labels,
		fields: new Map(all.map(({ field }) => [field.id, field])),
		attendeeTypeByField: new Map(all.map(({ field, type }) => [field.id, type.id])),
	};
}

/**
 * Fields as Eventtia describes them, each with a unique label.
 *
 * @param taken labels of other fields in the same form
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
 * Unique labels: `name`, else `alias`, `label`, `question`, `internal_id`, else the id. If two would be the
 * same, the id is appended to each.
 *
 * @param taken labels that are already in use
 */
export function toUniqueLabels(
	records: readonly EventtiaRecord[],
	taken: ReadonlySet<string> = new Set(),
): Labels {
	const originals = new Map(records.map((record) => [record.id, readLabel(record)]));
	const labels = new Map(originals);
	for (;;) {
		const counts = new Map<string, number>();
		for (const label of labels.values()) counts.set(label, (counts.get(label) ?? 0) + 1);
		// Repeated, because an appended id can produce a label that another record has: "Notes (7)".
		const ambiguous = [...originals].filter(
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
 * @param pages the whole list of surveys, with `custom_fields` (the questions) included
 * @returns the questions of each survey, by the survey's id
 */
export function readSurveyQuestions(pages: readonly PageOfRecords[]): Map<string, MappableField[]> {
	return new Map(
		pages.flatMap(({ records, included }) =>
			records.map((survey) => {
				const questions = relatedRecords(survey, 'custom_fields', included);
				return [survey.id, toMappableFields(questions)] as const;
			}),
		),
	);
}

/** Labels of the fields of several forms, by the field's id; ids are unique across forms. */
export function labelsById(fields: Iterable<MappableField>): Labels {
	return new Map([...fields].map(({ id, label }) => [id, label]));
}

/**
 * @param byId values by id, e.g. `{ "101226": "5" }`; anything but an object counts as empty
 * @returns the same values by label; an id without a label stays
 */
export function applyLabels(byId: unknown, labels: Labels): IDataObject {
	const result: IDataObject = {};
	for (const [id, value] of Object.entries(isObject(byId) ? byId : {})) {
		setOwn(result, labels.get(id) ?? id, value);
	}
	return result;
}
