// Payments of attendees.

import { z } from 'zod';

import { type Endpoint, Refusal } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { invalid } from '../failure.mts';
import { type Resource, includeQuery, respondWithList, pageQuery } from '../jsonapi.mts';
import { PAYMENT_STATUSES, PAYMENT_TYPES, type Payment } from '../records/payments.mts';
import type { EventtiaState } from '../state.mts';
import { fromWall } from '../dates.mts';
import { shownAttendee } from './attendees.mts';

/** "eg 2020-07-16 23:00" */
const minute = z
	.string()
	.regex(/^\d{4}-\d\d-\d\d \d\d:\d\d$/, 'must be like 2020-07-16 23:00')
	.optional();
const STATUSES: readonly string[] = PAYMENT_STATUSES;

function shownPayment(event: EventtiaEvent, payment: Payment): Resource {
	return {
		id: payment.id,
		type: 'payments',
		attributes: {
			payment_type: payment.payment_type,
			identifier: payment.identifier,
			currency: payment.currency,
			description: payment.description,
			total_amount: payment.total_amount,
			status: payment.status,
			created_at: event.local(payment.created_at),
			updated_at: event.local(payment.updated_at),
			vat: payment.vat,
		},
		relationships: { attendee: { data: { id: payment.attendeeId, type: 'attendees' } } },
	};
}

/**
 * A documented minute of the query, in the event's zone or in UTC (knob `filterZone`). @throws Refusal for an invalid
 * date
 */
function minuteIn(
	state: EventtiaState,
	event: EventtiaEvent,
	text: string | undefined,
): number | undefined {
	if (text === undefined) return undefined;
	const moment = fromWall(text, state.filterZone === 'utc' ? 'UTC' : event.zone);
	if (moment === undefined) throw new Refusal(`query: ${text} is no date`);
	return moment;
}

/** The endpoint of payments. */
export const paymentEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/attendee-payments',
		query: {
			...pageQuery,
			...includeQuery,
			start_date_time: minute,
			end_date_time: minute,
			payment_type: z.string().regex(/^\d+$/, 'must be an integer').optional(),
			status: z.string().optional(),
		},
		body: {},
		respond(call, event) {
			const { state, query } = call;
			const from = minuteIn(state, event, query.start_date_time);
			const to = minuteIn(state, event, query.end_date_time);
			const { payment_type: type, status } = query;
			const label = type === undefined ? undefined : PAYMENT_TYPES.get(type);
			if (type !== undefined && label === undefined) throw invalid(`no payment_type ${type}`);
			const statuses = status?.split(',');
			const unknown = statuses?.find((name) => !STATUSES.includes(name));
			if (unknown !== undefined) throw invalid(`no status ${unknown}`);
			const rows = Array.from(event.payments.payments.values()).filter((payment) => {
				const at = payment[state.paymentFilter];
				return (
					(from === undefined || at >= from) &&
					(to === undefined || at <= to) &&
					(label === undefined || payment.payment_type === label) &&
					(statuses === undefined || statuses.includes(payment.status))
				);
			});
			return respondWithList(call, rows, {
				serialize: (payment) => shownPayment(event, payment),
				includes: {
					attendee: ({ attendeeId }) => {
						const attendee = event.attendees.find(attendeeId);
						return attendee ? [shownAttendee(event, attendee)] : [];
					},
				},
			});
		},
	}),
];
