/**
 * Custom fields (of attendees, events, surveys) as columns of n8n's resource mapper, and the values that were
 * filled in as Eventtia takes them.
 *
 * The numbers of `input_type` are not documented, so the type of a field is derived from its other attributes:
 * a field with options is a choice, one with `include_time` a date, one with bounds a number.
 */
import type {
	IDataObject,
	INodeProperties,
	INodePropertyOptions,
	ResourceMapperField,
} from 'n8n-workflow';
import type { ItemParameters } from '../../shared/fields/itemParameters';
import {
	validator,
	requiredText,
	stringList,
	type Validator,
	firstIssue,
} from '../../shared/fields/validators';
import { InputError } from '../../shared/errors';
import { isObject } from '../../shared/values';
import { calendarDay, eventDateTime } from '../dates';
import type { MappableField } from './labels';

/** Column ids must not be bare numbers: n8n would read them as list indexes. */
const ID_PREFIX = 'field_';

/** @returns the id of the field's column in the mapper */
export function mapperId(field: MappableField): string {
	return field.parameter ?? `${ID_PREFIX}${field.id}`;
}

/** @returns the field as a column of the mapper */
export function mapperField(field: MappableField): ResourceMapperField {
	const { attributes } = field;
	const options = readOptions(attributes);
	return {
		id: mapperId(field),
		displayName: field.label,
		required: attributes.required === true,
		defaultMatch: false,
		canBeUsedToMatch: false,
		display: true,
		removed: attributes.required !== true && attributes.display === false,
		...(options.length > 0
			? { type: 'options', options }
			: { type: isDate(field) ? 'dateTime' : isNumber(attributes) ? 'number' : 'string' }),
	};
}

function isDate({ parameter, attributes }: MappableField): boolean {
	return parameter === 'birthdate' || typeof attributes.include_time === 'boolean';
}

function isNumber({ lower_bound: lower, upper_bound: upper }: IDataObject): boolean {
	return typeof lower === 'number' || typeof upper === 'number';
}

/** The choices of a field: a list of texts or of name and value, an object of values and names, or one text. */
export function readOptions(attributes: IDataObject): INodePropertyOptions[] {
	return listEntries([attributes.options, attributes.values].find(isNonEmpty))
		.map(toOption)
		.filter((option) => option !== undefined);
}

/** The document shows no choices, so every form that they could plausibly have is read. */
function listEntries(choices: unknown): unknown[] {
	if (Array.isArray(choices)) return choices;
	if (isObject(choices)) return Object.entries(choices).map(([value, name]) => ({ value, name }));
	if (typeof choices !== 'string') return [];
	return choices.split(choices.includes('\n') ? /\r?\n/ : ',');
}

function isNonEmpty(value: unknown): boolean {
	return typeof value === 'string'
		? value.trim() !== ''
		: typeof value === 'object' && value !== null;
}

function toOption(entry: unknown): INodePropertyOptions | undefined {
	if (typeof entry === 'string' || typeof entry === 'number') {
		const text = String(entry).trim();
		return text === '' ? undefined : { name: text, value: text };
	}
	if (!isObject(entry)) return undefined;
	const name = entry.name ?? entry.label ?? entry.text ?? entry.value;
	const value = entry.value ?? entry.id ?? name;
	if (typeof name !== 'string' && typeof name !== 'number') return undefined;
	return typeof value === 'string' || typeof value === 'number'
		? { name: String(name), value }
		: undefined;
}

/** What was filled in, by the vendor's parameter for default fields, by id for the others. */
export interface MappedValues {
	parameters: IDataObject;
	customFields: IDataObject;
}

/** What was filled in. Keys are column ids, labels, parameters or field ids. */
export interface FieldInput {
	/** From the mapper; under *Map Automatically* the item's data. */
	entries: IDataObject;
	/** The entries are the item's data, which can hold more than fields. */
	isAutomatic: boolean;
	/** Entered as JSON. */
	json: IDataObject;
}

/**
 * Reads a resource mapper.
 *
 * @param name of the mapper's parameter
 * @param json fields that were entered as JSON
 * @returns undefined if nothing is filled in
 */
export function readFieldInput(
	item: ItemParameters,
	name: string,
	json: IDataObject,
): FieldInput | undefined {
	const input = { ...item.read(name, mapperValue(item)), json };
	const isEmpty = Object.keys(input.entries).length === 0 && Object.keys(json).length === 0;
	return isEmpty ? undefined : input;
}

/** Validates the value of a resource mapper. */
function mapperValue(item: ItemParameters): Validator<Omit<FieldInput, 'json'>> {
	return validator<Omit<FieldInput, 'json'>>((value) => {
		if (value === undefined || value === null || value === '') {
			return { value: { entries: {}, isAutomatic: false } };
		}
		if (!isObject(value)) return { issue: 'must be an object of fields and values' };
		if (value.mappingMode === 'autoMapInputData') {
			return { value: { entries: item.json, isAutomatic: true } };
		}
		const entries = 'mappingMode' in value ? value.value : value;
		return { value: { entries: isObject(entries) ? entries : {}, isAutomatic: false } };
	});
}

/**
 * Turns what was filled in into what Eventtia takes. Fields that were entered as JSON win over the mapper.
 *
 * @param readZone reads the event's IANA time zone; called only if a date with a time of day is filled in
 * @throws InputError that names the entry, see {@link mapEntries}
 */
