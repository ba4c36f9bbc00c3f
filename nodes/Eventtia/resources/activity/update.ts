/** Activity: Update (eventtia.md, "Update Activity"). */
import type { Operation } from '../../../shared/action/types';
import { collectionField } from '../../../shared/fields/builders';
import { simplifyField } from '../../../shared/fields/lists';
import { omitEmpty } from '../../../shared/values';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { activityField, eventUriField, readEventUri, readId } from '../../fields';
import { assertHasChanges } from '../../../shared/fields/updateFields';
import { readShape, shapeOne } from '../../operations/shape';
import { detailFields, endDateField, nameField, readActivityBody, startDateField } from './body';

export const update: Operation<EventtiaClient> = {
	value: 'update',
	name: 'Update',
	action: 'Update activity',
	description: 'Change an activity (workshop) of an event; what is not given stays',
	effect: 'write',
	fields: [
		eventUriField,
		activityField,
		simplifyField,
		collectionField('updateFields', [...detailFields, nameField, startDateField, endDateField]),
	],
	orderingKey: (item) => readId(item, activityField),
	async run(item, client) {
		const eventUri = readEventUri(item);
		const id = readId(item, activityField);
		const shape = readShape(item, client, eventUri);
		const body = omitEmpty(await readActivityBody(item, client, 'updateFields'));
		assertHasChanges(body);
		const document = await client.change({
			method: 'PUT',
			path: path`/events/${eventUri}/workshops/${id}`,
			body,
			safety: 'idempotent',
		});
		return await shapeOne(shape, document);
	},
};
