/**
 * Fields of an event's own (of attendees, events, surveys) as n8n's resource mapper shows them, and
 * what the person filled in as Eventtia takes it. Pure.
 *
 * What the numbers of `input_type` mean is not documented, so the kind of a field is told by what
 * else it says: options make a choice, `include_time` a date, bounds a number.
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
} from '../../shared/fields/validators';
import { InputError } from '../../shared/errors';
import { isObject } from '../../shared/values';
import { calendarDay, eventDateTime } from '../dates';
import type { MappableField } from './labels';

/** Ids of the mapper: not bare numbers, which n8n would take for places in a list. */
const ID_PREFIX = 'field_';

export function mapperId(field: MappableField): string {
	return field.parameter ?? `${ID_PREFIX}${field.id}`;
}

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

/** The choices of a field: texts, pairs of text and value, or a text with a choice per line. */
export function readOptions(attributes: IDataObject): INodePropertyOptions[] {
	const source = [attributes.options, attributes.values].find(isFilled);
	const entries: unknown[] = Array.isArray(source)
		? source
		: isObject(source)
			? Object.entries(source).map(([value, name]) => ({ value, name }))
			: typeof source === 'string'
				? source.split(source.includes('\n') ? /\r?\n/ : ',')
				: [];
	return entries.map(toOption).filter((choice) => choice !== undefined);
}

function isFilled(value: unknown): boolean {
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

/** What was filled in, by the vendor's parameter, or by the id of the field. */
export interface MappedValues {
	parameters: IDataObject;
	customFields: IDataObject;
}

/**
 * The resource mapper's value.
 *
 * @param item for *Map Automatically*: the item's own data, by label, parameter or id
 * @returns the filled entries by what they are called in the mapper
 */
export function mapperEntries(item: ItemParameters): Validator<MapperEntries> {
	return validator<MapperEntries>((value) => {
		if (value === undefined || value === null || value === '') {
			return { value: { entries: {}, isAutomatic: false } };
		}
		if (!isObject(value)) return { issue: 'must be an object of fields and values' };
		if (value.mappingMode === 'autoMapInputData') {
			return { value: { entries: item.json, isAutomatic: true } };
		}
		const source = 'mappingMode' in value ? value.value : value;
		return { value: { entries: isObject(source) ? source : {}, isAutomatic: false } };
	});
}

/** What was filled in, by what it is called; the item's own data may hold more than fields. */
export interface MapperEntries {
	entries: IDataObject;
	isAutomatic: boolean;
}

/** An n8n resource mapper without matching columns. */
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
 * Tells which field each entry means: by the mapper's id, the vendor's number, or the label.
 *
 * @param isStrict whether an entry that no field is called is an error; else it is left out
 * @throws InputError that names the entry
 */
export function mappedValues(
	entries: IDataObject,
	fields: readonly MappableField[],
	zone: string,
	isStrict: boolean,
): MappedValues {
	const result: MappedValues = { parameters: {}, customFields: {} };
	for (const [key, value] of Object.entries(entries)) {
		if (isBlank(value)) continue;
		const [field, secondField] = findFields(key, fields);
		if (secondField !== undefined) {
			throw new InputError(
				`More than one field is called "${key}"`,
				`Say which one: ${[field, secondField].map((one) => `"${one?.id}"`).join(' or ')}.`,
			);
		}
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
			// The item's own data may well say the same thing under two names.
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

/** Exactly so called before roughly so called; by the mapper or the number before by words. */
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

/** Whether any filled field is a time of day, which only means something in a time zone. */
export function needsZone(entries: IDataObject, fields: readonly MappableField[]): boolean {
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

/** Text, a number, yes or no, or several texts: nothing else is in Eventtia's examples. */
const fieldValue: Validator<IDataObject[string]> = validator<IDataObject[string]>((value) => {
	if (typeof value === 'boolean') return { value };
	if (typeof value === 'number' && Number.isFinite(value)) return { value };
	const result = (Array.isArray(value) ? stringList : requiredText).safeParse(value);
	return result.success
		? { value: result.data }
		: { issue: result.error.issues[0]?.message ?? 'is not valid' };
});

/** A value as Eventtia takes it. @throws InputError that names the field */
function toVendorValue(field: MappableField, value: IDataObject[string], zone: string) {
	const result = validatorFor(field, zone).safeParse(value);
	if (result.success) return result.data;
	const issue = result.error.issues[0]?.message ?? 'is not valid';
	throw new InputError(`"${field.label}" ${issue}`, `Correct "${field.label}".`);
}
