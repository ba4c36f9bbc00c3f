/** The resource Lead. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const lead: Resource<EventtiaClient> = {
	value: 'lead',
	name: 'Lead',
	operations: [getAll],
};
