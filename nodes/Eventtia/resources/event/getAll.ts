/** Event: Get Many (eventtia.md, "List of Events"). */
import { dateField, textField } from '../../../shared/fields/builders';
import type { IDataObject } from 'n8n-workflow';
import {
	validator,
	jsonObject,
	optional,
	requiredText,
	stringList,
	boolean,
	type Validator,
} from '../../../shared/fields/validators';
import { eventDateTime } from '../../dates';
import {
	cityField,
	countryField,
	numericId,
	optionalField,
	pathId,
	cityRegionField,
} from '../../fields';
import { listOperation } from '../../operations/list';

const text = optional(requiredText);

/** Values by the ID of an event custom field, each "a String or an Array" (eventtia.md, "List of Events"). */
const fieldValues: Validator<IDataObject> = validator<IDataObject>((input) => {
	const object = jsonObject.safeParse(input);
	if (!object.success) return { issue: 'must be a JSON object, e.g. {"312341": "Sales"}' };
	const result: IDataObject = {};
	for (const [id, entry] of Object.entries(object.data)) {
		if (!pathId.safeParse(id).success) return { issue: 'must name each field by its ID' };
		const value = typeof entry === 'boolean' ? String(entry) : entry;
		const values = (Array.isArray(value) ? stringList : text).safeParse(value);
		if (!values.success) {
			return { issue: `must have a text or a list of texts for the field ${id}` };
		}
		result[id] = values.data;
	}
	return { value: result };
});

export const getAll = listOperation({
	action: 'Get many events',
	description: 'Retrieve a list of events of the account, all or those that match the filters',
	fields: [],
	filters: [
		optionalField(cityField, 'Only events in this city. Choose the country and the region first.'),
		optionalField(countryField, 'Only events in this country'),
		{
			displayName: 'Custom Fields (JSON)',
			name: 'searchCustomFields',
			type: 'json',
			default: '{}',
			description:
				'Values of event custom fields by ID, e.g. {"312341": "Gala"}; a list for fields with several values',
		},
		textField('Name', 'name', 'The name of the event, or a part of it'),
		{
			displayName: 'Only Templates',
			name: 'templates',
			type: 'boolean',
			default: false,
			description: 'Whether only templates come',
		},
		cityRegionField,
		textField(
			'Template ID',
			'template',
			'Only events cloned from the template with this ID',
			'e.g. 1234',
		),
		dateField('Updated Since', 'updatedSince', 'Only events that changed since then'),
	],
	path: () => '/events',
	query(item) {
		const filters = item.readCollection('filters', {
			cityId: optional(numericId),
			countryId: optional(numericId),
			name: optional(requiredText),
			searchCustomFields: fieldValues,
			template: optional(numericId),
			templates: boolean,
			updatedSince: optional(eventDateTime(item.timeZone, 'since')),
		});
		const custom = Object.entries(filters.searchCustomFields ?? {}).map(
			([id, value]) => [`search_custom_fields[${id}]`, value] as const,
		);
		return {
			updated_since: filters.updatedSince,
			// The effect of "false" is not documented. It is the default, so it is left out.
			templates: filters.templates === true ? true : undefined,
			template: filters.template,
			name: filters.name,
			city_id: filters.cityId,
			country_id: filters.countryId,
			...Object.fromEntries(custom),
		};
	},
});
