/**
 * The streams of the Eventtia trigger. Lists that filter by change time are read by their changes, the
 * others in full (eventtia.md).
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';
import type { Parameters } from '../shared/fields/parameters';
import { readSimplify } from '../shared/fields/lists';
import { optional } from '../shared/fields/validators';
import { path } from '../shared/http/path';
import {
	changedBack,
	changedTo,
	hashOnly,
	readable,
	usualEvents,
} from '../shared/polling/eventRules';
import { numberCopies, onePage, parseTime, shapeEach } from '../shared/polling/sources';
import type {
	PollingVendor,
	ReadPages,
	Source,
	Stream,
	WatchedField,
} from '../shared/polling/types';
import type { EventtiaClient, ListRequest } from './client';
import { FORMATS } from './dates';
import {
	businessConferenceField,
	eventUriField,
	readEventUri,
	readId,
	standReservationField,
	surveyField,
	timeZoneName,
} from './fields';
import { flatten } from './jsonApi/flatten';
import { readAttributes, Included, type EventtiaRecord } from './jsonApi/documents';
import { readShape } from './operations/shape';
import { simplifyTicketStat } from './simplify';
import { vendor } from './vendor';

type EventtiaStream = Stream<EventtiaClient, EventtiaRecord>;

const ALL = Number.POSITIVE_INFINITY;
const SLIM_PAGE_SIZE = 100;
const NO_RELATED = { included: new Included([]), meta: {} };
const FULL_CHECK_MINUTES = 60;
/**
 * Some filters take a time without a time zone, and the document does not say which zone applies. No zone
 * is more than 14 hours from UTC, so a UTC time this far back is early enough in every zone.
 */
const UNKNOWN_ZONE_MINUTES = 900;
const KNOWN_ZONE_MINUTES = 5;

function readFilterZone(parameters: Parameters): string | undefined {
	return parameters.readCollection('options', { filterTimeZone: optional(timeZoneName) })
		.filterTimeZone;
}

/** Reads a list by page number; the page token is the number as text. */
function readPages(client: EventtiaClient, list: ListRequest): ReadPages<EventtiaRecord> {
	return async (pageToken) => await client.page(list, Number(pageToken ?? 1));
}

/** The filter of a list of changes. */
type Changes =
	/** `updated_date_time`, without a time zone. */
	| 'updatedDateTime'
	/** `updated_since`, with an offset. */
	| 'updatedSince';

function changeQuery(kind: Changes, sinceMs: number, zone: string | undefined): IDataObject {
	const since = DateTime.fromMillis(sinceMs, { zone: 'utc' });
	return kind === 'updatedSince'
		? { updated_since: since.toFormat(FORMATS.since) }
		: { updated_date_time: unambiguous(since.setZone(zone ?? 'utc')).toFormat(FORMATS.filter) };
}

/** When clocks go back, an hour occurs twice, and Eventtia could take the time for the later one. */
const BEFORE_REPEATED_HOUR = { hours: 2 };

function unambiguous(since: DateTime): DateTime {
	return since.getPossibleOffsets().length > 1 ? since.minus(BEFORE_REPEATED_HOUR) : since;
}

/** A list of an event. */
interface EventList {
	value: string;
	record: string;
	events: EventtiaStream['events'];
	watched: readonly WatchedField[];
	/** Relative to the event. */
	path(parameters: Parameters): string;
	/** Watched fields that are computed from the others. */
	derive?(fields: IDataObject): IDataObject;
	query?: IDataObject;
	changes?: Changes;
}

/** What all streams of records have in common. */
const recordRules = {
	idOf: ({ id }: EventtiaRecord) => id,
	versionOf: (record: EventtiaRecord) => readAttributes(record).updated_at,
	changedAtMs: (record: EventtiaRecord) => parseTime(readAttributes(record).updated_at),
	createdAtMs: (record: EventtiaRecord) => parseTime(readAttributes(record).created_at),
	confirmDeletions: true,
};

