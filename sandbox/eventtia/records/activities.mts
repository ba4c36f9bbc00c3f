// Activities (`workshops`) of an event, their categories and speakers, and the registrations of attendees.

import { person } from '../../shared/people.mts';
import { nthUuid } from '../../shared/random.mts';
import { DAY, HOUR, MINUTE } from '../../shared/time.mts';
import type { EventtiaEvent } from '../event.mts';
import { wholeSeconds } from '../dates.mts';
import { firstAttendees, given, pick } from './seeding.mts';

const DEFAULT_AVAILABILITY = 1000;

const CATEGORIES: Array<[name: string, color: string]> = [
	['Test Category', '#6d2a84'],
	['Keynotes', '#2a8454'],
	['Workshops', '#84542a'],
];
/** More than one page of them. */
const SEEDED_ACTIVITIES = 30;
const SEEDED_SPEAKERS = 8;
/** When the last seeded activities start: always in the future. */
const FAR_START = Date.parse('2099-05-04T14:00:00.000Z');
const FAR_ACTIVITIES = 2;
const CREATED_BEFORE_START_MS = 30 * DAY;

export interface ActivityCategory {
	id: string;
	name: string;
	color: string;
	updated_at: number;
}

export interface Speaker {
	id: string;
	full_name: string;
	email: string;
	position: string;
	linkedin: string;
	bio: string;
	company: string;
	updated_at: number;
}

/** Each seeded attendee is registered to all of these activities but one. */
const POPULAR_ACTIVITIES = 3;

/** An activity. Times are Unix milliseconds; all other fields are named as in the document. */
export interface Activity {
	id: string;
	start_date: number;
	end_date: number;
	created_at: number;
	updated_at: number;
	booking_deadline_date: number | null;
	name: string;
	description: string;
	location: string;
	show_on_register: boolean;
	/** Accepted in requests and never shown in a response. */
	allow_blocking_workshops: boolean;
	/** Accepted in requests and never shown in a response: attendee type → `"true"`. */
	show_for_attendee_type: Record<string, string>;
	streaming_type: string | null;
	streaming_embed_code: unknown;
	streaming_url: string | null;
	guid: string;
	enable_chat: boolean;
	chat_name: string | null;
	enabled_emotions: boolean;
	interactivity_type: string | null;
	interactivity_snippet: string | null;
	translation_snippet: string | null;
	availability: number;
	/** Attendee type → price; the samples show both numbers and strings. */
	price: Record<string, number | string> | null;
	attendance_mode: string;
	speakerIds: string[];
	categoryIds: string[];
}

/** The fields of an activity that can be set when it is added or changed. */
type Settable = Omit<Activity, 'id' | 'created_at' | 'updated_at' | 'guid'>;
export type ActivityFields = { [Name in keyof Settable]?: Settable[Name] | undefined };
export type NewActivity = ActivityFields & Pick<Activity, 'name' | 'start_date' | 'end_date'>;

/** An attendee's place in an activity (`attendee_workshops`). */
export interface ActivityRegistration {
	id: string;
	activityId: string;
	attendeeId: string;
	checkedInAt: number | null;
}

/** The activities of one event. */
export class ActivityStore {
	readonly categories = new Map<string, ActivityCategory>();
	readonly speakers = new Map<string, Speaker>();
	readonly activities = new Map<string, Activity>();
	private readonly byActivity = new Map<string, Map<string, ActivityRegistration>>();
	private readonly byAttendee = new Map<string, Set<string>>();

	constructor(private readonly event: EventtiaEvent) {
		if (event.seed.filled) this.seed();
	}

	/** Adds an activity with the fields that the samples show for a new one. */
	add(fields: NewActivity): Activity {
		const id = this.event.nextId();
		const now = this.event.now();
		const activity: Activity = {
			booking_deadline_date: null,
			description: '',
			location: '',
			show_on_register: true,
			allow_blocking_workshops: false,
			show_for_attendee_type: {},
			streaming_type: null,
			streaming_embed_code: null,
			streaming_url: '',
			enable_chat: true,
			chat_name: '',
			enabled_emotions: false,
			interactivity_type: null,
			interactivity_snippet: '',
			translation_snippet: '',
			availability: DEFAULT_AVAILABILITY,
			price: null,
			attendance_mode: fields.streaming_type ? 'online' : 'offline',
			speakerIds: [],
			categoryIds: [],
			...given(fields),
			name: fields.name,
			start_date: fields.start_date,
			end_date: fields.end_date,
			id,
			guid: nthUuid(Number(id)),
			created_at: now,
			updated_at: now,
		};
		this.activities.set(id, activity);
		return activity;
	}

	/** Changes an activity in place; omitted and undefined fields keep their value. */
	update(activity: Activity, fields: ActivityFields): Activity {
		return Object.assign(activity, given(fields), { updated_at: this.event.now() });
	}

	remove(id: string): void {
		this.activities.delete(id);
		for (const attendeeId of this.byActivity.get(id)?.keys() ?? []) {
			this.byAttendee.get(attendeeId)?.delete(id);
		}
		this.byActivity.delete(id);
	}

