// Activities (`workshops`), their attendees and categories, and the speakers.

import { z } from 'zod';

import { type Endpoint, Refusal, type Parsed } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { invalid, notFound } from '../failure.mts';
import {
	type Inclusions,
	type Serializer,
	type Resource,
	includeQuery,
	respondWithList,
	respondWithOne,
	pageQuery,
} from '../jsonapi.mts';
import type {
	Activity,
	ActivityCategory,
	ActivityFields,
	Speaker,
} from '../records/activities.mts';
import { image } from '../records/seeding.mts';
import type { EventtiaState } from '../state.mts';
import {
	fromDayFirst,
	fromUpdatedSince,
	fromWall,
	localDay,
	utc,
	wholeSeconds,
} from '../dates.mts';
import { attendeeFilter, attendeeFilters, attendeeIncludes, shownAttendee } from './attendees.mts';

const string = z.string().optional();
const boolean = z.boolean().optional();
const flag = z.enum(['true', 'false']).optional();
/** `14/08/2020 - 23:00:00` */
const dayFirst = z
	.string()
	.regex(/^\d\d\/\d\d\/\d{4} - \d\d:\d\d:\d\d$/, 'must be like 14/08/2020 - 23:00:00')
	.optional();
const DAY_FIRST_DATE = /^(\d\d)\/(\d\d)\/(\d{4})$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const WALL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;
const STREAMING_TYPES = [
	'google_meet',
	'webex',
	'microsoft_teams',
	'youtube',
	'other',
	'jitsi',
	'jitsi_oficial',
	'daily_co',
];
const INTERACTIVITY_TYPES = ['mentimeter', 'slido', 'sparkup', 'other_interactivity'];

/** The documented body of Create and Update. */
const activityBody = {
	name: string,
	description: string,
	start_date: dayFirst,
	end_date: dayFirst,
	location: string,
	show_on_register: boolean,
	allow_blocking_workshops: boolean,
	availability: z.number().optional(),
	show_for_attendee_type: z.record(z.enum(['true', 'false'])).optional(),
	price: z.record(z.number()).optional(),
	streaming_type: string,
	streaming_embed_code: z.object({ display_name: string, embed_code: string }).strict().optional(),
	streaming_url: string,
	enable_chat: boolean,
	chat_name: string,
	enabled_emotions: boolean,
	interactivity_type: string,
	interactivity_snippet: string,
	translation_snippet: string,
};
type ActivityBody = Parsed<typeof activityBody>;

function shownCategory(event: EventtiaEvent, category: ActivityCategory): Resource {
	const { id, name, color, updated_at: updatedAt } = category;
	const attributes = { name, color, updated_at: localDay(updatedAt, event.zone) };
	return { id, type: 'workshop_categories', attributes };
}

function shownSpeaker(event: EventtiaEvent, speaker: Speaker): Resource {
	const { id, full_name: name, email, position, linkedin, bio, company } = speaker;
	return {
		id,
		type: 'speakers',
		attributes: {
			full_name: name,
			email,
			picture: image('pictures', linkedin === '' ? null : `${id}.png`),
			banner: image('banners', null),
			position,
			twitter: '',
			linkedin,
			bio,
			company,
			updated_at: localDay(speaker.updated_at, event.zone),
			instagram: '',
			website: '',
			file_category_id: null,
		},
		relationships: {
			workshops: {
				data: event.activities.ofSpeaker(speaker).map((activity) => ({
					id: activity.id,
					type: 'workshops',
				})),
			},
		},
	};
}

/**
 * An activity as the document shows it. Reads show whole seconds; Create and Update show milliseconds.
 * @param precise whether the times keep their milliseconds
 */
export function shownActivity(event: EventtiaEvent, activity: Activity, precise = false): Resource {
	const stamp = (ms: number) => utc(precise ? ms : wholeSeconds(ms));
	const { booking_deadline_date: deadline, streaming_type: streamingType } = activity;
	return {
		id: activity.id,
		type: 'workshops',
		attributes: {
			start_date: utc(activity.start_date),
			end_date: utc(activity.end_date),
			created_at: stamp(activity.created_at),
			updated_at: stamp(activity.updated_at),
			booking_deadline_date: deadline === null ? null : event.local(deadline),
			name: activity.name,
			description: activity.description,
			location: activity.location,
			show_on_register: activity.show_on_register,
			streaming_embed_code: activity.streaming_embed_code,
			streaming_type: streamingType,
			streaming_url: activity.streaming_url,
			guid: activity.guid,
			jitsi_url: null,
			background_image: {},
			enable_chat: activity.enable_chat,
			chat_name: activity.chat_name,
			file_category_id: null,
			enabled_emotions: activity.enabled_emotions,
			interactivity_type: activity.interactivity_type,
			interactivity_snippet: activity.interactivity_snippet,
			availability: activity.availability,
			used_seats: event.activities.usedSeats(activity),
			translation_snippet: activity.translation_snippet,
			price: activity.price,
			sponsor_id: null,
			attendance_mode: activity.attendance_mode,
			eventtia_studio_params: {},
			...(streamingType === 'zoom' ? { zoom_type: 'native' } : {}),
		},
		relationships: {
			speakers: { data: activity.speakerIds.map((id) => ({ id, type: 'speakers' })) },
			workshop_categories: {
				data: activity.categoryIds.map((id) => ({ id, type: 'workshop_categories' })),
			},
		},
	};
}

