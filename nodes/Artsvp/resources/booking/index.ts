/** The resource Booking. */
import type { Resource } from '../../../shared/action/types';
import type { ArtsvpClient } from '../../client';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

export const booking: Resource<ArtsvpClient> = {
	value: 'booking',
	name: 'Booking',
	operations: [getAll, get, update],
};
