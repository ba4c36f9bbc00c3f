// Control routes that change an event's records as organisers, exhibitors and participants would.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import type { EventtiaEvent } from './event.mts';
import { LEAD_PRIORITIES } from './records/exhibitors.mts';
import { MEETING_STATUSES } from './records/networking.mts';
import { PAYMENT_STATUSES } from './records/payments.mts';
import type { EventtiaState } from './state.mts';

const time = z
	.string()
	.datetime({ offset: true })
	.transform((text) => Date.parse(text));
const activity = z
	.object({
		name: z.string(),
		start_date: time,
		end_date: time,
		description: z.string(),
		location: z.string(),
		availability: z.number(),
	})
	.partial()
	.strict();
const newActivity = activity.required({ name: true, start_date: true, end_date: true });
const payment = z
	.object({
		payment_type: z.enum(['Manual payment', 'Electronic payment']),
		identifier: z.string().nullable(),
		total_amount: z.string(),
		status: z.enum(PAYMENT_STATUSES),
	})
	.partial()
	.strict();
const newPayment = payment.extend({ attendeeId: z.string() });
const answer = z
	.object({
		attendeeId: z.string(),
		values: z.record(z.union([z.number(), z.string(), z.array(z.string())])),
	})
	.strict();
const lead = z
	.object({
		name: z.string(),
		company: z.string(),
		email: z.string(),
		phone: z.string(),
		notes: z.string(),
		priority: z.enum(LEAD_PRIORITIES),
	})
	.partial()
	.strict();
const purchase = z
	.object({
		attendeeId: z.string(),
		itemId: z.string(),
		quantity: z.number().int().positive().default(1),
		paid: z.boolean().default(false),
	})
	.strict();
const meeting = z.object({ status: z.nativeEnum(MEETING_STATUSES) }).strict();
const eventParams = z.object({ uri: z.string() });
const recordParams = eventParams.extend({ id: z.string() });

/** The record with this id. @throws Error when there is none */
function found<Row>(rows: ReadonlyMap<string, Row>, id: string): Row {
	const row = rows.get(id);
	if (row === undefined) throw new Error(`sandbox: no record ${id}`);
	return row;
}

/** Adds the routes, relative to `/eventtia`. Ids are those of the API, times are ISO 8601 with a zone. */
export function addRecordRoutes(control: FastifyInstance, state: EventtiaState): void {
	const requireEvent = (request: { params: unknown }): EventtiaEvent =>
		state.event(eventParams.parse(request.params).uri);
	const requireRecord = <Row,>(
		request: { params: unknown },
		rows: (event: EventtiaEvent) => ReadonlyMap<string, Row>,
	): Row => found(rows(requireEvent(request)), recordParams.parse(request.params).id);

	control.post('/events/:uri/activities', (request) =>
		requireEvent(request).activities.add(newActivity.parse(request.body)),
	);
	control.patch('/events/:uri/activities/:id', (request) =>
		requireEvent(request).activities.update(
			requireRecord(request, ({ activities }) => activities.activities),
			activity.parse(request.body),
		),
	);
	control.delete('/events/:uri/activities/:id', (request) => {
		const { id } = requireRecord(request, ({ activities }) => activities.activities);
		requireEvent(request).activities.remove(id);
		return { removed: id };
	});
	control.post('/events/:uri/payments', (request) => {
		const { attendeeId, ...fields } = newPayment.parse(request.body);
		return requireEvent(request).payments.add(attendeeId, fields);
	});
	control.patch('/events/:uri/payments/:id', (request) =>
		requireEvent(request).payments.update(
			requireRecord(request, ({ payments }) => payments.payments),
			payment.parse(request.body),
		),
	);
	control.post('/events/:uri/surveys/:id/answers', (request) => {
		const { attendeeId, values } = answer.parse(request.body);
		const survey = requireRecord(request, ({ surveys }) => surveys.surveys);
		return requireEvent(request).surveys.answer(survey, values, { entity_id: Number(attendeeId) });
	});
	control.post('/events/:uri/stand_reservations/:id/leads', (request) => {
		const { id } = requireRecord(request, ({ exhibitors }) => exhibitors.reservations);
		return requireEvent(request).exhibitors.addLead(id, lead.parse(request.body ?? {}));
	});
	control.patch('/events/:uri/leads/:id', (request) =>
		requireEvent(request).exhibitors.updateLead(
			requireRecord(request, ({ exhibitors }) => exhibitors.leads),
			lead.parse(request.body),
		),
	);
	control.post('/events/:uri/purchases', (request) => {
		const { attendeeId, itemId, quantity, paid } = purchase.parse(request.body);
		const { merchandising } = requireEvent(request);
		return merchandising.buy(attendeeId, found(merchandising.items, itemId).id, quantity, paid);
	});
	control.patch('/events/:uri/meetings/:id', (request) => {
		const { networking } = requireEvent(request);
		const meetings = new Map(
			Array.from(networking.conferences.values()).flatMap((one) => Array.from(one.meetings)),
		);
		const { status } = meeting.parse(request.body);
		return networking.updateMeeting(found(meetings, recordParams.parse(request.params).id), status);
	});
}
