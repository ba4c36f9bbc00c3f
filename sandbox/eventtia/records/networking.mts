// Business conferences of an event: participant types with their slots, participants, meetings, unavailable hours.

import { nthUuid } from '../../shared/random.mts';
import { DAY, HOUR, MINUTE, SECOND } from '../../shared/time.mts';
import type { EventtiaEvent } from '../event.mts';
import { wholeSeconds } from '../dates.mts';
import type { EventtiaAttendee } from './attendees.mts';
import { firstAttendees, given, pick } from './seeding.mts';

const CREATED_BEFORE_START_MS = 20 * DAY;
const SCHEDULING_BEFORE_START_MS = 10 * DAY;
const SLOT_MS = 25 * MINUTE;
const SLOT_STEP_MS = 30 * MINUTE;
const SLOTS = 8;
const SEEDED_MEETINGS = 30;
const SEEDED_HOURS = 2;
const BLOCKED_EVERY = 4;

/** "meeting_statuses" of the agenda. */
export const MEETING_STATUSES = { requested: 1, accepted: 2, rejected: 3, expired: 4 } as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[keyof typeof MEETING_STATUSES];

/** A bookable time. Times are Unix milliseconds. */
export interface Slot {
	id: string;
	start: number;
	end: number;
}

/** Hours in which a participant type cannot be booked. Times are Unix milliseconds. */
export interface UnavailableHour {
	id: string;
	start_date: number;
	end_date: number;
}

/** A profile field of participants, in addition to the default fields. */
export interface ProfileField {
	id: string;
	name: string;
	required: boolean;
	values: string[] | null;
}

export interface ParticipantType {
	id: string;
	name: string;
	can_block_time_slots: boolean;
	updated_at: number;
	attendeeTypeIds: string[];
	profileFields: ProfileField[];
	slots: Slot[];
	unavailableHours: Map<string, UnavailableHour>;
}

export interface Participant {
	id: string;
	typeId: string;
	attendeeId: string;
	profile_display_name: string;
	profile_contact_name: string;
	profile_contact_email: string;
	job_title: string;
	telephone: string;
	public_registration: boolean;
	/** By the id of the profile field. */
	profile_extra_fields: Record<string, unknown>;
	/** Keys of the agenda: Unix seconds, as strings. They may repeat, as in the sample. */
	blocked_slots: string[];
	updated_at: number;
}

export interface Meeting {
	id: string;
	start_date: number;
	end_date: number;
	created_at: number;
	updated_at: number;
	status: MeetingStatus;
	/** 1, 2 or 3; the document does not say what they mean. */
	source: number;
	user_message: string;
	guid: string;
	location: string;
	rejection_description: string | null;
	slotId: string;
	hostId: string;
	participantId: string;
}

export interface Conference {
	id: string;
	name: string;
	start_date: number;
	end_date: number;
	created_at: number;
	updated_at: number;
	scheduling_starts_on: number;
	booking_deadline_date: number;
	is_virtual: boolean;
	types: Map<string, ParticipantType>;
	participants: Map<string, Participant>;
	meetings: Map<string, Meeting>;
}

/** The key of a slot in the agenda: "the UNIX Epoch time for the slot's start date". */
export function slotKey({ start }: Slot): string {
	return String(Math.floor(start / SECOND));
}

/** The business conferences of one event. */
export class NetworkingStore {
	readonly conferences = new Map<string, Conference>();

	constructor(private readonly event: EventtiaEvent) {
		if (event.seed.filled) this.seed();
	}

	/** Adds a conference without participant types. */
	add(name: string): Conference {
		const { event } = this;
		const { start, end } = event.facts;
		const createdAt = wholeSeconds(event.now());
		const conference: Conference = {
			id: event.nextId(),
			name,
			start_date: start,
			end_date: end,
			created_at: createdAt,
			updated_at: createdAt,
			scheduling_starts_on: start - SCHEDULING_BEFORE_START_MS,
			booking_deadline_date: end,
			is_virtual: false,
			types: new Map(),
			participants: new Map(),
			meetings: new Map(),
		};
		this.conferences.set(conference.id, conference);
		return conference;
	}

	/** Adds a participant type with a day of slots from the beginning of the event. */
	addType(conference: Conference, name: string, attendeeTypeIds: string[]): ParticipantType {
		const { event } = this;
		const slots = Array.from({ length: SLOTS }, (_, index) => {
			const start = event.facts.start + index * SLOT_STEP_MS;
			return { id: event.nextId(), start, end: start + SLOT_MS };
		});
		const type: ParticipantType = {
			id: event.nextId(),
			name,
			can_block_time_slots: conference.types.size === 0,
			updated_at: wholeSeconds(event.now()),
			attendeeTypeIds,
			profileFields: [
				{ id: event.nextId(), name: 'Looking for', required: false, values: null },
				{ id: event.nextId(), name: 'Sector', required: true, values: ['Software', 'Hardware'] },
			],
			slots,
			unavailableHours: new Map(),
		};
		conference.types.set(type.id, type);
		return type;
	}

	/** Adds hours to a type. @param start Unix milliseconds */
	addHours(type: ParticipantType, start: number, end: number): UnavailableHour {
		const hours = { id: this.event.nextId(), start_date: start, end_date: end };
		type.unavailableHours.set(hours.id, hours);
		return hours;
	}

