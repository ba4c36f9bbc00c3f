/**
 * The streams of the InEvent trigger: attendees by `updated_since`, and rows of an analytics dataset
 * (inevent.md, "GET /v1/events/{eventId}/attendees", "GET /v1/events/{eventId}/analytics").
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';
import { requiredText } from '../shared/fields/validators';
import { readSimplify } from '../shared/fields/lists';
import { path } from '../shared/http/path';
import { changedTo, hashOnly, readable, usualEvents } from '../shared/polling/eventRules';
import { canonical, shortHash } from '../shared/polling/hash';
import { parseTime, shapeEach } from '../shared/polling/sources';
import type { PollingVendor, ReadPages, Stream } from '../shared/polling/types';
import type { InEventClient } from './client';
import { eventIdField, readEventId } from './fields';
import { RECORDS, ROWS, type EntryKind } from './records';
import { flatten, simplifyAttendee } from './simplify';
import { vendor } from './vendor';

const PAGE_SIZE = 100;
/** The document does not say whether `updated_since` is inclusive. */
const LOOK_BACK_MINUTES = 5;
const FULL_CHECK_MINUTES = 60;
/** Rows may arrive late, but only this far back are they looked for. */
const ANALYTICS_DAYS = 2;
const ROW_HASH_CHARACTERS = 22;

function iso(time: DateTime): string | null {
	return time.toUTC().toISO({ suppressMilliseconds: true });
}

/** Reads a list by page number; the page token is the number as text. */
function readPages(
	client: InEventClient,
	list: string,
	query: IDataObject,
	kind: EntryKind,
): ReadPages<IDataObject> {
	return async (pageToken) => {
		const qs = { ...query, page: Number(pageToken ?? 1), page_size: PAGE_SIZE };
		return await client.page(list, qs, kind);
	};
}

const attendees: Stream<InEventClient> = {
	value: 'attendee',
	record: 'attendee',
	events: [
		...usualEvents('attendee', 'Attendee'),
		changedTo('attendeeCheckedIn', 'Attendee Checked In', 'status', 'checked_in'),
		changedTo('attendeeCancelled', 'Registration Cancelled', 'status', 'cancelled', 'canceled'),
	],
	watched: [
		...readable('status', 'ticketType'),
		...hashOnly('email', 'firstName', 'lastName', 'customFields'),
	],
	observe: simplifyAttendee,
	idOf: ({ id }) => String(id),
	versionOf: ({ updated_at: updatedAt }) => updatedAt,
	changedAtMs: ({ updated_at: updatedAt }) => parseTime(updatedAt),
	createdAtMs: ({ created_at: createdAt }) => parseTime(createdAt),
	cursorFrom: 'newestChange',
	lookBackMinutes: LOOK_BACK_MINUTES,
	fullEveryMinutes: FULL_CHECK_MINUTES,
	confirmDeletions: true,
	open(client, parameters) {
		const list = path`/v1/events/${readEventId(parameters)}/attendees`;
		return {
			all: readPages(client, list, {}, RECORDS),
			changes: (sinceMs) =>
				readPages(client, list, { updated_since: iso(DateTime.fromMillis(sinceMs)) }, RECORDS),
			shape: shapeEach(readSimplify(parameters, simplifyAttendee)),
		};
	},
};

/** Rows have no ID. Two equal rows are one record. */
const analytics: Stream<InEventClient> = {
	value: 'analyticsRow',
	record: 'analytics row',
	events: [{ value: 'analyticsRowAdded', name: 'Analytics Row Added', rule: { kind: 'created' } }],
	watched: [],
	observe: () => ({}),
	idOf: (row) => shortHash('', canonical(row), ROW_HASH_CHARACTERS),
	changedAtMs: ({ timestamp }) => parseTime(timestamp),
	appendOnly: true,
	// If the list is too short once, its rows must not look new afterwards.
	confirmDeletions: true,
	open(client, parameters) {
		const list = path`/v1/events/${readEventId(parameters)}/analytics`;
		const dataset = parameters.read('dataset', requiredText);
		const from = iso(DateTime.utc().minus({ days: ANALYTICS_DAYS }));
		return {
			all: readPages(client, list, { dataset, from }, ROWS),
			shape: shapeEach(readSimplify(parameters, flatten)),
		};
	},
};

const datasetField: INodeProperties = {
	displayName: 'Dataset',
	name: 'dataset',
	type: 'string',
	default: 'checkins',
	required: true,
	displayOptions: { show: { triggerOn: ['analyticsRowAdded'] } },
	description: 'Which data is watched, by InEvent’s name, e.g. checkins',
};

export const polling: PollingVendor<InEventClient> = {
	vendor,
	streams: [attendees, analytics],
	scope: [eventIdField, datasetField],
};