function listStream(list: EventList): EventtiaStream {
	const { value, record, events, watched, changes, derive } = list;
	return {
		...recordRules,
		value,
		record,
		events,
		watched,
		observe(listed) {
			const fields = flatten(listed);
			return { ...fields, ...derive?.(fields) };
		},
		cursorFrom: 'newestChange',
		...(changes === undefined
			? {}
			: {
					fullEveryMinutes: FULL_CHECK_MINUTES,
					lookBackMinutes: changes === 'updatedSince' ? KNOWN_ZONE_MINUTES : UNKNOWN_ZONE_MINUTES,
				}),
		open: (client, parameters) => openList(list, client, parameters),
	};
}

function openList(
	list: EventList,
	client: EventtiaClient,
	parameters: Parameters,
): Source<EventtiaRecord> {
	const { changes, query = {} } = list;
	const eventUri = readEventUri(parameters);
	const listPath = `${path`/events/${eventUri}`}/${list.path(parameters)}`;
	const zone = readFilterZone(parameters);
	const source: Source<EventtiaRecord> = {
		all: readPages(client, { path: listPath, qs: query }),
		shape: readRecordShape(client, parameters, eventUri),
	};
	if (changes === undefined) return source;
	return {
		...source,
		changes: (sinceMs) => {
			const qs = { ...query, ...changeQuery(changes, sinceMs, zone) };
			return readPages(client, { path: listPath, qs });
		},
		...(changes === 'updatedDateTime' && zone !== undefined
			? { lookBackMinutes: KNOWN_ZONE_MINUTES }
			: {}),
	};
}

/** Reads *Simplify*. Polls read records without related ones. */
function readRecordShape(client: EventtiaClient, parameters: Parameters, eventUri?: string) {
	const shape = readShape(parameters, client, eventUri);
	return async (records: EventtiaRecord[]) => await shape(records, NO_RELATED);
}

const attendees = listStream({
	value: 'attendee',
	record: 'attendee',
	events: [
		...usualEvents('attendee', 'Attendee'),
		changedTo('attendeeCheckedIn', 'Attendee Checked In', 'checkedIn', true),
		changedBack('attendeeCheckInUndone', 'Attendee Check-In Undone', 'checkedIn', [true], false),
		changedTo('attendeePaid', 'Attendee Paid', 'paid', true),
		changedTo('attendeeCancelled', 'Registration Cancelled', 'status', 'cancelled', 'canceled'),
		changedTo('attendeeRejected', 'Registration Rejected', 'status', 'rejected'),
	],
	watched: [
		...readable('status', 'checkedIn', 'paid', 'attendeeTypeId'),
		...hashOnly('checkedInDate', 'fields', 'canScheduleMeetings'),
	],
	path: () => 'attendees',
	// Without this filter, rejected attendees are missing from the list.
	query: { include_rejected: true },
	changes: 'updatedDateTime',
});

const activities = listStream({
	value: 'activity',
	record: 'activity',
	events: usualEvents('activity', 'Activity'),
	watched: [
		...readable('availability', 'usedSeats'),
		...hashOnly('name', 'description', 'startDate', 'endDate', 'location', 'streamingUrl', 'price'),
	],
	path: () => 'workshops',
	changes: 'updatedDateTime',
});

const guests = listStream({
	value: 'guest',
	record: 'guest',
	events: [
		...usualEvents('guest', 'Guest'),
		changedTo('guestRegistered', 'Guest Registered', 'registered', true),
	],
	watched: [
		...readable('attendeeTypeId', 'registered'),
		...hashOnly('email', 'firstName', 'lastName', 'company', 'attendeeId'),
	],
	// Each guest has another `attendeeId`, so its value is not stored, only whether there is one.
	derive: ({ attendeeId }) => ({ registered: typeof attendeeId === 'string' }),
	path: () => 'guests',
});