	/** Makes an attendee a participant. */
	addParticipant(
		conference: Conference,
		type: ParticipantType,
		attendee: EventtiaAttendee,
	): Participant {
		const { attendees } = this.event;
		const of = (name: Parameters<typeof attendees.fieldValue>[1]) =>
			attendees.fieldValue(attendee, name) ?? '';
		const participant: Participant = {
			id: this.event.nextId(),
			typeId: type.id,
			attendeeId: attendee.id,
			profile_display_name: of('company'),
			profile_contact_name: `${of('first_name')} ${of('last_name')}`.trim(),
			profile_contact_email: of('email'),
			job_title: of('job_title'),
			telephone: of('telephone'),
			public_registration: false,
			profile_extra_fields: {},
			blocked_slots: [],
			updated_at: wholeSeconds(this.event.now()),
		};
		conference.participants.set(participant.id, participant);
		attendee.participantIds.push(participant.id);
		return participant;
	}

	updateParticipant(
		participant: Participant,
		fields: { [Name in keyof Participant]?: Participant[Name] | undefined },
	): Participant {
		return Object.assign(participant, given<Participant>(fields), {
			updated_at: wholeSeconds(this.event.now()),
		});
	}

	/** Adds a meeting request of `participant` to `host`, in a slot of the host's type. */
	addMeeting(
		conference: Conference,
		host: Participant,
		participant: Participant,
		{
			status = MEETING_STATUSES.requested,
			slot = 0,
		}: { status?: MeetingStatus; slot?: number } = {},
	): Meeting {
		const now = wholeSeconds(this.event.now());
		const { id: slotId, start, end } = pick(conference.types.get(host.typeId)?.slots ?? [], slot);
		const id = this.event.nextId();
		const meeting: Meeting = {
			id,
			start_date: start,
			end_date: end,
			created_at: now,
			updated_at: now,
			status,
			source: 3,
			user_message: 'i request a meeting',
			guid: nthUuid(Number(id)),
			location: ' 1',
			rejection_description:
				status === MEETING_STATUSES.rejected ? 'i cant, i have another meeting' : null,
			slotId,
			hostId: host.id,
			participantId: participant.id,
		};
		conference.meetings.set(id, meeting);
		return meeting;
	}

	updateMeeting(meeting: Meeting, status: MeetingStatus): Meeting {
		return Object.assign(meeting, { status, updated_at: wholeSeconds(this.event.now()) });
	}

	/** Copies another event's conferences and participant types, but no participants, for its clone. */
	copyConferences(source: NetworkingStore): void {
		for (const { name, types } of source.conferences.values()) {
			const conference = this.add(name);
			for (const type of types.values()) this.addType(conference, type.name, []);
		}
	}

	/** The participant type for attendees of this type, in the first conference that has one. */
	typeOfAttendeeType(attendeeTypeId: string): ParticipantType | undefined {
		return Array.from(this.conferences.values())
			.flatMap(({ types }) => Array.from(types.values()))
			.find(({ attendeeTypeIds }) => attendeeTypeIds.includes(attendeeTypeId));
	}

	toJSON(): unknown {
		return Array.from(this.conferences.values(), ({ types, participants, meetings, ...own }) => ({
			...own,
			types: Array.from(types.values(), ({ unavailableHours, ...type }) => ({
				...type,
				unavailableHours: Array.from(unavailableHours.values()),
			})),
			participants: Array.from(participants.values()),
			meetings: Array.from(meetings.values()),
		}));
	}

	private seed(): void {
		const { event } = this;
		const createdAt = wholeSeconds(event.facts.start - CREATED_BEFORE_START_MS);
		const conference = this.add('Networking test');
		conference.created_at = createdAt;
		conference.updated_at = createdAt + DAY;
		const [first, ...others] = event.attendeeTypes.all().map(({ id }) => id);
		const sellers = this.addType(conference, 'Sellers', first === undefined ? [] : [first]);
		const buyers = this.addType(conference, 'Buyers', others);
		for (const type of [sellers, buyers]) {
			type.updated_at = createdAt;
			for (let n = 1; n <= SEEDED_HOURS; n++) {
				const start = event.facts.start + (SLOTS + n) * HOUR;
				this.addHours(type, start, start + HOUR);
			}
		}
		firstAttendees(event).forEach((attendee, index) => {
			const type = attendee.typeId === first ? sellers : buyers;
			const participant = this.addParticipant(conference, type, attendee);
			participant.updated_at = createdAt + index * MINUTE;
			const [slot] = type.slots;
			if (slot && index % BLOCKED_EVERY === 0) {
				participant.blocked_slots.push(slotKey(slot), slotKey(slot));
			}
		});
		this.seedMeetings(conference, createdAt);
	}

	private seedMeetings(conference: Conference, createdAt: number): void {
		const participants = Array.from(conference.participants.values());
		if (participants.length < 2) return;
		const statuses = Object.values(MEETING_STATUSES);
		for (let n = 1; n <= SEEDED_MEETINGS; n++) {
			const meeting = this.addMeeting(
				conference,
				pick(participants, n - 1),
				pick(participants, n),
				{ status: pick(statuses, n), slot: n },
			);
			meeting.created_at = createdAt + n * MINUTE;
			meeting.updated_at = createdAt + 2 * n * MINUTE;
		}
	}
}
