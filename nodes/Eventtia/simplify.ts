/**
 * Turns Eventtia's records into flat records. Records of people get the property names that all vendors of the
 * pack share. Pure.
 */
import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { camelCase, isObject, setOwn } from '../shared/values';
import { flatten, toPictureUrl } from './jsonApi/flatten';
import {
	readAttributes,
	relatedId,
	type EventtiaRecord,
	type Included,
	type Reference,
} from './jsonApi/documents';
import { applyLabels, type AttendeeTypes, type Labels } from './customFields/labels';

/** What simplifying needs in addition to the records: labels by id, and the event's time zone. */
export interface Lookups {
	attendeeTypes: AttendeeTypes | undefined;
	eventFields: Labels;
	questions: Labels;
	/** The event's IANA time zone, for times without an offset. */
	zone: string | undefined;
}

/** What a page of records is simplified with. */
export interface SimplifyContext {
	included: Included;
	lookups: Lookups;
}

type Simplifier = (record: EventtiaRecord, context: SimplifyContext, join: Join) => IDataObject;
/** Turns a reference into the included record, simplified; undefined if it was not included. */
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

/** Simplifies a record of any type, with the records included for it. */
export function simplifyRecord(record: EventtiaRecord, context: SimplifyContext): IDataObject {
	return simplifyWithin(record, context, new Set());
}

/** @param path the records that enclose this one; included records can refer back to them */
function simplifyWithin(
	record: EventtiaRecord,
	context: SimplifyContext,
	path: ReadonlySet<EventtiaRecord>,
): IDataObject {
	const inner = new Set(path).add(record);
	const join: Join = (reference) => {
		const found = context.included.find(reference);
		return found === undefined || inner.has(found)
			? undefined
			: simplifyWithin(found, context, inner);
	};
	const simplifier = SIMPLIFIERS[record.type];
	return simplifier === undefined
		? flatten(record, undefined, join)
		: simplifier(record, context, join);
}

/** eventtia.md, "List of Attendees". */
function simplifyAttendee(
	record: EventtiaRecord,
	context: SimplifyContext,
	join: Join,
): IDataObject {
	const { fields, ...attributes } = readAttributes(record);
	const typeId = relatedId(record, 'attendee_type');
	const { defaults, custom } = splitFields(fields, context.lookups.attendeeTypes, typeId);
	const checkedIn = attributes.checked_in === true;
	const shared = {
		id: record.id,
		externalId: attributes.uuid ?? null,
		email: defaults.get('email') ?? null,
		name: fullName(defaults.get('first_name'), defaults.get('last_name')),
		firstName: defaults.get('first_name') ?? null,
		lastName: defaults.get('last_name') ?? null,
		company: defaults.get('company') ?? null,
		jobTitle: defaults.get('job_title') ?? null,
		phone: defaults.get('telephone') ?? null,
		ticketType: findTypeName(typeId, context.lookups.attendeeTypes),
		status: attributes.status ?? null,
		statusGroup: toStatusGroup(attributes.status, checkedIn),
		checkedIn,
		checkedInAt: attributes.checked_in_date ?? null,
		createdAt: attributes.created_at ?? null,
		updatedAt: attributes.updated_at ?? null,
		alternativeEmail: defaults.get('alternative_email') ?? null,
		birthdate: defaults.get('birthdate') ?? null,
		timezone: defaults.get('timezone') ?? null,
		cityId: defaults.get('city_id') ?? null,
		customFields: custom,
	};
	return withShared(shared, flatten(record, without(attributes, ATTENDEE_SHARED), join));
}

/** Attributes that are already in the shared properties. */
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

/** A check-in does not count for people who were cancelled or rejected, even if they had been checked in. */
function toStatusGroup(status: unknown, checkedIn: boolean): string {
	const group = STATUS_GROUPS.get(String(status)) ?? 'unknown';
	return checkedIn && (group === 'registered' || group === 'unknown') ? 'checked_in' : group;
}

/** Shared properties first; on a name collision the section is added, as in `flatten.ts`. */
function withShared(shared: IDataObject, others: IDataObject): IDataObject {
	for (const [key, value] of Object.entries(others)) {
		const isTaken = Object.hasOwn(shared, key);
		if (!isTaken || shared[key] !== value)
			setOwn(shared, isTaken ? `attributes.${key}` : key, value);
	}
	return shared;
}

/**
 * Splits the fields of an attendee into Eventtia's default fields (by parameter) and the event's custom fields
 * (by label). If an attendee has fields of two types, because its type was changed, those of its present type
 * win.
 */
