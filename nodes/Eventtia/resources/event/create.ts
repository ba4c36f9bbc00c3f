/** Event: Create (eventtia.md, "Create Event"). */
import { collectionField } from '../../../shared/fields/builders';
import type { Operation } from '../../../shared/action/types';
import { requiredText } from '../../../shared/fields/validators';
import { simplifyField } from '../../../shared/fields/lists';
import { omitEmpty } from '../../../shared/values';
import type { EventtiaClient } from '../../client';
import { eventDateTime } from '../../dates';
import { eventFieldMapper } from '../../customFields/event';
import { readShape, shapeOne } from '../../operations/shape';
import { detailFields, endDateField, nameField, readEventBody, startDateField } from './shared';

export const create: Operation<EventtiaClient> = {
	value: 'create',
	name: 'Create',
	action: 'Create event',
	description: 'Create an event from nothing; to make one like another, clone it',
	effect: 'write',
	fields: [
		{ ...nameField, required: true },
		{ ...startDateField, required: true },
		{ ...endDateField, required: true },
		eventFieldMapper,
		simplifyField,
		collectionField('additionalFields', detailFields),
	],
	orderingKey: (item) => item.read('name', requiredText),
	async run(item, client) {
		const shape = readShape(item, client);
		const details = await readEventBody(
			item,
			client,
			'additionalFields',
			async () => item.timeZone,
		);
		const zone = String(details.virtual_timezone ?? item.timeZone);
		const body = omitEmpty({
			...details,
			name: item.read('name', requiredText),
			start_date: item.read('startDate', eventDateTime(zone, 'schedule')),
			end_date: item.read('endDate', eventDateTime(zone, 'schedule')),
		});
		const document = await client.create({
			method: 'POST',
			path: '/events',
			body,
			safety: 'nonIdempotent',
		});
		return await shapeOne(shape, document);
	},
};
