/** The resource Participant. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAgenda } from './getAgenda';
import { getAll } from './getAll';

export const participant: Resource<EventtiaClient> = {
	value: 'participant',
	name: 'Participant',
	operations: [getAll, getAgenda],
};
