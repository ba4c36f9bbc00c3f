// What the ARTSVP sandbox remembers: events, collections, bookings and invites; and what guests do to them.

import { ARTSVP_CREDENTIALS } from './credentials.mts';
import type { Clock } from '../shared/clock.mts';
import type { Seed, VendorState } from '../shared/endpoint.mts';
import { person } from '../shared/people.mts';
import { RateLimit } from '../shared/rate-limit.mts';
import { nthUuid } from '../shared/random.mts';
import { MINUTE } from '../shared/time.mts';
import {
	type ArtsvpBooking,
	type ArtsvpCollection,
	type ArtsvpEvent,
	type ArtsvpInvite,
	type ArtsvpResource,
	type BookingStatus,
	type Hash,
	type StoredBooking,
	type StoredInvite,
	toBookingObject,
	toInviteObject,
} from './records.mts';
import {
	shortCode,
	newCollection,
	newEvent,
	bookingReference,
	seededBooking,
	seededCollections,
	seededEvents,
	seededInvite,
} from './seed.mts';
import { RecordList } from './record-list.mts';

/** "1,000 requests every 15 minutes". */
const RATE_LIMIT = { limit: 1000, windowMs: 15 * MINUTE };
/** "If no value is provided, max_booking defaults to 1." */
const DEFAULT_MAX_BOOKINGS = 1;
const NEW_EVENT_DAY = '2026-06-01';

/** What the document leaves open; each can be assigned on the state. */
const KNOBS = {
	/** "Bearer token" in the text, the raw key in every sample. */
	authorization: 'either' as 'either' | 'raw' | 'bearer',
	/** Key of the message in the body of an error; `empty`: no body. */
	errorBody: 'error' as 'error' | 'message' | 'empty',
	/** Whether lists in a query may be sent as `tags=a,b` in addition to `tags[]=a&tags[]=b`. */
	csvLists: false,
	newestFirst: true,
	/** Whether a page after a cursor returns a new last ID. If not, it repeats the cursor, with `has_more`. */
	cursorAdvances: true,
	/** Status of a created invite and of a batch. */
	createdStatus: 201 as 200 | 201,
	/** Where `filter` looks for an invite that exists: the same resource, or every one. */
	filterScope: 'resource' as 'resource' | 'account',
	/** Whether the `data` of a batch also lists invites that `filter` found. */
	batchListsExisting: false,
	/** `bookings` of an invite: the object when there is exactly one (else a list), always a list, or left out. */
	inviteBookings: 'object' as 'object' | 'list' | 'absent',
	/** What follows the slash of `amount_used` when there is no limit. */
	limitless: '0',
	/** Whether Update and Delete also take an invite's code. */
	inviteCodes: false,
	/** Whether a `meta_data` in the request is merged into the old one or replaces it. */
	metaDataOnUpdate: 'merge' as 'merge' | 'replace',
};

/** The fields of a new invite; those left out get defaults. */
export interface NewInvite {
	name?: string | undefined;
	email?: string | undefined;
	externalId?: string | undefined;
	golden?: boolean | undefined;
	registerInterest?: boolean | undefined;
	maxBookings?: number | undefined;
	tags?: string[] | undefined;
	metaData?: Hash | undefined;
}

/** The fields of an invite that can be changed. */
export type InvitePatch = Omit<NewInvite, 'name' | 'email'>;

/** The fields of a new booking; those left out get defaults. */
export interface NewBooking {
	/** ID of the event; default: the first one. */
	eventId?: string | undefined;
	status?: BookingStatus | undefined;
	name?: string | undefined;
	email?: string | undefined;
	size?: number | undefined;
	tags?: string[] | undefined;
	metaData?: Hash | undefined;
	externalId?: string | undefined;
}

/** The fields of a booking that can be changed. The API cannot change `status`; only a control route can. */
export interface BookingPatch {
	name?: string | undefined;
	email?: string | undefined;
	metaData?: Hash | undefined;
	externalId?: string | undefined;
	status?: BookingStatus | undefined;
}

/** There is no such record, or the record does not allow the change. */
export class ArtsvpStateError extends Error {}

function requireRecord<T>(record: T | undefined, what: string): T {
	if (record === undefined) throw new ArtsvpStateError(`sandbox: no ${what}`);
	return record;
}

