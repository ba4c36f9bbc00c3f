/** The resource Attendee Activity. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { add } from './add';
import { getAll } from './getAll';
import { remove } from './remove';
import { replaceAll } from './replaceAll';

export const attendeeActivity: Resource<EventtiaClient> = {
	value: 'attendeeActivity',
	name: 'Attendee Activity',
	operations: [getAll, add, remove, replaceAll],
};
