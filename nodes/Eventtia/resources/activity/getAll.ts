/** Activity: Get Many (eventtia.md, "List of Activities"). */
import { optional, requiredText, boolean } from '../../../shared/fields/validators';
import { booleanField, dateField, textField } from '../../../shared/fields/builders';
import { path } from '../../../shared/http/path';
import { calendarDay, readEventDates } from '../../dates';
import { EVENT_ZONE_NOTE, eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';
import { ACTIVITY_INCLUDES } from './include';

export const getAll = listOperation({
	action: 'Get many activities',
	description:
		'Retrieve a list of activities (workshops) of an event, all or those that match the filters',
	fields: [eventUriField],
	filters: [
		dateField('Date', 'date', 'Only activities that start on this day'),
		booleanField(
			'In the Future',
			'inTheFuture',
			false,
			'Whether only activities come that have not started',
		),
		textField('Name', 'name', 'The name of the activity, or a part of it'),
		dateField(
			'Updated After',
			'updatedDateTime',
			`Only activities changed after this moment. ${EVENT_ZONE_NOTE}`,
		),
	],
	include: ACTIVITY_INCLUDES,
	path: (item) => path`/events/${readEventUri(item)}/workshops`,
	async query(item, client) {
		const { date, inTheFuture, name } = item.readCollection('filters', {
			date: optional(calendarDay('day')),
			inTheFuture: boolean,
			name: optional(requiredText),
		});
		const { updatedDateTime } = await readEventDates(item, client, 'filters', {
			updatedDateTime: 'filter',
		});
		return {
			name,
			date,
			updated_date_time: updatedDateTime,
			// "Send this param": what "false" does is not documented.
			in_the_future: inTheFuture === true ? true : undefined,
		};
	},
});
