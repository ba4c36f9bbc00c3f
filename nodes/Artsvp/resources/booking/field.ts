/** How a booking is named. */
import { idField } from '../../../shared/fields/locators';

export const bookingField = idField(
	'Booking',
	'bookingId',
	'searchBookings',
	'boo-46d60ac0-bd1a-4e11-a3e2-0394e872887f',
);
