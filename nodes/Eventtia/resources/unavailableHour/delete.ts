/** Unavailable Hour: Delete (eventtia.md, "Destroy … Unavailable Hour"; responds with the record). */
import type { Operation } from '../../../shared/action/types';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { readId, unavailableHourField } from '../../fields';
import { listPath, scopeFields } from './shared';

export const deleteUnavailableHour: Operation<EventtiaClient> = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete unavailable hour',
	description: 'Make a blocked time free again',
	effect: 'remove',
	fields: [...scopeFields, unavailableHourField],
	orderingKey: (item) => readId(item, unavailableHourField),
	async run(item, client) {
		const id = readId(item, unavailableHourField);
		await client.remove({
			method: 'DELETE',
			path: `${listPath(item)}${path`/${id}`}`,
			safety: 'idempotent',
		});
		return { deleted: true, id };
	},
};
