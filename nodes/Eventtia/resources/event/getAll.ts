/** Event: Get Many (eventtia.md, "List of Events"). */
import { jsonObject, orNothing, requiredText, trueOrFalse } from '../../../shared/fields/checks';
import { momentIn } from '../../dates';
import {
	cityField,
	countryField,
	dateField,
	numericId,
	optional,
	regionChoice,
	textField,
} from '../../fields';
import { listOperation } from '../../listOperation';

export const getAll = listOperation({
	action: 'Get many events',
	description: 'Retrieve a list of events of the account, all or those that match the filters',
	fields: [],
	filters: [
		optional(cityField),
		optional(countryField),
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
			searchCustomFields: jsonObject,
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