function splitFields(
	fields: unknown,
	types: AttendeeTypes | undefined,
	typeId: string | undefined,
): { defaults: Map<string, IDataObject[string]>; custom: IDataObject } {
	const defaults = new Map<string, IDataObject[string]>();
	const custom: IDataObject = {};
	const otherTypeFields: Array<[id: string, value: IDataObject[string]]> = [];
	for (const [id, raw] of Object.entries(isObject(fields) ? fields : {})) {
		const field = types?.fields.get(id);
		const value = toPictureUrl(raw);
		if (types?.attendeeTypeByField.get(id) !== typeId) otherTypeFields.push([id, value]);
		else if (field?.parameter === undefined) setOwn(custom, field?.label ?? id, value);
		else defaults.set(field.parameter, value);
	}
	for (const [id, value] of otherTypeFields) {
		const field = types?.fields.get(id);
		if (field?.parameter === undefined) {
			const label = field?.label ?? id;
			setOwn(custom, Object.hasOwn(custom, label) ? `${label} (${id})` : label, value);
		} else if ((defaults.get(field.parameter) ?? null) === null) {
			defaults.set(field.parameter, value);
		}
	}
	return { defaults, custom };
}

function fullName(first: unknown, last: unknown): string | null {
	const name = [first, last].filter((part) => typeof part === 'string' && part !== '').join(' ');
	return name === '' ? null : name;
}

function findTypeName(id: string | undefined, types: AttendeeTypes | undefined): string | null {
	return id === undefined ? null : (types?.labels.get(id) ?? null);
}

/** eventtia.md, "List of Guests": a guest with an attendee has registered. */
function simplifyGuest(record: EventtiaRecord, context: SimplifyContext, join: Join): IDataObject {
	const attributes = readAttributes(record);
	const registered = relatedId(record, 'attendee') !== undefined;
	const shared = {
		id: record.id,
		externalId: attributes.import_id ?? null,
		email: attributes.email ?? null,
		name: fullName(attributes.first_name, attributes.last_name),
		firstName: attributes.first_name ?? null,
		lastName: attributes.last_name ?? null,
		company: attributes.company ?? null,
		ticketType: findTypeName(relatedId(record, 'attendee_type'), context.lookups.attendeeTypes),
		statusGroup: registered ? 'registered' : 'invited',
		updatedAt: attributes.updated_at ?? null,
	};
	return withShared(shared, flatten(record, without(attributes, GUEST_SHARED), join));
}

/** Labels prices and visibility by attendee type. */
function simplifyActivity(
	record: EventtiaRecord,
	context: SimplifyContext,
	join: Join,
): IDataObject {
	return flatten(
		record,
		labelByAttendeeType(record, ['price', 'show_for_attendee_type'], context.lookups),
		join,
	);
}

function simplifyPurchaseItem(
	record: EventtiaRecord,
	context: SimplifyContext,
	join: Join,
): IDataObject {
	return flatten(
		record,
		labelByAttendeeType(record, ['available_for_attendee_types'], context.lookups),
		join,
	);
}

function labelByAttendeeType(
	record: EventtiaRecord,
	keys: readonly string[],
	{ attendeeTypes }: Lookups,
): IDataObject {
	const attributes = { ...readAttributes(record) };
	for (const key of keys) {
		if (isObject(attributes[key])) {
			attributes[key] = applyLabels(attributes[key], attendeeTypes?.labels ?? new Map());
		}
	}
	return attributes;
}

/** A key to Eventtia's other APIs. It is left out of simplified records; raw records hold it. */
const EVENT_SECRETS = new Set(['api_key']);

/** Both `custom_fields_data` (slim list) and `fields` (single event) hold the event custom fields. */
function simplifyEvent(
	record: EventtiaRecord,
	{ lookups }: SimplifyContext,
	join: Join,
): IDataObject {
	const {
		custom_fields_data: data,
		fields,
		coordinates,
		...attributes
	} = without(readAttributes(record), EVENT_SECRETS);
	const place = isObject(coordinates)
		? { latitude: coordinates.lat ?? null, longitude: coordinates.lng ?? null }
		: {};
	const flat = flatten(record, { ...attributes, ...place }, join);
	if (data === undefined && fields === undefined) return flat;
	const custom = { ...(isObject(fields) ? fields : {}), ...(isObject(data) ? data : {}) };
	return { ...flat, customFields: applyLabels(custom, lookups.eventFields) };
}

function simplifySurveyAnswer(
	record: EventtiaRecord,
	{ lookups }: SimplifyContext,
	join: Join,
): IDataObject {
	const { values, ...attributes } = readAttributes(record);
	return { ...flatten(record, attributes, join), answers: applyLabels(values, lookups.questions) };
}

