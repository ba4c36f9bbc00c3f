/** The resource Analytics. */
import type { Resource } from '../../../shared/action/types';
import type { InEventClient } from '../../client';
import { getAll } from './getAll';

export const analytics: Resource<InEventClient> = {
	value: 'analytics',
	name: 'Analytics',
	operations: [getAll],
};
