/** The resource Event Custom Field. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const eventCustomField: Resource<EventtiaClient> = {
	value: 'eventCustomField',
	name: 'Event Custom Field',
	operations: [getAll],
};
