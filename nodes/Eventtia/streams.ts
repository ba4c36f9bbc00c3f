/**
 * What the Eventtia trigger can watch, and how: by its lists of changes where there are any, else by
 * comparing whole lists (eventtia.md; operations.md c8).
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';
import type { Parameters } from '../shared/fields/parameters';
import { optional, boolean } from '../shared/fields/validators';
import { path } from '../shared/http/path';
import {
	changedTo,
	hashOnly,
	readable,
	parseTime,
	changedBack,
	usualEvents,
} from '../shared/polling/eventRules';
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
import { rawShape, simplifiedShape } from './operations/shape';
import { simplifyTicketStat } from './simplify';
import { vendor } from './vendor';

type EventtiaStream = Stream<EventtiaClient, EventtiaRecord>;

const ALL = Number.POSITIVE_INFINITY;
const SLIM_PAGE_SIZE = 100;
const NOTHING = { included: new Included([]), meta: {} };
const FULL_CHECK_MINUTES = 60;
/**
 * Some filters take a time without a zone, and it is not documented whose. No zone is more than 14
 * hours off, so a time in UTC that lies this far back is early enough in every zone.
 */
const UNKNOWN_ZONE_MINUTES = 900;
const KNOWN_ZONE_MINUTES = 5;

function readFilterZone(parameters: Parameters): string | undefined {
	return parameters.readCollection('options', { filterTimeZone: optional(timeZoneName) })
		.filterTimeZone;
}

/** Reads a list by page number; the page token is the number as text. */
function pagesOf(client: EventtiaClient, list: ListRequest): ReadPages<EventtiaRecord> {
	return async (pageToken) => await client.page(list, Number(pageToken ?? 1));
}

/** How a list of changes is asked for. */
type Changes =
	/** `updated_date_time`, without a zone. */
	| 'updatedDateTime'
	/** `updated_since`, with an offset. */
	| 'updatedSince';

function changeQuery(kind: Changes, sinceMs: number, zone: string | undefined): IDataObject {
	const since = DateTime.fromMillis(sinceMs, { zone: 'utc' });
	return kind === 'updatedSince'
		? { updated_since: since.toFormat(FORMATS.since) }
		: { updated_date_time: onceOnly(since.setZone(zone ?? 'utc')).toFormat(FORMATS.filter) };
}

/** An hour that comes twice, when clocks go back, could be taken for the later one. */
const BEFORE_IT_COMES_TWICE = { hours: 2 };

function onceOnly(since: DateTime): DateTime {
	return since.getPossibleOffsets().length > 1 ? since.minus(BEFORE_IT_COMES_TWICE) : since;
}

interface EventStream {
	value: string;
	record: string;
	events: EventtiaStream['events'];
	watched: readonly WatchedField[];
	/** Below the event. */
	path(parameters: Parameters): string;
	/** What is watched beside the fields themselves. */
	derive?(fields: IDataObject): IDataObject;
	query?: IDataObject;
	changes?: Changes;
}

/** A list within an event. */
function streamOf(own: EventStream): EventtiaStream {
	const { changes, derive, query = {} } = own;
	return {
		value: own.value,
		record: own.record,
		events: own.events,
		watched: own.watched,
		observe(record) {
			const fields = observed(record);
			return { ...fields, ...derive?.(fields) };
		},
		idOf: ({ id }) => id,
		versionOf: (record) => readAttributes(record).updated_at,
		changedAtMs: (record) => parseTime(readAttributes(record).updated_at),
		createdAtMs: (record) => parseTime(readAttributes(record).created_at),
		cursorFrom: 'newestChange',
		confirmDeletions: true,
		...(changes === undefined
			? {}
			: {
					fullEveryMinutes: FULL_CHECK_MINUTES,
					lookBackMinutes: changes === 'updatedSince' ? KNOWN_ZONE_MINUTES : UNKNOWN_ZONE_MINUTES,
				}),
		open(client, parameters) {
			const eventUri = readEventUri(parameters);
			const list = `${path`/events/${eventUri}`}/${own.path(parameters)}`;
			const zone = readFilterZone(parameters);
			return {
				all: pagesOf(client, { path: list, qs: query }),
				...(changes === undefined
					? {}
					: {
							changes: (sinceMs: number) =>
								pagesOf(client, {
									path: list,
									qs: { ...query, ...changeQuery(changes, sinceMs, zone) },
								}),
						}),
				...(changes === 'updatedDateTime' && zone !== undefined
					? { lookBackMinutes: KNOWN_ZONE_MINUTES }
					: {}),
				shape: shapeOf(client, parameters, eventUri),
			};
		},
	};
}

function observed(record: EventtiaRecord): IDataObject {
	return flatten(record);
}

function shapeOf(client: EventtiaClient, parameters: Parameters, eventUri?: string) {
	const shape = parameters.read('simplify', boolean) ? simplifiedShape(client, eventUri) : rawShape;
	return async (records: EventtiaRecord[]) => await shape(records, NOTHING);
}

