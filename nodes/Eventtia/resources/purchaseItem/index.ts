/** The resource Purchase Item. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { get } from './get';
import { getAll } from './getAll';

export const purchaseItem: Resource<EventtiaClient> = {
	value: 'purchaseItem',
	name: 'Purchase Item',
	operations: [getAll, get],
};
