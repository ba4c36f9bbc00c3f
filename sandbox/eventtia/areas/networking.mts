// Business conferences: participant types and their unavailable hours, participants, agendas, meetings.

import { z } from 'zod';

import { type Endpoint, Refusal } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { invalid, notFound } from '../failure.mts';
import {
	type Serializer,
	type Resource,
	respondWithList,
	respondWithOne,
	pageQuery,
} from '../jsonapi.mts';
import {
	type Conference,
	MEETING_STATUSES,
	type Meeting,
	type Participant,
	type ParticipantType,
	type ProfileField,
	type UnavailableHour,
	slotKey,
} from '../records/networking.mts';
import { image } from '../records/seeding.mts';
import type { EventtiaState } from '../state.mts';
import { fromDayFirst, fromUpdatedSince, utc } from '../dates.mts';
import { shownField, shownType } from './attendee-types.mts';
import { shownAttendee } from './attendees.mts';

const CONFERENCES = '/business_conferences';
const TYPES = `${CONFERENCES}/:business_conference_id/business_conference_participant_types`;
const HOURS = `${TYPES}/:business_conference_participant_type_id/unavailable_hours`;
const PARTICIPANTS = `${CONFERENCES}/:business_conference_id/business_conference_participants`;
const MEETINGS = `${CONFERENCES}/:business_conference_id/business_conference_meetings`;
const MEETINGS_PER_SLOT = 1;
const LOCAL_TIME_LENGTH = 'YYYY-MM-DDTHH:MM:SS'.length;

/** "Eg. 10/12/2020 - 01:00" */
const hour = z
	.string()
	.regex(/^\d\d\/\d\d\/\d{4} - \d\d:\d\d$/, 'must be like 10/12/2020 - 01:00')
	.optional();
const hoursQuery = { start_date: hour, end_date: hour };
const number = z.string().regex(/^\d+$/, 'must be a number').optional();
const updatedSince = z.string().optional();

const identifier = (type: string) => (id: string) => ({ id, type });
const typeIdentifier = identifier('business_conference_participant_types');
const participantIdentifier = identifier('business_conference_participants');
const fieldIdentifier = identifier('business_conference_profile_fields');

/** `2023-02-10 09:00:00`, local to the event and without a zone. */
function agendaTime(event: EventtiaEvent, ms: number): string {
	return event.local(ms).slice(0, LOCAL_TIME_LENGTH).replace('T', ' ');
}

function agendaFor(event: EventtiaEvent, { slots }: ParticipantType) {
	return Object.fromEntries(
		slots.map((slot) => [
			slotKey(slot),
			[agendaTime(event, slot.start), agendaTime(event, slot.end), Number(slot.id)],
		]),
	);
}

/** @param inConference whether to add the relationships that only the list of conferences shows */
function shownParticipantType(
	event: EventtiaEvent,
	type: ParticipantType,
	inConference?: Conference,
): Resource {
	return {
		...typeIdentifier(type.id),
		attributes: {
			name: type.name,
			profile_extra_fields: {},
			required_logo: false,
			enable_categories_offering: false,
			enable_categories_looking_for: false,
			can_block_time_slots: type.can_block_time_slots,
			updated_at: event.local(type.updated_at),
			agenda: agendaFor(event, type),
			can_schedule_last_minute_meetings: false,
			can_request_meeting_to_attendee_types: [],
			show_contact_info: true,
			rejection_enabled: true,
		},
		relationships: {
			business_conference_profile_fields: {
				data: type.profileFields.map(({ id }) => fieldIdentifier(id)),
			},
			attendee_types: { data: type.attendeeTypeIds.map(identifier('attendee_types')) },
			...(inConference
				? {
						business_conference: { data: { id: inConference.id, type: 'business_conferences' } },
						survey: { data: null },
					}
				: {}),
		},
	};
}

/** "(name of the field, possible values, etc.)": the shape is assumed. */
function shownProfileField({ id, name, required, values }: ProfileField): Resource {
	return { ...fieldIdentifier(id), attributes: { name, required, values } };
}

