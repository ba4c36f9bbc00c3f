// Attendees: list with its filters, get, change, delete, check in. The document details only the list.

import { z } from 'zod';

import { type Endpoint, json, noContent } from '../../shared/endpoint.mts';
import { type InEventApi, toActionResponse, toPage, pageQuery, readTime } from '../api.mts';
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

function readFields(value: string | undefined): readonly string[] {
	const fields = value?.split(',') ?? ATTENDEE_FIELDS;
	const known = new Set<string>(ATTENDEE_FIELDS);
	if (fields.some((field) => !known.has(field))) {
		throw invalid([{ field: 'fields', issue: 'unknown_field' }]);
	}
	return fields;
}

function requireAttendee(event: InEventEvent, id: string | undefined): InEventAttendee {
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
		respond({ state, query }, event) {
			const since = readTime('updated_since', query.updated_since);
			const fields = readFields(query.fields);
			const { status, search } = query;
			const searchText = search?.toLowerCase();
			const isSince = (at: number, from: number) =>
				state.sinceIsExclusive ? at > from : at >= from;
			const unfiltered = [since, status, searchText].every((filter) => filter === undefined);
			const rows = unfiltered
				? event.attendees()
				: event.attendees().filter((attendee) => {
						const { email, first_name: first, last_name: last, updated_at: at } = attendee;
						return (
							(status === undefined || attendee.status === status) &&
							(since === undefined || isSince(Date.parse(at), since)) &&
							(searchText === undefined ||
								`${email} ${first} ${last}`.toLowerCase().includes(searchText))
						);
					});
			const ordered = state.newestFirst ? Array.from(rows).reverse() : rows;
			const { data, pagination } = toPage(state, ordered, query, true);
			const selected = data.map((attendee) =>
				Object.fromEntries(Object.entries(attendee).filter(([field]) => fields.includes(field))),
			);
			return json(200, { data: query.fields === undefined ? data : selected, pagination });
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/attendees/:id',
		scope: 'read:attendees',
		query: {},
		body: {},
		respond: ({ params }, event) => json(200, requireAttendee(event, params['id'])),
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
		respond({ state, params, body }, event) {
			const attendee = requireAttendee(event, params['id']);
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
		respond({ params }, event) {
			event.remove(requireAttendee(event, params['id']));
			return noContent();
		},
	}),
	api.ofEvent({
		method: 'POST',
		path: '/attendees/:id/checkin',
		scope: 'write:attendees',
		query: {},
		body: {},
		respond({ state, params }, event) {
			const attendee = requireAttendee(event, params['id']);
			const isRepeated = attendee.status === 'checked_in';
			if (
				attendee.status === 'cancelled' ||
				(isRepeated && state.repeatedCheckIns === 'conflict')
			) {
				throw new Failure(409, 'conflict', `Attendee is ${attendee.status}`);
			}
			return toActionResponse(state, event.checkIn(attendee));
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/attendees/:id/checkins',
		scope: 'read:attendees',
		query: pageQuery,
		body: {},
		respond({ state, params, query }, event) {
			const { id } = requireAttendee(event, params['id']);
			const checkIns = event.checkIns.filter((checkIn) => checkIn.attendee_id === id);
			return json(200, toPage(state, checkIns, query, true));
		},
	}),
];
