/**
 * Invite: Create or Update, with ARTSVP's `filter`: it leaves a matching invite unchanged (artsvp.md,
 * "Create an invite": "a new invite will only be created if …").
 */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import type { ArtsvpClient } from '../../client';
import { detailsField, readDetails } from '../../fields';
import { simplifyInvite } from '../../simplify';
import {
	assertFilterValue,
	CREATE_DETAILS,
	filterOptions,
	filterValidator,
	readResource,
	resourceFields,
} from './shared';

export const upsert: Operation<ArtsvpClient> = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update invite',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: [
		...resourceFields,
		{
			displayName: 'Find By',
			name: 'filter',
			type: 'options',
			options: filterOptions,
			default: 'email',
			description:
				'The field by which an invite that exists already is recognised; fill it in under "Additional Fields"',
		},
		{
			displayName:
				'ARTSVP finds an invite that exists already, but does not change it. To change it, use Update.',
			name: 'upsertNotice',
			type: 'notice',
			default: '',
		},
		simplifyField,
		detailsField('additionalFields', CREATE_DETAILS),
	],
	orderingKey(item) {
		const filter = item.read('filter', filterValidator);
		const details = readDetails(item, 'additionalFields', CREATE_DETAILS);
		return JSON.stringify([readResource(item), filter, details[filter]]);
	},
	async run(item, client) {
		const filter = item.read('filter', filterValidator);
		const details = readDetails(item, 'additionalFields', CREATE_DETAILS);
		assertFilterValue(filter, details);
		const shape = readSimplify(item, simplifyInvite);
		const body = { ...readResource(item), ...details, filter };
		const { invite, result } = await client.findOrCreateInvite(body);
		return { ...shape(invite), result };
	},
};
