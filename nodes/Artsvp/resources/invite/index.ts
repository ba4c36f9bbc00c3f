/** The resource Invite. */
import type { Resource } from '../../../shared/action/types';
import type { ArtsvpClient } from '../../client';
import { create } from './create';
import { createBatch } from './createBatch';
import { deleteInvite } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';
import { upsert } from './upsert';

export const invite: Resource<ArtsvpClient> = {
	value: 'invite',
	name: 'Invite',
	operations: [create, createBatch, upsert, deleteInvite, get, getAll, update],
};
