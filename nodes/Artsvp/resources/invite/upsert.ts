/**
 * Invite: Create or Update, by ARTSVP's own `filter`: an invite that matches is left as it is
 * (artsvp.md, "Create an invite": "a new invite will only be created if …").
 */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import type { ArtsvpClient } from '../../client';
import { detailsField, readDetails } from '../../fields';
import { simplifyInvite } from '../../simplify';
import { NEW_INVITE } from './details';
import { assertFilled, filterCheck, filterField } from './filter';
import { readResource, resourceFields } from './resource';

export const upsert: Operation<ArtsvpClient> = {
	value: 'upsert',
	name: 'Create or Update',
	action: 'Create or update invite',
	description: 'Create a new record, or update the current one if it already exists (upsert)',
	effect: 'write',
	fields: [
		...resourceFields,
		filterField,
		{
			displayName:
				'ARTSVP finds an invite that exists already, but does not change it. To change it, use Update.',
			name: 'upsertNotice',
			type: 'notice',
			default: '',
		},
		simplifyField,
		detailsField('Additional Fields', 'additionalFields', NEW_INVITE),
	],
	orderingKey(item) {
		const filter = item.read('filter', filterCheck);
		const details = readDetails(item, 'additionalFields', NEW_INVITE);
		return JSON.stringify([readResource(item), filter, details[filter]]);
	},
	async run(item, client) {
		const filter = item.read('filter', filterCheck);
		const details = readDetails(item, 'additionalFields', NEW_INVITE);
		assertFilled(filter, details);
		const shape = readSimplify(item, simplifyInvite);
		const body = { ...readResource(item), ...details, filter };
		const { invite, result } = await client.findOrCreateInvite(body);
		return { ...shape(invite), result };
	},
};
