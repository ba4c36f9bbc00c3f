/** Attendee: Create (eventtia.md, "Create Attendee", "Group Registration"). */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { collectionField, dateField, textField } from '../../../shared/fields/builders';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import type { Operation } from '../../../shared/action/types';
import {
	emailAddress,
	jsonObject,
	optional,
	requiredText,
} from '../../../shared/fields/validators';
import { simplifyField } from '../../../shared/fields/lists';
import { isObject, omitEmpty } from '../../../shared/values';
import { path } from '../../../shared/http/path';
import type { EventtiaClient } from '../../client';
import { calendarDay } from '../../dates';
import { attendeeFieldMapper, readAttendeeFields } from '../../customFields/attendee';
import {
	attendeeTypeField,
	cityField,
	countryField,
	eventUriField,
	numericId,
	numericIds,
	optionalField,
	readEventUri,
	readId,
	regionField,
} from '../../fields';
import { quantities, quantitiesField } from '../../customFields/quantities';
import { readShape, shapeOne } from '../../operations/shape';

const additionalFields: INodeProperties = collectionField('additionalFields', [
	{
		displayName: 'Activity Names or IDs',
		name: 'workshops',
		type: 'multiOptions',
		typeOptions: {
			loadOptionsMethod: 'getActivities',
			loadOptionsDependsOn: ['eventUri.value'],
		},
		default: [],
		description:
			'Activities to register the attendee for. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	textField('Alternative Email', 'alternativeEmail', 'Another email of the attendee'),
	dateField('Birthdate', 'birthdate', 'The day on which the attendee was born'),
	optionalField(cityField, 'The city of the attendee. Choose the country and the region first.'),
	textField('Company', 'company', 'The name of the company of the attendee'),
	optionalField(countryField, 'The country of the attendee'),
	{
		displayName: 'Custom Fields (JSON)',
		name: 'customFieldsJson',
		type: 'json',
		default: '{}',
		description:
			'Fields of your own as JSON, by name or ID, e.g. {"Diet": "vegan"}. They are added to "Fields".',
	},
	textField('First Name', 'firstName', 'The first name of the attendee'),
	textField(
		'Group Registration UUID',
		'groupRegistrationUuid',
		'Adds the attendee to a group: the "groupUuid" that came out when the first of the group was registered',
		'e.g. a061f3',
	),
	textField('Job Title', 'jobTitle', 'The job title of the attendee'),
	textField('Last Name', 'lastName', 'The last name of the attendee'),
	quantitiesField,
	optionalField(regionField, 'The region of the attendee. Choose the country first.'),
	textField(
		'Telephone',
		'telephone',
		'The phone number with the country code',
		'e.g. +570000000000',
	),
	textField('Timezone', 'timezone', 'The time zone of the attendee', 'e.g. Europe/Vienna'),
]);

const text = optional(requiredText);

/** The part `attendee` of the body, as in the document's example. */
async function readAttendee(item: ItemParameters, client: EventtiaClient): Promise<IDataObject> {
	const fields = item.readCollection('additionalFields', {
		alternativeEmail: optional(emailAddress),
		birthdate: optional(calendarDay('birthdate')),
		company: text,
		customFieldsJson: jsonObject,
		firstName: text,
		groupRegistrationUuid: text,
		jobTitle: text,
		lastName: text,
		telephone: text,
		timezone: text,
	});
	const mappedFields = await readAttendeeFields(item, client, fields.customFieldsJson ?? {});
	return omitEmpty({
		attendee_type_id: item.read(attendeeTypeField.name, numericId),
		...mappedFields.parameters,
		...omitEmpty({
			email: item.read('email', emailAddress),
			first_name: fields.firstName,
			last_name: fields.lastName,
			company: fields.company,
			telephone: fields.telephone,
			job_title: fields.jobTitle,
			alternative_email: fields.alternativeEmail,
			birthdate: fields.birthdate,
			timezone: fields.timezone,
			group_registration_uuid: fields.groupRegistrationUuid,
		}),
		custom_fields:
			Object.keys(mappedFields.customFields).length > 0 ? mappedFields.customFields : undefined,
	});
}

/** The parts of the body beside `attendee`: place, activities and purchases, as in the document's example. */
function readOrder(item: ItemParameters): IDataObject {
	const fields = item.readCollection('additionalFields', {
		cityId: optional(numericId),
		countryId: optional(numericId),
		regionId: optional(numericId),
		workshops: numericIds,
		purchaseItems: quantities,
	});
	const workshops = (fields.workshops ?? []).map((id) => [id, id] as const);
	const purchases = fields.purchaseItems ?? {};
	return omitEmpty({
		country_id: fields.countryId,
		region_id: fields.regionId,
		city_id: fields.cityId,
		workshops: workshops.length > 0 ? Object.fromEntries(workshops) : undefined,
		purchase_items: Object.keys(purchases).length > 0 ? purchases : undefined,
	});
}

export const create: Operation<EventtiaClient> = {
	value: 'create',
	name: 'Create',
	action: 'Create attendee',
	description:
		'Register a person for an event: as an attendee of a type, with the fields of its form, activities and purchases',
	effect: 'write',
	fields: [
		eventUriField,
		attendeeTypeField,
		{
			...textField('Email', 'email', 'The email of the attendee', 'e.g. jane@example.com'),
			required: true,
		},
		attendeeFieldMapper,
		simplifyField,
		additionalFields,
	],
	orderingKey: (item) => `${readEventUri(item)} ${item.read('email', emailAddress).toLowerCase()}`,
	async run(item, client) {
		const eventUri = readEventUri(item);
		// Only validated here, so that an empty attendee type is reported first and before any request. The
		// body holds it as a number, see `readAttendee`.
		readId(item, attendeeTypeField);
		const shape = readShape(item, client, eventUri);
		const body = { attendee: await readAttendee(item, client), ...readOrder(item) };
		const document = await client.create({
			method: 'POST',
			path: path`/events/${eventUri}/attendees/register`,
			body,
			safety: 'nonIdempotent',
		});
		const registered = await shapeOne(shape, document);
		return { ...registered, ...(await readGroup(document.meta, client, eventUri)) };
	},
};

/**
 * The group and its free seats by attendee type, if the attendee type has group registration.
 *
 * @param meta `group_uuid` and `profiles` of the response
 */
async function readGroup(
	meta: IDataObject,
	client: EventtiaClient,
	eventUri: string,
): Promise<IDataObject> {
	if (typeof meta.group_uuid !== 'string') return {};
	const { labels } = await client.attendeeTypes(eventUri);
	const profiles = Object.entries(isObject(meta.profiles) ? meta.profiles : {});
	return {
		groupUuid: meta.group_uuid,
		groupSeats: profiles.map(([id, seats]) => ({
			attendeeTypeId: id,
			attendeeType: labels.get(id) ?? null,
			...(isObject(seats) ? seats : {}),
		})),
	};
}
