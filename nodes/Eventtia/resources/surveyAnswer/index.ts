/** The resource Survey Answer. */
import type { Resource } from '../../../shared/action/types';
import type { EventtiaClient } from '../../client';
import { create } from './create';
import { getAll } from './getAll';

export const surveyAnswer: Resource<EventtiaClient> = {
	value: 'surveyAnswer',
	name: 'Survey Answer',
	operations: [getAll, create],
};
