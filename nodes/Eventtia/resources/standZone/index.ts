/** The resource Stand Zone. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const standZone: Resource<EventtiaClient> = {
	value: 'standZone',
	name: 'Stand Zone',
	operations: [getAll],
};
