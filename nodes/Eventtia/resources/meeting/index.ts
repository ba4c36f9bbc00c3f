/** The resource Meeting. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const meeting: Resource<EventtiaClient> = {
	value: 'meeting',
	name: 'Meeting',
	operations: [getAll],
};
