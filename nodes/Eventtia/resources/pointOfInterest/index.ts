/** The resource Point of Interest. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const pointOfInterest: Resource<EventtiaClient> = {
	value: 'pointOfInterest',
	name: 'Point of Interest',
	operations: [getAll],
};
