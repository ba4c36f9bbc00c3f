/** Event: Update (eventtia.md, "Update Event"). */
import { collectionField } from '../../../shared/fields/builders';
import type { Operation } from '../../../shared/action/types';
import { simplifyField } from '../../../shared/fields/lists';
import { assertHasChanges } from '../../../shared/fields/updateFields';
import { omitEmpty } from '../../../shared/values';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { eventFieldMapper } from '../../customFields/event';
import { readEventDates } from '../../dates';
import { eventUriField, readEventUri } from '../../fields';
import { readShape, shapeOne } from '../../operations/shape';
import { detailFields, endDateField, nameField, readEventBody, startDateField } from './shared';

export const update: Operation<EventtiaClient> = {
	value: 'update',
	name: 'Update',
	action: 'Update event',
	description: 'Change an event; what is not given stays',
	effect: 'write',
	fields: [
		eventUriField,
		eventFieldMapper,
		simplifyField,
		collectionField('updateFields', [...detailFields, nameField, startDateField, endDateField]),
	],
	orderingKey: readEventUri,
	async run(item, client) {
		const eventUri = readEventUri(item);
		const shape = readShape(item, client, eventUri);
		const { startDate, endDate } = await readEventDates(item, client, 'updateFields', {
			startDate: 'schedule',
			endDate: 'schedule',
		});
		const details = await readEventBody(
			item,
			client,
			'updateFields',
			async () => await client.timeZone(eventUri),
		);
		const body = omitEmpty({ ...details, start_date: startDate, end_date: endDate });
		assertHasChanges(body);
		const document = await client.change({
			method: 'PUT',
			path: path`/events/${eventUri}`,
			body,
			safety: 'idempotent',
		});
		return await shapeOne(shape, document);
	},
};
