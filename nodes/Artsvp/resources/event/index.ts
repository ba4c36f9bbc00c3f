/** The resource Event. */
import type { Resource } from '../../../shared/action/types';
import type { ArtsvpClient } from '../../client';
import { get } from './get';
import { getAll } from './getAll';

export const event: Resource<ArtsvpClient> = {
	value: 'event',
	name: 'Event',
	operations: [getAll, get],
};
