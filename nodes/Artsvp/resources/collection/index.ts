/** The resource Collection. */
import type { Resource } from '../../../shared/action/types';
import type { ArtsvpClient } from '../../client';
import { get } from './get';
import { getAll } from './getAll';

export const collection: Resource<ArtsvpClient> = {
	value: 'collection',
	name: 'Collection',
	operations: [getAll, get],
};
