/** Lead: Get Many (eventtia.md, "List of Exhibitor Leads"). */
import { path } from '../../../shared/http/path';
import { eventUriField, readEventUri, readId, standReservationField } from '../../fields';
import { listOperation } from '../../operations/list';

export const getAll = listOperation({
	action: 'Get many leads',
	description: 'Retrieve a list of people whom one exhibitor met at the stand',
	fields: [eventUriField, standReservationField],
	path: (item) =>
		path`/events/${readEventUri(item)}/stand_reservations/${readId(item, standReservationField)}/leads`,
});
