/** Unavailable Hour: Update (eventtia.md, "Update … Unavailable Hour"). */
import type { Operation } from '../../../shared/action/types';
import { simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { readEventUri, readId, unavailableHourField } from '../../fields';
import { readShape, shapeOne } from '../../operations/shape';
import { listPath, readSlot, scopeFields, slotFields } from './shared';

export const update: Operation<EventtiaClient> = {
	value: 'update',
	name: 'Update',
	action: 'Update unavailable hour',
	description: 'Move a time in which a kind of participants cannot meet',
	effect: 'write',
	fields: [...scopeFields, unavailableHourField, ...slotFields, simplifyField],
	orderingKey: (item) => readId(item, unavailableHourField),
	async run(item, client) {
		const shape = readShape(item, client, readEventUri(item));
		const document = await client.change({
			method: 'PUT',
			path: `${listPath(item)}${path`/${readId(item, unavailableHourField)}`}`,
			qs: await readSlot(item, client),
			safety: 'idempotent',
		});
		return await shapeOne(shape, document);
	},
};
