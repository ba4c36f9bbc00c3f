// What the Event Vault sandbox remembers: one client, its events, their guests and tickets.

import { EVENT_VAULT_CREDENTIALS } from './credentials.mts';
import type { Seed, VendorState } from '../shared/endpoint.mts';
import { person } from '../shared/people.mts';

/** Guests of the second event: a different number, so that a request with the wrong event ID is noticed. */
const OTHER_EVENT_GUESTS = 3;
/** The document shows `maxAssignedUsers` 57 for 42 guests and does not say what it means. */
const SPARE_SEATS = 15;
/** Every tenth seeded guest has the flag `registered`. The document does not say what it means. */
const REGISTERED_EVERY = 10;
/** Every eighth seeded guest has no ticket. */
const NO_TICKET_EVERY = 8;

/** A guest in the body of `POST /addGuest`. */
export interface NewGuest {
	userEmail: string;
	name?: string | undefined;
	role?: string | undefined;
	company?: string | undefined;
	phone?: string | undefined;
	url?: string | undefined;
	country?: string | undefined;
}

/** A guest in the response of `GET /getGuests`. */
export interface EventVaultGuest {
	email: string;
	country?: string | null;
	registered: boolean;
	vCardData: Partial<Record<'FN' | 'ROLE' | 'ORG' | 'TEL' | 'URL', string | null>>;
}

/** A ticket in the responses of the read endpoints. */
export interface EventVaultTicket {
	EMAIL: string;
	TIER: string;
	sessionId: string;
}

interface StoredGuest extends NewGuest {
	registered: boolean;
}

/** How fields that a guest was added without are returned; the document does not say. */
export type MissingFields = 'empty' | 'absent' | 'null';

const toKey = (email: string) => email.toLowerCase();

function toGuestObject(guest: StoredGuest, missing: MissingFields): EventVaultGuest {
	const missingValue = { empty: '', absent: undefined, null: null }[missing];
	const optionalField = <K extends string>(key: K, value: string | undefined) => {
		const field = value ?? missingValue;
		return field === undefined ? {} : { [key]: field };
	};
	return {
		email: guest.userEmail,
		...optionalField('country', guest.country),
		registered: guest.registered,
		vCardData: {
			...optionalField('FN', guest.name),
			...optionalField('ROLE', guest.role),
			...optionalField('ORG', guest.company),
			...optionalField('TEL', guest.phone),
			...optionalField('URL', guest.url),
		},
	};
}

/** One event. E-mail addresses ignore case; ticket types are case-sensitive. */
export class EventVaultEvent {
	maxAssignedUsers = SPARE_SEATS;
	private readonly stored = new Map<string, StoredGuest>();
	private readonly ticketsByGuest = new Map<string, Map<string, EventVaultTicket>>();
	private cachedBody: { missing: MissingFields; body: Buffer } | undefined;

	get guestCount(): number {
		return this.stored.size;
	}

	hasGuest(email: string): boolean {
		return this.stored.has(toKey(email));
	}

	/** @returns false, without a change, when there is already a guest with this e-mail */
	addGuest(guest: NewGuest, registered = false): boolean {
		if (this.hasGuest(guest.userEmail)) return false;
		this.cachedBody = undefined;
		this.stored.set(toKey(guest.userEmail), { ...guest, registered });
		return true;
	}

	/** @returns false when there is no such guest */
	removeGuest(email: string): boolean {
		this.cachedBody = undefined;
		return this.stored.delete(toKey(email));
	}

	/** @returns false when there is no such guest */
	setRegistered(email: string, registered: boolean): boolean {
		const guest = this.stored.get(toKey(email));
		if (!guest) return false;
		this.cachedBody = undefined;
		guest.registered = registered;
		return true;
	}

	/** Every guest, in the order of adding. */
	guests(missing: MissingFields = 'empty'): EventVaultGuest[] {
		return Array.from(this.stored.values(), (guest) => toGuestObject(guest, missing));
	}

