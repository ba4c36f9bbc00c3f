/**
 * Eventtia's records as flat records, people-like ones with the names that all vendors of the pack
 * share (design §4.7). Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { isObject } from '../shared/values';
import { camelCase, flatten, tidy } from './jsonApi/flatten';
import {
	attributesOf,
	relatedId,
	type EventtiaRecord,
	type Included,
	type Reference,
} from './jsonApi/documents';
import { named, setOwn, type AttendeeTypes, type Labels } from './customFields/labels';

/** What simplifying a page may need beside the page. */
export interface Naming {
	attendeeTypes: AttendeeTypes | undefined;
	eventFields: Labels;
	questions: Labels;
	/** The event's IANA time zone, for times without an offset. */
	zone: string | undefined;
}

export interface Surroundings {
	included: Included;
	naming: Naming;
}

type Simplifier = (record: EventtiaRecord, around: Surroundings, join: Join) => IDataObject;
type Join = (reference: Reference) => IDataObject | undefined;

const STATUS_GROUPS = new Map([
	['confirmed', 'registered'],
	['pending', 'pending'],
	['unconfirmed', 'pending'],
	['waiting', 'waitlisted'],
	['waiting_list', 'waitlisted'],
	['waitlisted', 'waitlisted'],
	['rejected', 'rejected'],
	['declined', 'declined'],
	['cancelled', 'cancelled'],
	['canceled', 'cancelled'],
	['archived', 'deleted'],
	['deleted', 'deleted'],
]);

/** eventtia.md, "Participant Agenda": `meta.meeting_statuses`. */
const MEETING_STATUSES = new Map([
	[1, 'requested'],
	[2, 'accepted'],
	[3, 'rejected'],
	[4, 'expired'],
]);

const SIMPLIFIERS: Record<string, Simplifier> = {
	attendees: simplifyAttendee,
	guests: simplifyGuest,
	workshops: simplifyActivity,
	purchase_items: simplifyPurchaseItem,
	events: simplifyEvent,
	survey_answers: simplifySurveyAnswer,
	payments: simplifyPayment,
	business_conference_participant_types: simplifyParticipantType,
	business_conference_participants: simplifyParticipant,
	business_conference_meetings: simplifyMeeting,
};

/** Any record, with what was included of it. */
export function simplifyRecord(record: EventtiaRecord, around: Surroundings): IDataObject {
	return simplifyWithin(record, around, new Set());
}

/** @param path the records on the way here: included records may point back to each other */
function simplifyWithin(
	record: EventtiaRecord,
	around: Surroundings,
	path: ReadonlySet<EventtiaRecord>,
): IDataObject {
	const inner = new Set(path).add(record);
	const join: Join = ({ type, id }) => {
		const found = around.included.find(type, id);
		return found === undefined || inner.has(found)
			? undefined
			: simplifyWithin(found, around, inner);
	};
	const simplifier = SIMPLIFIERS[record.type];
	return simplifier === undefined
		? flatten(record, undefined, join)
		: simplifier(record, around, join);
}

/** eventtia.md, "List of Attendees". */
function simplifyAttendee(record: EventtiaRecord, around: Surroundings, join: Join): IDataObject {
	const { fields, ...attributes } = attributesOf(record);
	const typeId = relatedId(record, 'attendee_type');
	const { known, custom } = namedFields(fields, around.naming.attendeeTypes, typeId);
	const checkedIn = attributes.checked_in === true;
	const shared = {
		id: record.id,
		externalId: attributes.uuid ?? null,
		email: known.get('email') ?? null,
		name: fullName(known.get('first_name'), known.get('last_name')),
		firstName: known.get('first_name') ?? null,
		lastName: known.get('last_name') ?? null,
		company: known.get('company') ?? null,
		jobTitle: known.get('job_title') ?? null,
		phone: known.get('telephone') ?? null,
		ticketType: typeName(typeId, around.naming.attendeeTypes),
		status: attributes.status ?? null,
		statusGroup: attendeeGroup(attributes.status, checkedIn),
		checkedIn,
		checkedInAt: attributes.checked_in_date ?? null,
		createdAt: attributes.created_at ?? null,
		updatedAt: attributes.updated_at ?? null,
		alternativeEmail: known.get('alternative_email') ?? null,
		birthdate: known.get('birthdate') ?? null,
		timezone: known.get('timezone') ?? null,
		cityId: known.get('city_id') ?? null,
		customFields: custom,
	};
	return withShared(shared, flatten(record, without(attributes, ATTENDEE_SHARED), join));
}

