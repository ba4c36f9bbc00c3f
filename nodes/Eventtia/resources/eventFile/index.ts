/** The resource Event File. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';
import { upload } from './upload';

export const eventFile: Resource<EventtiaClient> = {
	value: 'eventFile',
	name: 'Event File',
	operations: [getAll, upload],
};
