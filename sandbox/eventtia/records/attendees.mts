// The attendees of one event. The 50,000 seeded ones are created only when they are read.

import { person } from '../../shared/people.mts';
import { DAY, MINUTE } from '../../shared/time.mts';
import type { EventtiaEvent } from '../event.mts';
import { wholeSeconds } from '../dates.mts';
import {
	type AttendeeType,
	type AttendeeTypes,
	type CustomField,
	type DefaultField,
	INPUT,
} from './attendee-types.mts';
import { LazyTable } from './lazy-table.mts';

/** Only `confirmed` is documented. The list's parameters mention rejected attendees, the API mentions cancelling. */
export const ATTENDEE_STATUSES = ['confirmed', 'pending', 'cancelled', 'rejected'] as const;
export type AttendeeStatus = (typeof ATTENDEE_STATUSES)[number];

/** A file as the samples show it. */
export interface ShownFile {
	filename: string;
	thumb: string;
	small: string;
	medium: string;
	large: string;
	original: string;
}

export type FieldValue = string | string[] | ShownFile | null;

/** An attendee. Times are Unix milliseconds, whole seconds. */
export interface EventtiaAttendee {
	id: string;
	uuid: string;
	typeId: string;
	/** By the id of the type's custom field; every field of the type is there. */
	fields: Record<string, FieldValue>;
	status: AttendeeStatus;
	paid: boolean;
	/** Null: not checked in. */
	checkedInAt: number | null;
	canScheduleMeetings: boolean;
	createdAt: number;
	updatedAt: number;
	/** Deleted: listed only with `include_archived`. */
	archived: boolean;
	/** Ids of its business conference participants. */
	participantIds: string[];
	/** Sent with the registration; the API never shows them. */
	place: { country_id?: number; region_id?: number; city_id?: number };
	/** Of the attendee's group. */
	groupUuid: string | null;
}

/** When an attendee was added and last changed. */
export type AttendeeTimes = Pick<EventtiaAttendee, 'createdAt' | 'updatedAt'>;

/** The fields of a new attendee; those left out get defaults. */
export interface NewAttendee {
	typeId: string;
	/** By field id. */
	fields: Record<string, FieldValue>;
	status?: AttendeeStatus;
	place?: EventtiaAttendee['place'];
	groupUuid?: string | null;
}

const FIRST_CREATED_AT = Date.parse('2026-02-07T16:48:37Z');
const FIRST_CHECK_IN_AT = Date.parse('2026-03-13T20:04:56Z');
const FIRST_BIRTHDATE = Date.parse('1970-08-26T00:00:00Z');
const BIRTHDATES = 12_000;
const UUID_LENGTH = 6;
const UUID_FACTOR = 0x9e3779b1;
const HEX = 16;
const VIP_EVERY = 5;
const LEADER_EVERY = 7;
/** Rejected and deleted attendees come after the others, so that a plain list shows exactly the seeded number. */
const HIDDEN = ['rejected', 'archived', 'rejected', 'archived'] as const;

/** The name of the type that a seeded attendee has. */
function seededType(position: number): string {
	if (position % VIP_EVERY === VIP_EVERY - 1) return 'VIP';
	return position % LEADER_EVERY === LEADER_EVERY - 1 ? 'Leader Group' : 'General Public';
}

/** The status of a seeded attendee that a plain list shows. */
function seededStatus(position: number): AttendeeStatus {
	if (position % 11 === 3) return 'cancelled';
	return position % 17 === 8 ? 'pending' : 'confirmed';
}

/** Whether a plain list shows an attendee. */
function isPlain({ archived, status }: EventtiaAttendee): boolean {
	return !archived && status !== 'rejected';
}

/** Six hexadecimal digits, unique for every number. */
export function shortUuid(n: number): string {
	const hex = (Math.imul(n, UUID_FACTOR) >>> 0).toString(HEX).padStart(8, '0');
	return hex.slice(-UUID_LENGTH);
}

function file(filename: string): ShownFile {
	const url = `https://files.example.com/${filename}`;
	return { filename, thumb: url, small: url, medium: url, large: url, original: url };
}

