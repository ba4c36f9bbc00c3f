// Events: list, slim list, get, create, update, clone and its progress, custom fields, ticket stats.

import { z } from 'zod';

import { type Endpoint, json, type Parsed } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import { BLANK_EVENT, type EventFacts, type EventtiaEvent } from '../event.mts';
import { invalid } from '../failure.mts';
import { type Resource, respondWithList, respondWithOne, pageQuery } from '../jsonapi.mts';
import { EVENT_CUSTOM_FIELDS, type EventCustomField } from '../records/event-fields.mts';
import type { EventtiaState } from '../state.mts';
import { UPDATED_SINCE, fromDayFirst, fromUpdatedSince, utc, wholeSeconds } from '../dates.mts';

const SIZES = ['thumb', 'small', 'medium', 'large'];
const FOLDERS: Record<string, string> = { small: 'thumb2x' };

/** A missing image, as the samples show it. */
function missing(kind: string): Record<string, string | null> {
	const paths = SIZES.map((size) => [size, `/${kind}/${FOLDERS[size] ?? size}/missing.png`]);
	return { filename: null, ...Object.fromEntries(paths) };
}

/** An event as the list shows it. */
export function shortEvent(event: EventtiaEvent): Resource {
	const { name, start, end, place, address } = event.facts;
	return {
		id: event.id,
		type: 'events',
		attributes: {
			name,
			event_uri: event.uri,
			start_date: event.local(start),
			end_date: event.local(end),
			logo: missing('logos'),
			coordinates: { lat: place?.lat ?? null, lng: place?.lng ?? null },
			address,
			google_analytics_tracking_code: '',
			google_tag_manager_tracking_code: '',
		},
	};
}

/** An event as Create and Update show it; its times keep their milliseconds. */
export function fullEvent(event: EventtiaEvent): Resource {
	const { facts } = event;
	const { name, start, end, place, address, zone, isVirtual } = facts;
	return {
		id: event.id,
		type: 'events',
		attributes: {
			start_date: utc(start),
			end_date: utc(end),
			created_at: utc(event.createdAt),
			updated_at: utc(event.updatedAt),
			active: facts.active,
			name,
			event_uri: event.uri,
			logo: missing('logos'),
			coordinates: { lat: place?.lat ?? null, lng: place?.lng ?? null },
			address,
			timezone: zone,
			time_format: 'am_pm',
			description: facts.description,
			default_language: facts.language,
			currency: facts.currency,
			white_label: false,
			white_label_images: {},
			google_analytics_tracking_code: null,
			google_tag_manager_tracking_code: null,
			sender_email: facts.senderEmail,
			banner_image: missing('banner_images'),
			static_map: null,
			website: `https://live.eventtia.example/${facts.language}/${event.uri}`,
			is_virtual: isVirtual,
			attendance_mode: isVirtual ? 'online' : 'offline',
			virtual_timezone: zone,
			cloned_from_id: facts.clonedFromId,
			city_id: place?.cityId ?? null,
			is_template: facts.isTemplate,
			can_register_mid_workshop: false,
			iso_code: 'CO',
			featured: false,
		},
	};
}

/** An event as Create, Update and Get show it inside another document: with its attendee types. */
function related(event: EventtiaEvent): Resource {
	const types = event.attendeeTypes.all().map(({ id }) => ({ id, type: 'attendee_types' }));
	return { ...fullEvent(event), relationships: { attendee_types: { data: types } } };
}

/** An event as Get shows it. */
function wholeEvent(event: EventtiaEvent): Resource {
	const { attributes, ...rest } = related(event);
	return {
		...rest,
		attributes: {
			...attributes,
			created_at: utc(wholeSeconds(event.createdAt)),
			updated_at: utc(wholeSeconds(event.updatedAt)),
			budget: event.facts.budget,
			total_attendees: event.attendees.listed,
			api_key: event.apiKey,
			fields: event.facts.customFields,
		},
	};
}

function slimEvent(event: EventtiaEvent): Resource {
	const { name, start, end, zone, place, address, customFields } = event.facts;
	return {
		id: event.id,
		type: 'events',
		attributes: {
			start_date: utc(start),
			end_date: utc(end),
			created_at: utc(wholeSeconds(event.createdAt)),
			updated_at: utc(wholeSeconds(event.updatedAt)),
			registration_start_date: null,
			registration_end_date: null,
			name,
			latitude: place?.lat ?? null,
			longitude: place?.lng ?? null,
			timezone: zone,
			banner_image: {},
			address_details: address === '' ? null : address,
			city_id: place?.cityId ?? null,
			custom_fields_data: customFields,
		},
	};
}

function shownEventField({ id, name, inputType, values, required }: EventCustomField): Resource {
	return {
		id,
		type: 'event_custom_fields',
		attributes: { name, required, input_type: inputType, values, options: null },
	};
}

