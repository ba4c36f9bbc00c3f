/** The resource Event Parameter. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { get } from './get';
import { update } from './update';

export const eventParameter: Resource<EventtiaClient> = {
	value: 'eventParameter',
	name: 'Event Parameter',
	operations: [get, update],
};
