/**
 * The fields of an attendee type's registration form: the resource mapper in the node, and the values that are
 * sent to Eventtia.
 */
import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/fields/itemParameters';
import { InputError } from '../../shared/errors';
import type { EventtiaClient } from '../client';
import { attendeeTypeField, readEventUri, readId } from '../fields';
import { mapFieldInput, mapperProperty, readFieldInput, type MappedValues } from './mapper';
import { DEFAULT_FIELDS, type AttendeeTypes, type MappableField } from './labels';

export const attendeeFieldMapper = mapperProperty({
	displayName: 'Fields',
	name: 'fields',
	description: 'The fields of the registration form of the attendee type',
	method: 'getAttendeeFields',
	dependsOn: ['eventUri.value', 'attendeeTypeId.value'],
	noFieldsError: 'Choose the event and the attendee type first',
});

/** Parameters of "Create Attendee" that have fields of their own in the node. */
const FIELDS_ELSEWHERE = new Set(['email', 'country_id', 'region_id', 'city_id']);

/**
 * The fields that can be filled in: those of the form, then the default fields that are not in it.
 *
 * @returns undefined if the event has no such attendee type
 */
export function fillableFields(types: AttendeeTypes, typeId: string): MappableField[] | undefined {
	const type = types.types.find(({ id }) => id === typeId);
	if (type === undefined) return undefined;
	const formFields = type.fields
		.filter(({ parameter }) => !FIELDS_ELSEWHERE.has(parameter ?? ''))
		.map((field) => (lacksParameter(field) ? hideByDefault(field) : field));
	const parametersInForm = new Set(formFields.map(({ parameter }) => parameter));
	const otherFields = [...DEFAULT_FIELDS]
		.filter(([parameter]) => !parametersInForm.has(parameter) && !FIELDS_ELSEWHERE.has(parameter))
		.map(([parameter, label]) =>
			hideByDefault({ id: parameter, parameter, label, attributes: {} }),
		);
	return [...formFields, ...otherFields];
}

/** Whether it is a default field that "Create Attendee" has no parameter for, e.g. `picture`. */
function lacksParameter({ parameter, attributes }: MappableField): boolean {
	return parameter === undefined && attributes.default === true;
}

/** The mapper does not show the field until the user adds it. */
function hideByDefault(field: MappableField): MappableField {
	return { ...field, attributes: { ...field.attributes, display: false } };
}

/**
 * Reads the mapper *Fields*.
 *
 * @param json fields that were entered as JSON
 * @throws InputError for an attendee type that the event does not have, or a field that the type does not have
 */
export async function readAttendeeFields(
	item: ItemParameters,
	client: EventtiaClient,
	json: IDataObject,
): Promise<MappedValues> {
	const input = readFieldInput(item, 'fields', json);
	if (input === undefined) return { parameters: {}, customFields: {} };
	const eventUri = readEventUri(item);
	const typeId = readId(item, attendeeTypeField);
	const fields = fillableFields(await client.attendeeTypes(eventUri), typeId);
	if (fields === undefined) {
		throw new InputError(
			`The event has no attendee type with the ID ${typeId}`,
			'Choose "Attendee Type" from the list.',
		);
	}
	return await mapFieldInput(item, input, fields, async () => await client.timeZone(eventUri));
}
