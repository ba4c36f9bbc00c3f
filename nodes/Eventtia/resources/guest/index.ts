/** The resource Guest. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';

export const guest: Resource<EventtiaClient> = {
	value: 'guest',
	name: 'Guest',
	operations: [getAll, create, get],
};
