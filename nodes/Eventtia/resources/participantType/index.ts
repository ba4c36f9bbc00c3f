/** The resource Participant Type. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const participantType: Resource<EventtiaClient> = {
	value: 'participantType',
	name: 'Participant Type',
	operations: [getAll],
};