	/** The body of `GET /getGuests`, cached until a guest changes. */
	guestsBody(missing: MissingFields): Buffer {
		if (this.cachedBody?.missing !== missing) {
			this.cachedBody = { missing, body: Buffer.from(JSON.stringify(this.guests(missing))) };
		}
		return this.cachedBody.body;
	}

	/** Creates the ticket, or overwrites the guest's ticket of the same type. */
	putTicket(userEmail: string, ticketType: string, sessionId = ''): void {
		const ownTickets =
			this.ticketsByGuest.get(toKey(userEmail)) ?? new Map<string, EventVaultTicket>();
		ownTickets.set(ticketType, { EMAIL: userEmail, TIER: ticketType, sessionId });
		this.ticketsByGuest.set(toKey(userEmail), ownTickets);
	}

	/** @returns false when the guest has no ticket of this type */
	removeTicket(userEmail: string, ticketType: string): boolean {
		return this.ticketsByGuest.get(toKey(userEmail))?.delete(ticketType) ?? false;
	}

	removeTicketsFor(userEmail: string): void {
		this.ticketsByGuest.delete(toKey(userEmail));
	}

	/** Every ticket, guest by guest. */
	tickets(): EventVaultTicket[] {
		return Array.from(this.ticketsByGuest.values(), (ownTickets) =>
			Array.from(ownTickets.values()),
		).flat();
	}

	ticketsFor(userEmail: string): EventVaultTicket[] {
		return Array.from(this.ticketsByGuest.get(toKey(userEmail))?.values() ?? []);
	}
}

function createSeededEvent(guests: number): EventVaultEvent {
	const event = new EventVaultEvent();
	for (let n = 1; n <= guests; n++) {
		const { email, firstName, lastName, role, company, phone, url, country, ticketType } =
			person(n);
		event.addGuest(
			{
				userEmail: email,
				name: `${firstName} ${lastName}`,
				role,
				company,
				phone,
				url,
				country: country.name,
			},
			n % REGISTERED_EVERY === 0,
		);
		if (n % NO_TICKET_EVERY !== 0) event.putTicket(email, ticketType);
	}
	event.maxAssignedUsers = guests + SPARE_SEATS;
	return event;
}

/** The state of the Event Vault sandbox. Properties that can be assigned are knobs. */
export class EventVaultState implements VendorState {
	missingFields: MissingFields = 'empty';
	/** Whether removing a guest also removes the tickets; the document does not say. */
	removeGuestRemovesTickets = false;
	readonly clientId = EVENT_VAULT_CREDENTIALS.clientId;
	readonly apiKey = EVENT_VAULT_CREDENTIALS.apiKey;
	readonly events = new Map<string, EventVaultEvent>();

	/**
	 * One event of the client.
	 * @param id default: the event of the seeded credential
	 * @throws Error when there is no such event
	 */
	event(id: string = EVENT_VAULT_CREDENTIALS.eventId): EventVaultEvent {
		const event = this.events.get(id);
		if (!event) throw new Error(`sandbox: no event ${id}`);
		return event;
	}

	reset({ guests }: Seed): void {
		this.missingFields = 'empty';
		this.removeGuestRemovesTickets = false;
		this.events.clear();
		this.events.set(EVENT_VAULT_CREDENTIALS.eventId, createSeededEvent(guests));
		this.events.set(EVENT_VAULT_CREDENTIALS.otherEventId, createSeededEvent(OTHER_EVENT_GUESTS));
	}

	toJSON(): unknown {
		const events = Array.from(this.events, ([id, event]) => [
			id,
			{
				guestCount: event.guestCount,
				maxAssignedUsers: event.maxAssignedUsers,
				guests: event.guests(this.missingFields),
				tickets: event.tickets(),
			},
		]);
		return {
			missingFields: this.missingFields,
			removeGuestRemovesTickets: this.removeGuestRemovesTickets,
			clientId: this.clientId,
			events: Object.fromEntries(events),
		};
	}
}
