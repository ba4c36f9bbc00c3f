/** The resource Attendee. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { cancel } from './cancel';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getByEmail } from './getByEmail';

export const attendee: Resource<EventtiaClient> = {
	value: 'attendee',
	name: 'Attendee',
	operations: [getAll, cancel, create, get, getByEmail],
};