const conferences = listStream({
	value: 'businessConference',
	record: 'business conference',
	events: usualEvents('businessConference', 'Business Conference'),
	watched: [
		...readable('totalAcceptedMeetings', 'totalRequestedMeetings', 'totalRejectedMeetings'),
		...hashOnly('name', 'startDate', 'endDate', 'location'),
	],
	path: () => 'business_conferences',
	changes: 'updatedSince',
});

function inConference(kind: string) {
	return (parameters: Parameters) =>
		`${path`business_conferences/${readId(parameters, businessConferenceField)}`}/${kind}`;
}

const participants = listStream({
	value: 'participant',
	record: 'participant',
	events: usualEvents('participant', 'Participant'),
	watched: [
		...readable('participantTypeName'),
		...hashOnly(
			'profileDisplayName',
			'profileContactName',
			'profileContactEmail',
			'jobTitle',
			'telephone',
			'profileExtraFields',
			'blockedSlots',
		),
	],
	path: inConference('business_conference_participants'),
	changes: 'updatedSince',
});

/** eventtia.md, "Participant Agenda": requested 1, accepted 2, rejected 3, expired 4. */
const ACCEPTED = 2;
const REJECTED = 3;

const meetings = listStream({
	value: 'meeting',
	record: 'meeting',
	events: [
		...usualEvents('meeting', 'Meeting'),
		changedTo('meetingAccepted', 'Meeting Accepted', 'status', ACCEPTED),
		changedTo('meetingRejected', 'Meeting Rejected', 'status', REJECTED),
	],
	watched: [...readable('status'), ...hashOnly('startDate', 'endDate', 'location', 'slotId')],
	path: inConference('business_conference_meetings'),
});

const payments = listStream({
	value: 'payment',
	record: 'payment',
	events: [
		...usualEvents('payment', 'Payment'),
		changedTo('paymentAccepted', 'Payment Accepted', 'status', 'accepted'),
		changedTo('paymentRefunded', 'Payment Refunded', 'status', 'refunded'),
	],
	watched: [...readable('status', 'currency'), ...hashOnly('totalAmount', 'vat', 'description')],
	path: () => 'attendee-payments',
});

const purchases = listStream({
	value: 'purchase',
	record: 'purchase',
	events: [
		...usualEvents('purchase', 'Purchase'),
		changedTo('purchasePaid', 'Purchase Paid', 'paid', true),
	],
	watched: [...readable('paid', 'quantity'), ...hashOnly('attendeeId', 'purchaseItemId')],
	path: () => 'attendee_purchase_items',
});

const reservations = listStream({
	value: 'standReservation',
	record: 'stand reservation',
	events: usualEvents('standReservation', 'Stand Reservation'),
	watched: hashOnly('displayName', 'profileDescription', 'website', 'profileExtraFields'),
	path: () => 'stand_reservations',
});

const leads = listStream({
	value: 'lead',
	record: 'lead',
	events: usualEvents('lead', 'Lead'),
	watched: [...readable('priority'), ...hashOnly('name', 'company', 'email', 'phone', 'notes')],
	path: (parameters) => path`stand_reservations/${readId(parameters, standReservationField)}/leads`,
});

const surveys = listStream({
	value: 'survey',
	record: 'survey',
	events: usualEvents('survey', 'Survey'),
	watched: [...readable('enabled'), ...hashOnly('name', 'description')],
	path: () => 'surveys',
});

const answers = listStream({
	value: 'surveyAnswer',
	record: 'survey answer',
	events: usualEvents('surveyAnswer', 'Survey Answer'),
	watched: hashOnly('values', 'entityId'),
	path: (parameters) => path`surveys/${readId(parameters, surveyField)}/survey_answers`,
});

/**
 * Seats by attendee type: entries with a name and no ID (eventtia.md, "Tickets Stats"). Attendee types can
 * have the same name.
 */
