/** Invite: Delete (artsvp.md, "Delete an invite": 204 without a body). */
import type { Operation } from '../../../shared/action/types';
import { path } from '../../../shared/http/path';
import type { ArtsvpClient } from '../../client';
import { findInviteId, inviteField, readInviteId } from './shared';

export const deleteInvite: Operation<ArtsvpClient> = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete invite',
	description: 'Delete an invite, so that its link no longer works',
	effect: 'remove',
	fields: [inviteField],
	orderingKey: readInviteId,
	async run(item, client) {
		const id = await findInviteId(item, client);
		await client.remove(path`/invites/${id}`);
		return { deleted: true, id };
	},
};
