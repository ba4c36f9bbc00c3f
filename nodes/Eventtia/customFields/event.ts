/**
 * The account's event custom fields: the resource mapper in the node, and the values that are sent to Eventtia
 * (eventtia.md, "Create Event": `custom_fields_data`).
 */
import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/fields/itemParameters';
import type { EventtiaClient } from '../client';
import { mapEntries, mapperEntries, mapperProperty, needsZone } from './mapper';

export const eventFieldMapper = mapperProperty({
	displayName: 'Custom Fields',
	name: 'customFields',
	description: 'The fields of your own that events of your account have',
	method: 'getEventFields',
	dependsOn: [],
	noFieldsError: 'Your account has no event custom fields',
});

/**
 * Reads the mapper *Custom Fields* and merges the fields that were entered as JSON; those win.
 *
 * @param json fields by label or id
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
	const { entries, isAutomatic } = item.read('customFields', mapperEntries(item));
	if (Object.keys(entries).length === 0 && Object.keys(json).length === 0) return undefined;
	const fields = await client.eventFields();
	const isTimed = needsZone(entries, fields) || needsZone(json, fields);
	const zone = isTimed ? await readZone() : item.timeZone;
	const values = {
		...mapEntries(entries, fields, zone, !isAutomatic).customFields,
		...mapEntries(json, fields, zone, true).customFields,
	};
	return Object.keys(values).length > 0 ? values : undefined;
}
