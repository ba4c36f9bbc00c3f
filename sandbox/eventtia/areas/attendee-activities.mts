// The activities of an attendee: list, register, unregister, replace all.

import { z } from 'zod';

import { type Endpoint, json } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { invalid, notFound } from '../failure.mts';
import { type Resource, includeQuery, respondWithList, pageQuery } from '../jsonapi.mts';
import type { ActivityRegistration } from '../records/activities.mts';
import type { EventtiaState } from '../state.mts';
import { activityListing, foundActivity } from './activities.mts';
import { foundAttendee, shownAttendee } from './attendees.mts';
import { shownType } from './attendee-types.mts';

const id = z.number().int().optional();
const pair = { workshop_id: id, attendee_id: id };

function shownRegistration(event: EventtiaEvent, row: ActivityRegistration): Resource {
	return {
		id: row.id,
		type: 'attendee_workshops',
		attributes: {
			checked_in_date: row.checkedInAt === null ? null : event.local(row.checkedInAt),
			checked_in: row.checkedInAt !== null,
		},
		relationships: {
			attendee: { data: { id: row.attendeeId, type: 'attendees' } },
			workshop: { data: { id: row.activityId, type: 'workshops' } },
		},
	};
}

/** @throws Failure 400 when an id is missing, 404 when there is no such record */
function pairIn(
	event: EventtiaEvent,
	body: { workshop_id?: number | undefined; attendee_id?: number | undefined },
) {
	const { workshop_id: workshopId, attendee_id: attendeeId } = body;
	if (workshopId === undefined) throw invalid('workshop_id is missing');
	if (attendeeId === undefined) throw invalid('attendee_id is missing');
	return {
		attendee: foundAttendee(event, String(attendeeId)),
		activity: foundActivity(event, String(workshopId)),
	};
}

/** The endpoints of attendees' activities. */
export const attendeeActivityEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/attendees/:attendee_id/workshops',
		query: { ...pageQuery, ...includeQuery },
		body: {},
		respond(call, event) {
			const attendee = foundAttendee(event, call.params['attendee_id']);
			return respondWithList(
				call,
				event.activities.ofAttendee(attendee.id),
				activityListing(event),
			);
		},
	}),
	api.ofEvent({
		method: 'POST',
		path: '/attendee_workshops',
		query: {},
		body: pair,
		respond({ state, body }, event) {
			const { attendee, activity } = pairIn(event, body);
			const { activities } = event;
			const isRegistered = activities.registration(attendee.id, activity.id) !== undefined;
			if (isRegistered && state.repeatedActivities === 'refused') {
				throw invalid('Attendee is already registered to this activity');
			}
			if (!isRegistered && activities.usedSeats(activity) >= activity.availability) {
				throw invalid('Activity has no seats available');
			}
			const row = activities.register(attendee.id, activity.id);
			const current = activities.ofAttendee(attendee.id).map((one) => Number(one.id));
			return json(200, {
				data: shownRegistration(event, row),
				meta: { current_attendee_workshops: current },
			});
		},
	}),
	api.ofEvent({
		method: 'DELETE',
		path: '/attendee_workshops',
		bodyAllowed: true,
		query: {},
		body: pair,
		respond({ body }, event) {
			const { attendee, activity } = pairIn(event, body);
			const row = event.activities.unregister(attendee.id, activity.id);
			if (!row) throw notFound();
			return json(200, { data: shownRegistration(event, row) });
		},
	}),
	api.ofEvent({
		method: 'PUT',
		path: '/attendees/:attendee_id/update_activities',
		query: {},
		body: { workshop_ids: z.string().optional() },
		respond({ params, body }, event) {
			const attendee = foundAttendee(event, params['attendee_id']);
			const { workshop_ids: text } = body;
			if (text === undefined) throw invalid('workshop_ids is missing');
			const wanted = text === '' ? [] : text.split(',').map((one) => one.trim());
			for (const one of wanted) foundActivity(event, one);
			for (const { id: old } of event.activities.ofAttendee(attendee.id)) {
				if (!wanted.includes(old)) event.activities.unregister(attendee.id, old);
			}
			for (const one of wanted) event.activities.register(attendee.id, one);
			return json(200, {
				data: shownAttendee(event, attendee),
				included: [shownType(event, event.attendees.attendeeType(attendee), false)],
			});
		},
	}),
];
