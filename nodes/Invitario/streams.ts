/**
 * The stream of the Invitario trigger: guests, from the list of changes, which has the server's time
 * (invitario-check-in.md, "POST /api/v1/guest/list/recent").
 */
import { DateTime } from 'luxon';
import type { Parameters } from '../shared/fields/parameters';
import { readSimplify } from '../shared/fields/lists';
import {
	changedBack,
	changedTo,
	hashOnly,
	readable,
	usualEvents,
} from '../shared/polling/eventRules';
import { onePage, parseTime, shapeEach } from '../shared/polling/sources';
import type { PollingVendor, Source, Stream } from '../shared/polling/types';
import { DAY, MINUTE } from '../shared/time';
import type { InvitarioClient } from './client';
import { customFieldLabelsOption, readGuestOptions } from './fields';
import { isDeleted, type InvitarioGuest } from './records';
import { checkInStatus, simplifyGuest } from './simplify';
import { vendor } from './vendor';

/** As in the example of the document: whole seconds and a numeric offset. */
const VENDOR_DATE_TIME = "yyyy-MM-dd'T'HH:mm:ssZZ";
/** The document does not say whether `sinceDateTime` is inclusive. */
const LOOK_BACK_MINUTES = 2;
const CHECK_IN_STATUS = 'checkInStatus';

function openGuests(client: InvitarioClient, parameters: Parameters): Source<InvitarioGuest> {
	const { labels } = readGuestOptions(parameters, true);
	const simplify = (guest: InvitarioGuest) => simplifyGuest(guest, labels);
	return {
		async all() {
			const { guests, dateTime } = await client.allGuests();
			return onePage(guests, parseTime(dateTime));
		},
		changes: (sinceMs) => async () => {
			const since = DateTime.fromMillis(sinceMs, { zone: 'utc' }).toFormat(VENDOR_DATE_TIME);
			const { guests, dateTime } = await client.guestsChangedSince(since);
			return onePage(guests, parseTime(dateTime));
		},
		shape: shapeEach(readSimplify(parameters, simplify)),
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
		...readable(CHECK_IN_STATUS, 'status', 'highlightColor'),
		...hashOnly('checkedInAt', 'checkedOutAt', 'email', 'name', 'company', 'details'),
	],
	observe(guest) {
		const simplified = simplifyGuest(guest, new Map());
		const { fields, tags, companions, parentId, accessCode } = guest;
		return {
			...simplified,
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
	fullEveryMinutes: DAY / MINUTE,
	open: openGuests,
};

export const polling: PollingVendor<InvitarioClient> = {
	vendor,
	streams: [guests],
	scope: [],
	outputOptions: [customFieldLabelsOption],
};
