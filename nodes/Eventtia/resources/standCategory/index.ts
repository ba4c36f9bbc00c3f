/** The resource Stand Category. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const standCategory: Resource<EventtiaClient> = {
	value: 'standCategory',
	name: 'Stand Category',
	operations: [getAll],
};
