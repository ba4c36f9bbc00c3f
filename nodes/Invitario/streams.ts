/**
 * What the Invitario trigger can watch: guests, by the list of changes with the server's own time
 * (invitario-check-in.md, "POST /api/v1/guest/list/recent").
 */
import { DateTime } from 'luxon';
import type { Parameters } from '../shared/fields/parameters';
import { boolean } from '../shared/fields/validators';
import { changedBack, changedTo, usualEvents } from '../shared/polling/eventRules';
import { parseTime } from '../shared/polling/sources';
import type { PollingVendor, ReadPage, Source, Stream } from '../shared/polling/types';
import type { InvitarioClient } from './client';
import { customFieldLabelsOption, readGuestOptions } from './fields';
import { isDeleted, type GuestList, type InvitarioGuest } from './records';
import { guestShape } from './resources/guest/shared';
import { checkInStatus, simplifyGuest } from './simplify';
import { vendor } from './vendor';

/** As in the document's example: whole seconds and a numeric offset. */
const VENDOR_DATE_TIME = "yyyy-MM-dd'T'HH:mm:ssZZ";
/** Whether "since" includes its own second is not documented. */
const LOOK_BACK_MINUTES = 2;
const MINUTES_PER_DAY = 1440;
const CHECK_IN_STATUS = 'checkInStatus';

function pageOf({ guests, dateTime }: GuestList): ReadPage<InvitarioGuest> {
	return { records: guests, next: undefined, serverTimeMs: parseTime(dateTime) };
}

function open(client: InvitarioClient, parameters: Parameters): Source<InvitarioGuest> {
	const isSimple = parameters.read('simplify', boolean);
	const options = readGuestOptions(parameters, true);
	return {
		all: async () => pageOf(await client.allGuests()),
		changes: (sinceMs) => async () => {
			const since = DateTime.fromMillis(sinceMs, { zone: 'utc' }).toFormat(VENDOR_DATE_TIME);
			return pageOf(await client.guestsChangedSince(since));
		},
		async shape(guests) {
			return guests.map(await guestShape(client, options, isSimple));
		},
	};
}

const guests: Stream<InvitarioClient, InvitarioGuest> = {
	value: 'guest',
	record: 'guest',
	events: [
		...usualEvents('guest', 'Guest'),
		changedTo('guestCheckedIn', 'Guest Checked In', CHECK_IN_STATUS, 'checkedIn'),
		changedTo('guestCheckedOut', 'Guest Checked Out', CHECK_IN_STATUS, 'checkedOut'),
		changedBack(
			'guestCheckInUndone',
			'Guest Check-In Undone',
			CHECK_IN_STATUS,
			['checkedIn', 'checkedOut'],
			'notCheckedIn',
		),
	],
	watched: [
		{ name: CHECK_IN_STATUS, keep: 'value' },
		{ name: 'status', keep: 'value' },
		{ name: 'highlightColor', keep: 'value' },
		{ name: 'checkedInAt', keep: 'hash' },
		{ name: 'checkedOutAt', keep: 'hash' },
		{ name: 'email', keep: 'hash' },
		{ name: 'name', keep: 'hash' },
		{ name: 'company', keep: 'hash' },
		{ name: 'details', keep: 'hash' },
	],
	observe(guest) {
		const simple = simplifyGuest(guest, new Map());
		const { fields, tags, companions, parentId, accessCode } = guest;
		return {
			...simple,
			[CHECK_IN_STATUS]: checkInStatus(guest),
			details: { fields, tags, companions, parentId, accessCode },
		};
	},
	idOf: ({ id }) => id,
	versionOf: ({ serverUpdateDateTime }) => serverUpdateDateTime,
	changedAtMs: ({ serverUpdateDateTime, deleteDateTime }) =>
		parseTime(serverUpdateDateTime) ?? parseTime(deleteDateTime),
	isDeleted,
	cursorFrom: 'serverTime',
	lookBackMinutes: LOOK_BACK_MINUTES,
	fullEveryMinutes: MINUTES_PER_DAY,
	open,
};

export const polling: PollingVendor<InvitarioClient> = {
	vendor,
	streams: [guests],
	scope: [],
	outputOptions: [customFieldLabelsOption],
};
