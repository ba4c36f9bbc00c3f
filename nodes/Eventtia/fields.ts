/**
 * Fields that several Eventtia operations share, and how they are read and validated.
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
	firstIssue,
} from '../shared/fields/validators';
import { idField } from '../shared/fields/locators';

export { dateField, textField } from '../shared/fields/builders';

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

/** The website of an event, `https://live.eventtia.com/es/firsttest` (eventtia.md, "Event": `website`). */
const WEBSITE = /^https?:\/\/[^/]+\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?([^/?#]+)/i;
const LANGUAGE = /^[a-z]{2}(-[a-z]{2})?$/i;

/** No event can have this URI: `/events/slim` is a list (eventtia.md, "List of Events Slim"). */
const SLIM = 'slim';

/** Accepts the URI of an event, or the address of its website. @returns the URI */
export const eventUri: Validator<string> = validator<string>((value) => {
	const text = requiredText.safeParse(value);
	if (!text.success) return { issue: firstIssue(text.error) };
	const uri = extractEventUri(text.data);
	if (uri === undefined) {
		return {
			issue: 'is not the address of an event, e.g. https://live.eventtia.com/en/spring-fair',
		};
	}
	const id = recordId.safeParse(uri);
	if (!id.success) return { issue: firstIssue(id.error) };
	return id.data === SLIM
		? { issue: `cannot be "${SLIM}", by which Eventtia means a list of events` }
		: { value: id.data };
});

/** @returns the text itself if it is no URL; undefined if it is a URL but not that of an event's website */
function extractEventUri(text: string): string | undefined {
	if (!/^https?:/i.test(text)) return text;
	const uri = WEBSITE.exec(text)?.[1];
	return uri === undefined || LANGUAGE.test(uri) ? undefined : decodePart(uri);
}

/** Decodes like a browser: a `%` that starts no escape sequence stays, where `decodeURIComponent` throws. */
function decodePart(part: string): string {
	return new URLSearchParams(`part=${part.replace(/\+/g, '%2B')}`).get('part') ?? part;
}

/** @returns the URI of the field *Event*; @throws InputError if it is empty or not an event's address */
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

/** The same field, not required: for an entry of a collection. */
export function optionalField(
	field: INodeProperties,
	description = field.description ?? '',
): INodeProperties {
	return { ...field, required: false, description };
}

/** The region, needed only to list cities: Eventtia filters by the city alone. */
export const cityRegionField: INodeProperties = {
	...optionalField(regionField, 'Only for choosing the city from the list'),
};

/**
 * An id in a path. All ids in eventtia.md are numbers, written as text in responses and paths. Letters are
 * allowed, but at least one digit is required: a word would be another endpoint, like `attendees/by_email`.
 */
export const pathId: Validator<string> = validator<string>((value) => {
	const text = requiredText.safeParse(value);
	if (!text.success) return { issue: firstIssue(text.error) };
	return /^(?=.*\d)\w[\w-]{0,63}$/.test(text.data)
		? { value: text.data }
		: { issue: 'is not an ID of Eventtia, e.g. 69031' };
});

/** @returns the id in a field; @throws InputError if it is not an id, see {@link pathId} */
export function readId(item: Parameters, { name }: INodeProperties): string {
	return item.read(name, pathId);
}

/** An id that Eventtia takes as an integer in a body. */
export const numericId: Validator<number> = validator<number>((value) => {
	const text = requiredText.safeParse(value);
	if (!text.success) return { issue: firstIssue(text.error) };
	return /^[1-9]\d{0,14}$/.test(text.data)
		? { value: Number(text.data) }
		: { issue: 'must be an ID of Eventtia: digits only' };
});

/** A list of ids that Eventtia takes as integers. */
export const numericIds: Validator<number[]> = validator<number[]>((value) => {
	const texts = stringList.safeParse(value);
	if (!texts.success) return { issue: firstIssue(texts.error) };
	return texts.data.every((text) => numericId.safeParse(text).success)
		? { value: texts.data.map(Number) }
		: { issue: 'must be IDs of Eventtia: digits only' };
});

/** The name of an IANA time zone. */
export const timeZoneName: Validator<string> = validator<string>((value) => {
	const name = requiredText.safeParse(value);
	return name.success && IANAZone.isValidZone(name.data)
		? { value: name.data }
		: { issue: 'is not a time zone, e.g. Europe/Vienna' };
});

/** A kind of related records that an endpoint can include in its response. */
export interface IncludeChoice {
	name: string;
	/** The vendor's name. */
	value: string;
}

/** The field *Include* of an operation. */
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

/** @returns the vendor's `include`; undefined if nothing is chosen */
export function readInclude(item: ItemParameters): string | undefined {
	const { include = [] } = item.readCollection('options', { include: stringList });
	return include.length > 0 ? include.join(',') : undefined;
}

/** For descriptions of times that are read in the time zone of the event. */
export const EVENT_ZONE_NOTE =
	'Times are local to the event, unless they carry an offset such as +02:00.';
