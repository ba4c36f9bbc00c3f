/** The resource Message. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';
import { getStats } from './getStats';

export const message: Resource<EventtiaClient> = {
	value: 'message',
	name: 'Message',
	operations: [getAll, getStats],
};