const SLIM_PAGE = 100;
const LANGUAGES = ['es', 'en', 'fr'];
const URI = /^[a-z0-9]+(-[a-z0-9]+)*$/i;
const EMAIL = /^[^@\s]+@[^@\s]+$/;

const string = z.string().optional();
const number = z.string().regex(/^\d+$/).optional();
const flag = z.enum(['true', 'false']).optional();
/** RFC 3339, the usual meaning of "date-time". */
const dateTime = z
	.string()
	.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/)
	.optional();
/** "A datetime in the following format "14/08/2020 - 23:00:00"". */
const dayFirst = z
	.string()
	.regex(/^\d\d\/\d\d\/\d{4} - \d\d:\d\d:\d\d$/)
	.optional();
const eventBody = {
	name: string,
	start_date: dayFirst,
	end_date: dayFirst,
	is_virtual: z.boolean().optional(),
	default_language: string,
	event_uri: string,
	virtual_timezone: string,
	description: string,
	sender_name: string,
	sender_email: string,
	active: z.boolean().optional(),
	custom_fields_data: z.record(z.string().regex(/^\d+$/), z.unknown()).optional(),
};
type EventBody = Parsed<typeof eventBody>;

const listQuery = {
	...pageQuery,
	updated_since: z.string().regex(UPDATED_SINCE).optional(),
	templates: flag,
	template: number,
	name: string,
	search_custom_fields: z
		.record(z.string().regex(/^\d+$/), z.union([z.string(), z.array(z.string())]))
		.optional(),
	city_id: number,
	country_id: number,
};
type ListQuery = Parsed<typeof listQuery>;

function hasPlace(event: EventtiaEvent, cityId?: string, countryId?: string): boolean {
	const { place } = event.facts;
	return (
		(cityId === undefined || String(place?.cityId) === cityId) &&
		(countryId === undefined || String(place?.countryId) === countryId)
	);
}

/** Whether a custom field matches: the same text or, for a list, at least one of the requested values. */
function hasValue(stored: unknown, wanted: string | string[]): boolean {
	const values = [stored].flat().map(String);
	return [wanted].flat().some((one) => values.includes(one));
}

/** @throws Failure 400 for a date that does not exist */
function eventFilter(query: ListQuery): (event: EventtiaEvent) => boolean {
	const { updated_since: since, template, templates, name, search_custom_fields: values } = query;
	return (event) => {
		const bound = since === undefined ? undefined : fromUpdatedSince(since, event.zone);
		if (since !== undefined && bound === undefined) throw invalid('updated_since is not a date');
		const { facts } = event;
		return (
			(bound === undefined || event.updatedAt >= bound) &&
			(templates !== 'true' || facts.isTemplate) &&
			(template === undefined || String(facts.clonedFromId) === template) &&
			(name === undefined || facts.name.toLowerCase().includes(name.toLowerCase())) &&
			hasPlace(event, query.city_id, query.country_id) &&
			Object.entries(values ?? {}).every(([id, wanted]) => hasValue(facts.customFields[id], wanted))
		);
	};
}

function isZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('en-US', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}

/** @throws Failure 400 */
function checkBody(state: EventtiaState, body: EventBody, own?: EventtiaEvent): void {
	const { default_language: language, event_uri: uri, virtual_timezone: zone } = body;
	if (body.name === '') throw invalid("Name can't be blank");
	if (language !== undefined && !LANGUAGES.includes(language)) {
		throw invalid('Default language is not included in the list');
	}
	if (zone !== undefined && !isZone(zone)) throw invalid('Virtual timezone is invalid');
	if (body.sender_email !== undefined && !EMAIL.test(body.sender_email)) {
		throw invalid('Sender email is invalid');
	}
	if (uri !== undefined && !URI.test(uri)) throw invalid('Event uri is invalid');
	if (uri !== undefined && state.events.has(uri) && state.events.get(uri) !== own) {
		throw invalid('Event uri has already been taken');
	}
	for (const id of Object.keys(body.custom_fields_data ?? {})) {
		const isKnown = EVENT_CUSTOM_FIELDS.some((field) => field.id === id);
		if (!isKnown) throw invalid(`Custom field ${id} does not exist`);
	}
}

/** The event fields that a body sets. @throws Failure 400 */
function changed(before: EventFacts, body: EventBody): EventFacts {
	const zone = body.virtual_timezone ?? before.zone;
	const moment = (name: string, text: string | undefined, fallback: number) => {
		const at = text === undefined ? fallback : fromDayFirst(text, zone);
		if (at === undefined) throw invalid(`${name} is not a date`);
		return at;
	};
	const start = moment('start_date', body.start_date, before.start);
	const end = moment('end_date', body.end_date, before.end);
	if (end < start) throw invalid('End date must be after start date');
	return {
		...before,
		name: body.name ?? before.name,
		uri: body.event_uri ?? before.uri,
		start,
		end,
		zone,
		isVirtual: body.is_virtual ?? before.isVirtual,
		language: body.default_language ?? before.language,
		description: body.description ?? before.description,
		senderName: body.sender_name ?? before.senderName,
		senderEmail: body.sender_email ?? before.senderEmail,
		active: body.active ?? before.active,
		customFields: { ...before.customFields, ...body.custom_fields_data },
	};
}

