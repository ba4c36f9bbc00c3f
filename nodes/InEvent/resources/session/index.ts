/** The resource Session. */
import type { Resource } from '../../../shared/action/types';
import type { InEventClient } from '../../client';
import { get } from './get';
import { getAll } from './getAll';
import { getSpeakers } from './getSpeakers';

export const session: Resource<InEventClient> = {
	value: 'session',
	name: 'Session',
	operations: [getAll, get, getSpeakers],
};
