/**
 * The streams of the ARTSVP trigger. ARTSVP has no list of changes, so each poll is a full scan with 99
 * records per page (artsvp.md, "List all bookings", "List all invites", …).
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Parameters } from '../shared/fields/parameters';
import { stringList } from '../shared/fields/validators';
import { filtersField, readSimplify } from '../shared/fields/lists';
import { omitEmpty } from '../shared/values';
import { changedTo, hashOnly, usualEvents } from '../shared/polling/eventRules';
import { parseTime, shapeEach } from '../shared/polling/sources';
import type { PollingVendor, Source, Stream, WatchedField } from '../shared/polling/types';
import { MAX_PAGE_SIZE, type ArtsvpClient, type ListPath } from './client';
import type { ArtsvpRecord } from './records';
import { simplifyBooking, simplifyCollection, simplifyEvent, simplifyInvite } from './simplify';
import { vendor } from './vendor';

const filterFields: INodeProperties[] = [
	{
		displayName: 'Event Names or IDs',
		name: 'eventIds',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getEvents' },
		default: [],
		description:
			'Only bookings of these events. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Tags',
		name: 'tags',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Tag' },
		default: [],
		description: 'Only bookings and invites that carry these tags',
	},
];

/** The filters as query parameters. Bookings have events and tags, invites have tags. */
function toQuery(list: ListPath, parameters: Parameters): IDataObject {
	const { eventIds, tags } = parameters.readCollection('filters', {
		eventIds: stringList,
		tags: stringList,
	});
	switch (list) {
		case '/bookings':
			return omitEmpty({ event_ids: eventIds, tags });
		case '/invites':
			return omitEmpty({ tags });
		default:
			return {};
	}
}

/** Prepares reading a list. */
function openList(
	list: ListPath,
	simplify: (record: ArtsvpRecord) => IDataObject,
	client: ArtsvpClient,
	parameters: Parameters,
): Source<ArtsvpRecord> {
	// Events and collections have no pages (artsvp.md, "List all events").
	const isPaged = list === '/bookings' || list === '/invites';
	const query = { ...toQuery(list, parameters), ...(isPaged ? { limit: MAX_PAGE_SIZE } : {}) };
	return {
		all: async (pageToken) =>
			await client.page(
				list,
				pageToken === undefined ? query : { ...query, starting_after: pageToken },
			),
		shape: shapeEach(readSimplify(parameters, simplify)),
	};
}

type ArtsvpStream = Stream<ArtsvpClient, ArtsvpRecord>;

/** A stream of one of the four lists. */
function listStream(
	list: ListPath,
	simplify: (record: ArtsvpRecord) => IDataObject,
	names: Pick<ArtsvpStream, 'value' | 'record' | 'events'>,
	watched: readonly WatchedField[],
): ArtsvpStream {
	return {
		...names,
		watched,
		observe: simplify,
		idOf: ({ id }) => id,
		versionOf: ({ updated_at: updatedAt }) => updatedAt,
		changedAtMs: ({ updated_at: updatedAt }) => parseTime(updatedAt),
		createdAtMs: ({ created_at: createdAt }) => parseTime(createdAt),
		open: (client, parameters) => openList(list, simplify, client, parameters),
	};
}

const bookings = listStream(
	'/bookings',
	simplifyBooking,
	{
		value: 'booking',
		record: 'booking',
		events: [
			...usualEvents('booking', 'Booking'),
			changedTo('bookingConfirmed', 'Booking Confirmed', 'status', 'is_confirmed'),
			changedTo('bookingCancelled', 'Booking Cancelled', 'status', 'is_cancelled'),
			changedTo('bookingRejected', 'Booking Rejected', 'status', 'is_rejected'),
			changedTo('bookingWaitlisted', 'Booking Waitlisted', 'status', 'is_waitlist'),
		],
	},
	[
		{ name: 'status', keep: 'value' },
		{ name: 'size', keep: 'value' },
		...hashOnly('email', 'name', 'startTime', 'eventId', 'tags', 'externalId', 'customFields'),
	],
);

const invites = listStream(
	'/invites',
	simplifyInvite,
	{
		value: 'invite',
		record: 'invite',
		events: [
			...usualEvents('invite', 'Invite'),
			changedTo('inviteUsed', 'Invite Used', 'used', true),
		],
	},
	[
		{ name: 'used', keep: 'value' },
		{ name: 'amountUsed', keep: 'value' },
		...hashOnly('email', 'name', 'maxBookings', 'resourceId', 'tags', 'externalId', 'customFields'),
	],
);

const events = listStream(
	'/events',
	simplifyEvent,
	{ value: 'event', record: 'event', events: usualEvents('event', 'Event') },
	hashOnly('name', 'startTime', 'endTime', 'locationName', 'locationAddress', 'resourceTags'),
);

const collections = listStream(
	'/collections',
	simplifyCollection,
	{ value: 'collection', record: 'collection', events: usualEvents('collection', 'Collection') },
	hashOnly('name', 'code', 'publicUrl', 'resourceTags'),
);

export const polling: PollingVendor<ArtsvpClient> = {
	vendor,
	streams: [bookings, invites, events, collections],
	scope: [filtersField(filterFields)],
};
