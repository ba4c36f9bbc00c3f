// The guests (invitation list) of one event: one for every four attendees; every second guest has registered.

import { person } from '../../shared/people.mts';
import { MINUTE } from '../../shared/time.mts';
import type { EventtiaEvent } from '../event.mts';
import { shortUuid } from './attendees.mts';
import { LazyTable } from './lazy-table.mts';

/** A guest. `updatedAt` is Unix milliseconds. */
export interface EventtiaGuest {
	id: string;
	uuid: string;
	firstName: string | null;
	lastName: string | null;
	email: string | null;
	company: string | null;
	importId: number | null;
	updatedAt: number;
	/** The attendee that the guest became. */
	attendeeId: string | null;
	/** The only attendee type that the guest can choose. */
	attendeeTypeId: string | null;
}

const ATTENDEES_PER_GUEST = 4;
const FIRST_UPDATED_AT = Date.parse('2026-02-20T19:54:28Z');

/** The guests of one event. */
export class Guests {
	private readonly table: LazyTable<EventtiaGuest>;
	/** IDs of the guests that were removed from the list. */
	private readonly removed = new Set<string>();
	/** Lower-case e-mails of the guests that have not registered; built when first needed. */
	private waiting: Map<string, string> | undefined;

	constructor(private readonly event: EventtiaEvent) {
		const { filled, attendees } = event.seed;
		const count = filled ? Math.ceil(attendees / ATTENDEES_PER_GUEST) : 0;
		const firstId = event.state.reserveIds(count);
		this.table = new LazyTable(count, firstId, (position, id) => this.seeded(position, id));
		event.attendees.onChange((change, attendee) => {
			const email = event.attendees.fieldValue(attendee, 'email');
			if (change === 'created' && email !== null) this.registered(email, attendee.id);
		});
	}

	find(id: string): EventtiaGuest | undefined {
		return this.removed.has(id) ? undefined : this.table.find(id);
	}

	/** Changes a guest. @throws Error when there is no such guest */
	update(
		id: string,
		given: Partial<Pick<EventtiaGuest, 'firstName' | 'lastName' | 'company' | 'attendeeTypeId'>>,
	): EventtiaGuest {
		const guest = this.find(id);
		if (!guest) throw new Error(`sandbox: no guest ${id}`);
		return Object.assign(guest, given, { updatedAt: this.event.now() });
	}

	/** Removes a guest from the list. The person can no longer register as a guest. */
	remove(id: string): void {
		this.removed.add(id);
		this.waiting = undefined;
	}

	/** The guests, for paging. */
	rows() {
		const positions = this.positions();
		return {
			length: positions.length,
			slice: (from: number, to: number) =>
				positions.slice(from, to).map((position) => this.table.peek(position)),
		};
	}

	/** Adds a guest; fields that are left out are `null`. Times have milliseconds, as in the sample. */
	add(
		given: Partial<
			Pick<EventtiaGuest, 'firstName' | 'lastName' | 'email' | 'company' | 'attendeeTypeId'>
		>,
	): EventtiaGuest {
		const id = this.event.nextId();
		this.waiting = undefined;
		return this.table.add({
			id,
			uuid: shortUuid(Number(id)),
			firstName: given.firstName ?? null,
			lastName: given.lastName ?? null,
			email: given.email ?? null,
			company: given.company ?? null,
			importId: null,
			updatedAt: this.event.now(),
			attendeeId: null,
			attendeeTypeId: given.attendeeTypeId ?? null,
		});
	}

	*all(): Generator<EventtiaGuest> {
		for (const position of this.positions()) yield this.table.peek(position);
	}

	private positions(): number[] {
		const positions = this.table.positions();
		if (this.removed.size === 0) return positions;
		return positions.filter((position) => !this.removed.has(this.table.peek(position).id));
	}

	/** Links the guest with this e-mail, if there is one, to the attendee that the guest became. */
	private registered(email: string, attendeeId: string): void {
		this.waiting ??= new Map(
			Array.from(this.all()).flatMap((guest) =>
				guest.email === null || guest.attendeeId !== null
					? []
					: [[guest.email.toLowerCase(), guest.id] as const],
			),
		);
		const guest = this.table.find(this.waiting.get(email.toLowerCase()) ?? '');
		if (!guest) return;
		guest.attendeeId = attendeeId;
		guest.updatedAt = this.event.now();
		this.waiting.delete(email.toLowerCase());
	}

	private seeded(position: number, id: string): EventtiaGuest {
		const hasRegistered = position % 2 === 0;
		const n = hasRegistered ? position + 1 : this.event.seed.attendees + position + 1;
		const { firstName, lastName, email, company } = person(n);
		const attendee = hasRegistered ? this.event.attendees.seededAt(position) : undefined;
		return {
			id,
			uuid: shortUuid(Number(id)),
			firstName,
			lastName,
			email,
			company,
			importId: null,
			updatedAt: FIRST_UPDATED_AT + position * MINUTE,
			attendeeId: attendee?.id ?? null,
			attendeeTypeId: attendee?.typeId ?? null,
		};
	}
}
