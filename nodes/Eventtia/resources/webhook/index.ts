/** The resource Webhook. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { create } from './create';
import { createForAccount } from './createForAccount';
import { deleteWebhook } from './delete';
import { deleteForAccount } from './deleteForAccount';
import { getAll } from './getAll';

export const webhook: Resource<EventtiaClient> = {
	value: 'webhook',
	name: 'Webhook',
	operations: [getAll, create, createForAccount, deleteWebhook, deleteForAccount],
};
