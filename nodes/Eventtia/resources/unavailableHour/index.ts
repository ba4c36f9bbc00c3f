/** The resource Unavailable Hour. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { create } from './create';
import { deleteUnavailableHour } from './delete';
import { getAll } from './getAll';
import { update } from './update';

export const unavailableHour: Resource<EventtiaClient> = {
	value: 'unavailableHour',
	name: 'Unavailable Hour',
	operations: [getAll, create, deleteUnavailableHour, update],
};
