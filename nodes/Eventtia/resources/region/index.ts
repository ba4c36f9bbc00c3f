/** The resource Region. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const region: Resource<EventtiaClient> = {
	value: 'region',
	name: 'Region',
	operations: [getAll],
};
