// One event of the InEvent sandbox: attendees, check-ins, orders, sessions, datasets, and the changes to them.

import type { Clock } from '../shared/clock.mts';
import type { HttpResponse } from '../shared/endpoint.mts';
import { person } from '../shared/people.mts';
import { HOUR, MINUTE } from '../shared/time.mts';
import type {
	InEventAttendee,
	InEventCheckIn,
	InEventOrder,
	InEventRow,
	InEventSession,
	InEventSpeaker,
} from './records.mts';

const ID_RANGE = 2 ** 32;
/** Odd, so that multiplying by it only shuffles the numbers below `ID_RANGE`. */
const ID_FACTOR = 0x9e3779b1;
const FIRST_CREATED_AT = Date.parse('2026-01-10T14:02:11Z');
const FIRST_UPDATED_AT = Date.parse('2026-01-20T09:18:44Z');
const FIRST_CHECK_IN_AT = Date.parse('2026-02-07T08:15:12Z');
const FIRST_SESSION_AT = Date.parse('2026-02-07T09:00:00Z');
const SESSIONS = 12;
const SESSION_MS = 45 * MINUTE;
const SESSION_STEP_MS = HOUR;
const ROOMS = ['Main Hall', 'Room A', 'Room B'];
const SPEAKERS_PER_SESSION = 2;
const STATUSES = ['registered', 'registered', 'checked_in', 'registered', 'cancelled'];
const GATES = ['north_entrance', 'south_entrance'];
const DEFAULT_TICKET = 'tkt_entry_01';

/** The ticket types of every event. Requests send `ticket_type_id`; responses show the label as `ticket_type`. */
export const TICKET_TYPES: ReadonlyMap<string, string> = new Map([
	[DEFAULT_TICKET, 'Entry'],
	['tkt_vip_01', 'VIP'],
	['tkt_workshop_01', 'Workshop'],
]);

/** The fields of a new attendee; those left out get defaults. */
export interface NewAttendee {
	email: string;
	first_name?: string | undefined;
	last_name?: string | undefined;
	status?: string | undefined;
	ticket_type_id?: string | undefined;
	custom_fields?: Record<string, unknown> | undefined;
}

/** The fields of an attendee that can be changed. */
export interface AttendeePatch {
	email?: string | undefined;
	first_name?: string | undefined;
	last_name?: string | undefined;
	status?: string | undefined;
	ticket_type?: string | undefined;
	custom_fields?: Record<string, unknown> | undefined;
}

/** A registration: the attendee, its order, and the code for the door. */
export interface Registration {
	attendee: InEventAttendee;
	order: InEventOrder;
	checkInCode: string;
}

function pick<T>(cachedList: readonly T[], index: number): T {
	const value = cachedList[index % cachedList.length];
	if (value === undefined) throw new Error('Cannot pick from an empty list');
	return value;
}

function toHexId(n: number): string {
	return ((Math.imul(n, ID_FACTOR) >>> 0) % ID_RANGE).toString(16).padStart(8, '0');
}

