/**
 * The two writes of the guest list, and how their end is told (event-vault.md, "POST /addGuest",
 * "POST /removeGuest").
 */
import { Status } from '../../../shared/http/status';
import { ALREADY_REGISTERED, NOT_REGISTERED } from '../../errors';
import type { Write } from '../../client';

export const ADD_GUEST: Write = {
	path: '/addGuest',
	success: 'User added successfully.',
	unchanged: { status: Status.conflict, text: ALREADY_REGISTERED },
};

export const REMOVE_GUEST: Write = {
	path: '/removeGuest',
	success: 'User removed successfully.',
	unchanged: { status: Status.notFound, text: NOT_REGISTERED },
};