/** All stored records, as they are after seeding. */
class ArtsvpRecords {
	readonly events = new RecordList<ArtsvpEvent>();
	readonly collections = new RecordList<ArtsvpCollection>();
	readonly bookings = new RecordList<StoredBooking>();
	readonly invites = new RecordList<StoredInvite>();
	private created: number;

	constructor(guests: number) {
		for (const event of seededEvents()) this.events.add(event);
		for (const collection of seededCollections()) this.collections.add(collection);
		const [events, collections] = [this.events.all(), this.collections.all()];
		for (let n = 1; n <= guests; n++) {
			const [who, uuid] = [person(n), nthUuid(n)];
			const invite = this.invites.add(seededInvite(who, uuid, events, collections));
			this.bookings.add(seededBooking(who, uuid, invite, events));
		}
		this.created = Math.max(guests, events.length, collections.length);
	}

	/** The number of the next record. */
	next(): number {
		this.created += 1;
		return this.created;
	}
}

/** The state of the ARTSVP sandbox. Properties that can be assigned are knobs. */
export class ArtsvpState implements VendorState {
	authorization = KNOBS.authorization;
	errorBody = KNOBS.errorBody;
	csvLists = KNOBS.csvLists;
	newestFirst = KNOBS.newestFirst;
	cursorAdvances = KNOBS.cursorAdvances;
	createdStatus = KNOBS.createdStatus;
	filterScope = KNOBS.filterScope;
	batchListsExisting = KNOBS.batchListsExisting;
	inviteBookings = KNOBS.inviteBookings;
	limitless = KNOBS.limitless;
	inviteCodes = KNOBS.inviteCodes;
	metaDataOnUpdate = KNOBS.metaDataOnUpdate;
	/** The limit of each key. */
	readonly rateLimit = new RateLimit(RATE_LIMIT);
	readonly apiKeys: ReadonlySet<string> = new Set(Object.values(ARTSVP_CREDENTIALS));
	private records: ArtsvpRecords | undefined;
	private seeded = 0;

	constructor(private readonly clock: Clock) {}

	get events(): RecordList<ArtsvpEvent> {
		return this.seededRecords().events;
	}

	get collections(): RecordList<ArtsvpCollection> {
		return this.seededRecords().collections;
	}

	get storedBookings(): RecordList<StoredBooking> {
		return this.seededRecords().bookings;
	}

	get storedInvites(): RecordList<StoredInvite> {
		return this.seededRecords().invites;
	}

	/** Every booking as the vendor shows it, in the order of adding. */
	bookings(): ArtsvpBooking[] {
		return this.storedBookings.all().map(toBookingObject);
	}

	/** Every invite as the vendor lists it, in the order of adding. */
	invites(): ArtsvpInvite[] {
		return this.storedInvites.all().map((invite) => toInviteObject(invite, this.limitless));
	}

	addEvent(name: string, tags: string[] = []): ArtsvpEvent {
		const entry: [string, string, string[]] = [name, NEW_EVENT_DAY, tags];
		return this.events.add(newEvent(this.next(), entry, this.now()));
	}

	addCollection(name: string, tags: string[] = []): ArtsvpCollection {
		return this.collections.add(newCollection(this.next(), [name, tags], this.now()));
	}

	/** Makes a booking without an invite. @throws ArtsvpStateError for an unknown event */
	addBooking(given: NewBooking = {}): ArtsvpBooking {
		const { eventId = this.events.all()[0]?.id ?? '' } = given;
		return this.book(given, requireRecord(this.events.find(eventId), `event ${eventId}`), null);
	}

	/** Changes a booking. @throws ArtsvpStateError */
	updateBooking(id: string, patch: BookingPatch): ArtsvpBooking {
		const booking = requireRecord(this.storedBookings.find(id), `booking ${id}`);
		booking.name = patch.name ?? booking.name;
		booking.email = patch.email ?? booking.email;
		booking.externalId = patch.externalId ?? booking.externalId;
		booking.status = patch.status ?? booking.status;
		booking.metaData = this.mergeMetaData(booking.metaData, patch.metaData);
		booking.updatedAt = this.now();
		return toBookingObject(booking);
	}