function shownConference(event: EventtiaEvent, conference: Conference): Resource {
	const meetings = Array.from(conference.meetings.values());
	const total = (status: number) => meetings.filter((meeting) => meeting.status === status).length;
	return {
		id: conference.id,
		type: 'business_conferences',
		attributes: {
			start_date: utc(conference.start_date),
			end_date: utc(conference.end_date),
			created_at: utc(conference.created_at),
			updated_at: utc(conference.updated_at),
			scheduling_starts_on: utc(conference.scheduling_starts_on),
			booking_deadline_date: utc(conference.booking_deadline_date),
			name: conference.name,
			event_id: Number(event.id),
			location: 'Virtual',
			meeting_duration: null,
			mail_sender_name: 'Demo networking',
			limit_amount_of_scheduled_meetings_per_slot: MEETINGS_PER_SLOT,
			meeting_rejection_enabled: true,
			meeting_rejection_description_options: [
				'i cant, i have another meeting',
				'i cant, need to go for a hurry',
			],
			automatic_scheduling: false,
			automatic_scheduling_settings: null,
			rated_show_participant_agendas: true,
			blacklist_enabled: false,
			blacklist_settings: {},
			neo4j_sync: null,
			enable_meetings_evaluation: false,
			enable_categories: false,
			is_virtual: conference.is_virtual,
			total_accepted_meetings: total(MEETING_STATUSES.accepted),
			total_requested_meetings: total(MEETING_STATUSES.requested),
			total_rejected_meetings: total(MEETING_STATUSES.rejected),
			max_repeated_meetings: 1,
			show_only_confirmed: false,
		},
		relationships: {
			business_conference_participant_types: {
				data: Array.from(conference.types.keys(), typeIdentifier),
			},
			business_conference_categories: { data: [] },
		},
	};
}

function shownHours(event: EventtiaEvent, hours: UnavailableHour): Resource {
	return {
		id: hours.id,
		type: 'business_conference_participant_type_unavailable_hours',
		attributes: {
			start_date: event.local(hours.start_date),
			end_date: event.local(hours.end_date),
		},
	};
}

function shownParticipant(
	event: EventtiaEvent,
	conference: Conference,
	participant: Participant,
): Resource {
	const type = conference.types.get(participant.typeId);
	return {
		...participantIdentifier(participant.id),
		attributes: {
			business_conference_id: Number(conference.id),
			participant_type_id: Number(participant.typeId),
			event_account_id: null,
			attendee_id: Number(participant.attendeeId),
			participant_type_name: type?.name ?? '',
			profile_display_name: participant.profile_display_name,
			profile_contact_name: participant.profile_contact_name,
			profile_contact_email: participant.profile_contact_email,
			job_title: participant.job_title,
			telephone: participant.telephone,
			public_registration: participant.public_registration,
			logo: image('logos', null),
			profile_extra_fields: participant.profile_extra_fields,
			blocked_slots: participant.blocked_slots,
			updated_at: event.local(participant.updated_at),
		},
		// The sample leaves out the relationships; these are assumed.
		relationships: {
			attendee: { data: { id: participant.attendeeId, type: 'attendees' } },
			business_conference_participant_type: { data: typeIdentifier(participant.typeId) },
			business_conference_profile_fields: {
				data: (type?.profileFields ?? []).map(({ id }) => fieldIdentifier(id)),
			},
		},
	};
}

function shownMeeting(conference: Conference, meeting: Meeting): Resource {
	return {
		id: meeting.id,
		type: 'business_conference_meetings',
		attributes: {
			start_date: utc(meeting.start_date),
			end_date: utc(meeting.end_date),
			created_at: utc(meeting.created_at),
			updated_at: utc(meeting.updated_at),
			business_conference_id: Number(conference.id),
			status: meeting.status,
			start_date_seconds: null,
			end_date_seconds: null,
			user_message: meeting.user_message,
			source: meeting.source,
			guid: meeting.guid,
			location: meeting.location,
			rejection_description: meeting.rejection_description,
			shared_participant_ids: {},
			meeting_type: 'booked',
			demodesk_link: null,
			demodesk_id: null,
			slot_id: Number(meeting.slotId),
			is_virtual: false,
			host_attended: false,
			participant_attended: false,
			participant_attendance_mode: null,
			host_attendance_mode: null,
		},
		// The sample leaves out the relationships; these are assumed.
		relationships: {
			business_conference_participants: {
				data: [meeting.hostId, meeting.participantId].map(participantIdentifier),
			},
		},
	};
}

