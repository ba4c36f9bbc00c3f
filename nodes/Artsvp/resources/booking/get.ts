/** Booking: Get (artsvp.md, "Retrieve a booking"). */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { ArtsvpClient } from '../../client';
import { simplifyBooking } from '../../simplify';
import { bookingField, readBookingId } from './shared';

export const get: Operation<ArtsvpClient> = {
	value: 'get',
	name: 'Get',
	action: 'Get booking',
	description: 'Retrieve one booking: who booked, for how many, and where it stands',
	effect: 'read',
	fields: [bookingField, simplifyField],
	async run(item, client) {
		const id = readBookingId(item);
		const shape = readSimplify(item, simplifyBooking);
		return shape(await client.record(path`/bookings/${id}`));
	},
};
