/** Collection: Get Many (artsvp.md, "List all collections"; no parameters, no pages). */
import type { Operation } from '../../../shared/action/types';
import {
	limitField,
	readLimit,
	readSimplify,
	returnAllField,
	simplifyField,
} from '../../../shared/fields/lists';
import type { ArtsvpClient } from '../../client';
import { simplifyCollection } from '../../simplify';

export const getAll: Operation<ArtsvpClient> = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many collections',
	description: 'Retrieve a list of collections of your organisation',
	effect: 'read',
	fields: [returnAllField, limitField, simplifyField],
	async run(item, client) {
		const limit = readLimit(item);
		const shape = readSimplify(item, simplifyCollection);
		return (await client.readAll('/collections')).slice(0, limit).map(shape);
	},
};