/** Meetings along with "the data for all participants involved". */
function meetingListing(event: EventtiaEvent, conference: Conference): Serializer<Meeting> {
	return {
		serialize: (meeting) => shownMeeting(conference, meeting),
		includes: {
			business_conference_participants: ({ hostId, participantId }) =>
				[hostId, participantId].flatMap((id) => {
					const participant = conference.participants.get(id);
					return participant ? [shownParticipant(event, conference, participant)] : [];
				}),
		},
		alwaysIncluded: ['business_conference_participants'],
	};
}

type Params = Readonly<Record<string, string>>;

/** @throws Failure 404 */
function foundConference(event: EventtiaEvent, params: Params): Conference {
	const conference = event.networking.conferences.get(params['business_conference_id'] ?? '');
	if (!conference) throw notFound();
	return conference;
}

/** @throws Failure 404 */
function foundType(event: EventtiaEvent, params: Params): ParticipantType {
	const id = params['business_conference_participant_type_id'] ?? '';
	const type = foundConference(event, params).types.get(id);
	if (!type) throw notFound();
	return type;
}

/** @throws Failure 404 */
function foundHours(event: EventtiaEvent, params: Params): UnavailableHour {
	const hours = foundType(event, params).unavailableHours.get(params['id'] ?? '');
	if (!hours) throw notFound();
	return hours;
}

/** `updated_since`. @throws Refusal for any other format */
function sinceIn(event: EventtiaEvent, text: string | undefined): number {
	if (text === undefined) return -Infinity;
	const since = fromUpdatedSince(text, event.zone);
	if (since === undefined) {
		throw new Refusal('query: updated_since must be like 2019-12-31T14:25:46.000-05:00');
	}
	return since;
}

/** A documented hour of the query, in the event's zone; the fallback if it was not sent. @throws Failure 400 */
function hourIn(
	event: EventtiaEvent,
	name: keyof typeof hoursQuery,
	query: { start_date?: string | undefined; end_date?: string | undefined },
	fallback?: number,
): number {
	const { [name]: text } = query;
	const moment = text === undefined ? fallback : fromDayFirst(text, event.zone);
	if (moment === undefined)
		throw invalid(`${name} is ${text === undefined ? 'missing' : 'invalid'}`);
	return moment;
}

/**
 * The hours that a query asks for. @throws Failure 400 when one is missing or invalid, or the end is before the start
 */
function hoursIn(
	event: EventtiaEvent,
	query: Parameters<typeof hourIn>[2],
	before?: UnavailableHour,
): Pick<UnavailableHour, 'start_date' | 'end_date'> {
	const start = hourIn(event, 'start_date', query, before?.start_date);
	const end = hourIn(event, 'end_date', query, before?.end_date);
	if (end <= start) throw invalid('end_date must be after start_date');
	return { start_date: start, end_date: end };
}

