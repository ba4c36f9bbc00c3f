/** Stand Reservation: Get Many (eventtia.md, "List of Stand Reservations"). */
import { textField } from '../../../shared/fields/builders';
import { optional, requiredText } from '../../../shared/fields/validators';
import { idField } from '../../../shared/fields/locators';
import { path } from '../../../shared/http/path';
import { eventUriField, optionalField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

const text = optional(requiredText);

export const getAll = listOperation({
	action: 'Get many stand reservations',
	description: 'Retrieve a list of public stand reservations of an event: its exhibitors',
	fields: [eventUriField],
	filters: [
		optionalField(
			idField('Category', 'category', 'searchStandCategories', '1234'),
			'Only stands of this category',
		),
		textField('Company Name', 'companyName', 'Only stands of the company with this name'),
		optionalField(idField('Zone', 'zone', 'searchStandZones', '12345'), 'Only stands in this zone'),
	],
	path: (item) => path`/events/${readEventUri(item)}/stand_reservations`,
	query(item) {
		const { companyName, zone, category } = item.readCollection('filters', {
			companyName: text,
			zone: text,
			category: text,
		});
		return { company_name: companyName, zone, category };
	},
});
