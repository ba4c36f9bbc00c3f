// Attendees: list with its filters, one, by e-mail, cancel. (Registration has a file of its own.)

import { z } from 'zod';

import { type Endpoint, json, noContent, type Parsed } from '../../shared/endpoint.mts';
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
import type { DefaultField } from '../records/attendee-types.mts';
import type { AttendeeTimes, EventtiaAttendee } from '../records/attendees.mts';
import type { EventtiaState } from '../state.mts';
import { fromWall, utc } from '../dates.mts';
import { shownField, shownType } from './attendee-types.mts';

const string = z.string().optional();
const flag = z.enum(['true', 'false']).optional();
/** `2021-10-31T14:25:46` */
const wallTime = z
	.string()
	.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
	.optional();

/** The query parameters of a list of attendees, except `page` and `include`. */
export const attendeeFilters = {
	include_rejected: flag,
	include_archived: flag,
	only_confirmed: flag,
	first_name: string,
	last_name: string,
	email: string,
	company: string,
	created_date_time: wallTime,
	updated_date_time: wallTime,
};
type Filters = Parsed<typeof attendeeFilters>;
const TEXT_FILTERS = ['first_name', 'last_name', 'email', 'company'] as const;

/** `uuid|name|email|company - title|phone`, from the samples. */
function qrCode(event: EventtiaEvent, attendee: EventtiaAttendee): string {
	const value = (name: DefaultField) => event.attendees.fieldValue(attendee, name) ?? '';
	const name = [value('first_name'), value('last_name')].filter(Boolean).join(' ');
	const work = [value('company'), value('job_title')].filter(Boolean).join(' - ');
	return [attendee.uuid, name, value('email'), work, value('telephone')].join('|');
}

/**
 * An attendee as the samples show it.
 * @param names what is included; the relationship to custom fields is shown only when they are included
 * @param publicOnly whether only fields of public listings are shown
 */
export function shownAttendee(
	event: EventtiaEvent,
	attendee: EventtiaAttendee,
	names: ReadonlySet<string> = new Set(),
	publicOnly = false,
): Resource {
	const type = event.attendees.attendeeType(attendee);
	const fields = type.fields.filter(({ isPublic }) => isPublic || !publicOnly);
	const { checkedInAt } = attendee;
	return {
		id: attendee.id,
		type: 'attendees',
		attributes: {
			created_at: utc(attendee.createdAt),
			updated_at: utc(attendee.updatedAt),
			uuid: attendee.uuid,
			fields: Object.fromEntries(fields.map(({ id }) => [id, attendee.fields[id] ?? null])),
			status: attendee.status,
			paid: attendee.paid,
			checked_in: checkedInAt !== null,
			checked_in_date: checkedInAt === null ? null : event.local(checkedInAt),
			qr_code: qrCode(event, attendee),
			can_schedule_meetings: attendee.canScheduleMeetings,
		},
		relationships: {
			attendee_type: { data: { id: type.id, type: 'attendee_types' } },
			attendee_type_custom_fields: {
				data: names.has('attendee_type_custom_fields')
					? fields.map(({ id }) => ({ id, type: 'attendee_type_custom_fields' }))
					: [],
			},
			business_conference_participants: {
				data: attendee.participantIds.map((id) => ({
					id,
					type: 'business_conference_participants',
				})),
			},
		},
	};
}

/** What can be included with attendees. */
export function attendeeIncludes(
	event: EventtiaEvent,
	publicOnly = false,
): Inclusions<EventtiaAttendee> {
	return {
		includes: {
			attendee_type: (attendee) => [
				shownType(event, event.attendees.attendeeType(attendee), false),
			],
			attendee_type_custom_fields: (attendee) =>
				event.attendees
					.attendeeType(attendee)
					.fields.filter(({ isPublic }) => isPublic || !publicOnly)
					.map((field) => shownField(event, field)),
		},
	};
}

function momentIn(event: EventtiaEvent, name: string, text: string | undefined) {
	if (text === undefined) return undefined;
	const moment = fromWall(text, event.state.filterZone === 'utc' ? 'UTC' : event.zone);
	if (moment === undefined) throw invalid(`${name} is not a date`);
	return moment;
}

