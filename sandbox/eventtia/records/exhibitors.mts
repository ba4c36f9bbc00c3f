// Exhibitors of an event: stand categories and zones, stand reservations, and the leads that exhibitors collect.

import { person } from '../../shared/people.mts';
import { nthUuid } from '../../shared/random.mts';
import { MINUTE } from '../../shared/time.mts';
import type { EventtiaEvent } from '../event.mts';
import { wholeSeconds } from '../dates.mts';
import { given, pick } from './seeding.mts';

const CATEGORIES = ['Sofware', 'Hardware'];
const ZONES = ['Hall A', 'Hall B', 'Outdoors'];
const SEEDED_RESERVATIONS = 6;
/** The last seeded reservation is not public: it is not listed, but its leads can be read. */
const HIDDEN_RESERVATION = SEEDED_RESERVATIONS;
/** Leads of the first reservation: more than one page. The others have two each. */
const LEADS_OF_FIRST = 30;
const LEADS_OF_OTHERS = 2;

export const LEAD_PRIORITIES = ['low', 'medium', 'high'] as const;
export type LeadPriority = (typeof LEAD_PRIORITIES)[number];

/** A stand category or a zone. */
export interface StandGroup {
	id: string;
	name: string;
	updated_at: number;
}

export interface StandReservation {
	id: string;
	display_name: string;
	profile_description: string;
	website: string;
	profile_extra_fields: Record<string, unknown>;
	hasLogo: boolean;
	isPublic: boolean;
	zoneId: string;
	categoryId: string;
	updated_at: number;
}

export interface Lead {
	id: string;
	uuid: string;
	reservationId: string;
	name: string;
	company: string;
	email: string;
	phone: string;
	notes: string;
	priority: LeadPriority;
	updated_at: number;
}

/** The fields of a lead that can be set. */
export type LeadFields = {
	[Name in Exclude<keyof Lead, 'id' | 'uuid' | 'reservationId' | 'updated_at'>]?:
		| Lead[Name]
		| undefined;
};

/** The exhibitors of one event. */
export class ExhibitorStore {
	readonly categories = new Map<string, StandGroup>();
	readonly zones = new Map<string, StandGroup>();
	readonly reservations = new Map<string, StandReservation>();
	readonly leads = new Map<string, Lead>();

	constructor(private readonly event: EventtiaEvent) {
		if (event.seed.filled) this.seed();
	}

	/** Adds a lead to a reservation. */
	addLead(reservationId: string, fields: LeadFields = {}): Lead {
		const id = this.event.nextId();
		const lead: Lead = {
			name: '',
			company: '',
			email: '',
			phone: '',
			notes: '',
			priority: 'medium',
			...given<Lead>(fields),
			id,
			uuid: nthUuid(Number(id)),
			reservationId,
			updated_at: wholeSeconds(this.event.now()),
		};
		this.leads.set(id, lead);
		return lead;
	}

	updateLead(lead: Lead, fields: LeadFields): Lead {
		return Object.assign(lead, given<Lead>(fields), {
			updated_at: wholeSeconds(this.event.now()),
		});
	}

	/** Copies another event's zones, for its clone. */
	copyZones(source: ExhibitorStore): void {
		for (const zone of source.zones.values()) {
			const id = this.event.nextId();
			this.zones.set(id, { ...zone, id });
		}
	}

	leadsFor(reservationId: string): Lead[] {
		return Array.from(this.leads.values()).filter((lead) => lead.reservationId === reservationId);
	}

	toJSON(): unknown {
		return {
			categories: Array.from(this.categories.values()),
			zones: Array.from(this.zones.values()),
			reservations: Array.from(this.reservations.values()),
			leads: Array.from(this.leads.values()),
		};
	}

	private seed(): void {
		const { event } = this;
		const groups: Array<[Map<string, StandGroup>, string[]]> = [
			[this.categories, CATEGORIES],
			[this.zones, ZONES],
		];
		for (const [group, names] of groups) {
			names.forEach((name, index) => {
				const id = event.nextId();
				group.set(id, { id, name, updated_at: event.createdAt + index * MINUTE });
			});
		}
		const [categoryIds, zoneIds] = [this.categories, this.zones].map((group) =>
			Array.from(group.keys()),
		);
		for (let n = 1; n <= SEEDED_RESERVATIONS; n++) {
			const id = event.nextId();
			const { company } = person(n);
			this.reservations.set(id, {
				id,
				display_name: company,
				profile_description: 'company description',
				website: 'www.example.com',
				profile_extra_fields: {},
				hasLogo: n % 2 === 0,
				isPublic: n !== HIDDEN_RESERVATION,
				zoneId: pick(zoneIds ?? [], n - 1),
				categoryId: pick(categoryIds ?? [], n - 1),
				updated_at: event.createdAt + n * MINUTE,
			});
			for (let m = 1; m <= (n === 1 ? LEADS_OF_FIRST : LEADS_OF_OTHERS); m++) {
				const { firstName, lastName, email, phone, company: from } = person(n * 100 + m);
				const lead = this.addLead(id, {
					name: `${firstName} ${lastName}`,
					company: from,
					email,
					phone: m % 2 === 0 ? phone : '',
					priority: pick(LEAD_PRIORITIES, m),
				});
				lead.updated_at = event.createdAt + m * MINUTE;
			}
		}
	}
}
