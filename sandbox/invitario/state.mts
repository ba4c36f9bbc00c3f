// What the Invitario sandbox remembers: one event, its guests, the open sessions; and the changes made at the door.

import { randomBytes } from 'node:crypto';

import { INVITARIO_CREDENTIALS } from './credentials.mts';
import type { Clock } from '../shared/clock.mts';
import type { Seed, VendorState } from '../shared/endpoint.mts';
import { nthUuid } from '../shared/random.mts';
import { DAY, MINUTE, SECOND } from '../shared/time.mts';
import {
	type GuestFields,
	type InvitarioGuest,
	NO_FIELDS,
	SEEDED_EVENT_TIMES,
	accessCodeFor,
	seededGuest,
} from './guest.mts';

/** "The token automatically expires 24 hours after the last use." */
const SESSION_LIFE_MS = DAY;
const TOKEN_BYTES = 20;
const DEFAULT_ZONE_OFFSET_MINUTES = 60;
const DEFAULT_ERROR_STATUS = 200;

/** The fields of a new guest that a test may set; those left out get defaults. */
export interface NewInvitarioGuest {
	id?: string | undefined;
	parentId?: string | undefined;
	accessCode?: string | undefined;
	registrationState?: InvitarioGuest['registrationState'] | undefined;
	highlightColor?: string | undefined;
	fields?: GuestFields | undefined;
}

/** The fields of a guest that a test may change. `highlightColor: null` removes the key. */
export interface GuestPatch {
	accessCode?: string | undefined;
	registrationState?: InvitarioGuest['registrationState'] | undefined;
	highlightColor?: string | null | undefined;
	fields?: GuestFields | undefined;
}

/** There is no guest with this id. */
export class UnknownGuestError extends Error {
	constructor(id: string) {
		super(`sandbox: no guest ${id}`);
	}
}

/** The guest and its JSON, cached from the first listing until the next change so that 50,000 guests can be served. */
interface GuestEntry {
	guest: InvitarioGuest;
	/** Last change in whole Unix seconds, the precision of the vendor's date-times. */
	changedAt: number;
	json?: string;
}

function toEntry(guest: InvitarioGuest): GuestEntry {
	const changed = guest.serverUpdateDateTime ?? guest.clientUpdateDateTime;
	return { guest, changedAt: Date.parse(changed) / SECOND };
}

/** The state of the Invitario sandbox. Properties that can be assigned are knobs. */
export class InvitarioState implements VendorState {
	/** HTTP status of every documented error; the document states none. */
	errorStatus = DEFAULT_ERROR_STATUS;
	/** Whether `list/all` shows deleted guests; the document does not say. */
	allIncludesDeleted = true;
	/** Whether `list/recent` leaves out a change exactly at `sinceDateTime`; the document does not say. */
	sinceIsExclusive = false;
	/** Offset of the date-times that the server writes from now on, minutes east of UTC. */
	zoneOffsetMinutes = DEFAULT_ZONE_OFFSET_MINUTES;
	readonly event = {
		id: INVITARIO_CREDENTIALS.eventId,
		name: 'Sandbox Summer Party',
		company: 'Acme Corp',
		...SEEDED_EVENT_TIMES,
		configuration: { sandbox: true },
	};
	readonly apiKey = INVITARIO_CREDENTIALS.apiKey;
	private readonly byId = new Map<string, GuestEntry>();
	private readonly lastUse = new Map<string, number>();
	private created = 0;

	constructor(private readonly clock: Clock) {}

	/** Every guest, deleted ones included, in the order of adding. */
	guests(): Array<Readonly<InvitarioGuest>> {
		return Array.from(this.byId.values(), ({ guest }) => guest);
	}

	/** @throws UnknownGuestError */
	guest(id: string): Readonly<InvitarioGuest> {
		return this.requireEntry(id).guest;
	}

	/** Adds a guest with the current time as its last change. Adding a companion also changes its parent. */
	addGuest(given: NewInvitarioGuest = {}): InvitarioGuest {
		const parent = given.parentId === undefined ? undefined : this.guest(given.parentId);
		this.created += 1;
		const now = this.dateTime();
		const guest: InvitarioGuest = {
			id: given.id ?? nthUuid(this.created),
			parentId: given.parentId ?? null,
			accessCode: given.accessCode ?? accessCodeFor(this.created),
			clientUpdateDateTime: now,
			serverUpdateDateTime: now,
			checkInDateTime: null,
			checkOutDateTime: null,
			deleteDateTime: null,
			registrationState: given.registrationState ?? 'registered',
			...(given.highlightColor === undefined ? {} : { highlightColor: given.highlightColor }),
			fields: { ...NO_FIELDS, ...given.fields },
			companions: [],
		};
		this.byId.set(guest.id, toEntry(guest));
		if (parent) {
			this.change(parent.id, { companions: [...parent.companions, { id: guest.id }] });
		}
		return guest;
	}

