/**
 * What operations on events share: the fields and the body of *Create* and *Update* (eventtia.md, "Create
 * Event", "Update Event"), and the progress of a clone (eventtia.md, "Event Clone Progress").
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { dateField, textField } from '../../../shared/fields/builders';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import {
	emailAddress,
	jsonObject,
	oneOf,
	optional,
	requiredText,
	boolean,
} from '../../../shared/fields/validators';
import { path } from '../../../shared/http/path';
import { isObject } from '../../../shared/values';
import type { EventtiaClient } from '../../client';
import { readEventFields } from '../../customFields/event';
import { timeZoneName } from '../../fields';

export const nameField = textField('Name', 'name', 'The name of the event');
const ZONE_NOTE =
	'Times are local to the event (of a new one: "Virtual Timezone", else the time zone of the workflow), unless they carry an offset such as +02:00.';
export const startDateField = dateField(
	'Start Date',
	'startDate',
	`When the event begins. ${ZONE_NOTE}`,
);
export const endDateField = dateField('End Date', 'endDate', `When the event ends. ${ZONE_NOTE}`);

/** All other fields of an event. */
export const detailFields: INodeProperties[] = [
	{
		displayName: 'Active',
		name: 'active',
		type: 'boolean',
		default: true,
		description: 'Whether the event is active',
	},
	{
		displayName: 'Custom Fields (JSON)',
		name: 'customFieldsJson',
		type: 'json',
		default: '{}',
		description:
			'Event custom fields as JSON, by name or ID, e.g. {"Hall": "B"}. They are added to "Custom Fields".',
	},
	{
		displayName: 'Default Language',
		name: 'defaultLanguage',
		type: 'options',
		options: [
			{ name: 'English', value: 'en' },
			{ name: 'French', value: 'fr' },
			{ name: 'Spanish', value: 'es' },
		],
		default: 'en',
		description: 'The language of the event',
	},
	textField('Description', 'description', 'What the event is about, in short'),
	{
		displayName: 'Is Virtual',
		name: 'isVirtual',
		type: 'boolean',
		default: true,
		description: 'Whether the event is virtual',
	},
	textField(
		'Sender Email',
		'senderEmail',
		'The address from which the emails of the event are sent',
	),
	textField('Sender Name', 'senderName', 'Who the emails of the event come from'),
	textField(
		'URI',
		'newEventUri',
		'The last part of the address of the event’s website: letters, digits and hyphens. A new URI changes the address for every later call.',
		'e.g. spring-fair-2026',
	),
	textField(
		'Virtual Timezone',
		'virtualTimezone',
		'The time zone of the event',
		'e.g. Europe/Paris',
	),
];

const text = optional(requiredText);

/**
 * Reads the body of an event without its dates: their time zone differs between *Create* and *Update*.
 *
 * @param collection the collection that the fields are in
 * @param readZone reads the event's IANA time zone, for custom fields; called only if needed
 */
export async function readEventBody(
	item: ItemParameters,
	client: EventtiaClient,
	collection: string,
	readZone: () => Promise<string>,
): Promise<IDataObject> {
	const fields = item.readCollection(collection, {
		active: boolean,
		customFieldsJson: jsonObject,
		defaultLanguage: oneOf('en', 'es', 'fr'),
		description: text,
		isVirtual: boolean,
		name: text,
		newEventUri: text,
		senderEmail: optional(emailAddress),
		senderName: text,
		virtualTimezone: optional(timeZoneName),
	});
	return {
		name: fields.name,
		is_virtual: fields.isVirtual,
		default_language: fields.defaultLanguage,
		event_uri: fields.newEventUri,
		virtual_timezone: fields.virtualTimezone,
		description: fields.description,
		sender_name: fields.senderName,
		sender_email: fields.senderEmail,
		active: fields.active,
		custom_fields_data: await readEventFields(
			item,
			client,
			fields.customFieldsJson ?? {},
			readZone,
		),
	};
}

function isProgress(body: unknown): body is IDataObject & { finished: boolean } {
	return isObject(body) && typeof body.finished === 'boolean';
}

/**
 * Whether the clone of an event is ready. Eventtia does not say what the clone's own URI is, so progress is
 * read by the URI of the source.
 *
 * @param eventUri URI of the event that is being cloned
 * @throws CallError if the response holds no progress
 */
export async function isCloneFinished(client: EventtiaClient, eventUri: string): Promise<boolean> {
	const progressPath = path`/events/${eventUri}/clone-progress`;
	return (await client.readJson(progressPath, isProgress, 'whether the clone is finished'))
		.finished;
}