	/** Copies another event's speakers, for its clone. */
	copySpeakers(source: ActivityStore): void {
		for (const speaker of source.speakers.values()) {
			const id = this.event.nextId();
			this.speakers.set(id, { ...speaker, id });
		}
	}

	/** Registers an attendee to an activity. Repeating it changes nothing. */
	register(attendeeId: string, activityId: string): ActivityRegistration {
		const inside = this.byActivity.get(activityId) ?? new Map<string, ActivityRegistration>();
		this.byActivity.set(activityId, inside);
		const registration = inside.get(attendeeId) ?? {
			id: this.event.nextId(),
			activityId,
			attendeeId,
			checkedInAt: null,
		};
		inside.set(attendeeId, registration);
		const own = this.byAttendee.get(attendeeId) ?? new Set<string>();
		this.byAttendee.set(attendeeId, own.add(activityId));
		return registration;
	}

	/** Unregisters an attendee from an activity. @returns the former registration, if there was one */
	unregister(attendeeId: string, activityId: string): ActivityRegistration | undefined {
		const inside = this.byActivity.get(activityId);
		const registration = inside?.get(attendeeId);
		inside?.delete(attendeeId);
		this.byAttendee.get(attendeeId)?.delete(activityId);
		return registration;
	}

	registration(attendeeId: string, activityId: string): ActivityRegistration | undefined {
		return this.byActivity.get(activityId)?.get(attendeeId);
	}

	/** The activities of an attendee, in the order of registering. */
	ofAttendee(attendeeId: string): Activity[] {
		return Array.from(this.byAttendee.get(attendeeId) ?? []).flatMap(
			(id) => this.activities.get(id) ?? [],
		);
	}

	/** The attendees of an activity, in the order of registering. */
	attendeeIdsFor(activityId: string): string[] {
		return Array.from(this.byActivity.get(activityId)?.keys() ?? []);
	}

	usedSeats({ id }: Activity): number {
		return this.byActivity.get(id)?.size ?? 0;
	}

	/** The activities that a speaker speaks at. */
	ofSpeaker({ id }: Speaker): Activity[] {
		return Array.from(this.activities.values()).filter(({ speakerIds }) => speakerIds.includes(id));
	}

	toJSON(): unknown {
		return {
			categories: Array.from(this.categories.values()),
			speakers: Array.from(this.speakers.values()),
			activities: Array.from(this.activities.values()),
		};
	}

	private seed(): void {
		const { event } = this;
		const createdAt = wholeSeconds(event.facts.start - CREATED_BEFORE_START_MS);
		for (const [name, color] of CATEGORIES) {
			const id = event.nextId();
			this.categories.set(id, { id, name, color, updated_at: createdAt });
		}
		for (let n = 1; n <= SEEDED_SPEAKERS; n++) {
			const id = event.nextId();
			const { firstName, lastName, email, company, role, url } = person(n);
			this.speakers.set(id, {
				id,
				full_name: `${firstName} ${lastName}`,
				email,
				position: role,
				linkedin: n % 2 === 0 ? url : '',
				bio: `Speaker Bio ${n}`,
				company,
				updated_at: createdAt + n * DAY,
			});
		}
		for (let n = 1; n <= SEEDED_ACTIVITIES; n++) this.seedActivity(n, createdAt);
		const popular = Array.from(this.activities.keys()).slice(0, POPULAR_ACTIVITIES);
		firstAttendees(event).forEach((attendee, index) => {
			popular.forEach((activityId, place) => {
				if (place !== index % POPULAR_ACTIVITIES) this.register(attendee.id, activityId);
			});
		});
	}

	private seedActivity(n: number, createdAt: number): void {
		const { event } = this;
		const start =
			n > SEEDED_ACTIVITIES - FAR_ACTIVITIES
				? FAR_START + n * HOUR
				: event.facts.start + (n - 1) * HOUR;
		const typeIds = event.attendeeTypes.all().map(({ id }) => id);
		const streamingType = pick([null, 'youtube', 'zoom', null], n - 1);
		const activity = this.add({
			name: `Activity ${n}`,
			start_date: start,
			end_date: start + HOUR,
			booking_deadline_date: n % 2 === 0 ? start - HOUR : null,
			streaming_type: streamingType,
			streaming_embed_code: streamingType === null ? null : [],
			show_on_register: n % 3 !== 1,
			speakerIds: [pick(Array.from(this.speakers.keys()), n - 1)],
			categoryIds: n % 4 === 0 ? [] : [pick(Array.from(this.categories.keys()), n - 1)],
			price: n % 2 === 0 ? Object.fromEntries(typeIds.map((id) => [id, '0'])) : null,
			attendance_mode: streamingType === null ? 'mixed' : 'online',
		});
		activity.created_at = createdAt + n * MINUTE;
		activity.updated_at = createdAt + n * 2 * MINUTE;
	}
}
