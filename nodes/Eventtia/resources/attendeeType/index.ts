/** The resource Attendee Type. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const attendeeType: Resource<EventtiaClient> = {
	value: 'attendeeType',
	name: 'Attendee Type',
	operations: [getAll],
};
