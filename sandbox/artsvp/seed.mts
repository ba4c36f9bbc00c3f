// What the ARTSVP sandbox starts with. Record N is the same in every run.

import type { Person } from '../shared/people.mts';
import { nthUuid } from '../shared/random.mts';
import { MINUTE } from '../shared/time.mts';
import type {
	ArtsvpCollection,
	ArtsvpEvent,
	ArtsvpResource,
	BookingStatus,
	StoredBooking,
	StoredInvite,
} from './records.mts';

const CODE_RANGE = 2 ** 24;
const CODE_LENGTH = 6;
/** Codes of events and collections start here, so that no two records share a code. */
const FIRST_EVENT_CODE = 4_000_000;
const FIRST_COLLECTION_CODE = 8_000_000;
/** Odd, so that multiplying by it only shuffles the numbers below `CODE_RANGE`. */
const CODE_FACTOR = 0x9e3779;
const FIRST_RECORD_AT = Date.parse('2023-01-09T09:00:00.000Z');
const BANNER = 'https://artsvp.s3.eu-west-2.amazonaws.com/uploads/banners/sandbox.png';

const EVENTS: Array<[string, string, string[]]> = [
	['Summer Party', '2023-05-18', ['vip', 'art_fair']],
	['Winter Party', '2023-12-07', ['vip']],
	['Private View', '2023-06-01', ['vip', 'preview']],
	['Studio Visit', '2023-06-02', ['art_fair']],
	['Curator Talk', '2023-06-03', ['talk']],
	['Gallery Opening', '2023-06-04', []],
];
const COLLECTIONS: Array<[string, string[]]> = [
	['VIP program', ['vip']],
	['Front of House', []],
	['Art Fair', ['art_fair']],
];

const STATUSES: BookingStatus[] = [
	'is_confirmed',
	'is_confirmed',
	'is_pending',
	'is_confirmed',
	'is_cancelled',
	'is_confirmed',
	'is_waitlist',
	'is_rejected',
	'is_confirmed',
	'is_expired',
	'is_interested',
];
/** Every second booking was made with the invite of the same number, the others without an invite. */
const INVITED_EVERY = 2;
const COLLECTION_EVERY = 5;
const LIMITLESS_EVERY = 7;
const DECLINED_EVERY = 9;
const NO_AGREEMENT_EVERY = 3;
const TAGS = [['single_entry', 'vip_1'], [], ['artsvp', 'vip']];

function pick<T>(list: readonly T[], index: number): T {
	const value = list[index % list.length];
	if (value === undefined) throw new Error('Cannot pick from an empty list');
	return value;
}

/** The `n`th short code, six hexadecimal digits: unique for every `n` below 16 million. */
export function shortCode(n: number): string {
	return ((Math.imul(n, CODE_FACTOR) >>> 0) % CODE_RANGE).toString(16).padStart(CODE_LENGTH, '0');
}

/** A booking's reference, as in `C922-4EBA-1F8C`. */
export function bookingReference(uuid: string): string {
	const [first = '', second = '', third = ''] = uuid.toUpperCase().split('-');
	return [first.slice(-4), second, third].join('-');
}

function createdAt(n: number): string {
	return new Date(FIRST_RECORD_AT + n * MINUTE).toISOString();
}

/** Event number `n` (from 1) with this name. */
export function newEvent(
	n: number,
	[name, day, tags]: [string, string, string[]],
	now: string,
): ArtsvpEvent {
	const code = shortCode(FIRST_EVENT_CODE + n);
	return {
		id: `eve-${nthUuid(n)}`,
		object: 'event',
		code,
		name,
		reference: `${name} (${n})`,
		description: `Sandbox event ${n}`,
		time_zone: 'Europe/London',
		start_date: day,
		start_time: `${day}T10:00:00.000${day.slice(5, 7) === '12' ? '+00:00' : '+01:00'}`,
		end_date: day,
		end_time: `${day}T17:00:00.000${day.slice(5, 7) === '12' ? '+00:00' : '+01:00'}`,
		location_name: 'Gallery ABC',
		location_address: '123 Artists Way',
		public_url: `https://artsvp.com/${code}`,
		banner_image: BANNER,
		resource_tags: tags,
		created_at: now,
		updated_at: now,
	};
}

/** Collection number `n` (from 1) with this name. */
export function newCollection(
	n: number,
	[name, tags]: [string, string[]],
	now: string,
): ArtsvpCollection {
	const code = shortCode(FIRST_COLLECTION_CODE + n);
	return {
		id: `col-${nthUuid(n)}`,
		object: 'collection',
		code,
		name,
		public_url: `https://artsvp.com/${code}`,
		banner_image: BANNER,
		resource_tags: tags,
		created_at: now,
		updated_at: now,
	};
}

export function seededEvents(): ArtsvpEvent[] {
	return EVENTS.map((entry, index) => newEvent(index + 1, entry, createdAt(0)));
}

export function seededCollections(): ArtsvpCollection[] {
	return COLLECTIONS.map((entry, index) => newCollection(index + 1, entry, createdAt(0)));
}

/** The invite of person `n`, for one of the events or, for every fifth person, one of the collections. */
export function seededInvite(
	{ n, firstName, lastName, email, company }: Person,
	uuid: string,
	events: readonly ArtsvpEvent[],
	collections: readonly ArtsvpCollection[],
): StoredInvite {
	const resource: ArtsvpResource =
		n % COLLECTION_EVERY === 0 ? pick(collections, n) : pick(events, n - 1);
	return {
		id: `inv-${uuid}`,
		code: shortCode(n),
		name: `${firstName} ${lastName}`,
		email,
		golden: n % LIMITLESS_EVERY === 0,
		registerInterest: false,
		maxBookings: n % LIMITLESS_EVERY === 0 ? 0 : 1,
		declined: n % DECLINED_EVERY === 0 && n % INVITED_EVERY !== 0,
		resource,
		tags: pick(TAGS, n - 1),
		metaData: { company },
		externalId: `EXT-${n}`,
		bookings: [],
		createdAt: createdAt(n),
		updatedAt: createdAt(n),
	};
}

/** The booking of person `n`. If the person is invited, the booking is added to the invite. */
export function seededBooking(
	{ n, firstName, lastName, email, company }: Person,
	uuid: string,
	invite: StoredInvite,
	events: readonly ArtsvpEvent[],
): StoredBooking {
	const isInvited = n % INVITED_EVERY === 0;
	const booking: StoredBooking = {
		id: `boo-${uuid}`,
		reference: bookingReference(uuid),
		status: pick(STATUSES, n - 1),
		name: `${firstName} ${lastName}`,
		email,
		size: 1 + (n % 4),
		event: invite.resource.object === 'event' ? invite.resource : pick(events, n - 1),
		invite: isInvited ? invite : null,
		tags: isInvited ? invite.tags : [],
		agreesToMailingList: n % NO_AGREEMENT_EVERY === 0 ? undefined : n % 2 === 0,
		metaData: { company },
		externalId: `EXT-${n}`,
		createdAt: createdAt(n),
		updatedAt: createdAt(n),
	};
	if (isInvited) invite.bookings.push(booking);
	return booking;
}
