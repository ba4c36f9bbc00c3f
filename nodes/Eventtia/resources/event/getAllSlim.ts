/** Event: Get Many (Slim) (eventtia.md, "List of Events Slim"; up to 100 per page, without event URIs). */
import { dateField } from '../../../shared/fields/builders';
import { optional } from '../../../shared/fields/validators';
import { eventDateTime } from '../../dates';
import { cityField, countryField, numericId, optionalField, cityRegionField } from '../../fields';
import { listOperation } from '../../operations/list';

const SLIM_PAGE_SIZE = 100;

export const getAllSlim = listOperation({
	value: 'getAllSlim',
	name: 'Get Many (Slim)',
	action: 'Get many events (slim)',
	description:
		'Retrieve many events quickly, with fewer fields and without their URIs, which other operations need',
	fields: [],
	filters: [
		optionalField(cityField, 'Only events in this city. Choose the country and the region first.'),
		optionalField(countryField, 'Only events in this country'),
		cityRegionField,
		dateField(
			'Starts After',
			'startDateLowerBound',
			'Only events that start at this moment or later',
		),
		dateField(
			'Starts Before',
			'startDateUpperBound',
			'Only events that start at this moment or before',
		),
	],
	pageSize: SLIM_PAGE_SIZE,
	path: () => '/events/slim',
	query(item) {
		const filters = item.readCollection('filters', {
			cityId: optional(numericId),
			countryId: optional(numericId),
			startDateLowerBound: optional(eventDateTime(item.timeZone, 'since')),
			startDateUpperBound: optional(eventDateTime(item.timeZone, 'since')),
		});
		return {
			country_id: filters.countryId,
			city_id: filters.cityId,
			start_date_lower_bound: filters.startDateLowerBound,
			start_date_upper_bound: filters.startDateUpperBound,
		};
	},
});
