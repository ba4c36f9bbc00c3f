/** The resource Attendee. */
import type { Resource } from '../../../shared/action/types';
import type { InEventClient } from '../../client';
import { checkIn } from './checkIn';
import { deleteAttendee } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { getCheckIns } from './getCheckIns';
import { update } from './update';

export const attendee: Resource<InEventClient> = {
	value: 'attendee',
	name: 'Attendee',
	operations: [getAll, checkIn, deleteAttendee, get, getCheckIns, update],
};
