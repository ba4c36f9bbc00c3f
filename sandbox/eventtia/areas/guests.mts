// Guests, the invitation list: list, add, one.

import { z } from 'zod';

import type { Endpoint } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { invalid, notFound } from '../failure.mts';
import {
	type Inclusions,
	type Resource,
	includeQuery,
	respondWithList,
	respondWithOne,
	pageQuery,
} from '../jsonapi.mts';
import type { EventtiaGuest } from '../records/guests.mts';
import type { EventtiaState } from '../state.mts';
import { wholeSeconds } from '../dates.mts';
import { shownAttendee } from './attendees.mts';
import { shownType } from './attendee-types.mts';

const string = z.string().optional();

/** A guest as the samples show it. @param precise whether the time has milliseconds, as after Create */
function shownGuest(event: EventtiaEvent, guest: EventtiaGuest, precise = false): Resource {
	const { attendeeId, attendeeTypeId, updatedAt } = guest;
	const related = (id: string | null, type: string) => ({
		data: id === null ? null : { id, type },
	});
	return {
		id: guest.id,
		type: 'guests',
		attributes: {
			uuid: guest.uuid,
			first_name: guest.firstName,
			last_name: guest.lastName,
			email: guest.email,
			company: guest.company,
			import_id: guest.importId,
			updated_at: event.local(precise ? updatedAt : wholeSeconds(updatedAt)),
		},
		relationships: {
			attendee: related(attendeeId, 'attendees'),
			attendee_type: related(attendeeTypeId, 'attendee_types'),
		},
	};
}

function guestIncludes(event: EventtiaEvent): Inclusions<EventtiaGuest> {
	return {
		includes: {
			attendee: ({ attendeeId }) => {
				const attendee = event.attendees.find(attendeeId ?? '');
				return attendee ? [shownAttendee(event, attendee)] : [];
			},
			attendee_type: ({ attendeeTypeId }) => {
				const type = event.attendeeTypes.get(attendeeTypeId ?? '');
				return type ? [shownType(event, type, false)] : [];
			},
		},
	};
}

/** The endpoints of guests. */
export const guestEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/guests',
		query: { ...pageQuery, ...includeQuery },
		body: {},
		respond: (call, event) =>
			respondWithList(call, event.guests.rows(), {
				...guestIncludes(event),
				serialize: (guest) => shownGuest(event, guest),
			}),
	}),
	api.ofEvent({
		method: 'POST',
		path: '/guests',
		query: {},
		body: {
			first_name: string,
			last_name: string,
			email: string,
			company: string,
			attendee_type_id: z.number().int().optional(),
		},
		respond(call, event) {
			const { body } = call;
			const typeId = body.attendee_type_id?.toString();
			if (typeId !== undefined && !event.attendeeTypes.has(typeId)) {
				throw invalid('Attendee type must exist');
			}
			if (body.email !== undefined && !body.email.includes('@')) throw invalid('email is invalid');
			const guest = event.guests.add({
				firstName: body.first_name ?? null,
				lastName: body.last_name ?? null,
				email: body.email ?? null,
				company: body.company ?? null,
				attendeeTypeId: typeId ?? null,
			});
			return respondWithOne(call, guest, { serialize: (row) => shownGuest(event, row, true) });
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/guests/:guest_id',
		query: includeQuery,
		body: {},
		respond(call, event) {
			const guest = event.guests.find(call.params['guest_id'] ?? '');
			if (!guest) throw notFound();
			return respondWithOne(call, guest, {
				...guestIncludes(event),
				serialize: (row) => shownGuest(event, row),
			});
		},
	}),
];
