/**
 * What the operations of an activity share: the related records that it can be sent with, and the fields
 * and the body of Create and Update (eventtia.md, "Create Activity", "Update Activity").
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { booleanField, dateField, textField } from '../../../shared/fields/builders';
import type { ItemParameters } from '../../../shared/fields/itemParameters';
import {
	jsonObject,
	oneOf,
	optionalText,
	optional,
	requiredText,
	boolean,
	integer,
} from '../../../shared/fields/validators';
import type { EventtiaClient } from '../../client';
import { readEventDates } from '../../dates';
import { EVENT_ZONE_NOTE, type IncludeChoice } from '../../fields';
import { byAttendeeType, byAttendeeTypeField } from '../../customFields/byAttendeeType';

/** What activities can be sent with (eventtia.md, "List of Activities"). */
export const ACTIVITY_INCLUDES: readonly IncludeChoice[] = [
	{ name: 'Categories', value: 'workshop_categories' },
	{ name: 'Speakers', value: 'speakers' },
];

const MAX_SEATS = 10_000_000;

/** Required when an activity is created. */
export const nameField = textField('Name', 'name', 'The name of the activity');
export const startDateField = dateField(
	'Start Date',
	'startDate',
	`When the activity begins. ${EVENT_ZONE_NOTE}`,
);
export const endDateField = dateField(
	'End Date',
	'endDate',
	`When the activity ends. ${EVENT_ZONE_NOTE}`,
);

/** The optional fields of an activity. */
export const detailFields: INodeProperties[] = [
	booleanField(
		'Allow Blocking Workshops',
		'allowBlockingWorkshops',
		true,
		'Whether the activity may block others at the same time',
	),
	{
		displayName: 'Availability',
		name: 'availability',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'How many seats the activity has',
	},
	textField('Chat Name', 'chatName', 'What the chat is called; "Chat" if nothing is given'),
	textField('Description', 'description', 'What the activity is about'),
	booleanField('Enable Chat', 'enableChat', true, 'Whether there is a chat on the virtual stage'),
	booleanField(
		'Enable Emotions',
		'enabledEmotions',
		true,
		'Whether emotions can be shown on the virtual stage',
	),
	textField(
		'Interactivity Snippet',
		'interactivitySnippet',
		'The code that embeds the interactivity',
	),
	{
		displayName: 'Interactivity Type',
		name: 'interactivityType',
		type: 'options',
		options: [
			{ name: 'Mentimeter', value: 'mentimeter' },
			{ name: 'Other', value: 'other_interactivity' },
			{ name: 'Slido', value: 'slido' },
			{ name: 'Sparkup', value: 'sparkup' },
		],
		default: 'mentimeter',
		description: 'What the audience takes part with',
	},
	textField('Location', 'location', 'Where the activity takes place'),
	byAttendeeTypeField('Prices', 'price', 'price', 'What the activity costs, by attendee type'),
	byAttendeeTypeField(
		'Show for Attendee Types',
		'showForAttendeeType',
		'shown',
		'Who sees the activity, by attendee type',
	),
	booleanField(
		'Show on Register',
		'showOnRegister',
		true,
		'Whether people can register for the activity',
	),
	{
		displayName: 'Streaming Embed Code (JSON)',
		name: 'streamingEmbedCode',
		type: 'json',
		default: '{}',
		description:
			'For the streaming types YouTube, Jitsi and Other: {"display_name": "Stage", "embed_code": "…"}',
	},
	{
		displayName: 'Streaming Type',
		name: 'streamingType',
		type: 'options',
		options: [
			{ name: 'Daily.co', value: 'daily_co' },
			{ name: 'Google Meet', value: 'google_meet' },
			{ name: 'Jitsi', value: 'jitsi' },
			{ name: 'Jitsi (Official)', value: 'jitsi_oficial' },
			{ name: 'Microsoft Teams', value: 'microsoft_teams' },
			{ name: 'Other', value: 'other' },
			{ name: 'Webex', value: 'webex' },
			{ name: 'YouTube', value: 'youtube' },
		],
		default: 'youtube',
		description: 'How the activity is streamed',
	},
	textField(
		'Streaming URL',
		'streamingUrl',
		'For the other streaming types: the address of the stream',
		'e.g. https://stream.example.com/stage',
	),
	textField('Translation Snippet', 'translationSnippet', 'The code that embeds the translation'),
];

const text = optional(optionalText);

/**
 * @param collection the collection with the fields
 * @returns the request body; dates are in the event's time zone
 */
export async function readActivityBody(
	item: ItemParameters,
	client: EventtiaClient,
	collection: string,
): Promise<IDataObject> {
	const given = item.readCollection(collection, {
		allowBlockingWorkshops: boolean,
		availability: integer(0, MAX_SEATS),
		chatName: text,
		description: text,
		enableChat: boolean,
		enabledEmotions: boolean,
		interactivitySnippet: text,
		interactivityType: oneOf('mentimeter', 'other_interactivity', 'slido', 'sparkup'),
		location: text,
		name: optional(requiredText),
		price: byAttendeeType('price'),
		showForAttendeeType: byAttendeeType('shown'),
		showOnRegister: boolean,
		streamingEmbedCode: jsonObject,
		streamingType: optional(requiredText),
		streamingUrl: text,
		translationSnippet: text,
	});
	const { startDate, endDate } = await readEventDates(item, client, collection, {
		startDate: 'schedule',
		endDate: 'schedule',
	});
	return {
		name: given.name,
		description: given.description,
		start_date: startDate,
		end_date: endDate,
		location: given.location,
		show_on_register: given.showOnRegister,
		allow_blocking_workshops: given.allowBlockingWorkshops,
		availability: given.availability,
		show_for_attendee_type: unlessEmpty(given.showForAttendeeType),
		price: unlessEmpty(given.price),
		streaming_type: given.streamingType,
		streaming_embed_code: unlessEmpty(given.streamingEmbedCode),
		streaming_url: given.streamingUrl,
		enable_chat: given.enableChat,
		chat_name: given.chatName,
		enabled_emotions: given.enabledEmotions,
		interactivity_type: given.interactivityType,
		interactivity_snippet: given.interactivitySnippet,
		translation_snippet: given.translationSnippet,
	};
}

/** An entry that was added but not filled in must not erase what Eventtia has. */
function unlessEmpty(given: IDataObject | undefined): IDataObject | undefined {
	return given === undefined || Object.keys(given).length === 0 ? undefined : given;
}