/** The value that seeded attendee `n` has in a custom field (not a default one). */
function seededCustomValue(
	{ inputType, choices, name, required }: CustomField,
	n: number,
): FieldValue {
	const first = choices?.[n % choices.length] ?? null;
	switch (inputType) {
		case INPUT.select:
			return first;
		case INPUT.multiSelect: {
			const second = choices?.[(n + 1) % choices.length];
			return first === null || second === undefined || n % 3 === 0 ? null : [first, second];
		}
		case INPUT.number:
			return String(n % 30);
		case INPUT.boolean:
			return n % 2 === 0 ? 'true' : 'false';
		case INPUT.date:
			return n % 4 === 0 ? null : '2026-10-12';
		case INPUT.file:
			return n % 5 === 0 ? file(`cv-${n}.pdf`) : null;
		case INPUT.text:
		case INPUT.paragraph:
			return required || n % 2 === 0 ? `${name} of ${n}` : null;
	}
}

/** The attendees of one event. */
export class Attendees {
	private readonly table: LazyTable<EventtiaAttendee>;
	/** Positions by lower-case e-mail; built when first needed. */
	private emails: Map<string, number[]> | undefined;
	/** Positions that a plain list shows; rebuilt after a change. */
	private plain: number[] | undefined;
	private readonly hooks: Array<(change: 'created' | 'updated', row: EventtiaAttendee) => void> =
		[];

	constructor(
		private readonly event: EventtiaEvent,
		readonly types: AttendeeTypes,
	) {
		const { filled, attendees } = event.seed;
		const hidden = filled && attendees > 0 ? HIDDEN.length : 0;
		const count = filled ? attendees + hidden : 0;
		const firstId = event.state.reserveIds(count);
		this.table = new LazyTable(count, firstId, (position, id) => this.seeded(position, id));
	}

	/** How many of the seeded attendees are VIPs. It is known before the types exist. */
	static seededVips(attendees: number): number {
		return Math.floor((attendees + HIDDEN.length) / VIP_EVERY);
	}

	/** Registers a callback for every change. */
	onChange(hook: (change: 'created' | 'updated', row: EventtiaAttendee) => void): void {
		this.hooks.push(hook);
	}

	/** An attendee by ID, including archived ones; it can be changed in place (but see `update`). */
	find(id: string): EventtiaAttendee | undefined {
		return this.table.find(id);
	}

	/** The attendee at a position of the plain list, e.g. 0 for the first. @throws RangeError */
	at(index: number): EventtiaAttendee {
		const position = this.plainPositions()[index];
		return this.table.touch(position ?? this.table.length);
	}

	/** The attendee that was seeded at this position. @throws RangeError */
	seededAt(position: number): EventtiaAttendee {
		return this.table.peek(position);
	}

	/** Every attendee, including archived ones, in the order of adding. */
	*all(): Generator<EventtiaAttendee> {
		for (const position of this.table.positions()) yield this.table.peek(position);
	}

	/** How many a plain list shows. */
	get listed(): number {
		return this.plainPositions().length;
	}

	/** A list of attendees that creates only the rows of the requested page. */
	rows(positions: readonly number[] = this.plainPositions(), newestFirst = false) {
		const { length } = positions;
		return {
			length,
			slice: (from: number, to: number) => {
				const page = newestFirst
					? positions.slice(Math.max(0, length - to), Math.max(0, length - from)).reverse()
					: positions.slice(from, to);
				return page.map((position) => this.table.peek(position));
			},
		};
	}

	/**
	 * The positions of the attendees that `wanted` accepts.
	 * @param inTime checked first, because it needs no record of a seeded attendee
	 */
	findPositions(
		wanted: (attendee: EventtiaAttendee) => boolean,
		inTime: (times: AttendeeTimes) => boolean = () => true,
	): number[] {
		return this.table.positions().filter((position) => {
			const times = this.table.existingAt(position) ?? this.seededTimes(position);
			return inTime(times) && wanted(this.table.peek(position));
		});
	}

	/** All attendees with this e-mail, ignoring case; archived ones are left out. */
	withEmail(email: string): EventtiaAttendee[] {
		const positions = this.emailIndex().get(email.toLowerCase()) ?? [];
		return positions
			.map((position) => this.table.touch(position))
			.filter(({ archived }) => !archived);
	}

