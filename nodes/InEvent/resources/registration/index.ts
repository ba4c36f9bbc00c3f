/** The resource Registration. */
import type { Resource } from '../../../shared/action/types';
import type { InEventClient } from '../../client';
import { create } from './create';

export const registration: Resource<InEventClient> = {
	value: 'registration',
	name: 'Registration',
	operations: [create],
};