	/** Changes a guest's own data. @throws UnknownGuestError */
	updateGuest(id: string, patch: GuestPatch): InvitarioGuest {
		const { guest } = this.requireEntry(id);
		const { highlightColor: before, ...rest } = guest;
		const color = patch.highlightColor === undefined ? before : patch.highlightColor;
		const next: InvitarioGuest = {
			...rest,
			...(typeof color === 'string' ? { highlightColor: color } : {}),
			accessCode: patch.accessCode ?? guest.accessCode,
			registrationState: patch.registrationState ?? guest.registrationState,
			fields: { ...guest.fields, ...patch.fields },
		};
		return this.put(next);
	}

	/** Checks a guest in now and clears a check-out. @throws UnknownGuestError */
	checkIn(id: string): InvitarioGuest {
		return this.change(id, { checkInDateTime: this.dateTime(), checkOutDateTime: null });
	}

	/** Checks a guest out now. @throws UnknownGuestError */
	checkOut(id: string): InvitarioGuest {
		return this.change(id, { checkOutDateTime: this.dateTime() });
	}

	/** Clears check-in and check-out. @throws UnknownGuestError */
	undoCheckIn(id: string): InvitarioGuest {
		return this.change(id, { checkInDateTime: null, checkOutDateTime: null });
	}

	/** Marks a guest as deleted now; it stays as a tombstone. @throws UnknownGuestError */
	deleteGuest(id: string): InvitarioGuest {
		return this.change(id, { deleteDateTime: this.dateTime() });
	}

	/** The response body with every guest (subject to `allIncludesDeleted`). */
	allBody(): string {
		return this.listBody(({ guest }) => this.allIncludesDeleted || guest.deleteDateTime === null);
	}

	/** The response body with the guests changed since a time, including tombstones. */
	recentBody(sinceDateTime: string): string {
		const since = Date.parse(sinceDateTime) / SECOND;
		return this.listBody(({ changedAt }) =>
			this.sinceIsExclusive ? changedAt > since : changedAt >= since,
		);
	}

	/** Opens a session and returns its token. */
	openSession(): string {
		const token = randomBytes(TOKEN_BYTES).toString('hex');
		this.lastUse.set(token, this.clock.now());
		return token;
	}

	/** Uses a session. @returns false when there is none or it has expired */
	useSession(token: string): boolean {
		const lastUsedAt = this.lastUse.get(token);
		const now = this.clock.now();
		if (lastUsedAt === undefined) return false;
		if (now - lastUsedAt >= SESSION_LIFE_MS) {
			this.lastUse.delete(token);
			return false;
		}
		this.lastUse.set(token, now);
		return true;
	}

	closeSession(token: string): void {
		this.lastUse.delete(token);
	}

	expireSessions(token?: string): void {
		if (token === undefined) this.lastUse.clear();
		else this.lastUse.delete(token);
	}

	/** The tokens of sessions that are still open. */
	sessions(): string[] {
		return Array.from(this.lastUse.keys());
	}

	/** The server's time as the vendor writes it: whole seconds and a numeric offset. */
	dateTime(): string {
		const local = new Date(this.clock.now() + this.zoneOffsetMinutes * MINUTE);
		const offsetMinutes = Math.abs(this.zoneOffsetMinutes);
		const twoDigits = (value: number) => String(value).padStart(2, '0');
		const offset = `${twoDigits(Math.floor(offsetMinutes / 60))}:${twoDigits(offsetMinutes % 60)}`;
		const sign = this.zoneOffsetMinutes < 0 ? '-' : '+';
		return `${local.toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}${sign}${offset}`;
	}

	reset({ guests }: Seed): void {
		this.errorStatus = DEFAULT_ERROR_STATUS;
		this.allIncludesDeleted = true;
		this.sinceIsExclusive = false;
		this.zoneOffsetMinutes = DEFAULT_ZONE_OFFSET_MINUTES;
		this.lastUse.clear();
		this.byId.clear();
		for (let n = 1; n <= guests; n++) {
			const guest = seededGuest(n, guests);
			this.byId.set(guest.id, toEntry(guest));
		}
		this.created = guests;
	}

	toJSON(): unknown {
		return {
			errorStatus: this.errorStatus,
			allIncludesDeleted: this.allIncludesDeleted,
			sinceIsExclusive: this.sinceIsExclusive,
			zoneOffsetMinutes: this.zoneOffsetMinutes,
			event: this.event,
			openSessions: this.lastUse.size,
			guests: this.guests(),
		};
	}

	private requireEntry(id: string): GuestEntry {
		const found = this.byId.get(id);
		if (!found) throw new UnknownGuestError(id);
		return found;
	}

	private change(id: string, patch: Partial<InvitarioGuest>): InvitarioGuest {
		return this.put({ ...this.requireEntry(id).guest, ...patch });
	}

	private put(guest: InvitarioGuest): InvitarioGuest {
		const now = this.dateTime();
		const next = { ...guest, clientUpdateDateTime: now, serverUpdateDateTime: now };
		this.byId.set(next.id, toEntry(next));
		return next;
	}

	private listBody(isListed: (entry: GuestEntry) => boolean): string {
		const guests: string[] = [];
		for (const entry of this.byId.values()) {
			if (!isListed(entry)) continue;
			entry.json ??= JSON.stringify(entry.guest);
			guests.push(entry.json);
		}
		const head = { status: 'success', count: guests.length, dateTime: this.dateTime() };
		return `${JSON.stringify(head).slice(0, -1)},"guests":[${guests.join(',')}]}`;
	}
}