function categoriesFor(event: EventtiaEvent, { categoryIds }: Activity): Resource[] {
	return categoryIds.flatMap((id) => {
		const category = event.activities.categories.get(id);
		return category ? [shownCategory(event, category)] : [];
	});
}

/** "along with their categories (workshop_categories) and speakers, if requested via the include param" */
export function activityListing(event: EventtiaEvent): Serializer<Activity> {
	return {
		serialize: (activity) => shownActivity(event, activity),
		includes: {
			workshop_categories: (activity) => categoriesFor(event, activity),
			speakers: ({ speakerIds }) =>
				speakerIds.flatMap((id) => {
					const speaker = event.activities.speakers.get(id);
					return speaker ? [shownSpeaker(event, speaker)] : [];
				}),
		},
	};
}

/**
 * "along with their activities (workshops) and activities' categories (workshop_categories)": both names, and the
 * second also nested, as the chapter on included resources shows.
 */
function speakerIncludes(event: EventtiaEvent): NonNullable<Inclusions<Speaker>['includes']> {
	const categories = (speaker: Speaker) =>
		event.activities.ofSpeaker(speaker).flatMap((activity) => categoriesFor(event, activity));
	return {
		workshops: (speaker) =>
			event.activities.ofSpeaker(speaker).map((activity) => shownActivity(event, activity)),
		workshop_categories: categories,
		'workshops.workshop_categories': categories,
	};
}

/** @throws Failure 404 */
export function foundActivity(event: EventtiaEvent, id: string | undefined): Activity {
	const activity = event.activities.activities.get(id ?? '');
	if (!activity) throw notFound();
	return activity;
}

function time(event: EventtiaEvent, name: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const moment = fromDayFirst(text, event.zone);
	if (moment === undefined) throw invalid(`${name} is not a date`);
	return moment;
}

/** The fields of an activity in a body. @throws Failure 400 for invalid values */
function fieldsIn(event: EventtiaEvent, body: ActivityBody): ActivityFields {
	const { streaming_type: streaming, interactivity_type: interactivity } = body;
	if (streaming !== undefined && !STREAMING_TYPES.includes(streaming)) {
		throw invalid(`streaming_type must be one of ${STREAMING_TYPES.join(', ')}`);
	}
	if (interactivity !== undefined && !INTERACTIVITY_TYPES.includes(interactivity)) {
		throw invalid(`interactivity_type must be one of ${INTERACTIVITY_TYPES.join(', ')}`);
	}
	for (const name of ['price', 'show_for_attendee_type'] as const) {
		for (const id of Object.keys(body[name] ?? {})) {
			if (!event.attendeeTypes.get(id)) throw invalid(`${name}: no attendee type ${id}`);
		}
	}
	return {
		...body,
		start_date: time(event, 'start_date', body.start_date),
		end_date: time(event, 'end_date', body.end_date),
	};
}

function checkOrder({
	start_date: start,
	end_date: end,
}: Pick<Activity, 'start_date' | 'end_date'>) {
	if (end < start) throw invalid('end_date is before start_date');
}

/**
 * The local day that `date` names. The document gives no format, so every day format that it shows elsewhere is
 * accepted.
 */
function dayIn(text: string): string {
	const [, day, month, year] = DAY_FIRST_DATE.exec(text) ?? [];
	const iso = year === undefined ? text : `${year}-${month}-${day}`;
	if (!DAY.test(iso)) throw new Refusal('query: date must be like 2023-02-12 or 12/02/2023');
	return iso;
}

/**
 * `updated_date_time`. The document gives no format, so that of the attendees' filter and that of `updated_since` are
 * both accepted.
 */
function updatedFrom(state: EventtiaState, event: EventtiaEvent, text: string): number {
	const zone = state.filterZone === 'utc' ? 'UTC' : event.zone;
	const moment = WALL_TIME.test(text) ? fromWall(text, zone) : fromUpdatedSince(text, zone);
	if (moment === undefined) {
		throw new Refusal('query: updated_date_time must be like 2021-10-31T14:25:46');
	}
	return moment;
}

interface ActivityQuery {
	name?: string | undefined;
	date?: string | undefined;
	updated_date_time?: string | undefined;
	in_the_future?: 'true' | 'false' | undefined;
}

