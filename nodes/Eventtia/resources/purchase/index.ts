/** The resource Purchase. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';
import { getAllOfAttendee } from './getAllOfAttendee';

export const purchase: Resource<EventtiaClient> = {
	value: 'purchase',
	name: 'Purchase',
	operations: [getAll, getAllOfAttendee],
};
