/** The resource Stand Reservation. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const standReservation: Resource<EventtiaClient> = {
	value: 'standReservation',
	name: 'Stand Reservation',
	operations: [getAll],
};