function slug(name: string): string {
	return (
		name
			.normalize('NFD')
			.replace(/\p{M}/gu, '')
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, '-')
			.replace(/^-|-$/g, '') || 'event'
	);
}

/** @throws Failure 400 */
function createdEvent(state: EventtiaState, body: EventBody, accountEmail: string): EventtiaEvent {
	const { name, start_date: start, end_date: end } = body;
	if (!name) throw invalid("Name can't be blank");
	if (start === undefined) throw invalid("Start date can't be blank");
	if (end === undefined) throw invalid("End date can't be blank");
	checkBody(state, body);
	const blank = { ...BLANK_EVENT, name, uri: state.freeUri(slug(name)), start: 0, end: 0 };
	return state.addEvent(changed(blank, body), accountEmail);
}

/** The endpoints of events. */
export const eventEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.endpoint({
		method: 'GET',
		path: '/events',
		query: listQuery,
		body: {},
		respond(call) {
			const events = call.state.eventsForAccount(call.account?.email ?? '');
			return respondWithList(call, events.filter(eventFilter(call.query)), {
				serialize: shortEvent,
			});
		},
	}),
	api.endpoint({
		method: 'GET',
		path: '/events/slim',
		query: {
			...pageQuery,
			city_id: number,
			country_id: number,
			start_date_lower_bound: dateTime,
			start_date_upper_bound: dateTime,
		},
		body: {},
		respond(call) {
			const { state, account, query } = call;
			const lower = Date.parse(query.start_date_lower_bound ?? '');
			const upper = Date.parse(query.start_date_upper_bound ?? '');
			const found = state
				.eventsForAccount(account?.email ?? '')
				.filter(
					(event) =>
						hasPlace(event, query.city_id, query.country_id) &&
						(Number.isNaN(lower) || event.facts.start >= lower) &&
						(Number.isNaN(upper) || event.facts.start <= upper),
				);
			return respondWithList(call, found, {
				serialize: slimEvent,
				pageSize: SLIM_PAGE,
				withMeta: false,
			});
		},
	}),
	api.endpoint({
		method: 'POST',
		path: '/events',
		query: {},
		body: eventBody,
		respond(call) {
			const event = createdEvent(call.state, call.body, call.account?.email ?? '');
			return respondWithOne(call, event, { serialize: related, meta: { api_key: event.apiKey } });
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '',
		query: {},
		body: {},
		respond: (call, event) => respondWithOne(call, event, { serialize: wholeEvent }),
	}),
	api.ofEvent({
		method: 'PUT',
		path: '',
		query: {},
		body: eventBody,
		respond(call, event) {
			checkBody(call.state, call.body, event);
			call.state.updateEvent(event, changed(event.facts, call.body));
			return respondWithOne(call, event, { serialize: related });
		},
	}),
	api.ofEvent({
		method: 'POST',
		path: '/clone',
		query: {
			clone_zones: flag,
			clone_speakers: flag,
			clone_workshops: flag,
			clone_pois: flag,
			clone_attendee_types: flag,
			clone_business_conference: flag,
			clone_event_page: flag,
		},
		body: {},
		respond({ state, query }, event) {
			const parts = {
				attendeeTypes: query.clone_attendee_types === 'true',
				activities: query.clone_workshops === 'true',
				speakers: query.clone_speakers === 'true',
				pois: query.clone_pois === 'true',
				zones: query.clone_zones === 'true',
				conferences: query.clone_business_conference === 'true',
			};
			const after = { requests: state.cloneAfterRequests, ms: state.cloneAfterMs };
			state.clones.start(event, parts, after);
			return json(200, null);
		},
	}),
	api.ofEvent({
		method: 'GET',
		path: '/clone-progress',
		query: {},
		body: {},
		respond: ({ state }, event) => json(200, { finished: state.clones.isFinished(event) }),
	}),
	api.endpoint({
		method: 'GET',
		path: '/event-custom-fields',
		query: pageQuery,
		body: {},
		respond: (call) => respondWithList(call, EVENT_CUSTOM_FIELDS, { serialize: shownEventField }),
	}),
	api.ofEvent({
		method: 'GET',
		path: '/tickets-stats',
		query: {},
		body: {},
		respond: (_call, event) =>
			json(
				200,
				event.attendeeTypes.all().map(({ id, name, capacity }) => ({
					name,
					used_seats: event.attendees.usedSeats(id),
					seats_limit: capacity ?? '∞',
				})),
			),
	}),
];
