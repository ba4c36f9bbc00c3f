/** The resource Order. */
import type { Resource } from '../../../shared/action/types';
import type { InEventClient } from '../../client';
import { get } from './get';
import { getAll } from './getAll';
import { refund } from './refund';

export const order: Resource<InEventClient> = {
	value: 'order',
	name: 'Order',
	operations: [getAll, get, refund],
};
