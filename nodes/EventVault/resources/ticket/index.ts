/** The resource Ticket. */
import type { Resource } from '../../../shared/action/types';
import type { EventVaultClient } from '../../client';
import { getAll } from './getAll';
import { remove } from './remove';
import { upsert } from './upsert';

export const ticket: Resource<EventVaultClient> = {
	value: 'ticket',
	name: 'Ticket',
	operations: [upsert, getAll, remove],
};
