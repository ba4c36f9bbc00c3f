/** Unavailable Hour: Create (eventtia.md, "Create … Unavailable Hour"). */
import type { Operation } from '../../../shared/action/types';
import { simplifyField } from '../../../shared/fields/lists';
import type { EventtiaClient } from '../../client';
import { participantTypeField, readEventUri, readId } from '../../fields';
import { readShape, shapeOne } from '../../operations/shape';
import { listPath, readSlot, scopeFields, slotFields } from './shared';

export const create: Operation<EventtiaClient> = {
	value: 'create',
	name: 'Create',
	action: 'Create unavailable hour',
	description: 'Block a time in which a kind of participants cannot meet',
	effect: 'write',
	fields: [...scopeFields, ...slotFields, simplifyField],
	orderingKey: (item) => readId(item, participantTypeField),
	async run(item, client) {
		const shape = readShape(item, client, readEventUri(item));
		const document = await client.create({
			method: 'POST',
			path: listPath(item),
			qs: await readSlot(item, client),
			safety: 'nonIdempotent',
		});
		return await shapeOne(shape, document);
	},
};
