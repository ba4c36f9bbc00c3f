/** Payment: Get Many (eventtia.md, "List of Attendee Payments"). */
import { dateField } from '../../../shared/fields/builders';
import { oneOf, optional, stringList } from '../../../shared/fields/validators';
import { path } from '../../../shared/http/path';
import { readEventDates } from '../../dates';
import { EVENT_ZONE_NOTE, eventUriField, readEventUri } from '../../fields';
import { listOperation } from '../../operations/list';

/** The document: "manual_payment: 1, electronic: 3". */
const PAYMENT_TYPES = { manualPayment: 1, electronic: 3 } as const;

export const getAll = listOperation({
	action: 'Get many payments',
	description:
		'Retrieve a list of payments of the attendees of an event, all or those that match the filters',
	fields: [eventUriField],
	filters: [
		dateField('End Date', 'endDateTime', `Only payments until this moment. ${EVENT_ZONE_NOTE}`),
		{
			displayName: 'Payment Type',
			name: 'paymentType',
			type: 'options',
			options: [
				{ name: 'Electronic', value: 'electronic' },
				{ name: 'Manual Payment', value: 'manualPayment' },
			],
			default: 'electronic',
			description: 'How it was paid',
		},
		dateField(
			'Start Date',
			'startDateTime',
			`Only payments from this moment on. ${EVENT_ZONE_NOTE}`,
		),
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: [
				{ name: 'Accepted', value: 'accepted' },
				{ name: 'Error', value: 'error' },
				{ name: 'Expired', value: 'expired' },
				{ name: 'Processing', value: 'processing' },
				{ name: 'Refunded', value: 'refunded' },
				{ name: 'Refuted', value: 'refuted' },
			],
			default: [],
			description: 'Only payments that stand like this',
		},
	],
	include: [{ name: 'Attendee', value: 'attendee' }],
	path: (item) => path`/events/${readEventUri(item)}/attendee-payments`,
	async query(item, client) {
		const { startDateTime, endDateTime } = await readEventDates(item, client, 'filters', {
			startDateTime: 'payment',
			endDateTime: 'payment',
		});
		const { paymentType, status } = item.readCollection('filters', {
			paymentType: optional(oneOf('manualPayment', 'electronic')),
			status: stringList,
		});
		return {
			start_date_time: startDateTime,
			end_date_time: endDateTime,
			payment_type: paymentType === undefined ? undefined : PAYMENT_TYPES[paymentType],
			status: status?.join(','),
		};
	},
});
