/** Invite: Get, with its bookings as a list (artsvp.md, "Retrieve an invite"). */
import type { Operation } from '../../../shared/action/types';
import { boolean } from '../../../shared/fields/validators';
import { simplifyField } from '../../../shared/fields/lists';
import { isObject } from '../../../shared/values';
import type { ArtsvpClient } from '../../client';
import { isRecord, withBookingList } from '../../records';
import { simplifyBooking, simplifyInvite } from '../../simplify';
import { inviteField, readInvite } from './shared';

export const get: Operation<ArtsvpClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get invite',
	description: 'Retrieve one invite with the bookings that were made with it',
	effect: 'read',
	fields: [inviteField, simplifyField],
	async run(item, client) {
		const simplify = item.read('simplify', boolean);
		const invite = withBookingList(await readInvite(item, client));
		if (!simplify) return invite;
		const bookings: unknown = invite.bookings;
		return {
			...simplifyInvite(invite),
			bookings: Array.isArray(bookings)
				? bookings.filter(isObject).filter(isRecord).map(simplifyBooking)
				: [],
		};
	},
};