export async function mapFieldInput(
	item: ItemParameters,
	{ entries, isAutomatic, json }: FieldInput,
	fields: readonly MappableField[],
	readZone: () => Promise<string>,
): Promise<MappedValues> {
	const isZoneNeeded = needsZone(entries, fields) || needsZone(json, fields);
	const zone = isZoneNeeded ? await readZone() : item.timeZone;
	const fromMapper = mapEntries(entries, fields, zone, !isAutomatic);
	const fromJson = mapEntries(json, fields, zone, true);
	return {
		parameters: { ...fromMapper.parameters, ...fromJson.parameters },
		customFields: { ...fromMapper.customFields, ...fromJson.customFields },
	};
}

/** A resource mapper without columns to match on. @param mapper `method` is its method of `resourceMapping` */
export function mapperProperty(mapper: {
	displayName: string;
	name: string;
	description: string;
	method: string;
	dependsOn: string[];
	noFieldsError: string;
}): INodeProperties {
	return {
		displayName: mapper.displayName,
		name: mapper.name,
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description: mapper.description,
		typeOptions: {
			...(mapper.dependsOn.length > 0 ? { loadOptionsDependsOn: mapper.dependsOn } : {}),
			resourceMapper: {
				resourceMapperMethod: mapper.method,
				mode: 'add',
				valuesLabel: mapper.displayName,
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				multiKeyMatch: false,
				supportAutoMap: true,
				noFieldsError: mapper.noFieldsError,
			},
		},
	};
}

/**
 * Finds the field of each entry, see {@link findFields}, and turns its value into what Eventtia takes.
 *
 * @param zone IANA time zone for dates with a time of day
 * @param isStrict whether an entry without a field, or a second entry for the same field, is an error;
 *   otherwise it is ignored
 * @throws InputError that names the entry, also if the value is invalid or several fields match
 */
export function mapEntries(
	entries: IDataObject,
	fields: readonly MappableField[],
	zone: string,
	isStrict: boolean,
): MappedValues {
	const result: MappedValues = { parameters: {}, customFields: {} };
	for (const [key, value] of Object.entries(entries)) {
		if (isBlank(value)) continue;
		const field = findField(key, fields);
		if (field === undefined) {
			if (!isStrict) continue;
			throw new InputError(
				`There is no field "${key}"`,
				`The fields are: ${fields.map(({ label }) => label).join(', ')}. If they changed in Eventtia, load the list of fields anew.`,
			);
		}
		const vendorValue = toVendorValue(field, value, zone);
		const values = field.parameter === undefined ? result.customFields : result.parameters;
		const name = field.parameter ?? field.id;
		if (Object.hasOwn(values, name)) {
			// An item's data may hold the same value under two names.
			if (!isStrict) continue;
			throw new InputError(
				`The field "${field.label}" is given twice`,
				`Once it is called "${key}". Leave one of the two out.`,
			);
		}
		values[name] = vendorValue;
	}
	return result;
}

function isBlank(value: IDataObject[string]): boolean {
	if (value === undefined || value === null) return true;
	return typeof value === 'string' && value.trim() === '';
}

/** @throws InputError if more than one field matches */
function findField(key: string, fields: readonly MappableField[]): MappableField | undefined {
	const [field, second] = findFields(key, fields);
	if (field === undefined || second === undefined) return field;
	throw new InputError(
		`More than one field is called "${key}"`,
		`Say which one: ${[field, second].map(({ id }) => `"${id}"`).join(' or ')}.`,
	);
}

/**
 * Finds the fields that a key can mean, by the first of these that matches any: column id or field id, label,
 * the vendor's name, label without regard to case, the vendor's name without regard to case.
 */
function findFields(key: string, fields: readonly MappableField[]): MappableField[] {
	const trimmed = key.trim();
	const lowerCase = trimmed.toLowerCase();
	const vendorName = ({ attributes }: MappableField) => String(attributes.name ?? '').trim();
	const matchers: Array<(field: MappableField) => boolean> = [
		(field) => mapperId(field) === key || field.id === key,
		({ label }) => label === trimmed,
		(field) => vendorName(field) === trimmed,
		({ label }) => label.toLowerCase() === lowerCase,
		(field) => vendorName(field).toLowerCase() === lowerCase,
	];
	for (const matches of matchers) {
		const found = fields.filter(matches);
		if (found.length > 0) return found;
	}
	return [];
}

/** Whether a date with a time of day is filled in, for which the event's time zone is needed. */
function needsZone(entries: IDataObject, fields: readonly MappableField[]): boolean {
	return Object.entries(entries).some(
		([key, value]) =>
			!isBlank(value) &&
			findFields(key, fields).some(({ attributes }) => attributes.include_time === true),
	);
}

function validatorFor(field: MappableField, zone: string): Validator<IDataObject[string]> {
	if (!isDate(field)) return field.parameter === undefined ? fieldValue : requiredText;
	return field.attributes.include_time === true
		? eventDateTime(zone, 'schedule')
		: calendarDay('birthdate');
}

/** Text, number, boolean or a list of texts: Eventtia's examples hold nothing else. */
const fieldValue: Validator<IDataObject[string]> = validator<IDataObject[string]>((value) => {
	if (typeof value === 'boolean') return { value };
	if (typeof value === 'number' && Number.isFinite(value)) return { value };
	const result = (Array.isArray(value) ? stringList : requiredText).safeParse(value);
	return result.success ? { value: result.data } : { issue: firstIssue(result.error) };
});

/** @throws InputError that names the field */
function toVendorValue(field: MappableField, value: IDataObject[string], zone: string) {
	const result = validatorFor(field, zone).safeParse(value);
	if (result.success) return result.data;
	const issue = firstIssue(result.error);
	throw new InputError(`"${field.label}" ${issue}`, `Correct "${field.label}".`);
}
