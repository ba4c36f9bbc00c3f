/** Event: Get Many (eventtia.md, "List of Events"). */
import type { IDataObject } from 'n8n-workflow';
import {
	check,
	jsonObject,
	orNothing,
	requiredText,
	textList,
	trueOrFalse,
	type Check,
} from '../../../shared/fields/checks';
import { momentIn } from '../../dates';
import {
	cityField,
	countryField,
	dateField,
	numericId,
	optional,
	pathId,
	regionChoice,
	textField,
} from '../../fields';
import { listOperation } from '../../listOperation';

const text = orNothing(requiredText);

/** By the ID of the event custom field, "a String or an Array" (eventtia.md, "List of Events"). */
const fieldValues: Check<IDataObject> = check<IDataObject>((value) => {
	const given = jsonObject.safeParse(value);
	if (!given.success) return { complaint: 'must be a JSON object, e.g. {"312341": "Sales"}' };
	const result: IDataObject = {};
	for (const [id, wanted] of Object.entries(given.data)) {
		if (!pathId.safeParse(id).success) return { complaint: 'must name each field by its ID' };
		const known = typeof wanted === 'boolean' ? String(wanted) : wanted;
		const values = (Array.isArray(known) ? textList : text).safeParse(known);
		if (!values.success) {
			return { complaint: `must have a text or a list of texts for the field ${id}` };
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
		optional(cityField, 'Only events in this city. Choose the country and the region first.'),
		optional(countryField, 'Only events in this country'),
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
		regionChoice,
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
		const given = item.readCollection('filters', {
			cityId: orNothing(numericId),
			countryId: orNothing(numericId),
			name: orNothing(requiredText),
			searchCustomFields: fieldValues,
			template: orNothing(numericId),
			templates: trueOrFalse,
			updatedSince: orNothing(momentIn(item.timeZone, 'since')),
		});
		const custom = Object.entries(given.searchCustomFields ?? {}).map(
			([id, value]) => [`search_custom_fields[${id}]`, value] as const,
		);
		return {
			updated_since: given.updatedSince,
			// What "false" does is not documented, so it is left out: it is the default.
			templates: given.templates === true ? true : undefined,
			template: given.template,
			name: given.name,
			city_id: given.cityId,
			country_id: given.countryId,
			...Object.fromEntries(custom),
		};
	},
});
