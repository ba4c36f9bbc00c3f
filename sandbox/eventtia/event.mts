// One event of the Eventtia sandbox: its own attributes, and one collection per area.

import { ActivityStore } from './records/activities.mts';
import { AttendeeTypes } from './records/attendee-types.mts';
import { Attendees } from './records/attendees.mts';
import { FileStore } from './records/files.mts';
import { Groups } from './records/groups.mts';
import { Guests } from './records/guests.mts';
import { CommunicationStore } from './records/communications.mts';
import { ExhibitorStore } from './records/exhibitors.mts';
import { GuideStore } from './records/guide.mts';
import { MerchandisingStore } from './records/merchandising.mts';
import { NetworkingStore } from './records/networking.mts';
import { PaymentStore } from './records/payments.mts';
import { SurveyStore } from './records/surveys.mts';
import type { EventtiaState } from './state.mts';
import { local, utc } from './dates.mts';

/** The stored fields of the event itself. Times are Unix milliseconds. */
export interface EventFacts {
	name: string;
	uri: string;
	start: number;
	end: number;
	/** IANA name. */
	zone: string;
	language: string;
	description: string;
	senderName: string;
	senderEmail: string;
	isVirtual: boolean;
	active: boolean;
	isTemplate: boolean;
	address: string;
	/** Undefined for an event without a place. */
	place?: { lat: number; lng: number; cityId: number; countryId: number };
	currency: string;
	budget: number;
	clonedFromId: number | null;
	/** By the id of the event custom field. */
	customFields: Record<string, unknown>;
}

/** A new event before anything is set. */
export const BLANK_EVENT: Omit<EventFacts, 'name' | 'uri' | 'start' | 'end'> = {
	zone: 'America/Bogota',
	language: 'en',
	description: '',
	senderName: '',
	senderEmail: 'events@example.com',
	isVirtual: false,
	active: true,
	isTemplate: false,
	address: '',
	currency: 'USD',
	budget: 0,
	clonedFromId: null,
	customFields: {},
};

/** How an area fills its collection. */
export interface AreaSeed {
	/** Whether to create any records: a newly created event starts empty. */
	filled: boolean;
	/** How many attendees (there are a quarter as many guests). */
	attendees: number;
}

/** One event. Each area's collection takes the event and the seed. To add one, add a line here. */
export class EventtiaEvent {
	readonly id: string;
	readonly createdAt: number;
	updatedAt: number;
	readonly attendeeTypes: AttendeeTypes;
	readonly attendees: Attendees;
	readonly guests: Guests;
	readonly groups: Groups;
	readonly activities: ActivityStore;
	readonly networking: NetworkingStore;
	readonly merchandising: MerchandisingStore;
	readonly exhibitors: ExhibitorStore;
	readonly guide: GuideStore;
	readonly communications: CommunicationStore;
	readonly surveys: SurveyStore;
	readonly payments: PaymentStore;
	readonly files: FileStore;

	/**
	 * @param state for IDs and the time
	 * @param accountEmail the account that owns the event
	 */
	constructor(
		readonly state: EventtiaState,
		readonly accountEmail: string,
		public facts: EventFacts,
		readonly apiKey: string,
		at: number,
		readonly seed: AreaSeed,
	) {
		this.id = state.nextId();
		this.createdAt = at;
		this.updatedAt = at;
		this.attendeeTypes = new AttendeeTypes(this, Attendees.seededVips(seed.attendees));
		this.attendees = new Attendees(this, this.attendeeTypes);
		this.guests = new Guests(this);
		this.groups = new Groups(this);
		this.activities = new ActivityStore(this);
		this.networking = new NetworkingStore(this);
		this.merchandising = new MerchandisingStore(this);
		this.exhibitors = new ExhibitorStore(this);
		this.guide = new GuideStore(this);
		this.communications = new CommunicationStore(this);
		this.surveys = new SurveyStore(this);
		this.payments = new PaymentStore(this);
		this.files = new FileStore(this);
	}

	get uri(): string {
		return this.facts.uri;
	}

	get zone(): string {
		return this.facts.zone;
	}

	/** The next id of a new record. */
	nextId(): string {
		return this.state.nextId();
	}

	/** The vendor's time, Unix milliseconds. */
	now(): number {
		return this.state.now();
	}

	/** A time with the offset of the event's zone, as in `2023-02-07T11:52:02.000-05:00`. */
	local(ms: number): string {
		return local(ms, this.zone);
	}

	toJSON(): unknown {
		const { start, end, ...facts } = this.facts;
		return {
			id: this.id,
			...facts,
			start: utc(start),
			end: utc(end),
			accountEmail: this.accountEmail,
			attendeeTypes: this.attendeeTypes.all(),
			attendees: Array.from(this.attendees.all()),
			guests: Array.from(this.guests.all()),
			activities: this.activities,
			networking: this.networking,
			merchandising: this.merchandising,
			exhibitors: this.exhibitors,
			guide: this.guide,
			communications: this.communications,
			surveys: this.surveys,
			payments: this.payments,
		};
	}
}
