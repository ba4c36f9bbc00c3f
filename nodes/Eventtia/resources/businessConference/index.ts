/** The resource Business Conference. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const businessConference: Resource<EventtiaClient> = {
	value: 'businessConference',
	name: 'Business Conference',
	operations: [getAll],
};
