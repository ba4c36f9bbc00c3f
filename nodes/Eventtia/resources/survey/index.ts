/** The resource Survey. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { getAll } from './getAll';

export const survey: Resource<EventtiaClient> = {
	value: 'survey',
	name: 'Survey',
	operations: [getAll],
};
