/** The resource Event. */
import type { Resource } from '../../../shared/action/types';
import type { InvitarioClient } from '../../client';
import { get } from './get';

export const event: Resource<InvitarioClient> = {
	value: 'event',
	name: 'Event',
	operations: [get],
};