/** Attributes of an attendee that the shared names say already. */
const ATTENDEE_SHARED = new Set([
	'uuid',
	'status',
	'checked_in',
	'checked_in_date',
	'created_at',
	'updated_at',
]);
const GUEST_SHARED = new Set(['import_id']);

function without(attributes: IDataObject, keys: ReadonlySet<string>): IDataObject {
	const rest: IDataObject = {};
	for (const [key, value] of Object.entries(attributes)) {
		if (!keys.has(key)) setOwn(rest, key, value);
	}
	return rest;
}

/** Who is inside is registered; who was cancelled or rejected is not, also if they had been inside. */
function attendeeGroup(status: unknown, checkedIn: boolean): string {
	const group = STATUS_GROUPS.get(String(status)) ?? 'unknown';
	return checkedIn && (group === 'registered' || group === 'unknown') ? 'checked_in' : group;
}

/** The shared names first; what finds its name taken carries its section, as in `flatten.ts`. */
function withShared(shared: IDataObject, others: IDataObject): IDataObject {
	for (const [key, value] of Object.entries(others)) {
		const isTaken = Object.hasOwn(shared, key);
		if (!isTaken || shared[key] !== value)
			setOwn(shared, isTaken ? `attributes.${key}` : key, value);
	}
	return shared;
}

/**
 * The fields of an attendee, apart: those that Eventtia has by default, and the event's own. Where an
 * attendee has fields of two types (the type was changed), those of its own type count.
 */
function namedFields(
	fields: unknown,
	types: AttendeeTypes | undefined,
	typeId: string | undefined,
): { known: Map<string, IDataObject[string]>; custom: IDataObject } {
	const known = new Map<string, IDataObject[string]>();
	const custom: IDataObject = {};
	const invalidIndex: Array<[id: string, value: IDataObject[string]]> = [];
	for (const [id, raw] of Object.entries(isObject(fields) ? fields : {})) {
		const field = types?.fields.get(id);
		const value = tidy(raw);
		if (types?.owners.get(id) !== typeId) invalidIndex.push([id, value]);
		else if (field?.parameter === undefined) setOwn(custom, field?.label ?? id, value);
		else known.set(field.parameter, value);
	}
	for (const [id, value] of invalidIndex) {
		const field = types?.fields.get(id);
		if (field?.parameter === undefined) {
			const label = field?.label ?? id;
			setOwn(custom, Object.hasOwn(custom, label) ? `${label} (${id})` : label, value);
		} else if ((known.get(field.parameter) ?? null) === null) {
			known.set(field.parameter, value);
		}
	}
	return { known, custom };
}

function fullName(first: unknown, last: unknown): string | null {
	const name = [first, last].filter((part) => typeof part === 'string' && part !== '').join(' ');
	return name === '' ? null : name;
}

function typeName(id: string | undefined, types: AttendeeTypes | undefined): string | null {
	return id === undefined ? null : (types?.labels.get(id) ?? null);
}