	/** The value of a default field; `null` when it has none. */
	fieldValue(attendee: EventtiaAttendee, name: DefaultField): string | null {
		const value = attendee.fields[this.types.fieldId(this.attendeeType(attendee), name)];
		return typeof value === 'string' ? value : null;
	}

	/** @throws Error when the attendee's type no longer exists */
	attendeeType({ typeId }: EventtiaAttendee): AttendeeType {
		const type = this.types.get(typeId);
		if (!type) throw new Error(`sandbox: no attendee type ${typeId}`);
		return type;
	}

	/** How many seats of a type are taken: all attendees except cancelled, rejected and deleted ones. */
	usedSeats(typeId: string): number {
		const name = this.types.get(typeId)?.name;
		const seededVisible = this.event.seed.attendees;
		return this.table.positions().filter((position) => {
			const existing = this.table.existingAt(position);
			if (existing) {
				const isOut =
					existing.archived || existing.status === 'cancelled' || existing.status === 'rejected';
				return existing.typeId === typeId && !isOut;
			}
			return (
				position < seededVisible &&
				seededType(position) === name &&
				seededStatus(position) !== 'cancelled'
			);
		}).length;
	}

	/** Adds an attendee; fields that are left out are `null`. */
	add(given: NewAttendee): EventtiaAttendee {
		const type = this.types.get(given.typeId);
		if (!type) throw new Error(`sandbox: no attendee type ${given.typeId}`);
		const now = wholeSeconds(this.event.now());
		const id = this.event.nextId();
		const position = this.table.length;
		const attendee = this.table.add({
			id,
			uuid: shortUuid(Number(id)),
			typeId: type.id,
			fields: Object.fromEntries(
				type.fields.map((field) => [field.id, given.fields[field.id] ?? null]),
			),
			status: given.status ?? (type.confirmationRequired ? 'pending' : 'confirmed'),
			paid: type.price === 0,
			checkedInAt: null,
			canScheduleMeetings: false,
			createdAt: now,
			updatedAt: now,
			archived: false,
			participantIds: [],
			place: given.place ?? {},
			groupUuid: given.groupUuid ?? null,
		});
		this.plain?.push(position);
		if (this.emails) this.index(position, this.fieldValue(attendee, 'email'), this.emails);
		this.notifyChange('created', attendee);
		return attendee;
	}

	/**
	 * Changes an attendee with `change` and sets `updated_at` to now.
	 * @throws Error when there is no such attendee
	 */
	update(
		{ id }: { id: string },
		change: (attendee: EventtiaAttendee, now: number) => void,
	): EventtiaAttendee {
		const attendee = this.table.find(id);
		if (!attendee) throw new Error(`sandbox: no attendee ${id}`);
		const now = wholeSeconds(this.event.now());
		const wasPlain = isPlain(attendee);
		const email = this.fieldValue(attendee, 'email');
		change(attendee, now);
		attendee.updatedAt = now;
		if (isPlain(attendee) !== wasPlain) this.plain = undefined;
		if (this.fieldValue(attendee, 'email') !== email) this.emails = undefined;
		this.notifyChange('updated', attendee);
		return attendee;
	}

	checkIn(attendee: { id: string }): EventtiaAttendee {
		return this.update(attendee, (row, now) => (row.checkedInAt = now));
	}

	undoCheckIn(attendee: { id: string }): EventtiaAttendee {
		return this.update(attendee, (row) => (row.checkedInAt = null));
	}

	setStatus(attendee: { id: string }, status: AttendeeStatus): EventtiaAttendee {
		return this.update(attendee, (row) => (row.status = status));
	}

	/** Deletes an attendee: from now on only `include_archived` lists it. */
	archive(attendee: { id: string }): EventtiaAttendee {
		return this.update(attendee, (row) => (row.archived = true));
	}

	/** Sets a field by its ID, name or alias (the first of several with that name). @throws Error when there is none */
	setField(attendee: { id: string }, field: string, value: FieldValue): EventtiaAttendee {
		return this.update(attendee, (row) => (row.fields[this.fieldNamed(row, field)] = value));
	}

