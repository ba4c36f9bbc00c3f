/** The resource Speaker. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const speaker: Resource<EventtiaClient> = {
	value: 'speaker',
	name: 'Speaker',
	operations: [getAll],
};
