// Attendee types and their custom fields. The IDs of the custom fields are the keys of an attendee's fields.

import type { Endpoint } from '../../shared/endpoint.mts';
import type { EventtiaApi } from '../api.mts';
import type { EventtiaEvent } from '../event.mts';
import { type Resource, includeQuery, respondWithList, pageQuery } from '../jsonapi.mts';
import { type AttendeeType, type CustomField, INPUT } from '../records/attendee-types.mts';
import type { EventtiaState } from '../state.mts';
import { localDay } from '../dates.mts';

/** How the choices of a select are shown: the document's only sample has none. */
function choices({ fieldChoices }: EventtiaState, field: CustomField) {
	if (field.choices === null) return { values: null, options: null };
	if (fieldChoices === 'lines') return { values: field.choices.join('\n'), options: null };
	if (fieldChoices === 'options') return { values: null, options: field.choices };
	return { values: field.choices, options: null };
}

/** A custom field of an attendee type, as the sample shows it. */
export function shownField(event: EventtiaEvent, field: CustomField): Resource {
	return {
		id: field.id,
		type: 'attendee_type_custom_fields',
		attributes: {
			name: field.name,
			alias: field.alias,
			required: field.required,
			default: field.isDefault,
			input_type: field.inputType,
			...choices(event.state, field),
			display: true,
			max_chars: 0,
			validations: null,
			value_limited: 0,
			lower_bound: null,
			upper_bound: null,
			include_time: field.inputType === INPUT.date ? false : null,
			order: field.order,
			available_public_listings: field.isPublic,
			filterable: false,
			updated_at: localDay(field.updatedAt, event.zone),
			internal_id: null,
			use_radio_buttons: false,
			edit_admin_only: false,
		},
		relationships: { attendee_type: { data: { id: field.typeId, type: 'attendee_types' } } },
	};
}

/** An attendee type, as the sample shows it. @param withFields whether its fields are included in the document */
export function shownType(event: EventtiaEvent, type: AttendeeType, withFields: boolean): Resource {
	const { capacity } = type;
	const used = capacity === null ? 0 : event.attendees.usedSeats(type.id);
	const participantType = event.networking.typeOfAttendeeType(type.id);
	return {
		id: type.id,
		type: 'attendee_types',
		attributes: {
			name: type.name,
			attendance_mode: type.attendanceMode,
			price: type.price,
			price_end_date: event.local(type.priceEnd),
			description: type.description,
			capacity,
			// The sample of a type without a capacity has 0.
			availability: capacity === null ? 0 : Math.max(0, capacity - used),
			order: type.order,
			price_without_vat: type.price,
			confirmation_required: type.confirmationRequired,
			updated_at: event.local(type.updatedAt),
			valid_if_no_payments: type.validIfNoPayments,
		},
		relationships: {
			attendee_type_custom_fields: {
				data: withFields
					? type.fields.map(({ id }) => ({ id, type: 'attendee_type_custom_fields' }))
					: [],
			},
			business_conference_participant_type: {
				data: participantType
					? { id: participantType.id, type: 'business_conference_participant_types' }
					: null,
			},
		},
	};
}

/** The endpoint of attendee types. */
export const attendeeTypeEndpoints = (api: EventtiaApi): Array<Endpoint<EventtiaState>> => [
	api.ofEvent({
		method: 'GET',
		path: '/attendee_types',
		query: { ...pageQuery, ...includeQuery },
		body: {},
		respond: (call, event) =>
			respondWithList(call, event.attendeeTypes.all(), {
				serialize: (type, included) =>
					shownType(event, type, included.has('attendee_type_custom_fields')),
				includes: {
					attendee_type_custom_fields: ({ fields }) =>
						fields.map((field) => shownField(event, field)),
				},
				alwaysIncluded: ['attendee_type_custom_fields'],
			}),
	}),
];