/**
 * Whether an attendee passes the time filters of a list.
 * @throws Failure 400 for a date that does not exist
 */
function timeFilter(event: EventtiaEvent, query: Partial<Filters>) {
	const created = momentIn(event, 'created_date_time', query.created_date_time);
	const updated = momentIn(event, 'updated_date_time', query.updated_date_time);
	const isAfter = (at: number, bound: number | undefined) =>
		bound === undefined || (event.state.filterBound === 'exclusive' ? at > bound : at >= bound);
	return ({ createdAt, updatedAt }: AttendeeTimes) =>
		isAfter(createdAt, created) && isAfter(updatedAt, updated);
}

/**
 * Whether an attendee passes the filters of a list. Rejected and deleted attendees pass only when the query asks for
 * them.
 * @throws Failure 400 for a date that does not exist
 */
export function attendeeFilter(
	event: EventtiaEvent,
	query: Partial<Filters>,
): (attendee: EventtiaAttendee) => boolean {
	const inTime = timeFilter(event, query);
	const texts = TEXT_FILTERS.flatMap((name) => {
		const wanted = query[name];
		return wanted === undefined ? [] : [[name, wanted.toLowerCase()] as const];
	});
	const withArchived = query.include_archived === 'true';
	const withRejected = withArchived || query.include_rejected === 'true';
	return (attendee) =>
		(withArchived || !attendee.archived) &&
		(withRejected || attendee.status !== 'rejected') &&
		(query.only_confirmed !== 'true' || attendee.status === 'confirmed') &&
		inTime(attendee) &&
		texts.every(([name, wanted]) => {
			const value = event.attendees.fieldValue(attendee, name);
			return value !== null && value.toLowerCase().includes(wanted);
		});
}

/** @throws Failure 404 for an unknown or deleted attendee */
export function foundAttendee(event: EventtiaEvent, id: string | undefined): EventtiaAttendee {
	const attendee = event.attendees.find(id ?? '');
	if (!attendee || attendee.archived) throw notFound();
	return attendee;
}

/** The endpoints of attendees. */
export const attendeeEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/attendees',
		access: 'optional',
		query: { ...pageQuery, ...includeQuery, ...attendeeFilters },
		body: {},
		respond(call, event) {
			const { state, account, query } = call;
			const { page: _page, include: _include, ...filters } = query;
			const { attendees } = event;
			const isPlain = Object.keys(filters).length === 0;
			const found = isPlain
				? undefined
				: attendees.findPositions(attendeeFilter(event, filters), timeFilter(event, filters));
			const rows = attendees.rows(found, state.newestFirst);
			const publicOnly = account === undefined;
			return respondWithList(call, rows, {
				...attendeeIncludes(event, publicOnly),
				serialize: (attendee, names) => shownAttendee(event, attendee, names, publicOnly),
				meta: { total_attendees: rows.length },
			});
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/attendees/by_email',
		query: { ...includeQuery, email: string },
		body: {},
		respond(call, event) {
			const { email } = call.query;
			if (!email) throw invalid('email is missing');
			const found = event.attendees.withEmail(email);
			const attendee = call.state.byEmail === 'first' ? found[0] : found.at(-1);
			if (!attendee) throw notFound();
			return respondWithOne(call, attendee, {
				...attendeeIncludes(event),
				serialize: (row, names) => shownAttendee(event, row, names),
			});
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/attendees/:attendee_id',
		query: includeQuery,
		body: {},
		respond: (call, event) =>
			respondWithOne(call, foundAttendee(event, call.params['attendee_id']), {
				...attendeeIncludes(event),
				serialize: (row, names) => shownAttendee(event, row, names),
			}),
	}),
	api.ofEvent({
		method: 'PUT',
		path: '/attendees/:attendee_id/cancel',
		query: {},
		body: {},
		respond({ state, params }, event) {
			const { id, status } = foundAttendee(event, params['attendee_id']);
			if (status === 'cancelled' && state.repeatedCancels === 'refused') {
				throw invalid('The registration is cancelled already.');
			}
			const attendee = event.attendees.setStatus({ id }, 'cancelled');
			return state.cancelStatus === 204
				? noContent()
				: json(200, { data: shownAttendee(event, attendee) });
		},
	}),
];
