// Registering an attendee: the nested body of the document's example, custom fields, activities, groups.

import { z } from 'zod';

import { type HttpResponse, type Endpoint, json, type Parsed } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { invalid } from '../failure.mts';
import {
	type AttendeeType,
	type CustomField,
	DEFAULT_FIELDS,
	INPUT,
} from '../records/attendee-types.mts';
import type { FieldValue } from '../records/attendees.mts';
import type { EventtiaState } from '../state.mts';
import { shownAttendee } from './attendees.mts';
import { shownType } from './attendee-types.mts';

const DAY_FIRST = /^(\d\d)\/(\d\d)\/(\d{4})$/;
const ISO_DAY = /^\d{4}-\d\d-\d\d$/;
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const TRUE = [true, 'true', '1'];
const FALSE = [false, 'false', '0'];

const string = z.string().optional();
const id = z.number().int().positive().optional();
const idKey = z.string().regex(/^\d+$/);
/** The document does not say clearly where these belong: inside `attendee` or at the top level. Both are accepted. */
const eitherPlace = {
	custom_fields: z.record(idKey, z.unknown()).optional(),
	group_registration_uuid: string,
};
const body = {
	attendee: z
		.object({
			attendee_type_id: id,
			first_name: string,
			last_name: string,
			email: string,
			company: string,
			telephone: string,
			job_title: string,
			alternative_email: string,
			birthdate: z.union([z.string().regex(DAY_FIRST), z.literal('')]).optional(),
			timezone: string,
			...eitherPlace,
		})
		.strict()
		.optional(),
	country_id: id,
	region_id: id,
	city_id: id,
	workshops: z.record(idKey, z.number().int()).optional(),
	purchase_items: z.record(idKey, z.number().int().nonnegative()).optional(),
	...eitherPlace,
};
type Body = Parsed<typeof body>;

function day(text: string): string | undefined {
	const iso = text.replace(DAY_FIRST, '$3-$2-$1');
	const time = ISO_DAY.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : NaN;
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso) ? iso : undefined;
}

/** A value as it is stored; undefined when it is not valid for the field. */
function stored({ inputType, choices }: CustomField, value: unknown): FieldValue | undefined {
	if (value === null || value === '') return null;
	switch (inputType) {
		case INPUT.text:
		case INPUT.paragraph:
			return typeof value === 'string' ? value : undefined;
		case INPUT.select:
			return typeof value === 'string' && choices?.includes(value) ? value : undefined;
		case INPUT.multiSelect: {
			const given = typeof value === 'string' ? value.split(',') : value;
			const result = z.array(z.string()).safeParse(given);
			const known = result.success && result.data.every((one) => choices?.includes(one));
			return known ? result.data : undefined;
		}
		case INPUT.number:
			return Number.isFinite(Number(value)) && typeof value !== 'boolean'
				? String(value)
				: undefined;
		case INPUT.boolean:
			if (TRUE.some((one) => one === value)) return 'true';
			return FALSE.some((one) => one === value) ? 'false' : undefined;
		case INPUT.date:
			return typeof value === 'string' ? day(value) : undefined;
		case INPUT.file:
			return undefined;
	}
}

/** The values by field ID. @throws Failure 400 for an unknown field, an invalid value, or a missing required value */
function collectFields(type: AttendeeType, { attendee = {}, ...rest }: Body) {
	const custom = { ...rest.custom_fields, ...attendee.custom_fields };
	const { attendee_type_id: _type, custom_fields: _custom, ...named } = attendee;
	const byName: Readonly<Record<string, unknown>> = {
		...named,
		city_id: rest.city_id === undefined ? undefined : String(rest.city_id),
	};
	const given = new Map<CustomField, unknown>();
	for (const name of DEFAULT_FIELDS) {
		const field = type.fields.find((one) => one.isDefault && one.name === name);
		if (field && byName[name] !== undefined) given.set(field, byName[name]);
	}
	for (const [fieldId, value] of Object.entries(custom)) {
		const field = type.fields.find((one) => one.id === fieldId);
		if (!field) throw invalid(`Custom field ${fieldId} does not exist in ${type.name}`);
		given.set(field, value);
	}
	const values: Record<string, FieldValue> = {};
	for (const [field, value] of given) {
		const fitting = stored(field, value);
		if (fitting === undefined) throw invalid(`${field.name} is invalid`);
		values[field.id] = fitting;
	}
	for (const { id: fieldId, name, required } of type.fields) {
		if (required && (values[fieldId] ?? null) === null) throw invalid(`${name} can't be blank`);
	}
	return values;
}

/** The group that the registration joins or creates. @throws Failure 400 */
function groupFor(event: EventtiaEvent, type: AttendeeType, uuid: string | undefined) {
	if (uuid === undefined || uuid === '') {
		return type.groupSeats ? event.groups.open(type.groupSeats) : undefined;
	}
	const group = event.groups.get(uuid);
	if (!group) throw invalid(`Group ${uuid} does not exist`);
	const profile = group.profiles.get(type.id);
	if (!profile || profile.available < 1) {
		throw invalid(`Group ${uuid} has no seats for ${type.name}`);
	}
	profile.available -= 1;
	return group;
}

/** @throws Failure 400 */
function register(state: EventtiaState, event: EventtiaEvent, given: Body): HttpResponse {
	const { attendee = {}, workshops = {}, purchase_items: items = {} } = given;
	const type = event.attendeeTypes.get(String(attendee.attendee_type_id ?? ''));
	if (!type) throw invalid('Attendee type must exist');
	const fields = collectFields(type, given);
	const emailId = event.attendeeTypes.fieldId(type, 'email');
	const email = fields[emailId];
	if (typeof email !== 'string' || !EMAIL.test(email)) throw invalid('email is invalid');
	if (state.duplicateEmails === 'refused' && event.attendees.withEmail(email).length > 0) {
		throw invalid('email has already been taken');
	}
	const isFull = type.capacity !== null && event.attendees.usedSeats(type.id) >= type.capacity;
	if (isFull) throw invalid(`${type.name} has no seats available`);
	const activityIds = Object.entries(workshops).map(([key, value]) => {
		if (key !== String(value)) throw invalid(`workshops: ${key} is not ${value}`);
		if (!event.activities.activities.has(key)) throw invalid(`Activity ${key} does not exist`);
		return key;
	});
	for (const itemId of Object.keys(items)) {
		const isKnown = event.merchandising.items.has(itemId);
		if (!isKnown) throw invalid(`Purchase item ${itemId} does not exist`);
	}
	const uuid = attendee.group_registration_uuid ?? given.group_registration_uuid;
	const group = groupFor(event, type, uuid);
	const { country_id, region_id, city_id } = given;
	const place = Object.fromEntries(
		Object.entries({ country_id, region_id, city_id }).filter(([, value]) => value !== undefined),
	);
	const row = event.attendees.add({
		typeId: type.id,
		fields,
		place,
		groupUuid: group?.uuid ?? null,
	});
	for (const activityId of activityIds) event.activities.register(row.id, activityId);
	for (const [itemId, quantity] of Object.entries(items)) {
		if (quantity > 0) event.merchandising.buy(row.id, itemId, quantity);
	}
	return json(200, {
		data: shownAttendee(event, row),
		included: [shownType(event, type, false)],
		...(group
			? { meta: { group_uuid: group.uuid, profiles: Object.fromEntries(group.profiles) } }
			: {}),
	});
}

/** The endpoint that registers attendees. */
export const registrationEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'POST',
		path: '/attendees/register',
		query: {},
		body,
		respond: ({ state, body: given }, event) => register(state, event, given),
	}),
];
