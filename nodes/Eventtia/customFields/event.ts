/**
 * The account's event custom fields: the resource mapper in the node, and the values that are sent to Eventtia
 * (eventtia.md, "Create Event": `custom_fields_data`).
 */
import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/fields/itemParameters';
import type { EventtiaClient } from '../client';
import { mapFieldInput, mapperProperty, readFieldInput } from './mapper';

export const eventFieldMapper = mapperProperty({
	displayName: 'Custom Fields',
	name: 'customFields',
	description: 'The fields of your own that events of your account have',
	method: 'getEventFields',
	dependsOn: [],
	noFieldsError: 'Your account has no event custom fields',
});

/**
 * Reads the mapper *Custom Fields*.
 *
 * @param json fields that were entered as JSON
 * @param readZone reads the event's IANA time zone; called only if a time of day is filled in
 * @returns values by the id of the field; undefined if nothing is filled in
 * @throws InputError for a field that the account does not have, or a value that the field cannot have
 */
export async function readEventFields(
	item: ItemParameters,
	client: EventtiaClient,
	json: IDataObject,
	readZone: () => Promise<string>,
): Promise<IDataObject | undefined> {
	const input = readFieldInput(item, 'customFields', json);
	if (input === undefined) return undefined;
	const fields = await client.eventFields();
	const { customFields } = await mapFieldInput(item, input, fields, readZone);
	return Object.keys(customFields).length > 0 ? customFields : undefined;
}
