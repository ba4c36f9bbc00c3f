/** Attendee: Create (eventtia.md, "Create Attendee", "Group Registration"). */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
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
import { dayIn } from '../../dates';
import { attendeeFieldMapper, readAttendeeFields } from '../../customFields/attendee';
import {
	attendeeTypeField,
	cityField,
	countryField,
	dateField,
	eventUriField,
	numericId,
	numericIds,
	optionalField,
	readEventUri,
	readId,
	regionField,
	textField,
} from '../../fields';
import { quantities, quantitiesField } from '../../customFields/quantities';
import { readShape, shapeOne } from '../../operations/shape';

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
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
	],
};

const text = optional(requiredText);

/** The person's part of the body: `attendee` in the document's example. */
async function readAttendee(item: ItemParameters, client: EventtiaClient): Promise<IDataObject> {
	const given = item.readCollection('additionalFields', {
		alternativeEmail: optional(emailAddress),
		birthdate: optional(dayIn('birthdate')),
		company: text,
		customFieldsJson: jsonObject,
		firstName: text,
		groupRegistrationUuid: text,
		jobTitle: text,
		lastName: text,
		telephone: text,
		timezone: text,
	});
	const mapped = await readAttendeeFields(item, client, given.customFieldsJson ?? {});
	return omitEmpty({
		attendee_type_id: item.read(attendeeTypeField.name, numericId),
		...mapped.parameters,
		...omitEmpty({
			email: item.read('email', emailAddress),
			first_name: given.firstName,
			last_name: given.lastName,
			company: given.company,
			telephone: given.telephone,
			job_title: given.jobTitle,
			alternative_email: given.alternativeEmail,
			birthdate: given.birthdate,
			timezone: given.timezone,
			group_registration_uuid: given.groupRegistrationUuid,
		}),
		custom_fields: Object.keys(mapped.customFields).length > 0 ? mapped.customFields : undefined,
	});
}

/** The places, activities and purchases beside the person, as in the document's example. */
function readOrder(item: ItemParameters): IDataObject {
	const given = item.readCollection('additionalFields', {
		cityId: optional(numericId),
		countryId: optional(numericId),
		regionId: optional(numericId),
		workshops: numericIds,
		purchaseItems: quantities,
	});
	const workshops = (given.workshops ?? []).map((id) => [id, id] as const);
	const purchases = given.purchaseItems ?? {};
	return omitEmpty({
		country_id: given.countryId,
		region_id: given.regionId,
		city_id: given.cityId,
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
		readId(item, attendeeTypeField);
		const shape = readShape(item, client, eventUri);
		const body = { attendee: await readAttendee(item, client), ...readOrder(item) };
		const document = await client.changed({
			method: 'POST',
			path: path`/events/${eventUri}/attendees/register`,
			body,
			safety: 'nonIdempotent',
		});
		const registered = await shapeOne(shape, document);
		return { ...registered, ...(await groupOf(document.meta, client, eventUri)) };
	},
};

/** "group_uuid" and the seats left, where the attendee type has group registration. */
async function groupOf(
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
