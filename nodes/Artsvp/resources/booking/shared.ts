/** What the operations on bookings share: how a booking is chosen. */
import { idField } from '../../../shared/fields/locators';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import { recordId } from '../../../shared/fields/validators';

/** The booking that an operation works on. */
export const bookingField = idField(
	'Booking',
	'bookingId',
	'searchBookings',
	'boo-46d60ac0-bd1a-4e11-a3e2-0394e872887f',
);

/** @returns the booking's ID; @throws InputError if it is empty */
export function readBookingId(item: ItemParameters): string {
	return item.read('bookingId', recordId);
}