const attendees = streamOf({
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
	// Rejected attendees leave the plain list without a word.
	query: { include_rejected: true },
	changes: 'updatedDateTime',
});

const activities = streamOf({
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

const guests = streamOf({
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
	// Which attendee it was cannot be kept, as it is another one for each guest.
	derive: ({ attendeeId }) => ({ registered: typeof attendeeId === 'string' }),
	path: () => 'guests',
});

const conferences = streamOf({
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

const participants = streamOf({
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

const meetings = streamOf({
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

const payments = streamOf({
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

const purchases = streamOf({
	value: 'purchase',
	record: 'purchase',
	events: [
		...usualEvents('purchase', 'Purchase'),
		changedTo('purchasePaid', 'Purchase Paid', 'paid', true),
	],
	watched: [...readable('paid', 'quantity'), ...hashOnly('attendeeId', 'purchaseItemId')],
	path: () => 'attendee_purchase_items',
});

const reservations = streamOf({
	value: 'standReservation',
	record: 'stand reservation',
	events: usualEvents('standReservation', 'Stand Reservation'),
	watched: hashOnly('displayName', 'profileDescription', 'website', 'profileExtraFields'),
	path: () => 'stand_reservations',
});

const leads = streamOf({
	value: 'lead',
	record: 'lead',
	events: usualEvents('lead', 'Lead'),
	watched: [...readable('priority'), ...hashOnly('name', 'company', 'email', 'phone', 'notes')],
	path: (parameters) => path`stand_reservations/${readId(parameters, standReservationField)}/leads`,
});

const surveys = streamOf({
	value: 'survey',
	record: 'survey',
	events: usualEvents('survey', 'Survey'),
	watched: [...readable('enabled'), ...hashOnly('name', 'description')],
	path: () => 'surveys',
});

const answers = streamOf({
	value: 'surveyAnswer',
	record: 'survey answer',
	events: usualEvents('surveyAnswer', 'Survey Answer'),
	watched: hashOnly('values', 'entityId'),
	path: (parameters) => path`surveys/${readId(parameters, surveyField)}/survey_answers`,
});

/** Seats by attendee type: no records with ids, a list of names (eventtia.md, "Tickets Stats"). */
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
	open(client, parameters): Source<IDataObject> {
		const isSimple = parameters.read('simplify', boolean);
		return {
			async all() {
				const records = counted(await client.ticketStats(readEventUri(parameters)));
				return { records, next: undefined, serverTimeMs: undefined };
			},
			shape: async (records) =>
				records.map((record) => (isSimple ? simplifyTicketStat(record) : withoutCopy(record))),
		};
	},
};

function withoutCopy(stat: IDataObject): IDataObject {
	return Object.fromEntries(Object.entries(stat).filter(([key]) => key !== 'copy'));
}

/** Attendee types may share a name: the first is copy 1. */
function counted(stats: readonly IDataObject[]): IDataObject[] {
	const copies = new Map<unknown, number>();
	return stats.map((stat) => {
		const copy = (copies.get(stat.name) ?? 0) + 1;
		copies.set(stat.name, copy);
		return { ...stat, copy };
	});
}

/** Events: the slim list says when each changed, the other one under which URI it is found. */
const events: EventtiaStream = {
	value: 'event',
	record: 'event',
	events: usualEvents('event', 'Event'),
	watched: hashOnly('name', 'startDate', 'endDate', 'timezone', 'cityId', 'customFieldsData'),
	observe: observed,
	idOf: ({ id }) => id,
	versionOf: (record) => readAttributes(record).updated_at,
	changedAtMs: (record) => parseTime(readAttributes(record).updated_at),
	createdAtMs: (record) => parseTime(readAttributes(record).created_at),
	confirmDeletions: true,
	open(client, parameters) {
		const shape = shapeOf(client, parameters);
		return {
			all: pagesOf(client, { path: '/events/slim', pageSize: SLIM_PAGE_SIZE }),
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

/** @returns the URIs of events by their ids; events that changed long ago are not looked for */
async function eventUris(
	client: EventtiaClient,
	records: readonly EventtiaRecord[],
): Promise<ReadonlyMap<string, string>> {
	const oldest = Math.min(
		...records.map((record) => parseTime(readAttributes(record).updated_at) ?? 0),
	);
	if (!Number.isFinite(oldest)) return new Map();
	const since = DateTime.fromMillis(oldest, { zone: 'utc' }).minus({ days: 1 });
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

/** Shown while any event of these streams is chosen. */
function shownFor(field: INodeProperties, streams: ReadonlyArray<Stream<EventtiaClient>>) {
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
		shownFor(eventUriField, withinEvent),
		shownFor(businessConferenceField, [participants, meetings]),
		shownFor(standReservationField, [leads]),
		shownFor(surveyField, [answers]),
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
