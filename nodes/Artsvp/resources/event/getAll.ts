/** Event: Get Many (artsvp.md, "List all events"; no parameters, no pages). */
import type { Operation } from '../../../shared/action/types';
import {
	limitField,
	readLimit,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import type { ArtsvpClient } from '../../client';
import { simplifyEvent } from '../../simplify';

export const getAll: Operation<ArtsvpClient> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many events',
	description: 'Retrieve a list of events of your organisation',
	effect: 'read',
	fields: [returnAllField, limitField, simplifyField],
	async run(item, client) {
		const limit = readLimit(item);
		const shape = readSimplify(item, simplifyEvent);
		return (await client.readAll('/events')).slice(0, limit).map(shape);
	},
};
