/** The resource Payment. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const payment: Resource<EventtiaClient> = {
	value: 'payment',
	name: 'Payment',
	operations: [getAll],
};
