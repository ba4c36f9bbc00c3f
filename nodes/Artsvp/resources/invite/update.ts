/** Invite: Update (artsvp.md, "Update an invite"). */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { ArtsvpClient } from '../../client';
import { assertHasChanges } from '../../../shared/fields/updateFields';
import { detailsField, readDetails } from '../../fields';
import { simplifyInvite } from '../../simplify';
import { findInviteId, inviteField, readInviteId, UPDATE_DETAILS } from './shared';

export const update: Operation<ArtsvpClient> = {
	value: 'update',
	name: 'Update',
	action: 'Update invite',
	description:
		'Change an invite. If it was used already, its bookings show the new data too. Its name and email cannot be changed.',
	effect: 'write',
	fields: [
		inviteField,
		simplifyField,
		detailsField('updateFields', UPDATE_DETAILS, {
			tags: { description: 'The tags of the invite; they replace the ones it has' },
		}),
	],
	orderingKey: readInviteId,
	async run(item, client) {
		const shape = readSimplify(item, simplifyInvite);
		const body = readDetails(item, 'updateFields', UPDATE_DETAILS);
		assertHasChanges(body);
		const id = await findInviteId(item, client);
		return shape(
			await client.change({
				method: 'PATCH',
				path: path`/invites/${id}`,
				body,
				safety: 'idempotent',
			}),
		);
	},
};