/** A time as the document writes it: whole seconds, UTC. */
export function timestamp(ms: number): string {
	return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** The response for an `Idempotency-Key`, and the request that it belongs to. */
interface IdempotentResponse {
	body: unknown;
	response: HttpResponse;
}

/** One event. E-mail addresses ignore case. */
export class InEventEvent {
	/** Rows by dataset; a test may add its own datasets. */
	readonly datasets = new Map<string, InEventRow[]>();
	readonly checkIns: InEventCheckIn[] = [];
	readonly sessions: InEventSession[] = [];
	readonly speakers = new Map<string, InEventSpeaker[]>();
	readonly orders = new Map<string, InEventOrder>();
	/** Responses by `Idempotency-Key`. */
	readonly idempotentResponses = new Map<string, IdempotentResponse>();
	private readonly byId = new Map<string, InEventAttendee>();
	private readonly idsByEmail = new Map<string, Set<string>>();
	private cachedList: InEventAttendee[] | undefined;
	private created = 0;

	constructor(
		private readonly clock: Clock,
		attendees: number,
	) {
		this.datasets.set('checkins', []);
		for (let n = 1; n <= attendees; n++) this.seed(n);
		for (let n = 1; n <= SESSIONS; n++) this.seedSession(n);
		this.created = attendees;
	}

	/** Every attendee, in the order of adding. */
	attendees(): readonly InEventAttendee[] {
		this.cachedList ??= Array.from(this.byId.values());
		return this.cachedList;
	}

	attendee(id: string): InEventAttendee | undefined {
		return this.byId.get(id);
	}

	/** Whether an attendee other than `except` has this e-mail. */
	hasEmail(email: string, except?: string): boolean {
		const ids = this.idsByEmail.get(email.toLowerCase());
		return ids !== undefined && Array.from(ids).some((id) => id !== except);
	}

	/** Adds an attendee and its order, without looking for existing ones. */
	register(given: NewAttendee): Registration {
		this.created += 1;
		const { ticket_type_id: ticketTypeId = DEFAULT_TICKET } = given;
		const hex = toHexId(this.created);
		const now = this.now();
		const attendee = this.put({
			id: `att_${hex}`,
			email: given.email,
			first_name: given.first_name ?? '',
			last_name: given.last_name ?? '',
			status: given.status ?? 'registered',
			ticket_type: TICKET_TYPES.get(ticketTypeId) ?? ticketTypeId,
			custom_fields: given.custom_fields ?? {},
			created_at: now,
			updated_at: now,
		});
		const addOrder = this.addOrder(attendee, this.created, ticketTypeId);
		return { attendee, order: addOrder, checkInCode: `QR_${hex.toUpperCase()}` };
	}

	/** Changes an attendee; custom fields are merged into the old ones. */
	update(attendee: InEventAttendee, patch: AttendeePatch): InEventAttendee {
		this.unindexEmail(attendee);
		const changes = Object.fromEntries(
			Object.entries(patch).filter(([, value]) => value !== undefined),
		);
		return this.put({
			...attendee,
			...changes,
			custom_fields: { ...attendee.custom_fields, ...patch.custom_fields },
			updated_at: this.now(),
		});
	}

	remove(attendee: InEventAttendee): void {
		this.unindexEmail(attendee);
		this.byId.delete(attendee.id);
		this.cachedList = undefined;
	}

	/** Checks an attendee in now and adds a row to the dataset `checkins`. */
	checkIn(attendee: InEventAttendee, gate = 'api'): InEventAttendee {
		this.recordCheckIn({
			attendee_id: attendee.id,
			timestamp: this.now(),
			gate,
			mode: 'manual',
			device_id: 'api',
		});
		return this.update(attendee, { status: 'checked_in' });
	}

	refund(addOrder: InEventOrder): InEventOrder {
		addOrder.refunds += 1;
		addOrder.status = 'refunded';
		addOrder.updated_at = this.now();
		return addOrder;
	}

	toJSON(): unknown {
		return {
			attendees: this.attendees(),
			orders: Array.from(this.orders.values()),
			sessions: this.sessions,
			datasets: Object.fromEntries(this.datasets),
			idempotencyKeys: Array.from(this.idempotentResponses.keys()),
		};
	}

	private put(attendee: InEventAttendee): InEventAttendee {
		this.byId.set(attendee.id, attendee);
		const key = attendee.email.toLowerCase();
		const ids = this.idsByEmail.get(key) ?? new Set<string>();
		this.idsByEmail.set(key, ids.add(attendee.id));
		this.cachedList = undefined;
		return attendee;
	}

	private unindexEmail({ id, email }: InEventAttendee): void {
		this.idsByEmail.get(email.toLowerCase())?.delete(id);
	}

	private recordCheckIn(checkIn: InEventCheckIn): void {
		this.checkIns.push(checkIn);
		this.datasets.get('checkins')?.push({ ...checkIn });
	}

	private addOrder(attendee: InEventAttendee, n: number, ticketTypeId: string): InEventOrder {
		const addOrder: InEventOrder = {
			id: `ord_${n}`,
			attendee_id: attendee.id,
			ticket_type_id: ticketTypeId,
			status: 'paid',
			refunds: 0,
			created_at: attendee.created_at,
			updated_at: attendee.created_at,
		};
		this.orders.set(addOrder.id, addOrder);
		return addOrder;
	}

	private seed(n: number): void {
		const { firstName, lastName, email, company, role } = person(n);
		const status = pick(STATUSES, n - 1);
		const [ticketTypeId, label] = pick(Array.from(TICKET_TYPES), n - 1);
		const attendee = this.put({
			id: `att_${toHexId(n)}`,
			email,
			first_name: firstName,
			last_name: lastName,
			status,
			ticket_type: label,
			custom_fields: { company, role },
			created_at: timestamp(FIRST_CREATED_AT + n * MINUTE),
			updated_at: timestamp(FIRST_UPDATED_AT + n * MINUTE),
		});
		this.addOrder(attendee, n, ticketTypeId);
		if (status === 'checked_in') {
			this.recordCheckIn({
				attendee_id: attendee.id,
				timestamp: timestamp(FIRST_CHECK_IN_AT + n * MINUTE),
				gate: pick(GATES, n),
				mode: 'scan',
				device_id: `dev_ios_${n % 10}`,
			});
		}
	}

	private seedSession(n: number): void {
		const start = FIRST_SESSION_AT + (n - 1) * SESSION_STEP_MS;
		const id = `ses_${n}`;
		this.sessions.push({
			id,
			title: `Session ${n}`,
			starts_at: timestamp(start),
			ends_at: timestamp(start + SESSION_MS),
			room: pick(ROOMS, n - 1),
		});
		const speakers = Array.from({ length: SPEAKERS_PER_SESSION }, (_, index) => {
			const m = (n - 1) * SPEAKERS_PER_SESSION + index + 1;
			const { firstName, lastName } = person(m);
			return { id: `spk_${m}`, name: `${firstName} ${lastName}` };
		});
		this.speakers.set(id, speakers);
	}

	private now(): string {
		return timestamp(this.clock.now());
	}
}
