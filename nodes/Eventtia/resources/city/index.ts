/** The resource City. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { get } from './get';
import { getAll } from './getAll';

export const city: Resource<EventtiaClient> = {
	value: 'city',
	name: 'City',
	operations: [getAll, get],
};
