/** The resource Guest. */
import type { Resource } from '../../../shared/action/types';
import type { EventVaultClient } from '../../client';
import { add } from './add';
import { get } from './get';
import { getAll } from './getAll';
import { getCount } from './getCount';
import { remove } from './remove';
import { upsert } from './upsert';

export const guest: Resource<EventVaultClient> = {
	value: 'guest',
	name: 'Guest',
	operations: [add, upsert, get, getAll, getCount, remove],
};
