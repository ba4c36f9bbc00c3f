/** The resource Country. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const country: Resource<EventtiaClient> = {
	value: 'country',
	name: 'Country',
	operations: [getAll],
};
