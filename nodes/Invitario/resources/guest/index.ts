/** The resource Guest. */
import type { Resource } from '../../../shared/action/types';
import type { InvitarioClient } from '../../client';
import { get } from './get';
import { getAll } from './getAll';
import { getChangedSince } from './getChangedSince';

export const guest: Resource<InvitarioClient> = {
	value: 'guest',
	name: 'Guest',
	operations: [getAll, get, getChangedSince],
};