	/** Creates an invite without looking for an existing one. */
	addInvite(resource: ArtsvpResource, given: NewInvite = {}): StoredInvite {
		const n = this.next();
		const now = this.now();
		return this.storedInvites.add({
			id: `inv-${nthUuid(n)}`,
			code: shortCode(n),
			name: given.name ?? '',
			email: given.email ?? '',
			golden: given.golden ?? false,
			registerInterest: given.registerInterest ?? false,
			maxBookings: given.maxBookings ?? DEFAULT_MAX_BOOKINGS,
			declined: false,
			resource,
			tags: given.tags ?? [],
			metaData: given.metaData ?? {},
			externalId: given.externalId ?? '',
			bookings: [],
			createdAt: now,
			updatedAt: now,
		});
	}

	/** Changes an invite; its bookings "will also show with the updated invite information". */
	updateInvite(invite: StoredInvite, patch: InvitePatch): void {
		const now = this.now();
		invite.golden = patch.golden ?? invite.golden;
		invite.registerInterest = patch.registerInterest ?? invite.registerInterest;
		invite.maxBookings = patch.maxBookings ?? invite.maxBookings;
		for (const record of [invite, ...invite.bookings]) {
			record.tags = patch.tags ?? record.tags;
			record.externalId = patch.externalId ?? record.externalId;
			record.metaData = this.mergeMetaData(record.metaData, patch.metaData);
			record.updatedAt = now;
		}
	}

	/**
	 * A guest books with an invite.
	 * @throws ArtsvpStateError when there is no such invite or it is used up
	 */
	useInvite(idOrCode: string, given: NewBooking = {}): ArtsvpBooking {
		const invite = requireRecord(this.storedInvites.find(idOrCode), `invite ${idOrCode}`);
		const { maxBookings, bookings, resource } = invite;
		if (maxBookings > 0 && bookings.length >= maxBookings) {
			throw new ArtsvpStateError(`sandbox: invite ${idOrCode} is used up`);
		}
		const defaultEvent = resource.object === 'event' ? resource : this.events.all()[0];
		const event = given.eventId === undefined ? defaultEvent : this.events.find(given.eventId);
		const booking = this.book(given, requireRecord(event, `event ${given.eventId ?? ''}`), invite);
		invite.updatedAt = this.now();
		return booking;
	}

	/** A guest declines an invite. @throws ArtsvpStateError */
	declineInvite(idOrCode: string): void {
		const invite = requireRecord(this.storedInvites.find(idOrCode), `invite ${idOrCode}`);
		invite.declined = true;
		invite.updatedAt = this.now();
	}

	reset({ guests }: Seed): void {
		Object.assign(this, KNOBS);
		this.rateLimit.restore();
		this.records = undefined;
		this.seeded = guests;
	}

	toJSON(): unknown {
		const knobs = Object.fromEntries(
			Object.entries(this).filter(([name]) => Object.hasOwn(KNOBS, name)),
		);
		return {
			...knobs,
			rateLimit: this.rateLimit,
			events: this.events.all(),
			collections: this.collections.all(),
			bookings: this.bookings(),
			invites: this.invites(),
		};
	}

	private book(given: NewBooking, event: ArtsvpEvent, invite: StoredInvite | null): ArtsvpBooking {
		const uuid = nthUuid(this.next());
		const now = this.now();
		const booking: StoredBooking = {
			id: `boo-${uuid}`,
			reference: bookingReference(uuid),
			status: given.status ?? 'is_confirmed',
			name: given.name ?? invite?.name ?? '',
			email: given.email ?? invite?.email ?? '',
			size: given.size ?? 1,
			event,
			invite,
			tags: given.tags ?? invite?.tags ?? [],
			metaData: given.metaData ?? invite?.metaData ?? {},
			externalId: given.externalId ?? invite?.externalId ?? '',
			createdAt: now,
			updatedAt: now,
		};
		invite?.bookings.push(booking);
		return toBookingObject(this.storedBookings.add(booking));
	}

	private mergeMetaData(before: Hash, given: Hash | undefined): Hash {
		if (given === undefined) return before;
		return this.metaDataOnUpdate === 'merge' ? { ...before, ...given } : given;
	}

	/** The records, seeded on first use so that tests of other vendors do not wait for them. */
	private seededRecords(): ArtsvpRecords {
		this.records ??= new ArtsvpRecords(this.seeded);
		return this.records;
	}

	private next(): number {
		return this.seededRecords().next();
	}

	private now(): string {
		return new Date(this.clock.now()).toISOString();
	}
}
