/**
 * Activity: Set Categories (eventtia.md, "Add Categories to Activity"; whether they replace the
 * previous ones or are added to them is not documented).
 */
import type { Operation } from '../../../shared/action/types';
import { simplifyField } from '../../../shared/fields/lists';
import { InputError } from '../../../shared/errors';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { activityField, eventUriField, numericIds, readEventUri, readId } from '../../fields';
import { readShape, shapeOne } from '../../operations/shape';

export const setCategories: Operation<EventtiaClient> = {
	value: 'setCategories',
	name: 'Set Categories',
	action: 'Set categories of activity',
	description:
		'Assign categories to an activity (workshop). Whether those before stay is up to Eventtia; see "workshopCategoryIds" in the result.',
	effect: 'write',
	fields: [
		eventUriField,
		activityField,
		{
			displayName: 'Category Names or IDs',
			name: 'categories',
			type: 'multiOptions',
			typeOptions: {
				loadOptionsMethod: 'getActivityCategories',
				loadOptionsDependsOn: ['eventUri.value'],
			},
			default: [],
			required: true,
			description:
				'The categories. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
		},
		simplifyField,
	],
	orderingKey: (item) => readId(item, activityField),
	async run(item, client) {
		const eventUri = readEventUri(item);
		const shape = readShape(item, client, eventUri);
		const categories = item.read('categories', numericIds);
		if (categories.length === 0) {
			throw new InputError('"Category Names or IDs" is empty', 'Choose at least one category.');
		}
		const document = await client.change({
			method: 'POST',
			path: path`/events/${eventUri}/workshops/${readId(item, activityField)}/set-categories`,
			qs: { categories: categories.join(',') },
			safety: 'idempotent',
		});
		return await shapeOne(shape, document);
	},
};
