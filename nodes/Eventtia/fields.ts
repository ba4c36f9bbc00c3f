/**
 * Fields that several Eventtia operations share, and how they are read.
 */
import { IANAZone } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from '../shared/fields/itemParameters';
import type { Parameters } from '../shared/fields/parameters';
import {
	validator,
	recordId,
	requiredText,
	stringList,
	type Validator,
} from '../shared/fields/validators';
import { idField } from '../shared/fields/locators';

export const eventUriField: INodeProperties = {
	displayName: 'Event',
	name: 'eventUri',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	required: true,
	description:
		'The event: choose it from the list, or give its URI (the end of the address of its website) or that address',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchEvents', searchable: true },
		},
		{ displayName: 'By URI', name: 'uri', type: 'string', placeholder: 'e.g. spring-fair-2026' },
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://live.eventtia.com/en/spring-fair-2026',
		},
	],
};

/** `https://live.eventtia.com/es/firsttest` (eventtia.md, "Event": `website`). */
const WEBSITE = /^https?:\/\/[^/]+\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?([^/?#]+)/i;
const LANGUAGE = /^[a-z]{2}(-[a-z]{2})?$/i;

/** `/events/slim` is a list (eventtia.md, "List of Events Slim"). */
const SLIM = 'slim';

/** The URI of an event, also from the address of its website. */
export const eventUri: Validator<string> = validator<string>((value) => {
	const text = requiredText.safeParse(value);
	if (!text.success) return { issue: text.error.issues[0]?.message ?? 'is empty' };
	const uri = extractEventUri(text.data);
	if (uri === undefined) {
		return {
			issue: 'is not the address of an event, e.g. https://live.eventtia.com/en/spring-fair',
		};
	}
	const id = recordId.safeParse(uri);
	if (!id.success) return { issue: id.error.issues[0]?.message ?? 'is no URI of an event' };
	return id.data === SLIM
		? { issue: `cannot be "${SLIM}", by which Eventtia means a list of events` }
		: { value: id.data };
});

/** The URI in what a person gave: itself, or the address of the event's website. */
function extractEventUri(text: string): string | undefined {
	if (!/^https?:/i.test(text)) return text;
	const uri = WEBSITE.exec(text)?.[1];
	return uri === undefined || LANGUAGE.test(uri) ? undefined : decodePart(uri);
}

/** Like a browser: what is no encoded character stays. */
function decodePart(part: string): string {
	return new URLSearchParams(`part=${part.replace(/\+/g, '%2B')}`).get('part') ?? part;
}

/** @returns the event’s URI; @throws InputError if it is empty */
export function readEventUri(item: Parameters): string {
	return item.read('eventUri', eventUri);
}

export const attendeeField = idField('Attendee', 'attendeeId', 'searchAttendees', '12345678');
export const attendeeTypeField = idField(
	'Attendee Type',
	'attendeeTypeId',
	'searchAttendeeTypes',
	'123456',
);
export const guestField = idField('Guest', 'guestId', 'searchGuests', '1234567');
export const activityField = idField('Activity', 'workshopId', 'searchActivities', '115421');
export const businessConferenceField = idField(
	'Business Conference',
	'businessConferenceId',
	'searchBusinessConferences',
	'12345',
);
export const participantTypeField = idField(
	'Participant Type',
	'participantTypeId',
	'searchParticipantTypes',
	'12345',
);
export const participantField = idField(
	'Participant',
	'participantId',
	'searchParticipants',
	'1234567',
);
export const unavailableHourField = idField(
	'Unavailable Hour',
	'unavailableHourId',
	'searchUnavailableHours',
	'1234',
);
export const purchaseItemField = idField(
	'Purchase Item',
	'purchaseItemId',
	'searchPurchaseItems',
	'432',
);
export const standReservationField = idField(
	'Stand Reservation',
	'standReservationId',
	'searchStandReservations',
	'567',
);
export const messageField = idField('Message', 'messageId', 'searchMessages', '12345');
export const surveyField = idField('Survey', 'surveyId', 'searchSurveys', '10033');
export const countryField = idField('Country', 'countryId', 'searchCountries', '51');
export const regionField = idField('Region', 'regionId', 'searchRegions', '722');
export const cityField = idField('City', 'cityId', 'searchCities', '7993');

/** The same record, where it is optional: an entry of a collection, without a first choice. */
export function optionalField(
	field: INodeProperties,
	description = field.description ?? '',
): INodeProperties {
	return { ...field, required: false, description };
}

/** Only for choosing a city: Eventtia filters by the city itself. */
export const cityRegionField: INodeProperties = {
	...optionalField(regionField, 'Only for choosing the city from the list'),
};

/**
 * Ids are numbers in all of eventtia.md, written as text in answers and in paths; letters are let
 * through, but an id has a digit. Words without one mean something else in a path: `attendees/by_email`
 * is no attendee.
 */
export const pathId: Validator<string> = validator<string>((value) => {
	const text = requiredText.safeParse(value);
	if (!text.success) return { issue: text.error.issues[0]?.message ?? 'is empty' };
	return /^(?=.*\d)\w[\w-]{0,63}$/.test(text.data)
		? { value: text.data }
		: { issue: 'is not an ID of Eventtia, e.g. 69031' };
});

/** @returns a record’s id; @throws InputError if it is none */
export function readId(item: Parameters, { name }: INodeProperties): string {
	return item.read(name, pathId);
}

/** An id where Eventtia wants an integer in a body. */
export const numericId: Validator<number> = validator<number>((value) => {
	const text = requiredText.safeParse(value);
	if (!text.success) return { issue: text.error.issues[0]?.message ?? 'is empty' };
	return /^[1-9]\d{0,14}$/.test(text.data)
		? { value: Number(text.data) }
		: { issue: 'must be an ID of Eventtia: digits only' };
});

/** Several of them. */
export const numericIds: Validator<number[]> = validator<number[]>((value) => {
	const texts = stringList.safeParse(value);
	if (!texts.success) return { issue: texts.error.issues[0]?.message ?? 'is empty' };
	return texts.data.every((text) => numericId.safeParse(text).success)
		? { value: texts.data.map(Number) }
		: { issue: 'must be IDs of Eventtia: digits only' };
});

/** An IANA time zone. */
export const timeZoneName: Validator<string> = validator<string>((value) => {
	const name = requiredText.safeParse(value);
	return name.success && IANAZone.isValidZone(name.data)
		? { value: name.data }
		: { issue: 'is not a time zone, e.g. Europe/Vienna' };
});

/** One related record that an endpoint can send along. */
export interface IncludeChoice {
	name: string;
	/** The vendor's name. */
	value: string;
}

/** The picker *Include* of an operation. */
export function includeOption(choices: readonly IncludeChoice[]): INodeProperties {
	return {
		displayName: 'Include',
		name: 'include',
		type: 'multiOptions',
		options: [...choices].sort((a, b) => a.name.localeCompare(b.name)),
		default: [],
		description: 'Related records to send along; they come out inside the record they belong to',
	};
}

/** @returns the vendor's `include`, or nothing */
export function readInclude(item: ItemParameters): string | undefined {
	const { include = [] } = item.readCollection('options', { include: stringList });
	return include.length > 0 ? include.join(',') : undefined;
}

/** A date picker. */
export function dateField(displayName: string, name: string, description: string): INodeProperties {
	return { displayName, name, type: 'dateTime', default: '', description };
}

/** A line of text. */
export function textField(
	displayName: string,
	name: string,
	description: string,
	placeholder?: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		description,
		...(placeholder === undefined ? {} : { placeholder }),
	};
}

/** Where the clock of the event counts. */
export const EVENT_ZONE_NOTE =
	'Times are local to the event, unless they carry an offset such as +02:00.';
