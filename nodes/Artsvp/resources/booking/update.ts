/** Booking: Update (artsvp.md, "Update a booking"). */
import type { Operation } from '../../../shared/action/types';
import { readSimplify, simplifyField } from '../../../shared/fields/lists';
import { path } from '../../../shared/http/path';
import type { ArtsvpClient } from '../../client';
import { assertHasChanges } from '../../../shared/fields/updateFields';
import { detailsField, readDetails } from '../../fields';
import { simplifyBooking } from '../../simplify';
import { bookingField, readBookingId } from './shared';

const DETAILS = ['name', 'email', 'externalId'] as const;

export const update: Operation<ArtsvpClient> = {
	value: 'update',
	name: 'Update',
	action: 'Update booking',
	description:
		'Change the name, email, external ID or meta data of a booking; ARTSVP lets nothing else be changed',
	effect: 'write',
	fields: [bookingField, simplifyField, detailsField('updateFields', DETAILS)],
	orderingKey: readBookingId,
	async run(item, client) {
		const id = readBookingId(item);
		const shape = readSimplify(item, simplifyBooking);
		const body = readDetails(item, 'updateFields', DETAILS);
		assertHasChanges(body);
		return shape(
			await client.change({
				method: 'PATCH',
				path: path`/bookings/${id}`,
				body,
				safety: 'idempotent',
			}),
		);
	},
};