/** Amounts are sent as text, e.g. "1.0". */
function simplifyPayment(record: EventtiaRecord, _: SimplifyContext, join: Join): IDataObject {
	const attributes = readAttributes(record);
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

/** `agenda` maps the start of a slot (Unix seconds) to its start, end and id. */
function simplifyParticipantType(
	record: EventtiaRecord,
	{ lookups, included }: SimplifyContext,
	join: Join,
): IDataObject {
	const { agenda, profile_extra_fields: extra, ...attributes } = readAttributes(record);
	return {
		...flatten(record, attributes, join),
		profileExtraFields: applyLabels(extra, profileLabels(included)),
		slots: toSlots(agenda, lookups.zone),
	};
}

function simplifyParticipant(
	record: EventtiaRecord,
	{ included, lookups }: SimplifyContext,
	join: Join,
): IDataObject {
	const {
		profile_extra_fields: extra,
		blocked_slots: blocked,
		...attributes
	} = readAttributes(record);
	const flat = flatten(record, attributes, join);
	return {
		...flat,
		email: attributes.profile_contact_email ?? null,
		name: attributes.profile_contact_name ?? null,
		company: attributes.profile_display_name ?? null,
		phone: attributes.telephone ?? null,
		profileExtraFields: applyLabels(extra, profileLabels(included)),
		blockedSlots: toIsoTimes(blocked, lookups.zone),
	};
}

function profileLabels(included: Included): Labels {
	const labels = new Map<string, string>();
	for (const record of included.all()) {
		if (record.type !== 'business_conference_profile_fields') continue;
		const { name } = readAttributes(record);
		if (typeof name === 'string' && name !== '') labels.set(record.id, name);
	}
	return labels;
}

/**
 * @param agenda slots by their start (Unix seconds), each `[start, end, id]`
 * @param zone IANA time zone of the event; UTC if undefined
 * @returns the slots, earliest first, with ISO 8601 times
 */
export function toSlots(agenda: unknown, zone: string | undefined): IDataObject[] {
	return Object.entries(isObject(agenda) ? agenda : {})
		.sort(([a], [b]) => Number(a) - Number(b))
		.map(([start, slot]) => {
			const parts: unknown[] = Array.isArray(slot) ? slot : [];
			return {
				start: epochToIso(start, zone),
				end: slotEndToIso(parts[1], start, zone),
				slotId: typeof parts[2] === 'number' ? String(parts[2]) : null,
			};
		});
}

/**
 * @param slots Unix times in seconds
 * @param zone IANA time zone of the event; UTC if undefined
 * @returns the times in ISO 8601, without duplicates
 */
export function toIsoTimes(slots: unknown, zone: string | undefined): string[] {
	const keys: unknown[] = Array.isArray(slots) ? slots : [];
	return [...new Set(keys.map(String))].map((key) => epochToIso(key, zone));
}

function epochToIso(seconds: string, zone: string | undefined): string {
	const time = DateTime.fromSeconds(Number(seconds), { zone: zone ?? 'utc' });
	return time.isValid ? time.toISO({ suppressMilliseconds: true }) : seconds;
}

/**
 * `2023-02-10 09:25:00`, without an offset, is local time at the event. If the clocks show it twice, the first of
 * the two that is not before the start of the slot counts.
 */
function slotEndToIso(text: unknown, start: string, zone: string | undefined): string | null {
	if (typeof text !== 'string') return null;
	const time = DateTime.fromSQL(text, { zone: zone ?? 'utc' });
	if (!time.isValid) return text;
	const end = time
		.getPossibleOffsets()
		.sort((a, b) => a.toMillis() - b.toMillis())
		.find((candidate) => candidate.toSeconds() >= Number(start));
	return (end ?? time).toISO({ suppressMilliseconds: true });
}

function simplifyMeeting(record: EventtiaRecord, _: SimplifyContext, join: Join): IDataObject {
	const flat = flatten(record, undefined, join);
	const { status } = readAttributes(record);
	return { ...flat, statusName: MEETING_STATUSES.get(Number(status)) ?? null };
}

/** Simplifies one line of the ticket stats (eventtia.md, "Tickets Stats"); "∞" means no limit. */
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

/** @returns an object that is not a record with its keys in camelCase; nested objects are unchanged */
export function camelCaseKeys(value: IDataObject): IDataObject {
	const result: IDataObject = {};
	for (const [key, entry] of Object.entries(value)) setOwn(result, camelCase(key), entry);
	return result;
}
