/**
 * What the InEvent trigger can watch: attendees by `updated_since`, and rows of an analytics dataset
 * (inevent.md, "GET /v1/events/{eventId}/attendees", "GET /v1/events/{eventId}/analytics").
 */
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { DateTime } from 'luxon';
import type { Parameters } from '../shared/fields/parameters';
import { recordId, requiredText, boolean } from '../shared/fields/validators';
import { path } from '../shared/http/path';
import { changedTo, parseTime, usualEvents } from '../shared/polling/eventRules';
import { canonical, shortHash } from '../shared/polling/hash';
import type { PollingVendor, ReadPages, Stream } from '../shared/polling/types';
import { RECORDS, ROWS, type EntryKind, type InEventClient } from './client';
import { eventIdField } from './fields';
import { flatten, simplifyAttendee } from './simplify';
import { vendor } from './vendor';

const PAGE_SIZE = 100;
/** Whether `updated_since` includes its own moment is not documented. */
const LOOK_BACK_MINUTES = 5;
const FULL_CHECK_MINUTES = 60;
/** Telemetry arrives late; older rows are not looked for. */
const ANALYTICS_DAYS = 2;
const ROW_CHARACTERS = 22;

function readEventId(parameters: Parameters): string {
	return parameters.read('eventId', recordId);
}

function iso(time: DateTime): string | null {
	return time.toUTC().toISO({ suppressMilliseconds: true });
}

/** A list by page number, which is its page token. */
function pagesOf(
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
		{ name: 'status', keep: 'value' },
		{ name: 'ticketType', keep: 'value' },
		{ name: 'email', keep: 'hash' },
		{ name: 'firstName', keep: 'hash' },
		{ name: 'lastName', keep: 'hash' },
		{ name: 'customFields', keep: 'hash' },
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
		const isSimple = parameters.read('simplify', boolean);
		return {
			all: pagesOf(client, list, {}, RECORDS),
			changes: (sinceMs) =>
				pagesOf(client, list, { updated_since: iso(DateTime.fromMillis(sinceMs)) }, RECORDS),
			shape: async (records) =>
				records.map((record) => (isSimple ? simplifyAttendee(record) : { ...record })),
		};
	},
};

/** Rows have no id: the same row twice is one row. */
const analytics: Stream<InEventClient> = {
	value: 'analyticsRow',
	record: 'analytics row',
	events: [{ value: 'analyticsRowAdded', name: 'Analytics Row Added', rule: { kind: 'created' } }],
	watched: [],
	observe: () => ({}),
	idOf: (row) => shortHash('', canonical(row), ROW_CHARACTERS),
	changedAtMs: ({ timestamp }) => parseTime(timestamp),
	appendOnly: true,
	// A list that is short for once must not make its rows look new afterwards.
	confirmDeletions: true,
	open(client, parameters) {
		const list = path`/v1/events/${readEventId(parameters)}/analytics`;
		const dataset = parameters.read('dataset', requiredText);
		const isSimple = parameters.read('simplify', boolean);
		const from = iso(DateTime.utc().minus({ days: ANALYTICS_DAYS }));
		return {
			all: pagesOf(client, list, { dataset, from }, ROWS),
			shape: async (records) =>
				records.map((record) => (isSimple ? flatten(record) : { ...record })),
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
