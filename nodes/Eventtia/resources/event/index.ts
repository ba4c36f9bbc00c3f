/** The resource Event. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { clone } from './clone';
import { create } from './create';
import { get } from './get';
import { getAll } from './getAll';
import { getAllSlim } from './getAllSlim';
import { getCloneProgress } from './getCloneProgress';
import { getTicketStats } from './getTicketStats';
import { update } from './update';

export const event: Resource<EventtiaClient> = {
	value: 'event',
	name: 'Event',
	operations: [getAll, getAllSlim, clone, create, get, getCloneProgress, getTicketStats, update],
};
