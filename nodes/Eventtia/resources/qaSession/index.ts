/** The resource Q&A Session. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const qaSession: Resource<EventtiaClient> = {
	value: 'qaSession',
	name: 'Q&A Session',
	operations: [getAll],
};
