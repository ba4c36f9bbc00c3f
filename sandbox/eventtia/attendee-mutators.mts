// Control routes that change attendees and guests as they themselves or the organisers would: register, check in,
// change, cancel.

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

import { DEFAULT_FIELDS } from './records/attendee-types.mts';
import { ATTENDEE_STATUSES, type Attendees, type EventtiaAttendee } from './records/attendees.mts';
import { given } from './records/seeding.mts';
import type { EventtiaState } from './state.mts';

const value = z.union([z.string(), z.array(z.string()), z.null()]);
const newAttendee = z
	.object({
		/** The name of the attendee type. */
		type: z.string().optional(),
		fields: z.object({ email: z.string() }).catchall(z.string()),
	})
	.strict();
const attendeePatch = z
	.object({
		/** By the field's ID, name or alias. */
		fields: z.record(value),
		status: z.enum(ATTENDEE_STATUSES),
		paid: z.boolean(),
	})
	.partial()
	.strict();
const newGuest = z
	.object({
		firstName: z.string(),
		lastName: z.string(),
		email: z.string(),
		company: z.string(),
		attendeeTypeId: z.string(),
	})
	.partial()
	.strict();
const eventParams = z.object({ uri: z.string() });
const recordParams = eventParams.extend({ id: z.string() });

/** The actions on an attendee, by the last part of the path. */
const ACTIONS: Readonly<Record<string, (all: Attendees, id: string) => EventtiaAttendee>> = {
	'check-in': (all, id) => all.checkIn({ id }),
	'undo-check-in': (all, id) => all.undoCheckIn({ id }),
	cancel: (all, id) => all.setStatus({ id }, 'cancelled'),
	reject: (all, id) => all.setStatus({ id }, 'rejected'),
	archive: (all, id) => all.archive({ id }),
};

/** Adds the routes, relative to `/eventtia`. */
export function addAttendeeRoutes(control: FastifyInstance, state: EventtiaState): void {
	control.post('/events/:uri/attendees', ({ params, body }) => {
		const { attendees } = state.event(eventParams.parse(params).uri);
		const { type, fields } = newAttendee.parse(body);
		const unknown = Object.keys(fields).filter(
			(name) => !DEFAULT_FIELDS.some((one) => one === name),
		);
		if (unknown.length > 0) throw new Error(`sandbox: no default field ${unknown.join(', ')}`);
		return attendees.register(fields, type);
	});
	control.patch('/events/:uri/attendees/:id', ({ params, body }) => {
		const { uri, id } = recordParams.parse(params);
		const { attendees } = state.event(uri);
		const { fields = {}, status, paid } = attendeePatch.parse(body);
		return attendees.update({ id }, (row) => {
			for (const [name, given] of Object.entries(fields)) {
				row.fields[attendees.fieldNamed(row, name)] = given;
			}
			row.status = status ?? row.status;
			row.paid = paid ?? row.paid;
		});
	});
	for (const [name, action] of Object.entries(ACTIONS)) {
		control.post(`/events/:uri/attendees/:id/${name}`, ({ params }) => {
			const { uri, id } = recordParams.parse(params);
			return action(state.event(uri).attendees, id);
		});
	}
	control.post('/events/:uri/guests', ({ params, body }) => {
		const added = newGuest.parse(body ?? {});
		return state.event(eventParams.parse(params).uri).guests.add({
			firstName: added.firstName ?? null,
			lastName: added.lastName ?? null,
			email: added.email ?? null,
			company: added.company ?? null,
			attendeeTypeId: added.attendeeTypeId ?? null,
		});
	});
	control.patch('/events/:uri/guests/:id', ({ params, body }) => {
		const { uri, id } = recordParams.parse(params);
		const { email: _email, ...changes } = newGuest.parse(body);
		return state.event(uri).guests.update(id, given(changes));
	});
	control.delete('/events/:uri/guests/:id', ({ params }) => {
		const { uri, id } = recordParams.parse(params);
		state.event(uri).guests.remove(id);
		return { removed: id };
	});
}