/** eventtia.md, "List of Guests": whoever has an attendee has registered. */
function simplifyGuest(record: EventtiaRecord, around: Surroundings, join: Join): IDataObject {
	const attributes = attributesOf(record);
	const registered = relatedId(record, 'attendee') !== undefined;
	const shared = {
		id: record.id,
		externalId: attributes.import_id ?? null,
		email: attributes.email ?? null,
		name: fullName(attributes.first_name, attributes.last_name),
		firstName: attributes.first_name ?? null,
		lastName: attributes.last_name ?? null,
		company: attributes.company ?? null,
		ticketType: typeName(relatedId(record, 'attendee_type'), around.naming.attendeeTypes),
		statusGroup: registered ? 'registered' : 'invited',
		updatedAt: attributes.updated_at ?? null,
	};
	return withShared(shared, flatten(record, without(attributes, GUEST_SHARED), join));
}

/** Prices and visibility by attendee type. */
function simplifyActivity(record: EventtiaRecord, around: Surroundings, join: Join): IDataObject {
	return flatten(
		record,
		namedByType(record, ['price', 'show_for_attendee_type'], around.naming),
		join,
	);
}

function simplifyPurchaseItem(
	record: EventtiaRecord,
	around: Surroundings,
	join: Join,
): IDataObject {
	return flatten(
		record,
		namedByType(record, ['available_for_attendee_types'], around.naming),
		join,
	);
}

function namedByType(
	record: EventtiaRecord,
	keys: readonly string[],
	{ attendeeTypes }: Naming,
): IDataObject {
	const attributes = { ...attributesOf(record) };
	for (const key of keys) {
		if (isObject(attributes[key])) {
			attributes[key] = named(attributes[key], attendeeTypes?.labels ?? new Map());
		}
	}
	return attributes;
}

/** A key to Eventtia's other interfaces: not in what is passed on, only in the raw record. */
const EVENT_SECRETS = new Set(['api_key']);

/** `custom_fields_data` (slim list) and `fields` (single event) are the same: event custom fields. */
function simplifyEvent(record: EventtiaRecord, { naming }: Surroundings, join: Join): IDataObject {
	const {
		custom_fields_data: data,
		fields,
		coordinates,
		...attributes
	} = without(attributesOf(record), EVENT_SECRETS);
	const place = isObject(coordinates)
		? { latitude: coordinates.lat ?? null, longitude: coordinates.lng ?? null }
		: {};
	const flat = flatten(record, { ...attributes, ...place }, join);
	if (data === undefined && fields === undefined) return flat;
	const custom = { ...(isObject(fields) ? fields : {}), ...(isObject(data) ? data : {}) };
	return { ...flat, customFields: named(custom, naming.eventFields) };
}

function simplifySurveyAnswer(
	record: EventtiaRecord,
	{ naming }: Surroundings,
	join: Join,
): IDataObject {
	const { values, ...attributes } = attributesOf(record);
	return { ...flatten(record, attributes, join), answers: named(values, naming.questions) };
}

/** Amounts come as text, e.g. "1.0". */
function simplifyPayment(record: EventtiaRecord, _: Surroundings, join: Join): IDataObject {
	const attributes = attributesOf(record);
	return flatten(
		record,
		{
			...attributes,
			...('total_amount' in attributes ? { total_amount: amount(attributes.total_amount) } : {}),
			...('vat' in attributes ? { vat: amount(attributes.vat) } : {}),
		},
		join,
	);
}

function amount(value: IDataObject[string]): IDataObject[string] {
	if (typeof value !== 'string' || value.trim() === '') return value;
	const number = Number(value);
	return Number.isFinite(number) ? number : value;
}

/** `agenda` maps a slot's start (Unix seconds) to its start, end and id. */
function simplifyParticipantType(
	record: EventtiaRecord,
	{ naming, included }: Surroundings,
	join: Join,
): IDataObject {
	const { agenda, profile_extra_fields: extra, ...attributes } = attributesOf(record);
	return {
		...flatten(record, attributes, join),
		profileExtraFields: named(extra, profileLabels(included)),
		slots: slotsOf(agenda, naming.zone),
	};
}

