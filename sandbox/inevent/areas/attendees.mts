// Attendees: list with its filters, one, change, delete, check in. Only the list is detailed in the document.

import { z } from 'zod';

import { type Endpoint, json, noContent } from '../../shared/endpoint.mts';
import { type InEventApi, actionAnswer, pageOf, pageQuery, timeIn } from '../api.mts';
import { type InEventEvent, TICKET_TYPES } from '../event.mts';
import { Failure, invalid, notFound } from '../failure.mts';
import type { InEventAttendee } from '../records.mts';
import type { InEventState } from '../state.mts';
import { isEmail } from './registration.mts';

const ATTENDEE_FIELDS = [
	'id',
	'email',
	'first_name',
	'last_name',
	'status',
	'ticket_type',
	'custom_fields',
	'created_at',
	'updated_at',
] as const satisfies Array<keyof InEventAttendee>;

const string = z.string().optional();

function fieldsIn(value: string | undefined): readonly string[] {
	const fields = value?.split(',') ?? ATTENDEE_FIELDS;
	const known = new Set<string>(ATTENDEE_FIELDS);
	if (fields.some((field) => !known.has(field))) {
		throw invalid([{ field: 'fields', issue: 'unknown_field' }]);
	}
	return fields;
}

function foundAttendee(event: InEventEvent, id: string | undefined): InEventAttendee {
	const attendee = event.attendee(id ?? '');
	if (!attendee) throw notFound();
	return attendee;
}

/** The endpoints of attendees. */
export const attendeeEndpoints = (api: InEventApi): Array<Endpoint<InEventState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/attendees',
		scope: 'read:attendees',
		query: { ...pageQuery, updated_since: string, status: string, search: string, fields: string },
		body: {},
		answer({ state, query }, event) {
			const since = timeIn('updated_since', query.updated_since);
			const fields = fieldsIn(query.fields);
			const { status, search } = query;
			const words = search?.toLowerCase();
			const isSince = (at: number, from: number) =>
				state.sinceIsExclusive ? at > from : at >= from;
			const unfiltered = [since, status, words].every((filter) => filter === undefined);
			const rows = unfiltered
				? event.attendees()
				: event.attendees().filter((attendee) => {
						const { email, first_name: first, last_name: last, updated_at: at } = attendee;
						return (
							(status === undefined || attendee.status === status) &&
							(since === undefined || isSince(Date.parse(at), since)) &&
							(words === undefined || `${email} ${first} ${last}`.toLowerCase().includes(words))
						);
					});
			const ordered = state.newestFirst ? Array.from(rows).reverse() : rows;
			const { data, pagination } = pageOf(state, ordered, query, true);
			const sparse = data.map((attendee) =>
				Object.fromEntries(Object.entries(attendee).filter(([field]) => fields.includes(field))),
			);
			return json(200, { data: query.fields === undefined ? data : sparse, pagination });
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/attendees/:id',
		scope: 'read:attendees',
		query: {},
		body: {},
		answer: ({ params }, event) => json(200, foundAttendee(event, params['id'])),
	}),
	api.ofEvent({
		method: 'PATCH',
		path: '/attendees/:id',
		scope: 'write:attendees',
		query: {},
		body: {
			email: string,
			first_name: string,
			last_name: string,
			status: string,
			ticket_type: string,
			ticket_type_id: string,
			custom_fields: z.record(z.unknown()).optional(),
		},
		answer({ state, params, body }, event) {
			const attendee = foundAttendee(event, params['id']);
			const { ticket_type_id: ticketTypeId, email, ...patch } = body;
			const ticketType =
				ticketTypeId === undefined ? body.ticket_type : TICKET_TYPES.get(ticketTypeId);
			if (ticketTypeId !== undefined && ticketType === undefined) {
				throw invalid([{ field: 'ticket_type_id', issue: 'not_found' }], 'Invalid request body');
			}
			if (email !== undefined && !isEmail(email)) {
				throw invalid([{ field: 'email', issue: 'invalid_format' }], 'Invalid request body');
			}
			const isTaken = email !== undefined && event.hasEmail(email, attendee.id);
			if (isTaken && state.duplicateEmails === 'conflict') {
				throw new Failure(409, 'conflict', 'An attendee with this email is already registered');
			}
			return json(200, event.update(attendee, { ...patch, email, ticket_type: ticketType }));
		},
	}),
	api.ofEvent({
		method: 'DELETE',
		path: '/attendees/:id',
		scope: 'write:attendees',
		query: {},
		body: {},
		answer({ params }, event) {
			event.remove(foundAttendee(event, params['id']));
			return noContent();
		},
	}),
	api.ofEvent({
		method: 'POST',
		path: '/attendees/:id/checkin',
		scope: 'write:attendees',
		query: {},
		body: {},
		answer({ state, params }, event) {
			const attendee = foundAttendee(event, params['id']);
			const isRepeated = attendee.status === 'checked_in';
			if (
				attendee.status === 'cancelled' ||
				(isRepeated && state.repeatedCheckIns === 'conflict')
			) {
				throw new Failure(409, 'conflict', `Attendee is ${attendee.status}`);
			}
			return actionAnswer(state, event.checkIn(attendee));
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/attendees/:id/checkins',
		scope: 'read:attendees',
		query: pageQuery,
		body: {},
		answer({ state, params, query }, event) {
			const { id } = foundAttendee(event, params['id']);
			const own = event.checkIns.filter((checkIn) => checkIn.attendee_id === id);
			return json(200, pageOf(state, own, query, true));
		},
	}),
];