	/** The id of the field with this id, name or alias. @throws Error when there is none */
	fieldNamed(attendee: EventtiaAttendee, field: string): string {
		const { fields } = this.attendeeType(attendee);
		const found = fields.find(({ id, name, alias }) => [id, name, alias].includes(field));
		if (!found) throw new Error(`sandbox: no field ${field}`);
		return found.id;
	}

	/** Adds an attendee, given the name of its type and its fields by name. */
	register(
		values: Partial<Record<DefaultField, string>> & { email: string },
		typeName = 'General Public',
	): EventtiaAttendee {
		const type = this.types.named(typeName);
		const named = type.fields.filter(({ isDefault }) => isDefault);
		const given: Readonly<Record<string, string | undefined>> = values;
		const fields = named.map(({ id, name }) => [id, given[name] ?? null] as const);
		return this.add({ typeId: type.id, fields: Object.fromEntries(fields) });
	}

	private plainPositions(): number[] {
		this.plain ??= this.table.positions().filter((position) => {
			const existing = this.table.existingAt(position);
			if (!existing) return position < this.event.seed.attendees;
			return isPlain(existing);
		});
		return this.plain;
	}

	private emailIndex(): Map<string, number[]> {
		if (this.emails) return this.emails;
		const emails = new Map<string, number[]>();
		for (const position of this.table.positions()) {
			const existing = this.table.existingAt(position);
			const email = existing ? this.fieldValue(existing, 'email') : person(position + 1).email;
			this.index(position, email, emails);
		}
		this.emails = emails;
		return emails;
	}

	private index(position: number, email: string | null, emails: Map<string, number[]>): void {
		if (email === null) return;
		const key = email.toLowerCase();
		emails.set(key, [...(emails.get(key) ?? []), position]);
	}

	private seededTimes(position: number): AttendeeTimes & { checkedInAt: number | null } {
		const n = position + 1;
		const isVisible = position < this.event.seed.attendees;
		const isIn = isVisible && seededStatus(position) === 'confirmed' && n % 3 === 1;
		const createdAt = FIRST_CREATED_AT + n * MINUTE;
		const checkedInAt = isIn ? FIRST_CHECK_IN_AT + n * MINUTE : null;
		return { createdAt, checkedInAt, updatedAt: checkedInAt ?? createdAt };
	}

	private seeded(position: number, id: string): EventtiaAttendee {
		const n = position + 1;
		const hidden = HIDDEN[position - this.event.seed.attendees];
		const type = this.types.named(seededType(position));
		const { firstName, lastName, email, company, role, phone } = person(n);
		const status = hidden === 'rejected' ? hidden : hidden ? 'confirmed' : seededStatus(position);
		const birthdate = new Date(FIRST_BIRTHDATE + (n % BIRTHDATES) * DAY).toISOString();
		const defaults: Readonly<Record<DefaultField, FieldValue>> = {
			first_name: firstName,
			last_name: lastName,
			email,
			company,
			telephone: phone,
			city_id: null,
			job_title: n % 4 === 0 ? null : role,
			picture: n % 10 === 1 ? file(`picture-${n}.jpg`) : null,
			alternative_email: null,
			birthdate: n % 2 === 0 ? birthdate.slice(0, 'YYYY-MM-DD'.length) : null,
			timezone: this.event.zone,
		};
		const known: Readonly<Record<string, FieldValue>> = defaults;
		const values = type.fields.map(
			(field) =>
				[
					field.id,
					field.isDefault ? (known[field.name] ?? null) : seededCustomValue(field, n),
				] as const,
		);
		return {
			id,
			uuid: shortUuid(Number(id)),
			typeId: type.id,
			fields: Object.fromEntries(values),
			status,
			paid: type.price === 0 || n % 2 === 0,
			canScheduleMeetings: n % 2 === 0,
			...this.seededTimes(position),
			archived: hidden === 'archived',
			participantIds: [],
			place: {},
			groupUuid: null,
		};
	}

	private notifyChange(change: 'created' | 'updated', attendee: EventtiaAttendee): void {
		for (const hook of this.hooks) hook(change, attendee);
	}
}