function filtered(state: EventtiaState, event: EventtiaEvent, query: ActivityQuery): Activity[] {
	const words = query.name?.toLowerCase();
	const day = query.date === undefined ? undefined : dayIn(query.date);
	const { updated_date_time: updated, in_the_future: future } = query;
	const from = updated === undefined ? undefined : updatedFrom(state, event, updated);
	const isPresenceEnough = state.inTheFuture === 'present' && future !== undefined;
	const isFuture = future === 'true' || isPresenceEnough;
	return Array.from(event.activities.activities.values()).filter((activity) => {
		const updatedAt = wholeSeconds(activity.updated_at);
		return (
			(words === undefined || activity.name.toLowerCase().includes(words)) &&
			(day === undefined || localDay(activity.start_date, event.zone) === day) &&
			(from === undefined || updatedAt >= from) &&
			(!isFuture || activity.start_date > state.now())
		);
	});
}

/** The endpoints of activities, their categories and speakers. */
export const activityEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/workshops',
		query: {
			...pageQuery,
			...includeQuery,
			name: string,
			date: string,
			updated_date_time: string,
			in_the_future: flag,
		},
		body: {},
		respond: (call, event) =>
			respondWithList(call, filtered(call.state, event, call.query), activityListing(event)),
	}),
	api.ofEvent({
		method: 'GET',
		path: '/workshops/:id',
		query: {},
		body: {},
		respond: (call, event) =>
			respondWithOne(call, foundActivity(event, call.params['id']), {
				serialize: (activity) => shownActivity(event, activity),
			}),
	}),
	api.ofEvent({
		method: 'POST',
		path: '/workshops',
		query: {},
		body: activityBody,
		respond(call, event) {
			const fields = fieldsIn(event, call.body);
			const { name, start_date: start, end_date: end } = fields;
			if (!name) throw invalid("name can't be blank");
			if (start === undefined) throw invalid("start_date can't be blank");
			if (end === undefined) throw invalid("end_date can't be blank");
			checkOrder({ start_date: start, end_date: end });
			const activity = event.activities.add({ ...fields, name, start_date: start, end_date: end });
			return respondWithOne(call, activity, {
				serialize: (row) => shownActivity(event, row, true),
			});
		},
	}),
	api.ofEvent({
		method: 'PUT',
		path: '/workshops/:id',
		query: {},
		body: activityBody,
		respond(call, event) {
			const activity = foundActivity(event, call.params['id']);
			const fields = fieldsIn(event, call.body);
			if (fields.name === '') throw invalid("name can't be blank");
			const { start_date: start = activity.start_date, end_date: end = activity.end_date } = fields;
			checkOrder({ start_date: start, end_date: end });
			event.activities.update(activity, fields);
			return respondWithOne(call, activity, {
				serialize: (row) => shownActivity(event, row, true),
			});
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/workshops/:workshop_id/attendees',
		// "For more details regarding the information returned and additional query params, see the attendees endpoint."
		query: { ...pageQuery, ...includeQuery, ...attendeeFilters },
		body: {},
		respond(call, event) {
			const { id } = foundActivity(event, call.params['workshop_id']);
			const { page: _page, include: _include, ...filters } = call.query;
			const passes = attendeeFilter(event, filters);
			const rows = event.activities
				.attendeeIdsFor(id)
				.flatMap((attendeeId) => event.attendees.find(attendeeId) ?? [])
				.filter(passes);
			return respondWithList(call, rows, {
				...attendeeIncludes(event),
				serialize: (attendee, names) => shownAttendee(event, attendee, names),
				meta: { total_attendees: rows.length },
			});
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/workshop_categories',
		query: pageQuery,
		body: {},
		respond: (call, event) =>
			respondWithList(call, Array.from(event.activities.categories.values()), {
				serialize: (category) => shownCategory(event, category),
			}),
	}),
	api.ofEvent({
		method: 'POST',
		path: '/workshops/:id/set-categories',
		query: { categories: string },
		body: {},
		respond(call, event) {
			const activity = foundActivity(event, call.params['id']);
			const { categories } = call.query;
			if (categories === undefined) throw invalid('categories is missing');
			const ids = categories.split(',').filter((id) => id !== '');
			if (!ids.every((id) => event.activities.categories.has(id))) throw notFound();
			const before = call.state.setCategories === 'add' ? activity.categoryIds : [];
			event.activities.update(activity, {
				categoryIds: Array.from(new Set([...before, ...ids])),
			});
			return respondWithOne({ ...call, query: {} }, activity, {
				serialize: (row) => shownActivity(event, row),
			});
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/speakers',
		query: { ...pageQuery, ...includeQuery },
		body: {},
		respond: (call, event) =>
			respondWithList(call, Array.from(event.activities.speakers.values()), {
				serialize: (speaker) => shownSpeaker(event, speaker),
				includes: speakerIncludes(event),
			}),
	}),
];