function simplifyParticipant(
	record: EventtiaRecord,
	{ included, naming }: Surroundings,
	join: Join,
): IDataObject {
	const {
		profile_extra_fields: extra,
		blocked_slots: blocked,
		...attributes
	} = attributesOf(record);
	const flat = flatten(record, attributes, join);
	return {
		...flat,
		email: attributes.profile_contact_email ?? null,
		name: attributes.profile_contact_name ?? null,
		company: attributes.profile_display_name ?? null,
		phone: attributes.telephone ?? null,
		profileExtraFields: named(extra, profileLabels(included)),
		blockedSlots: momentsOf(blocked, naming.zone),
	};
}

function profileLabels(included: Included): Labels {
	const labels = new Map<string, string>();
	for (const record of included.all()) {
		if (record.type !== 'business_conference_profile_fields') continue;
		const { name } = attributesOf(record);
		if (typeof name === 'string' && name !== '') labels.set(record.id, name);
	}
	return labels;
}

/** @returns the slots of an agenda, earliest first, with times in the event's zone */
export function slotsOf(agenda: unknown, zone: string | undefined): IDataObject[] {
	return Object.entries(isObject(agenda) ? agenda : {})
		.sort(([a], [b]) => Number(a) - Number(b))
		.map(([start, slot]) => {
			const parts: unknown[] = Array.isArray(slot) ? slot : [];
			return {
				start: epochIso(start, zone),
				end: endIso(parts[1], start, zone),
				slotId: typeof parts[2] === 'number' ? String(parts[2]) : null,
			};
		});
}

/** Unix seconds, each once, as ISO 8601 in the event's zone. */
export function momentsOf(slots: unknown, zone: string | undefined): string[] {
	const keys: unknown[] = Array.isArray(slots) ? slots : [];
	return [...new Set(keys.map(String))].map((key) => epochIso(key, zone));
}

function epochIso(seconds: string, zone: string | undefined): string {
	const moment = DateTime.fromSeconds(Number(seconds), { zone: zone ?? 'utc' });
	return moment.isValid ? moment.toISO({ suppressMilliseconds: true }) : seconds;
}

/**
 * `2023-02-10 09:25:00`, without an offset: the time at the event. Where its clocks show that twice, the
 * first that does not come before the start of the slot.
 */
function endIso(text: unknown, start: string, zone: string | undefined): string | null {
	if (typeof text !== 'string') return null;
	const moment = DateTime.fromSQL(text, { zone: zone ?? 'utc' });
	if (!moment.isValid) return text;
	const end = moment
		.getPossibleOffsets()
		.sort((a, b) => a.toMillis() - b.toMillis())
		.find((candidate) => candidate.toSeconds() >= Number(start));
	return (end ?? moment).toISO({ suppressMilliseconds: true });
}

function simplifyMeeting(record: EventtiaRecord, _: Surroundings, join: Join): IDataObject {
	const flat = flatten(record, undefined, join);
	const { status } = attributesOf(record);
	return { ...flat, statusName: MEETING_STATUSES.get(Number(status)) ?? null };
}

/** One line of the ticket stats (eventtia.md, "Tickets Stats"): "∞" is no limit. */
export function simplifyTicketStat(stat: IDataObject): IDataObject {
	const limit = typeof stat.seats_limit === 'number' ? stat.seats_limit : null;
	const used = typeof stat.used_seats === 'number' ? stat.used_seats : null;
	return {
		name: stat.name ?? null,
		usedSeats: used,
		seatsLimit: limit,
		availableSeats: limit === null || used === null ? null : Math.max(0, limit - used),
		unlimited: stat.seats_limit === '∞',
	};
}

/** What is not a record: the same keys in camelCase. */
export function camelCased(value: IDataObject): IDataObject {
	const result: IDataObject = {};
	for (const [key, entry] of Object.entries(value)) setOwn(result, camelCase(key), entry);
	return result;
}
