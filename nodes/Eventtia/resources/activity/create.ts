/** Activity: Create (eventtia.md, "Create Activity"). */
import type { Operation } from '../../../shared/action/types';
import { requiredText } from '../../../shared/fields/validators';
import { collectionField } from '../../../shared/fields/builders';
import { simplifyField } from '../../../shared/fields/lists';
import { omitEmpty } from '../../../shared/values';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { eventDateTime } from '../../dates';
import { eventUriField, readEventUri } from '../../fields';
import { readShape, shapeOne } from '../../operations/shape';
import { detailFields, endDateField, nameField, readActivityBody, startDateField } from './body';

export const create: Operation<EventtiaClient> = {
	value: 'create',
	name: 'Create',
	action: 'Create activity',
	description: 'Add an activity (workshop) to an event',
	effect: 'write',
	fields: [
		eventUriField,
		{ ...nameField, required: true },
		{ ...startDateField, required: true },
		{ ...endDateField, required: true },
		simplifyField,
		collectionField('additionalFields', detailFields),
	],
	orderingKey: (item) => `${readEventUri(item)} ${item.read('name', requiredText)}`,
	async run(item, client) {
		const eventUri = readEventUri(item);
		const shape = readShape(item, client, eventUri);
		const name = item.read('name', requiredText);
		const zone = await client.timeZone(eventUri);
		const body = omitEmpty({
			...(await readActivityBody(item, client, 'additionalFields')),
			name,
			start_date: item.read('startDate', eventDateTime(zone, 'schedule')),
			end_date: item.read('endDate', eventDateTime(zone, 'schedule')),
		});
		const document = await client.create({
			method: 'POST',
			path: path`/events/${eventUri}/workshops`,
			body,
			safety: 'nonIdempotent',
		});
		return await shapeOne(shape, document);
	},
};
