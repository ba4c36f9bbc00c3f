/**
 * The account's event custom fields, by name: the mapper in the node, and what was filled in as Eventtia
 * takes it (eventtia.md, "Create Event": `custom_fields_data`).
 */
import type { IDataObject } from 'n8n-workflow';
import type { ItemParameters } from '../../shared/fields/itemParameters';
import type { EventtiaClient } from '../client';
import { mappedValues, mapperEntries, mapperProperty, needsZone } from './mapper';

export const eventFieldMapper = mapperProperty({
	displayName: 'Custom Fields',
	name: 'customFields',
	description: 'The fields of your own that events of your account have',
	method: 'getEventFields',
	dependsOn: [],
	noFieldsError: 'Your account has no event custom fields',
});

/**
 * @param readZone the time zone of the event, asked for only where a time of day was filled in
 * @returns values by the number of the field, or nothing
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
		...mappedValues(entries, fields, zone, !isAutomatic).customFields,
		...mappedValues(json, fields, zone, true).customFields,
	};
	return Object.keys(values).length > 0 ? values : undefined;
}
