/** The resource Activity. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getAttendees } from './getAttendees';
import { setCategories } from './setCategories';
import { update } from './update';

export const activity: Resource<EventtiaClient> = {
	value: 'activity',
	name: 'Activity',
	operations: [getAll, create, get, getAttendees, setCategories, update],
};
