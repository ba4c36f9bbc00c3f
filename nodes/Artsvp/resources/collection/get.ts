/** Collection: Get (artsvp.md, "Retrieve a collection"; the singular path of its sample is a mistake). */
import type { Operation } from '../../../shared/action/types';
import { recordId } from '../../../shared/fields/validators';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { idField } from '../../../shared/fields/locators';
import { path } from '../../../shared/http/path';
import type { ArtsvpClient } from '../../client';
import { simplifyCollection } from '../../simplify';

export const get: Operation<ArtsvpClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get collection',
	description: 'Retrieve one collection of events: its name, address and tags',
	effect: 'read',
	fields: [
		idField(
			'Collection',
			'collectionId',
			'searchCollections',
			'col-ab281a7f-c85e-4ecb-952c-b17f9e181826',
		),
		simplifyField,
	],
	async run(item, client) {
		const id = item.read('collectionId', recordId);
		const shape = readSimplify(item, simplifyCollection);
		return shape(await client.record(path`/collections/${id}`));
	},
};