/** The endpoints of business conferences. */
export const networkingEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: CONFERENCES,
		query: { ...pageQuery, updated_since: updatedSince },
		body: {},
		respond(call, event) {
			const since = sinceIn(event, call.query.updated_since);
			const rows = Array.from(event.networking.conferences.values()).filter(
				({ updated_at: at }) => at >= since,
			);
			return respondWithList(call, rows, {
				serialize: (conference) => shownConference(event, conference),
				includes: {
					business_conference_participant_types: (conference) =>
						Array.from(conference.types.values(), (type) =>
							shownParticipantType(event, type, conference),
						),
				},
				alwaysIncluded: ['business_conference_participant_types'],
			});
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: TYPES,
		query: pageQuery,
		body: {},
		respond(call, event) {
			const types = Array.from(foundConference(event, call.params).types.values());
			const attendeeTypes = ({ attendeeTypeIds }: ParticipantType) =>
				attendeeTypeIds.flatMap((id) => event.attendeeTypes.get(id) ?? []);
			return respondWithList(call, types, {
				serialize: (type) => shownParticipantType(event, type),
				// "along with the associated attendee types and the custom fields for both"
				includes: {
					attendee_types: (type) => attendeeTypes(type).map((row) => shownType(event, row, true)),
					attendee_type_custom_fields: (type) =>
						attendeeTypes(type).flatMap(({ fields }) =>
							fields.map((field) => shownField(event, field)),
						),
					business_conference_profile_fields: ({ profileFields }) =>
						profileFields.map(shownProfileField),
				},
				alwaysIncluded: [
					'attendee_types',
					'attendee_type_custom_fields',
					'business_conference_profile_fields',
				],
			});
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: HOURS,
		query: pageQuery,
		body: {},
		respond: (call, event) =>
			respondWithList(call, Array.from(foundType(event, call.params).unavailableHours.values()), {
				serialize: (hours) => shownHours(event, hours),
			}),
	}),
	api.ofEvent({
		method: 'POST',
		path: HOURS,
		query: hoursQuery,
		body: {},
		respond(call, event) {
			const type = foundType(event, call.params);
			const { start_date: start, end_date: end } = hoursIn(event, call.query);
			const hours = event.networking.addHours(type, start, end);
			return respondWithOne({ ...call, query: {} }, hours, {
				serialize: (row) => shownHours(event, row),
			});
		},
	}),
	api.ofEvent({
		method: 'PUT',
		path: `${HOURS}/:id`,
		query: hoursQuery,
		body: {},
		respond(call, event) {
			const hours = foundHours(event, call.params);
			Object.assign(hours, hoursIn(event, call.query, hours));
			return respondWithOne({ ...call, query: {} }, hours, {
				serialize: (row) => shownHours(event, row),
			});
		},
	}),
	api.ofEvent({
		method: 'DELETE',
		path: `${HOURS}/:id`,
		query: {},
		body: {},
		respond(call, event) {
			const hours = foundHours(event, call.params);
			foundType(event, call.params).unavailableHours.delete(hours.id);
			return respondWithOne(call, hours, { serialize: (row) => shownHours(event, row) });
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: PARTICIPANTS,
		query: { ...pageQuery, participant_type_id: number, updated_since: updatedSince },
		body: {},
		respond(call, event) {
			const conference = foundConference(event, call.params);
			const { participant_type_id: typeId, updated_since: updated } = call.query;
			const since = sinceIn(event, updated);
			const rows = Array.from(conference.participants.values()).filter(
				(row) => (typeId === undefined || row.typeId === typeId) && row.updated_at >= since,
			);
			const attendeeFor = ({ attendeeId }: Participant) => event.attendees.find(attendeeId);
			return respondWithList(call, rows, {
				serialize: (participant) => shownParticipant(event, conference, participant),
				// "It also returns the business_conference_profile_fields, attendees and attendee_type_custom_fields."
				includes: {
					business_conference_profile_fields: ({ typeId: id }) =>
						(conference.types.get(id)?.profileFields ?? []).map(shownProfileField),
					attendees: (participant) => {
						const attendee = attendeeFor(participant);
						return attendee ? [shownAttendee(event, attendee)] : [];
					},
					attendee_type_custom_fields: (participant) => {
						const attendee = attendeeFor(participant);
						if (!attendee) return [];
						return event.attendees
							.attendeeType(attendee)
							.fields.map((field) => shownField(event, field));
					},
				},
				alwaysIncluded: [
					'business_conference_profile_fields',
					'attendees',
					'attendee_type_custom_fields',
				],
			});
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: `${PARTICIPANTS}/:participant_id/agenda`,
		query: pageQuery,
		body: {},
		respond(call, event) {
			const conference = foundConference(event, call.params);
			const participant = conference.participants.get(call.params['participant_id'] ?? '');
			const type = conference.types.get(participant?.typeId ?? '');
			if (!participant || !type) throw notFound();
			const rows = Array.from(conference.meetings.values()).filter(
				({ hostId, participantId }) =>
					hostId === participant.id || participantId === participant.id,
			);
			return respondWithList(call, rows, {
				...meetingListing(event, conference),
				fixedMeta: {
					agenda: agendaFor(event, type),
					blocked_slots: participant.blocked_slots,
					meeting_statuses: MEETING_STATUSES,
				},
			});
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: MEETINGS,
		query: pageQuery,
		body: {},
		respond(call, event) {
			const conference = foundConference(event, call.params);
			const rows = Array.from(conference.meetings.values());
			return respondWithList(call, rows, meetingListing(event, conference));
		},
	}),
];
