/** The resource Activity Category. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const activityCategory: Resource<EventtiaClient> = {
	value: 'activityCategory',
	name: 'Activity Category',
	operations: [getAll],
};
