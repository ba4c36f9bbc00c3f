/** Invite: Create (artsvp.md, "Create an invite"). Sending it twice would create two invites. */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import type { ArtsvpClient } from '../../client';
import { detailsField, readDetails } from '../../fields';
import { simplifyInvite } from '../../simplify';
import { CREATE_DETAILS, readResource, resourceFields } from './shared';

export const create: Operation<ArtsvpClient> = {
	value: 'create',
	name: 'Create',
	action: 'Create invite',
	description: 'Create an invite to an event or a collection, with its own link',
	effect: 'write',
	fields: [...resourceFields, simplifyField, detailsField('additionalFields', CREATE_DETAILS)],
	async run(item, client) {
		const body = {
			...readResource(item),
			...readDetails(item, 'additionalFields', CREATE_DETAILS),
		};
		const shape = readSimplify(item, simplifyInvite);
		return shape(
			await client.change({ method: 'POST', path: '/invites', body, safety: 'nonIdempotent' }),
		);
	},
};