const tickets: Stream<EventtiaClient> = {
	value: 'ticketStat',
	record: 'ticket type',
	events: [
		{ value: 'ticketsSold', name: 'Tickets Sold or Returned', rule: { kind: 'updated' } },
		changedTo('ticketsSoldOut', 'Tickets Sold Out', 'availableSeats', 0),
	],
	watched: readable('usedSeats', 'seatsLimit', 'availableSeats'),
	observe: simplifyTicketStat,
	idOf: ({ name, copy }) => (copy === 1 ? String(name) : `${String(name)} (${String(copy)})`),
	open: (client, parameters) => {
		const shape = readSimplify(parameters, simplifyTicketStat);
		return {
			async all() {
				const stats = await client.ticketStats(readEventUri(parameters));
				return onePage(numberCopies(stats, ({ name }) => String(name)));
			},
			shape: shapeEach((stat) => shape(withoutCopy(stat))),
		};
	},
};

function withoutCopy(stat: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(stat).filter(([key]) => key !== 'copy'));
}

/** Events. The slim list has the time of the last change, the full list has the URI. */
const events: EventtiaStream = {
	...recordRules,
	value: 'event',
	record: 'event',
	events: usualEvents('event', 'Event'),
	watched: hashOnly('name', 'startDate', 'endDate', 'timezone', 'cityId', 'customFieldsData'),
	observe: flatten,
	open(client, parameters) {
		const shape = readRecordShape(client, parameters);
		return {
			all: readPages(client, { path: '/events/slim', pageSize: SLIM_PAGE_SIZE }),
			async shape(records) {
				const uris = await eventUris(client, records);
				const shaped = await shape(records);
				return shaped.map((json, index) => ({
					...json,
					eventUri: uris.get(records[index]?.id ?? '') ?? null,
				}));
			},
		};
	},
};

/** @returns the URIs of events by ID, from the part of the full list that changed as recently as they did */
async function eventUris(
	client: EventtiaClient,
	records: readonly EventtiaRecord[],
): Promise<ReadonlyMap<string, string>> {
	const oldestMs = Math.min(
		...records.map((record) => parseTime(readAttributes(record).updated_at) ?? 0),
	);
	if (!Number.isFinite(oldestMs)) return new Map();
	const since = DateTime.fromMillis(oldestMs, { zone: 'utc' }).minus({ days: 1 });
	const listed = await client.records({
		path: '/events',
		qs: { updated_since: since.toFormat(FORMATS.since) },
		limit: ALL,
	});
	return new Map(
		listed.flatMap((record) => {
			const uri = readAttributes(record).event_uri;
			return typeof uri === 'string' ? [[record.id, uri] as const] : [];
		}),
	);
}

/** Shows a field only while an event of these streams is chosen. */
function showFor(field: INodeProperties, streams: ReadonlyArray<Stream<EventtiaClient>>) {
	const triggerOn = streams.flatMap((stream) => stream.events.map(({ value }) => value));
	return { ...field, displayOptions: { show: { triggerOn } } };
}

const withinEvent: ReadonlyArray<Stream<EventtiaClient>> = [
	attendees,
	activities,
	guests,
	conferences,
	participants,
	meetings,
	payments,
	purchases,
	reservations,
	leads,
	surveys,
	answers,
	tickets,
];

export const polling: PollingVendor<EventtiaClient> = {
	vendor,
	streams: [events, ...withinEvent],
	scope: [
		showFor(eventUriField, withinEvent),
		showFor(businessConferenceField, [participants, meetings]),
		showFor(standReservationField, [leads]),
		showFor(surveyField, [answers]),
	],
	options: [
		{
			displayName: 'Filter Time Zone',
			name: 'filterTimeZone',
			type: 'string',
			default: '',
			placeholder: 'e.g. Europe/Vienna',
			description:
				'The time zone in which Eventtia reads the times of its filters, if you know it. Polls of attendees and activities then look back minutes instead of 15 hours.',
		},
	],
};
